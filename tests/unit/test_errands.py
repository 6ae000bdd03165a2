"""What is done beside an answer: at once, and in order where order matters."""

import asyncio

import pytest

from api.desk import Errands
from interview.errors import Unavailable
from tests.fakes.leaping import leap

pytestmark = pytest.mark.unit


async def tell(told: list[str], word: str, after_s: float) -> None:
    await asyncio.sleep(after_s)
    told.append(word)


async def fail(_: list[str]) -> None:
    raise Unavailable


def test_errands_of_one_line_follow_each_other_and_others_do_not_wait_for_them() -> None:
    async def play() -> list[str]:
        told: list[str] = []
        errands = Errands()
        errands.send("show", tell(told, "first", 3), "room-1")
        errands.send("show", tell(told, "second", 1), "room-1")
        errands.send("show", tell(told, "elsewhere", 2), "room-2")
        errands.send("mail", tell(told, "anything", 1))
        await errands.finish(10)
        return told

    assert ["anything", "elsewhere", "first", "second"] == leap(play())


def test_a_refused_errand_does_not_hold_up_its_line() -> None:
    async def play() -> list[str]:
        told: list[str] = []
        errands = Errands()
        errands.send("show", fail(told), "room-1")
        errands.send("show", tell(told, "then", 1), "room-1")
        await errands.finish(10)
        errands.send("show", tell(told, "later", 1), "room-1")
        await errands.finish(10)
        return told

    assert ["then", "later"] == leap(play())
