"""What people asked is rated like all else; where the answer is not known, the card says so."""

import pytest

from interview.adapters.lexicons import indicator_rater
from interview.by_room import FloorChanged
from interview.copilot_facts import TurnFiled
from interview.ids import TurnId
from interview.lifecycle import State
from interview.store.memory import MemoryStore
from interview.use_cases.scoring import score_interview
from tests.fakes.interviews import Room

pytestmark = pytest.mark.unit

RATER = indicator_rater()


async def led(*covered: str) -> Room:
    room = await Room(MemoryStore()).furnish()
    await room.become(State.LIVE)
    await room.hold(claimed=True)
    await room.ask("incident")
    await room.note(FloorChanged(floor="ai", before="paused", covered=covered))
    return room


async def test_an_answer_that_nobody_filed_is_not_told_to_be_a_question_that_nobody_asked() -> None:
    room = await led("pressure")
    await room.answer(None, "I took a breath.")
    await room.end()

    _, calm = (await score_interview(room.world, RATER, room.tenant, room.interview)).ratings

    assert (None, "not_filed") == (calm.level, calm.not_assessed)
    assert RATER.wording("en").not_filed == calm.reason


async def test_an_answer_that_is_filed_by_a_tick_is_rated() -> None:
    room = await led("pressure")
    turn = TurnId(await room.answer(None, "I took a breath."))
    await room.note(TurnFiled(turn_id=turn, question="pressure", by="tick"))
    await room.end()

    _, calm = (await score_interview(room.world, RATER, room.tenant, room.interview)).ratings

    assert 3 == calm.level


async def test_a_tick_that_was_taken_back_is_no_question() -> None:
    room = await led("pressure")
    await room.note(FloorChanged(floor="ai", before="ai"))
    await room.end()

    _, calm = (await score_interview(room.world, RATER, room.tenant, room.interview)).ratings

    assert "not_asked" == calm.not_assessed
