"""Many who follow one interview on PostgreSQL: all are told, each costs little memory, and others
find the door open meanwhile."""

import asyncio
import tracemalloc
from collections.abc import AsyncIterator

import pytest

from api.settings import Settings
from api.tags import DESK
from interview.accounts import Scope, parse_api_key
from interview.ports import Store
from interview.store.postgres import open_store
from tests.api.house import PEPPER, House, Json, settings_with
from tests.conftest import Database

pytestmark = pytest.mark.api

READERS = 500
OF_ONE_KEY = 50
AT_ONCE = 25
IN_FLIGHT = 64
MOST_A_READER = 64 * 1024
"""Bytes that our side may keep for one open stream, its connection included."""

Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@pytest.fixture
def settings() -> Settings:
    return settings_with(VIVAVOCE_IN_FLIGHT=str(IN_FLIGHT), VIVAVOCE_STREAMS=str(OF_ONE_KEY))


@pytest.fixture
async def store(database: Database) -> AsyncIterator[Store]:
    async with open_store(database.app_url, PEPPER) as opened:
        yield opened


async def asked(house: House, path: str, key: str) -> tuple[Stream, bytes]:
    """A stream that was asked for, and the status line of the answer."""
    reader, writer = await asyncio.open_connection(house.client.host, house.client.port)
    writer.write(
        f"GET {path} HTTP/1.1\r\nHost: here\r\nAccept: text/event-stream\r\n"
        f"Authorization: Bearer {key}\r\n\r\n".encode()
    )
    status = await reader.readline()
    await reader.readuntil(b"\r\n\r\n")
    return (reader, writer), status


async def follow(house: House, path: str, key: str) -> Stream:
    stream, status = await asked(house, path, key)
    assert b"HTTP/1.1 200 OK\r\n" == status
    return stream


async def crowd(house: House, interview: Json) -> dict[str, list[Stream]]:
    """Five hundred readers by their keys, at the end of the log."""
    path = f"/v1/interviews/{interview['id']}/events?after=6"
    streams: dict[str, list[Stream]] = {}
    for _ in range(READERS // OF_ONE_KEY):
        key = await house.new_key(Scope.REVIEW_READ)
        streams[key] = []
        for _ in range(OF_ONE_KEY // AT_ONCE):
            streams[key] += await asyncio.gather(
                *(follow(house, path, key) for _ in range(AT_ONCE))
            )
    return streams


async def hear(streams: list[Stream], what: bytes) -> None:
    heard = (asyncio.wait_for(reader.readuntil(what), 30) for reader, _ in streams)
    await asyncio.gather(*heard)


async def leave(house: House, streams: dict[str, list[Stream]]) -> None:
    house.client.app[DESK].closing.set()
    for _, writer in flat(streams):
        writer.close()


def flat(streams: dict[str, list[Stream]]) -> list[Stream]:
    return [stream for some in streams.values() for stream in some]


async def test_five_hundred_follow_one_interview_on_little_memory(house: House) -> None:
    interview, _, claim = await house.led()
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    streams = await crowd(house, interview)

    await house.tell(claim, house.speech("Hello everybody"))
    await hear(flat(streams), b"Hello everybody")
    await house.tell(claim, house.speech("and goodbye", at_ms=9000))
    await hear(flat(streams), b"and goodbye")

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert READERS == len(flat(streams))
    assert (peak - before) / READERS < MOST_A_READER
    await leave(house, streams)


async def test_others_find_the_door_open_while_five_hundred_are_told(house: House) -> None:
    """A stranger's calls, and what the agent of the very interview says."""
    interview, _, claim = await house.led()
    stranger = await house.new_tenant("Second")
    streams = await crowd(house, interview)
    statuses: list[int] = []
    is_over = asyncio.Event()

    async def call_on() -> None:
        while not is_over.is_set():
            statuses.append((await house.call("GET", "/v1/jobs", key=stranger)).status)
            statuses.append((await house.beat(claim)).status)

    callers = [asyncio.create_task(call_on()) for _ in range(4)]
    for n in range(10):
        await house.tell(claim, house.speech(f"word {n}.", at_ms=9000 * (n + 1)))
    await hear(flat(streams), b"word 9.")
    is_over.set()
    await asyncio.gather(*callers)

    assert {200} == set(statuses)
    assert len(statuses) > 8
    await leave(house, streams)


async def test_of_five_hundred_only_those_are_told_who_may_still_look(house: House) -> None:
    interview, _, claim = await house.led()
    streams = await crowd(house, interview)
    revoked, *kept = streams
    answer = await house.call("DELETE", f"/v1/keys/{parse_api_key(revoked)}")
    assert 204 == answer.status

    await house.tell(claim, house.speech("Hello everybody"))
    await hear([one for key in kept for one in streams[key]], b"Hello everybody")
    last = await asyncio.gather(*(reader.read() for reader, _ in streams[revoked]))

    assert {True} == {b"event: resync\ndata: 6\n" in said for said in last}
    assert {False} == {b"Hello" in said for said in last}
    await leave(house, streams)


async def test_one_key_follows_so_many_logs_and_no_more(house: House) -> None:
    interview, _, _ = await house.led()
    path = f"/v1/interviews/{interview['id']}/events"
    key, other = [await house.new_key(Scope.REVIEW_READ) for _ in range(2)]
    streams = [await follow(house, path, key) for _ in range(OF_ONE_KEY)]
    options: Json = {"key": key, "headers": {"Accept": "text/event-stream"}}

    refused = await house.call("GET", path, **options)
    assert (429, "15") == (refused.status, refused.headers["Retry-After"])
    assert (429, "rate_limited") == await house.refusal("GET", path, **options)
    assert 6 == len((await house.get(path, key=key))["items"])
    streams.append(await follow(house, path, other))

    await leave(house, {"all": streams})
