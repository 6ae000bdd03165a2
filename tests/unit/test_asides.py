"""What only asks for something is no material for raters, and stays in the transcript."""

from dataclasses import replace
from uuid import UUID

import pytest

from interview.asides import NO_ANSWERS, Asides, without_asides
from interview.events import AnswerEnded, AnswerResumed, Fact, SpeechHeard
from interview.ids import TurnId
from interview.intents import LONGEST_WISH, Intent
from interview.probing import Exchange
from interview.use_cases.verify import verify_interview
from interview.wish_facts import WishRead
from tests.fakes.interviews import Room
from tests.fakes.judging import judge, models_of, quoting, score, talk, told

pytestmark = pytest.mark.unit

TURN = TurnId(UUID(int=7))
PANIC = "I am having a panic attack"


def heard(text: str) -> SpeechHeard:
    return SpeechHeard(
        turn_id=TURN,
        question=None,
        identity="cand-1",
        role="candidate",
        text=text,
        words=(),
        started_ms=0,
        ended_ms=1,
    )


def ended(intent: Intent, turn: TurnId = TURN) -> AnswerEnded:
    return AnswerEnded(turn_id=turn, question=None, signal="patience", words=3, intent=intent)


def asides(*facts: Fact) -> set[TurnId]:
    gathered = Asides()
    for fact in facts:
        gathered.notes(fact)
    return gathered.turns


@pytest.mark.parametrize("intent", sorted(NO_ANSWERS))
def test_a_wish_is_an_aside(intent: Intent) -> None:
    assert {TURN} == asides(heard(PANIC), ended(intent))


@pytest.mark.parametrize("intent", ["answer", "asks", "yes", "go_on"])
def test_what_may_be_an_answer_is_none(intent: Intent) -> None:
    assert set() == asides(heard("Yes"), ended(intent))


def test_a_long_turn_that_ends_with_a_wish_also_answers() -> None:
    over = replace(ended("person"), words=LONGEST_WISH + 1)

    assert set() == asides(heard("We rebuilt it. Can I talk to a person?"), over)


def test_a_wish_beside_an_answer_leaves_the_answer_to_raters() -> None:
    beside = replace(ended("person"), answers_too=True)

    assert set() == asides(heard("We rebuilt it. Can I talk to a person?"), beside)


def test_who_goes_on_after_a_wish_may_answer() -> None:
    assert set() == asides(heard("A break"), ended("pause"), AnswerResumed(turn_id=TURN))
    assert set() == asides(heard("A break"), ended("pause"), heard("was what we needed then"))
    assert set() == asides(heard("A break"), ended("pause"), ended("answer"))


def test_what_only_a_model_took_for_a_wish_may_answer() -> None:
    read = WishRead(turn_id=TURN, question="incident", wish="person", words="one", model="m")

    assert set() == asides(heard("I would call one."), read, ended("person"))
    assert {TURN} == asides(
        heard("I"), read, ended("person"), heard("want a person"), ended("person")
    )


async def test_a_judge_is_shown_an_answer_that_a_model_took_for_a_wish() -> None:
    said = "I would have called somebody from the team."
    room = await talk(("incident", "So we wrote it down and told them."), end=False)
    turn = TurnId(await room.answer("incident", said))
    await room.note(
        WishRead(turn_id=turn, question="incident", wish="person", words=said, model="m")
    )
    await room.note(ended("person", turn))
    await room.end()
    by = judge(quoting(3))

    await score(room, by)

    assert said in [text for prompt in models_of(by).asked for _, _, text in told(prompt)]


def test_a_model_is_shown_the_answer_and_not_what_was_said_in_distress() -> None:
    exchange = Exchange()
    for fact in (heard(PANIC), ended("distress")):
        exchange.notes(fact)

    assert () == exchange.before(None)


async def in_distress() -> tuple[Room, TurnId]:
    room = await talk(("incident", "So we wrote it down and told them."), end=False)
    wish = TurnId(await room.answer("incident", PANIC))
    await room.note(ended("distress", wish))
    await room.end()
    return room, wish


async def test_a_judge_is_not_shown_what_was_said_in_distress() -> None:
    room, wish = await in_distress()
    by = judge(quoting(3))

    card = await score(room, by)

    shown = [text for prompt in models_of(by).asked for _, _, text in told(prompt)]
    assert "So we wrote it down and told them." in shown
    assert PANIC not in shown
    assert all(wish != quote.turn_id for rating in card.ratings for quote in rating.quotes)


async def test_it_stays_in_the_transcript_and_the_card_verifies() -> None:
    room, wish = await in_distress()
    await score(room, judge(quoting(3)))

    async with room.store.transaction(room.tenant) as tx:
        turns = await tx.turns.of(room.interview)
        log = await tx.events.read(room.interview)
    assert PANIC in [turn.spoken for turn in turns]
    assert wish not in [turn.turn_id for turn in without_asides(turns, log)]
    assert (await verify_interview(room.store, room.tenant, room.interview)).opened
