"""Mails over a real socket to a real server: what becomes of every kind of answer."""

import asyncio
import ssl
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes
from email.policy import SMTPUTF8
from pathlib import Path
from typing import Literal

import pytest
from structlog.testing import capture_logs

from interview.adapters.mails.composing import Composer
from interview.adapters.post import (
    PORTS,
    WITHIN_S,
    FolderPost,
    NoPost,
    Security,
    SmtpPost,
    SmtpServer,
    open_post,
)
from interview.mails import Trouble
from interview.use_cases.sending import CLAIMED_FOR
from tests.fakes.letters import MAIL, letter
from tests.standins.mail_server import NAME, PASSWORD, MailServer, mail_server
from tests.unit.test_outbound import self_signed

pytestmark = pytest.mark.unit

COMPOSER = Composer("jobs@mail.example", "https://viv.example")


def post(
    server: MailServer,
    security: Security = "none",
    *,
    password: str | None = None,
    trust: ssl.SSLContext | None = None,
    within_s: float = WITHIN_S,
    stop: asyncio.Event | None = None,
) -> SmtpPost:
    name = NAME if password is not None else None
    where = SmtpServer("localhost", server.port, security, name, password)
    return SmtpPost(COMPOSER, where, stop=stop, trust=trust, within_s=within_s)


def trusting(folder: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=folder / "peer.pem")


async def trouble(
    **said: list[str],
) -> tuple[Trouble | Literal["stopped"] | None, MailServer]:
    async with mail_server(says=said) as server:
        return await post(server).send(letter()), server


async def test_a_mail_is_taken_as_it_was_written() -> None:
    async with mail_server() as server:
        assert await post(server).send(letter()) is None

    ((sender, to, message),) = server.took
    assert ("jobs@mail.example", ["ada@example.com"]) == (sender, to)
    assert f"<{MAIL}@mail.example>" == message["Message-ID"]
    assert "Acme invites you to an interview: Engineer" == message["Subject"]
    assert {"text/plain", "text/html", "text/calendar"} <= {
        part.get_content_type() for part in message.walk()
    }


async def test_starttls_is_used_and_the_server_is_known_by_its_certificate(tmp_path: Path) -> None:
    tls = self_signed(tmp_path)
    async with mail_server(starttls=tls) as server:
        assert await post(server, "starttls", trust=trusting(tmp_path)).send(letter()) is None

    assert [True] == server.secured


async def test_tls_from_the_first_byte_is_used(tmp_path: Path) -> None:
    tls = self_signed(tmp_path)
    async with mail_server(tls=tls) as server:
        assert await post(server, "tls", trust=trusting(tmp_path)).send(letter()) is None

    assert 1 == len(server.took)


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_a_certificate_that_nobody_vouches_for_is_refused(
    tmp_path: Path, security: Security
) -> None:
    tls = self_signed(tmp_path)
    first, later = (tls, None) if security == "tls" else (None, tls)
    async with mail_server(tls=first, starttls=later) as server:
        assert "tls" == await post(server, security).send(letter())

    assert [] == server.took


async def test_a_server_without_starttls_gets_nothing_where_it_is_demanded() -> None:
    async with mail_server() as server:
        assert "tls" == await post(server, "starttls").send(letter())

    assert [] == server.took


async def test_who_is_asked_for_a_name_signs_in(tmp_path: Path) -> None:
    tls = self_signed(tmp_path)
    async with mail_server(starttls=tls, signs_in=True) as server:
        here = post(server, "starttls", password=PASSWORD, trust=trusting(tmp_path))
        assert await here.send(letter()) is None

    assert [True] == server.signed_in


