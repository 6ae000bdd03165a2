"""A corrected interview is judged on what a person heard."""

from uuid import UUID

import pytest

from interview.adapters.lexicons import indicator_rater
from interview.by_people import By, TurnCorrected
from interview.errors import EvidenceInvalid, OutOfOrder
from interview.events import Event, LineStarted
from interview.ids import EventId, InterviewId, TurnId
from interview.lifecycle import State
from interview.ports import RecordedSegment
from interview.scoring import Quote, check_quote
from interview.store.memory import MemoryStore
from interview.turns import as_corrected, turn_after
from interview.use_cases.corrections import correct_turn
from interview.use_cases.scoring import score_interview
from interview.use_cases.verify import verify_interview
from tests.fakes.clock import NOON
from tests.fakes.interviews import Room

pytestmark = pytest.mark.unit

RATER = indicator_rater()
GRACE = By(kind="member", id="m1")
MISHEARD, HEARD = "I took a breadth.", "I took a breath."


async def recorded(room: Room) -> None:
    segment = RecordedSegment(room.interview, "cand", 0, 1, 0, 1000, "aa", "rec/0")
    async with room.store.transaction(room.tenant) as tx:
        await tx.recordings.add(segment)


async def told(store: MemoryStore) -> tuple[Room, TurnId]:
    room = await Room(store).furnish()
    await room.become(State.LIVE)
    await room.ask("pressure")
    turn = TurnId(await room.answer("pressure", MISHEARD))
    await recorded(room)
    await room.end()
    return room, turn


async def test_it_is_scored_again_and_the_quote_is_of_the_corrected_words() -> None:
    store = MemoryStore()
    room, turn = await told(store)
    first = await score_interview(room.world, RATER, room.tenant, room.interview)

    event = await correct_turn(
        room.world, room.tenant, GRACE, room.interview, turn, HEARD, "Misheard."
    )
    second = await score_interview(room.world, RATER, room.tenant, room.interview)

    asked: tuple[str, object, InterviewId] = ("score_interview", room.tenant, room.interview)
    assert [asked, asked] == list(store.tables.outbox.values())
    assert (None, 3) == (first.ratings[1].level, second.ratings[1].level)
    [quote] = second.ratings[1].quotes
    assert (HEARD, event.seq) == (quote.text, second.stamp.transcript_seq)
    assert second == await score_interview(room.world, RATER, room.tenant, room.interview)
    assert (await verify_interview(store, room.tenant, room.interview)).opened


async def test_words_that_were_corrected_are_no_evidence_any_more() -> None:
    store = MemoryStore()
    room, turn = await told(store)
    async with store.transaction(room.tenant) as tx:
        stale = await tx.turns.of(room.interview)
    await correct_turn(room.world, room.tenant, GRACE, room.interview, turn, HEARD, "Misheard.")
    async with store.transaction(room.tenant) as tx:
        turns = await tx.turns.of(room.interview)

    quote = Quote(turn_id=turn, text="breadth", start=9)
    check_quote(quote, {each.turn_id: each for each in stale})
    with pytest.raises(EvidenceInvalid):
        check_quote(quote, {each.turn_id: each for each in as_corrected(turns)})


def test_what_the_interviewer_said_takes_no_correction() -> None:
    turn = TurnId(UUID(int=1))
    started = LineStarted(
        turn_id=turn,
        line="question",
        question=None,
        probe=None,
        text="Tell me.",
        identity="ai",
        started_ms=0,
    )
    corrected = TurnCorrected(turn_id=turn, text="Sell me.", reason="Misheard.", by=GRACE)
    line = turn_after(None, _event(1, started))

    for before in (line, None):
        with pytest.raises(OutOfOrder):
            turn_after(before, _event(2, corrected))


def _event(seq: int, fact: LineStarted | TurnCorrected) -> Event:
    return Event(seq=seq, event_id=EventId(UUID(int=seq)), epoch=1, at=NOON, fact=fact)
