"""The connector for customers' URLs, over real sockets and with name servers that lie."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from interview.adapters.outbound import (
    Answered,
    Outbound,
    OutboundFailed,
    VettedResolver,
    open_outbound,
    vetted_sockets,
)
from interview.addresses import Reach

pytestmark = pytest.mark.unit

NEAR, FAR = Reach(loopback=True), Reach()
PUBLIC = "93.184.216.34"


class Names:
    """A name server: what it says, one answer after the other; the last one for ever."""

    def __init__(self, *answers: list[str] | OSError) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    async def __call__(self, name: str) -> list[str]:
        self.asked.append(name)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, OSError):
            raise answer
        return answer


class Peer:
    """A server that says the same to everybody and keeps what it heard."""

    def __init__(self, answer: bytes, waits_for: bytes) -> None:
        self.answer = answer
        self.heard: list[bytes] = []
        self.waits_for = waits_for
        self.port = 0
        self.done = asyncio.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            self.heard.append(await reader.readuntil(self.waits_for))
            writer.write(self.answer)
            if not self.answer:
                await reader.read()
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()
        self.done.set()


@asynccontextmanager
async def peer(
    answer: bytes, waits_for: bytes = b"\r\n\r\n", tls: ssl.SSLContext | None = None
) -> AsyncIterator[Peer]:
    made = Peer(answer, waits_for)
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0, ssl=tls)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()
        if made.heard:
            await made.done.wait()


def said(status: str, body: bytes = b"", *headers: bytes) -> bytes:
    lines = [f"HTTP/1.1 {status}".encode(), b"Content-Length: %d" % len(body), *headers]
    return b"\r\n".join([*lines, b"", body])


async def call(outbound: Outbound, url: str, most_bytes: int = 0, within_s: float = 5) -> Answered:
    return await outbound.call(
        "POST", url, headers={"X-Ours": "1"}, body=b"{}", most_bytes=most_bytes, within_s=within_s
    )


async def trouble(outbound: Outbound, url: str, most_bytes: int = 0, within_s: float = 5) -> str:
    with pytest.raises(OutboundFailed) as failed:
        await call(outbound, url, most_bytes, within_s)
    return failed.value.trouble


async def test_the_answers_status_comes_back_and_no_body_that_was_not_asked_for() -> None:
    async with peer(said("204 No Content")) as server, open_outbound(NEAR) as outbound:
        answered = await call(outbound, f"http://127.0.0.1:{server.port}/in")

    assert Answered(204, b"") == answered
    assert server.heard[0].startswith(b"POST /in HTTP/1.1\r\n")
    assert b"X-Ours: 1" in server.heard[0]


async def test_a_redirect_is_an_answer_and_is_not_followed() -> None:
    async with peer(said("200 OK")) as secret:
        where = f"Location: http://127.0.0.1:{secret.port}/".encode()
        async with peer(said("302 Found", b"", where)) as server, open_outbound(NEAR) as outbound:
            answered = await call(outbound, f"http://127.0.0.1:{server.port}/")

    assert 302 == answered.status
    assert [] == secret.heard


async def test_a_body_is_read_up_to_its_bound_and_one_that_is_longer_is_refused() -> None:
    async with peer(said("200 OK", b"a" * 10)) as server, open_outbound(NEAR) as outbound:
        url = f"http://127.0.0.1:{server.port}/"

        assert Answered(200, b"a" * 10) == await call(outbound, url, most_bytes=10)
        assert "too_large" == await trouble(outbound, url, most_bytes=9)


async def test_a_peer_that_is_silent_is_a_time_out() -> None:
    async with peer(b"") as server, open_outbound(NEAR) as outbound:
        assert "timeout" == await trouble(
            outbound, f"http://127.0.0.1:{server.port}/", within_s=0.05
        )


async def test_a_name_server_that_is_silent_is_a_time_out() -> None:
    async def never(name: str) -> list[str]:
        await asyncio.Event().wait()
        return []

    async with open_outbound(FAR, never) as outbound:
        assert "timeout" == await trouble(outbound, "https://hooks.example.com", within_s=0.05)


async def test_a_peer_that_speaks_no_http_is_told_apart() -> None:
    for scheme, waits_for, expected in (
        ("http", b"\r\n\r\n", "protocol"),
        ("https", b"\x16", "tls"),
    ):
        banner = b"SSH-2.0-OpenSSH_9.6\r\n"
        async with peer(banner, waits_for) as server, open_outbound(NEAR) as outbound:
            assert expected == await trouble(outbound, f"{scheme}://127.0.0.1:{server.port}/")


def self_signed(folder: Path) -> ssl.SSLContext:
    """A server's context with a certificate for this machine that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = made.public_bytes(Encoding.PEM) + key.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    (folder / "peer.pem").write_bytes(pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "peer.pem")
    return context