@pytest.mark.parametrize("password", ["wrong", None])
async def test_who_is_not_let_in_may_be_later(tmp_path: Path, password: str | None) -> None:
    """Somebody will put the settings right."""
    tls = self_signed(tmp_path)
    async with mail_server(starttls=tls, signs_in=True) as server:
        here = post(server, "starttls", password=password, trust=trusting(tmp_path))
        assert "login" == await here.send(letter())

    assert [] == server.took


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize(
    ("answer", "meant"),
    [
        ("451 later", "busy"),
        ("452 full", "busy"),
        ("550 unknown", "refused"),
        ("554 no", "refused"),
    ],
)
async def test_an_answer_is_final_or_not_by_its_first_digit(
    command: str, answer: str, meant: Trouble
) -> None:
    found, server = await trouble(**{command: [answer]})

    assert meant == found
    assert [] == server.took


async def test_a_server_that_is_silent_is_waited_for_no_longer_than_it_may() -> None:
    async with mail_server() as server:
        server.hangs = True
        assert "timeout" == await post(server, within_s=0.2).send(letter())


async def test_who_has_the_mail_and_does_not_answer_may_have_taken_it() -> None:
    async with mail_server() as server:
        server.mute = True
        assert "unanswered" == await post(server, within_s=0.5).send(letter())
        assert 1 == len(server.took)


async def test_who_hangs_up_on_the_mail_may_have_taken_it() -> None:
    async with mail_server() as server:
        server.mute = True
        sending = asyncio.create_task(post(server).send(letter()))
        await server.has_taken(1)
        server.hang_up()
        assert "unanswered" == await sending


async def test_a_mail_that_was_taken_is_sent_whatever_comes_after() -> None:
    """Told as a failure, it would go out again and again."""
    async with mail_server() as server:
        server.stays = True
        assert await post(server, within_s=0.5).send(letter()) is None
        assert 1 == len(server.took)


async def test_the_answer_to_a_mail_that_leaves_is_heard_though_the_process_is_to_stop() -> None:
    stop = asyncio.Event()
    async with mail_server() as server:
        server.mute = True
        sending = asyncio.create_task(post(server, stop=stop).send(letter()))
        await server.has_taken(1)
        stop.set()
        await asyncio.sleep(0.05)
        assert not sending.done()
        server.speaks.set()
        assert await sending is None


async def test_a_mail_that_has_not_left_stays_when_the_process_is_to_stop() -> None:
    stop = asyncio.Event()
    async with mail_server() as server:
        server.hangs = True
        sending = asyncio.create_task(post(server, stop=stop).send(letter()))
        await server.heard.wait()
        stop.set()
        assert "stopped" == await sending
        assert "stopped" == await post(server, stop=stop).send(letter())

    assert [] == server.took


async def test_who_is_called_off_hangs_up() -> None:
    async with mail_server() as server:
        server.mute = True
        sending = asyncio.create_task(post(server).send(letter()))
        await server.has_taken(1)
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        async with asyncio.timeout(2):
            while server.open_ones[0].transport is not None:
                await asyncio.sleep(0)


async def test_a_server_that_is_not_there_is_unreachable() -> None:
    async with mail_server() as server:
        pass
    assert "unreachable" == await post(server).send(letter())


