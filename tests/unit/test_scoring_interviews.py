"""Scoring an interview that has ended: from the words alone, once, stamped."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from decimal import Decimal

import pytest

from interview.adapters.lexicons import indicator_rater
from interview.by_room import FloorChanged
from interview.chain import card_digest
from interview.errors import Sealed, WrongState
from interview.events import FACTS
from interview.lifecycle import State
from interview.scoring import Scorecard, check_quote
from interview.store.memory import MemoryStore
from interview.use_cases.scoring import score_interview
from interview.use_cases.verify import verify_interview
from tests.fakes.interviews import KIT, Room

pytestmark = pytest.mark.unit

RATER = indicator_rater()


async def score(room: Room) -> Scorecard:
    return await score_interview(room.world, RATER, room.tenant, room.interview)


SAID = {
    "incident": "So we wrote it down. Then I told them, of course.",
    "pressure": "I do not know.",
}


async def told(*, end: bool = True, asked: Iterable[str] = SAID) -> Room:
    """An interview in which both questions were asked and one was answered well."""
    room = await Room(MemoryStore()).furnish()
    await room.become(State.LIVE)
    await room.hold(claimed=True)
    for question in asked:
        await room.ask(question)
        await room.answer(question, SAID[question])
    if end:
        await room.end()
    return room


async def test_an_ended_interview_gets_a_scorecard_with_quotes_and_a_total() -> None:
    room = await told()

    card = await score(room)

    care, calm = card.ratings
    assert (care.level, calm.level, calm.not_assessed) == (4, None, "no_evidence")
    assert [quote.text for quote in care.quotes] == [
        "So we wrote it down.",
        "Then I told them, of course.",
    ]
    assert (card.total, card.coverage) == (Decimal("4.00"), Decimal("0.75"))
    async with room.store.transaction(room.tenant) as tx:
        turns = {turn.turn_id: turn for turn in await tx.turns.of(room.interview)}
        assert await tx.scorecards.of(room.interview) == (card,)
    for quote in care.quotes:
        check_quote(quote, turns)


async def test_a_scorecard_says_by_whom_and_from_what_it_was_made() -> None:
    room = await told()
    spoken_until = len(await room.kinds()) - 1

    stamp = (await score(room)).stamp

    assert stamp.model_dump() == {
        "kit_version": 1,
        "rater": "indicators",
        "rater_version": RATER.version("en"),
        "model": None,
        "prompt_hash": None,
        "transcript_seq": spoken_until,
    }


async def test_scoring_moves_the_interview_on_and_is_written_down() -> None:
    room = await told()

    card = await score(room)

    assert await room.state() is State.SCORED
    async with room.store.transaction(room.tenant) as tx:
        *_, last = await tx.events.read(room.interview)
    assert (last.epoch, FACTS.dump_python(last.fact)) == (
        1,
        {
            "kind": "scorecard_stored",
            "scorecard_id": str(card.scorecard_id),
            "rater": "indicators",
            "card_sha256": card_digest(card),
        },
    )
    verified = await verify_interview(room.store, room.tenant, room.interview)
    assert verified.opened


async def test_a_repeat_makes_no_second_scorecard() -> None:
    room = await told()

    first, second = await score(room), await score(room)

    assert first == second
    assert (await room.kinds()).count("scorecard_stored") == 1


async def test_words_that_came_late_make_a_new_scorecard_beside_the_old_one() -> None:
    room = await told()
    first = await score(room)
    await room.answer("pressure", "I took a breath.")

    second = await score(room)

    assert second.stamp.transcript_seq > first.stamp.transcript_seq
    assert second.ratings[1].level == 3
    async with room.store.transaction(room.tenant) as tx:
        assert await tx.scorecards.of(room.interview) == (first, second)
    assert await room.state() is State.SCORED


@asynccontextmanager
async def rating(room: Room) -> AsyncIterator["asyncio.Task[Scorecard]"]:
    """While this lasts the room is being rated, from what there was before."""
    loop, begun, is_over = asyncio.get_running_loop(), asyncio.Event(), threading.Event()
    english = RATER.lexicons["en"]

    def stem(word: str) -> str:
        loop.call_soon_threadsafe(begun.set)
        assert is_over.wait(5)
        return english.stem(word)

    slow = replace(RATER, lexicons={"en": replace(english, stem=stem)})
    scoring = asyncio.create_task(score_interview(room.world, slow, room.tenant, room.interview))
    await begun.wait()
    yield scoring
    is_over.set()


async def test_an_interview_is_open_to_others_while_it_is_rated_and_what_they_add_counts() -> None:
    room = await told()
    async with rating(room) as scoring:
        await room.answer("pressure", "I took a breath.")
        said_until = len(await room.kinds())
    card = await scoring

    assert (card.ratings[1].level, card.stamp.transcript_seq) == (3, said_until)
    assert (await room.kinds()).count("scorecard_stored") == 1


async def test_who_asked_a_question_counts_also_when_it_is_told_while_it_is_rated() -> None:
    room = await told(asked=("incident",))
    async with rating(room) as scoring:
        await room.note(FloorChanged(floor="ai", before="ai", covered=("pressure",)))
    card = await scoring

    assert "not_filed" == card.ratings[1].not_assessed
    assert (await room.kinds()).count("scorecard_stored") == 1


async def test_two_workers_that_rate_at_once_make_one_scorecard() -> None:
    room = await told()

    first, second = await asyncio.gather(score(room), score(room))

    assert first == second
    assert (await room.kinds()).count("scorecard_stored") == 1


async def test_an_answer_is_taken_apart_once_for_all_competencies() -> None:
    room = await told()
    english, words = RATER.lexicons["en"], []

    def stem(word: str) -> str:
        words.append(word)
        return english.stem(word)

    counting = replace(RATER, lexicons={"en": replace(english, stem=stem)})
    await score_interview(room.world, counting, room.tenant, room.interview)

    assert words.count("course") == 1
    assert words.count("know") == 1


async def test_a_new_rater_makes_a_new_scorecard() -> None:
    room = await told()
    first = await score(room)
    english = replace(RATER.lexicons["en"], version="another")
    newer = replace(RATER, lexicons={**RATER.lexicons, "en": english})

    second = await score_interview(room.world, newer, room.tenant, room.interview)

    assert first.scorecard_id != second.scorecard_id


async def test_an_interview_that_goes_on_is_not_scored() -> None:
    room = await told(end=False)

    with pytest.raises(WrongState):
        await score(room)


async def test_a_decided_interview_stays_decided() -> None:
    room = await told()
    await room.become(State.DECIDED)

    await score(room)

    assert await room.state() is State.DECIDED


async def test_what_was_erased_cannot_be_scored() -> None:
    room = await told()
    async with room.store.transaction(room.tenant) as tx:
        await tx.keys.destroy_interview(room.interview, room.clock.now())

    with pytest.raises(Sealed):
        await score(room)


async def asked(*questions: str) -> Room:
    room = await Room(MemoryStore()).furnish()
    await room.become(State.LIVE)
    for key in questions:
        await room.ask(key)
    return room


async def test_a_competency_whose_questions_were_not_asked_is_marked_so() -> None:
    room = await asked("incident")
    await room.end()

    care, calm = (await score(room)).ratings

    assert (care.not_assessed, calm.not_assessed) == ("no_evidence", "not_asked")
    assert calm.reason == RATER.wording("en").not_asked


async def test_a_question_that_was_withdrawn_or_never_heard_was_not_asked() -> None:
    room = await asked("incident")
    await room.ask("pressure", withdrawn=True)
    await room.ask("pressure", spoken="")
    await room.end()

    assert (await score(room)).ratings[1].not_assessed == "not_asked"


async def test_an_interview_without_a_word_has_no_total() -> None:
    room = await asked()
    await room.end()

    card = await score(room)

    assert (card.total, card.coverage, card.stamp.transcript_seq) == (None, Decimal(0), 0)


async def test_an_answer_counts_for_the_competencies_of_its_question_alone() -> None:
    room = await asked("incident", "pressure")
    await room.answer("incident", "I took a breath.")
    await room.answer(None, "I took a breath.")
    await room.end()

    assert (await score(room)).ratings[1].level is None


async def test_what_the_ai_said_is_no_evidence() -> None:
    room = await asked("incident")
    await room.ask("pressure", spoken="I took a breath.")
    await room.end()

    assert (await score(room)).ratings[1].level is None


async def test_a_kit_in_a_language_without_a_word_list_is_not_rated() -> None:
    room = await Room(MemoryStore(), kit=KIT.model_copy(update={"language": "hu"})).furnish()
    await room.become(State.LIVE)
    await room.ask("incident")
    await room.answer("incident", "We wrote it down and told them.")
    await room.end()

    assert {rating.level for rating in (await score(room)).ratings} == {None}
