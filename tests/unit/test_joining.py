"""Recordings are joined in a line of their own, and the line ends with the process."""

import asyncio
import threading

import pytest

from api.joining import MOST, Joining
from api.playback import LeftOff, Piece, Playable, join_pieces
from interview.errors import Unavailable
from tests.sounds import ogg, tone

pytestmark = pytest.mark.unit
FILE = Playable(b"ogg", '"1"', ())
PIECE = Piece(is_candidate=True, started_ms=0, ogg=ogg(tone(440, 0.1)))
WITHIN_S = 10.0


async def test_one_at_a_time_and_what_fails_is_made_anew() -> None:
    line, at_work, most = Joining(), 0, 0
    fails = [True]

    async def make() -> Playable:
        nonlocal at_work, most
        at_work, most = at_work + 1, max(most, at_work + 1)
        await asyncio.sleep(0)
        at_work -= 1
        if fails and fails.pop():
            raise Unavailable("the store is away")
        return FILE

    first, *others = await asyncio.gather(
        *(line.once(name, make) for name in "abc"), return_exceptions=True
    )

    assert isinstance(first, Unavailable)
    assert [FILE, FILE] == others
    assert 1 == most
    assert FILE == await line.once("a", make)
    await line.close()


async def test_a_long_line_refuses_at_once() -> None:
    line, go = Joining(), asyncio.Event()

    async def make() -> Playable:
        await go.wait()
        return FILE

    waiting = [asyncio.create_task(line.once(number, make)) for number in range(MOST)]
    await asyncio.sleep(0)
    with pytest.raises(Unavailable, match="too many recordings"):
        await line.once("one more", make)
    again = asyncio.create_task(line.once(0, make))
    go.set()

    assert [FILE] * (MOST + 1) == await asyncio.gather(*waiting, again)
    await line.close()


async def test_a_process_that_stops_waits_for_no_recording() -> None:
    """Its thread ends after the part that it is at."""
    line, threads = Joining(), threading.active_count()
    made: list[object] = []

    async def make() -> Playable:
        made.append(await line.join([PIECE] * 100_000))
        return FILE

    waiting = asyncio.create_task(line.once("long", make))
    while threading.active_count() == threads:
        await asyncio.sleep(0.01)
    async with asyncio.timeout(WITHIN_S):
        await line.close()
        while threading.active_count() > threads:
            await asyncio.sleep(0.01)

    assert [] == made
    assert waiting.cancelled()


def test_what_nobody_wants_any_more_is_left_off() -> None:
    with pytest.raises(LeftOff):
        join_pieces([PIECE], lambda: True)