async def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    tls = self_signed(tmp_path)
    async with peer(said("200 OK"), tls=tls) as server, open_outbound(NEAR) as outbound:
        assert "tls" == await trouble(outbound, f"https://localhost:{server.port}/")

    assert [] == server.heard


async def test_a_closed_port_is_told_apart() -> None:
    async with peer(b"") as server:
        port = server.port
    async with open_outbound(NEAR) as outbound:
        assert "connect" == await trouble(outbound, f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize(
    "url",
    ["https://127.0.0.1/", "https://[::1]/", "http://localhost/", "https://2130706433/"],
)
async def test_an_address_that_is_written_out_is_looked_at_too(url: str) -> None:
    async with open_outbound(FAR) as outbound:
        assert "address" == await trouble(outbound, url)


@pytest.mark.parametrize(
    "found",
    [
        ["127.0.0.1"],
        ["10.0.0.1"],
        [PUBLIC, "169.254.169.254"],
        ["::1", PUBLIC],
        ["::ffff:127.0.0.1"],
        ["64:ff9b::a00:1"],
        ["2002:a00:1::"],
        ["fe80::1%2"],
        ["0177.0.0.1"],
    ],
)
async def test_a_name_that_leads_inside_is_refused_whatever_else_it_leads_to(
    found: list[str],
) -> None:
    names = Names(found)
    async with open_outbound(FAR, names) as outbound:
        assert "address" == await trouble(outbound, "https://hooks.example.com/")

    assert ["hooks.example.com"] == names.asked


@pytest.mark.parametrize(
    "url",
    ["http://hooks.example.com/", "https://hooks.example.com:22/", "https://a@hooks.example.com/"],
)
async def test_a_url_that_was_not_to_be_stored_is_not_called_either(url: str) -> None:
    names = Names([PUBLIC])
    async with open_outbound(FAR, names) as outbound:
        assert "address" == await trouble(outbound, url)

    assert [] == names.asked


async def test_a_name_that_is_not_known_is_told_apart() -> None:
    for names in (Names(socket.gaierror(socket.EAI_NONAME, "no")), Names([])):
        async with open_outbound(FAR, names) as outbound:
            assert "dns" == await trouble(outbound, "https://hooks.example.com/")


async def test_a_name_that_fails_first_and_leads_inside_then_is_refused_then() -> None:
    names = Names(socket.gaierror(socket.EAI_AGAIN, "later"), ["127.0.0.1"])
    async with open_outbound(FAR, names) as outbound:
        first, second = [await trouble(outbound, "https://hooks.example.com/") for _ in range(2)]

    assert ("dns", "address") == (first, second)


async def test_a_name_is_asked_once_a_call_and_what_it_said_is_called() -> None:
    """What it would say the second time (rebinding) is never heard."""
    async with peer(said("200 OK")) as server:
        names = Names(["127.0.0.1"], ["10.0.0.1"])
        async with open_outbound(NEAR, names) as outbound:
            resolver = VettedResolver(names, NEAR)
            (pinned,) = await resolver.resolve("hooks.example.com", server.port)
            assert ("127.0.0.1", server.port) == (pinned["host"], pinned["port"])

            assert "address" == await trouble(outbound, "https://hooks.example.com/")
    assert 2 == len(names.asked)


async def test_a_name_keeps_its_place_in_the_request_though_its_address_is_called(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = Names(["127.0.0.1"], ["10.0.0.1"])
    async with peer(said("200 OK")) as server, open_outbound(NEAR, names) as outbound:
        answered = await call(outbound, f"http://localhost:{server.port}/")
        again = await trouble(outbound, f"http://localhost:{server.port}/")

    assert (200, "address") == (answered.status, again)
    assert f"Host: localhost:{server.port}".encode() in server.heard[0]
    assert 1 == len(server.heard)


async def test_connections_are_not_kept_for_the_next_call() -> None:
    """Or the next one would go where the name led before."""
    names = Names(["127.0.0.1"])
    async with peer(said("200 OK")) as server, open_outbound(NEAR, names) as outbound:
        for _ in range(2):
            await call(outbound, f"http://localhost:{server.port}/")

    assert ["localhost"] * 2 == names.asked


async def test_no_proxy_of_the_environment_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    async with peer(said("200 OK")) as proxy, peer(said("204 No Content")) as server:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        async with open_outbound(NEAR) as outbound:
            answered = await call(outbound, f"http://127.0.0.1:{server.port}/")

    assert 204 == answered.status
    assert [] == proxy.heard


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "::1", "::ffff:10.0.0.1"])
def test_no_socket_is_made_for_an_address_that_is_not_public(address: str) -> None:
    """The last look, should every other have been passed."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    info = (family, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (address, 443))
    with pytest.raises(OSError, match="^$"):
        vetted_sockets(FAR)(info)
    vetted_sockets(FAR)((family, socket.SOCK_STREAM, 0, "", (PUBLIC, 443))).close()
