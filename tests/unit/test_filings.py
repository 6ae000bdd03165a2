"""What a person asked and the room did not know: filed after the end, and rated and counted so."""

from uuid import UUID, uuid4

import pytest

from interview.adapters.lexicons import indicator_rater
from interview.by_people import By, TurnRefiled
from interview.by_room import SeatRole, SeatTaken
from interview.covered import asked_by_people
from interview.errors import Code, InterviewError, OutOfOrder
from interview.events import Event, LineStarted, SpeechHeard
from interview.ids import EventId, TurnId
from interview.lifecycle import State
from interview.scoring import Scorecard
from interview.store.memory import MemoryStore
from interview.turns import Turn, as_corrected, turn_after
from interview.use_cases.corrections import file_turn
from interview.use_cases.scoring import score_interview
from interview.use_cases.verify import verify_interview
from tests.fakes.clock import NOON
from tests.fakes.interviews import Room

pytestmark = pytest.mark.unit

RATER = indicator_rater()
GRACE = By(kind="member", id="m1")
ANNA, OLGA, BEN = (f"int-{number:032x}" for number in (1, 2, 4))
CARE, CALM = "I wrote it down and told them.", "I took a breath."
WHY = "Anna asked it while the AI did not hear her."


async def told(store: MemoryStore) -> tuple[Room, TurnId, TurnId]:
    """Anna and the candidate talk; nothing of it was filed under a question. Olga looks on, and so
    does Ben at the end."""
    room = await Room(store).furnish()
    await room.become(State.LIVE)
    seats: list[tuple[str, SeatRole]] = [(ANNA, "interviewer"), (OLGA, "observer")]
    seats += [(BEN, "interviewer"), (BEN, "observer")]
    for identity, role in seats:
        await room.note(SeatTaken(identity=identity, name="A name", role=role, by=GRACE))
    await room.ask("incident")
    await room.answer("incident", CARE)
    asked = TurnId(uuid4())
    await room.note(
        SpeechHeard(
            turn_id=asked,
            question=None,
            identity=ANNA,
            role="interviewer",
            text="What about pressure?",
            words=(),
            started_ms=2,
            ended_ms=3,
        )
    )
    answer = TurnId(await room.answer(None, CALM))
    return room, asked, answer


async def ended(store: MemoryStore) -> tuple[Room, TurnId, TurnId]:
    room, asked, answer = await told(store)
    await room.end()
    return room, asked, answer


async def filed(
    room: Room, turn: TurnId, question: str | None, asked_by: str | None = None
) -> Event:
    return await file_turn(
        room.world, room.tenant, GRACE, room.interview, turn, question, asked_by, WHY
    )


async def turn_of(room: Room, name: TurnId) -> Turn:
    async with room.store.transaction(room.tenant) as tx:
        return next(turn for turn in await tx.turns.of(room.interview) if turn.turn_id == name)


async def log_of(room: Room) -> tuple[Event, ...]:
    async with room.store.transaction(room.tenant) as tx:
        return await tx.events.read(room.interview)


async def scored(room: Room) -> Scorecard:
    return await score_interview(room.world, RATER, room.tenant, room.interview)


def levels(card: Scorecard) -> dict[str, int | None]:
    return {rating.competency: rating.level for rating in card.ratings}


async def test_an_answer_to_a_persons_question_is_rated_once_it_is_filed() -> None:
    store = MemoryStore()
    room, _, answer = await ended(store)
    first = await scored(room)

    event = await filed(room, answer, "pressure", ANNA)
    second = await scored(room)

    assert (None, 3) == (levels(first)["calm"], levels(second)["calm"])
    assert event.seq == second.stamp.transcript_seq
    wanted: tuple[str, object, object] = ("score_interview", room.tenant, room.interview)
    assert [wanted, wanted] == list(store.tables.outbox.values())
    assert (await verify_interview(store, room.tenant, room.interview)).opened


async def test_an_answer_that_is_filed_elsewhere_speaks_for_its_first_question_no_more() -> None:
    room, _, answer = await ended(MemoryStore())
    await filed(room, answer, "pressure", ANNA)
    first = await scored(room)

    await filed(room, answer, None)
    second = await scored(room)

    assert (3, None) == (levels(first)["calm"], levels(second)["calm"])


