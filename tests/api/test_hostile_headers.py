"""Headers, paths and queries that mean harm: refused, and nothing slips into an answer."""

import asyncio

import pytest

from interview.store.memory import MemoryStore
from tests.api.house import House

pytestmark = pytest.mark.api
INJECTED = "x\r\nSet-Cookie: stolen=1\r\nX-Injected: yes"


async def raw(house: House, *lines: bytes, body: bytes = b"") -> bytes:
    """What is answered to exactly these bytes."""
    reader, writer = await asyncio.open_connection(house.client.host, house.client.port)
    said = (*lines, b"Host: here", b"Authorization: Bearer " + house.key.encode())
    writer.write(b"\r\n".join(said) + b"\r\nConnection: close\r\n\r\n" + body)
    answer = await asyncio.wait_for(reader.read(), 5)
    writer.close()
    return answer


@pytest.mark.parametrize(
    "headers",
    [
        [b"X-Many-%d: x" % n for n in range(2000)],
        [b"X-Long: " + b"x" * 20_000],
        [b"X-Bad\x00Name: x"],
        [b"X-Bad: a\x00b"],
        [b"Content-Length: 5", b"Content-Length: 6"],
        [b"Content-Length: 5", b"Transfer-Encoding: chunked"],
        [b"Content-Length: -1"],
        [b"no colon"],
    ],
    ids=["many", "long", "nul_name", "nul", "two_lengths", "smuggled", "negative", "colon"],
)
async def test_headers_that_no_client_sends_are_a_bad_request(
    house: House, headers: list[bytes]
) -> None:
    assert isinstance(house.store, MemoryStore)
    before = house.store.tables.copy()

    # The HTTP parser refuses them before there is a request that a problem could be about.
    answer = await raw(house, b"POST /v1/jobs HTTP/1.1", *headers, body=b'{"title": "x"}')

    assert b" 400 " == answer[8:13], answer
    assert before == house.store.tables


@pytest.mark.parametrize(
    "target",
    [
        b"/v1/jobs?after=%FF%FE",
        b"/v1/jobs?limit=1%0d%0aX-Injected:%20yes",
        b"/v1/jobs?after=%00",
        b"/v1/jobs?limit=1&limit=2",
        b"/v1/jobs?%0d%0aX-Injected=1",
        b"/v1/jobs/%0d%0aX-Injected:%20yes",
        b"/v1/jobs/%FF",
        b"/v1/jobs/..%2f..%2fetc%2fpasswd",
        b"/v1/jobs/1'%20OR%20'1'='1",
        b"/v1/jobs?after=1;DROP%20TABLE%20jobs",
        b"/v1/interviews?state=live'--",
    ],
)
async def test_targets_that_mean_harm_are_refused(house: House, target: bytes) -> None:
    answer = await raw(house, b"GET " + target + b" HTTP/1.1")

    assert b" 4" == answer[8:10], answer
    assert b"application/problem+json" in answer
    assert b"\r\nX-Injected" not in answer


@pytest.mark.parametrize("name", ["X-Request-Id", "Idempotency-Key", "Origin", "X-Forwarded-For"])
async def test_what_a_client_sends_is_no_header_of_the_answer(house: House, name: str) -> None:
    folded = f"{name}: {INJECTED}".replace("\r\n", "\r\n ").encode()
    broken = f"{name}: {INJECTED}".replace("\r\n", "\n").encode()

    for header in (folded, broken):
        answer = await raw(house, b"GET /v1/jobs HTTP/1.1", header)
        head, _, _ = answer.partition(b"\r\n\r\n")
        assert head[8:10] in {b" 2", b" 4"}
        assert b"stolen" not in head
        assert b"X-Injected" not in head
