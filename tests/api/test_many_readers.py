"""Many who follow one interview: all are told, and each costs little memory."""

import asyncio
import tracemalloc

import pytest

from api.tags import DESK
from tests.api.house import House

pytestmark = pytest.mark.api

READERS = 500
AT_ONCE = 50
MOST_A_READER = 64 * 1024
"""Bytes that our side may keep for one open stream, its connection included."""


async def follow(house: House, path: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection(house.client.host, house.client.port)
    writer.write(
        f"GET {path} HTTP/1.1\r\nHost: here\r\nAccept: text/event-stream\r\n"
        f"Authorization: Bearer {house.key}\r\n\r\n".encode()
    )
    assert b"HTTP/1.1 200 OK\r\n" == await reader.readline()
    await reader.readuntil(b"\r\n\r\n")
    return reader, writer


async def hear(reader: asyncio.StreamReader, what: bytes) -> None:
    await asyncio.wait_for(reader.readuntil(what), 30)


async def test_five_hundred_follow_one_interview_on_little_memory(house: House) -> None:
    interview, _, claim = await house.led()
    path = f"/v1/interviews/{interview['id']}/events?after=6"
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    streams = []
    for _ in range(READERS // AT_ONCE):
        streams += await asyncio.gather(*(follow(house, path) for _ in range(AT_ONCE)))

    await house.tell(claim, house.speech("Hello everybody"))
    await asyncio.gather(*(hear(reader, b"Hello everybody") for reader, _ in streams))
    await house.tell(claim, house.speech("and goodbye", at_ms=9000))
    await asyncio.gather(*(hear(reader, b"and goodbye") for reader, _ in streams))

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert READERS == len(streams)
    assert (peak - before) / READERS < MOST_A_READER
    house.client.app[DESK].closing.set()
    for _, writer in streams:
        writer.close()