async def test_both_are_kept_what_the_room_filed_and_what_a_person_did() -> None:
    room, _, answer = await ended(MemoryStore())

    event = await filed(room, answer, "pressure", ANNA)

    turn = await turn_of(room, answer)
    (counted,) = as_corrected([turn])
    assert (None, "pressure") == (turn.question, counted.question)
    assert turn.filing is not None
    assert (event.seq, "pressure", ANNA, WHY, GRACE) == (
        turn.filing.seq,
        turn.filing.question,
        turn.filing.asked_by,
        turn.filing.reason,
        turn.filing.by,
    )
    assert isinstance(event.fact, TurnRefiled)
    assert event.fact.before is None
    again = await filed(room, answer, "incident", ANNA)
    assert isinstance(again.fact, TurnRefiled)
    assert ("pressure", "incident") == (again.fact.before, again.fact.question)


async def test_an_interviewers_own_words_ask_in_their_name() -> None:
    room, asked, _ = await ended(MemoryStore())

    await filed(room, asked, "pressure")

    filing = (await turn_of(room, asked)).filing
    assert filing is not None
    assert ANNA == filing.asked_by
    assert frozenset({"pressure"}) == asked_by_people(await log_of(room))


async def test_what_was_filed_and_taken_away_again_nobody_asked() -> None:
    room, asked, _ = await ended(MemoryStore())
    await filed(room, asked, "pressure")

    await filed(room, asked, None)

    filing = (await turn_of(room, asked)).filing
    assert filing is not None
    assert (None, None) == (filing.question, filing.asked_by)
    assert frozenset() == asked_by_people(await log_of(room))


async def test_an_answer_that_was_only_filed_wrongly_is_asked_by_nobody() -> None:
    room, _, answer = await ended(MemoryStore())

    await filed(room, answer, "incident")

    assert frozenset() == asked_by_people(await log_of(room))


async def test_who_asked_may_be_said_of_an_answer_that_is_filed_already() -> None:
    room, _, answer = await ended(MemoryStore())
    await filed(room, answer, "pressure")

    await filed(room, answer, "pressure", ANNA)

    assert frozenset({"pressure"}) == asked_by_people(await log_of(room))


async def test_who_only_looks_on_at_the_end_may_have_asked_before() -> None:
    room, _, answer = await ended(MemoryStore())

    await filed(room, answer, "pressure", BEN)

    assert frozenset({"pressure"}) == asked_by_people(await log_of(room))


@pytest.mark.parametrize(
    ("of", "question", "asked_by", "field"),
    [
        ("answer", "nothing", None, "question"),
        ("answer", None, None, "question"),
        ("answer", None, ANNA, "asked_by"),
        ("answer", "pressure", OLGA, "asked_by"),
        ("answer", "pressure", f"int-{3:032x}", "asked_by"),
        ("asked", "pressure", OLGA, "asked_by"),
        ("asked", None, None, "question"),
        ("ai", "pressure", None, "turn_id"),
    ],
)
async def test_what_cannot_be_filed_names_the_field(
    of: str, question: str | None, asked_by: str | None, field: str
) -> None:
    room, asked, answer = await ended(MemoryStore())
    spoken = [event.fact for event in await log_of(room)]
    line = next(fact.turn_id for fact in spoken if isinstance(fact, LineStarted))
    turn = {"answer": answer, "asked": asked, "ai": line}[of]

    with pytest.raises(InterviewError) as refusal:
        await filed(room, turn, question, asked_by)

    assert (Code.INVALID, field) == (refusal.value.code, refusal.value.field)
    assert "turn_refiled" not in await room.kinds()


async def test_nothing_is_filed_before_the_end_or_of_no_turn() -> None:
    room, asked, _ = await told(MemoryStore())
    with pytest.raises(InterviewError) as early:
        await filed(room, asked, "pressure")
    await room.end()
    with pytest.raises(InterviewError) as unknown:
        await filed(room, TurnId(uuid4()), "pressure")

    assert (Code.WRONG_STATE, Code.NOT_FOUND) == (early.value.code, unknown.value.code)


def test_what_the_ai_said_takes_no_filing() -> None:
    turn = TurnId(UUID(int=1))
    started = LineStarted(
        turn_id=turn,
        line="question",
        question="incident",
        probe=None,
        text="Tell me.",
        identity="ai",
        started_ms=0,
    )
    filing = TurnRefiled(
        turn_id=turn, question=None, before="incident", asked_by=None, reason=WHY, by=GRACE
    )

    line = turn_after(None, _event(1, started))
    for before in (line, None):
        with pytest.raises(OutOfOrder):
            turn_after(before, _event(2, filing))


def _event(seq: int, fact: LineStarted | TurnRefiled) -> Event:
    return Event(seq=seq, event_id=EventId(UUID(int=seq)), epoch=1, at=NOON, fact=fact)