@asynccontextmanager
async def saying(raw: bytes) -> AsyncIterator[MailServer]:
    """Something that is no mail server."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(raw)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield MailServer(port=server.sockets[0].getsockname()[1])


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        (b"", "unreachable"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "unreachable"),
        (b"554 go away\r\n", "unreachable"),
        (b"421 too many connections\r\n", "busy"),
        (b"220 hello\r\n", "unreachable"),
    ],
)
async def test_what_is_no_mail_server_or_will_not_talk_is_tried_again(
    raw: bytes, meant: Trouble
) -> None:
    async with saying(raw) as server:
        assert meant == await post(server).send(letter())


async def test_an_address_in_another_script_goes_where_servers_know_it() -> None:
    made = letter(address="jürgen@example.com")
    async with mail_server() as server:
        assert await post(server).send(made) is None
    async with mail_server(smtputf8=False) as plain:
        assert "address" == await post(plain).send(made)

    ((_, to, _),) = server.took
    assert ["jürgen@example.com"] == to
    assert ["SMTPUTF8"] == [each for each in server.options[0] if each == "SMTPUTF8"]
    assert [] == plain.took


async def test_a_domain_in_another_script_needs_no_such_server() -> None:
    async with mail_server(smtputf8=False) as server:
        assert await post(server).send(letter(address="ada@bücher.example")) is None

    assert ["ada@xn--bcher-kva.example"] == server.took[0][1]


@pytest.mark.parametrize("text", ["ada@", "ada@x y", "ada", "=?utf-8?q?a=0d=0ab?=@example.com"])
async def test_an_address_that_leads_nowhere_is_not_tried(tmp_path: Path, text: str) -> None:
    async with mail_server() as server:
        assert "address" == await post(server).send(letter(address=text))
    assert "address" == await FolderPost(COMPOSER, tmp_path / "mails").send(letter(address=text))


async def test_the_log_knows_the_code_and_neither_address_nor_words() -> None:
    with capture_logs() as lines:
        await trouble(RCPT=["550 no ada@example.com here"])

    said = repr(lines)
    assert [("mail_not_taken", "refused")] == [(x["event"], x["trouble"]) for x in lines]
    assert "ada" not in said
    assert "here" not in said


async def test_a_try_is_over_before_its_claim_is() -> None:
    assert CLAIMED_FOR.total_seconds() > WITHIN_S


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtps://mail.example", ("mail.example", 465, "tls", None, None)),
        ("smtp://mail.example", ("mail.example", 587, "starttls", None, None)),
        ("smtp://u:p%40ss@mail.example:2525", ("mail.example", 2525, "starttls", "u", "p@ss")),
        ("smtp://127.0.0.1:1025", ("127.0.0.1", 1025, "none", None, None)),
        ("smtp://[::1]:1025/", ("::1", 1025, "none", None, None)),
        ("smtp://localhost:25", ("localhost", 25, "none", None, None)),
        ("smtps://localhost", ("localhost", 465, "tls", None, None)),
        ("smtp://10.0.0.1", ("10.0.0.1", 587, "starttls", None, None)),
    ],
)
def test_a_url_says_where_and_how_safely(url: str, expected: tuple[object, ...]) -> None:
    found = SmtpServer.at(url)

    assert expected == (found.host, found.port, found.security, found.username, found.password)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mail.example:587",
        "http://x",
        "smtp://",
        "smtp://x:0",
        "smtp://x:99999",
        "smtp://x/y?z=1",
        "smtps://user:pa\uff0fss@host:465",
    ],
)
def test_a_url_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="expected smtps://") as refused:
        SmtpServer.at(url)
    assert refused.value.__cause__ is None


def test_a_password_is_not_shown() -> None:
    assert "p@ss" not in repr(SmtpServer.at("smtp://u:p%40ss@mail.example"))
    assert {"smtps", "smtp"} == set(PORTS)


async def test_a_folder_takes_whole_files_for_nobody_else_to_read(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "mails"
    here = FolderPost(COMPOSER, folder)

    assert [None, None] == [await here.send(letter()), await here.send(letter())]

    (only,) = folder.iterdir()
    assert f"20260302T120000Z-invitation-{MAIL}.eml" == only.name
    assert (0o600, 0o700) == tuple(stat.S_IMODE(path.stat().st_mode) for path in (only, folder))
    message = message_from_bytes(only.read_bytes(), policy=SMTPUTF8)
    assert "Ada Lovelace <ada@example.com>" == message["To"]


async def test_a_folder_that_cannot_be_written_to_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "mails").write_text("a file")

    assert "folder" == await FolderPost(COMPOSER, tmp_path / "mails").send(letter())


async def test_where_nothing_is_set_up_nothing_is_sent() -> None:
    assert "not_configured" == await NoPost().send(letter())


def test_the_settings_choose_where_mails_go(tmp_path: Path) -> None:
    base, stop = "https://viv.example", asyncio.Event()

    assert isinstance(open_post(base, "smtp://localhost", None, "a@b.example", stop), SmtpPost)
    assert isinstance(open_post(base, None, tmp_path, None, stop), FolderPost)
    assert isinstance(open_post(base, None, None, None, stop), NoPost)
    assert [] == list(tmp_path.iterdir())
