"""The conductor holds a whole interview and writes what happened, in the order it happened."""

import asyncio
from itertools import pairwise

import pytest

from interview.events import (
    AnswerEnded,
    AnswerResumed,
    CandidateArrived,
    InterviewEnded,
    LineEnded,
    LineStarted,
    ProviderFailed,
    SpeechHeard,
)
from tests.fakes.leaping import leap
from tests.fakes.stage import A_WHOLE_ANSWER, LONG_ANSWER, Stage, asked_first, on_stage

pytestmark = pytest.mark.voice

KEYS = ["first", "second", "third"]


# ---- a whole interview ----


@pytest.mark.parametrize("answer", [LONG_ANSWER, "We shipped it."])
def test_everything_is_asked_once_and_in_order(answer: str) -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await stage.to_the_end(answer)
        return stage

    stage = leap(scene())

    assert KEYS == stage.asked()
    assert "greeting" == stage.lines()[0]
    after = stage.lines()[stage.lines().index("candidate_questions") + 1 :]
    assert {"closing"} <= {*after} <= {"closing", "repeat"}  # a short remark is noted
    assert "closing" == after[-1]
    assert InterviewEnded(reason="completed") == stage.journal.events[-1].fact
    assert all(turn.complete for turn in stage.journal.turns.values())


def test_the_log_tells_the_talk_in_its_order() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await stage.to_the_end()
        return stage

    stage = leap(scene())

    turns = list(stage.journal.turns.values())
    assert sorted(turns, key=lambda turn: turn.started_ms) == turns
    assert stage.journal.kinds[:3] == ["agent_joined", "candidate_arrived", "line_started"]
    for one, next_one in pairwise(turns):
        assert one.speaker != next_one.speaker or "greeting" == one.line


def test_a_finished_answer_is_answered_soon() -> None:
    async def scene() -> float:
        async with on_stage() as stage:
            await asked_first(stage)
            await stage.speaks(LONG_ANSWER)
            ended = stage.now()
            await stage.hears_begin("question")
            return stage.now() - ended

    assert leap(scene()) < 1.2


def test_the_words_are_in_the_log_before_anything_follows_from_them() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await stage.to_the_end()
        return stage

    facts = [event.fact for event in leap(scene()).journal.events]
    for place, fact in enumerate(facts):
        if isinstance(fact, AnswerEnded):
            spoken = [f for f in facts[:place] if isinstance(f, SpeechHeard)]
            assert fact.turn_id == spoken[-1].turn_id
            assert spoken[-1].text


def test_what_is_said_next_has_been_prepared() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await stage.to_the_end()
        return stage

    stage = leap(scene())

    said = {start.text for start in stage.facts(LineStarted)}
    for text in said:
        assert any(sentence in text for sentence in stage.mouth.prepared)


# ---- pauses ----


def test_a_pause_inside_a_clause_is_not_the_end() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await asked_first(stage)
            await stage.speaks("We moved the whole service because")
            await asyncio.sleep(2.5)
            await stage.speaks("the old one could not keep up with the load.")
            await stage.until(lambda: stage.facts(AnswerEnded))
        return stage

    stage = leap(scene())

    spoken = "We moved the whole service because the old one could not keep up with the load."
    assert [spoken] == [turn.spoken for turn in stage.candidate_turns()]


def test_who_goes_on_after_we_began_keeps_the_answer_in_one_piece() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await asked_first(stage)
            await stage.speaks(LONG_ANSWER)
            await stage.hears_begin("question")
            await stage.speaks("And then we also measured what had changed.")
            await stage.until(lambda: stage.facts(AnswerResumed))
            await stage.hears_begin("question")
        return stage

    stage = leap(scene())

    assert [f"{LONG_ANSWER} And then we also measured what had changed."] == [
        turn.spoken for turn in stage.candidate_turns()
    ]
    withdrawn = [fact for fact in stage.facts(LineEnded) if fact.withdrawn]
    assert 1 == len(withdrawn)
    kinds = stage.journal.kinds
    assert kinds.index("answer_resumed") == 1 + stage.journal.kinds.index(
        "line_ended", kinds.index("answer_ended")
    )
    assert ["first", "second"] == stage.asked()


def test_who_goes_on_before_our_line_is_heard_is_not_talked_over() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await asked_first(stage)
            stage.mouth.start_s = 3.0
            await stage.speaks(LONG_ANSWER)
            await stage.until(lambda: stage.facts(AnswerEnded))
            await stage.speaks("And then we measured it.")
            stage.mouth.start_s = 0.05
            await stage.hears_begin("question")
        return stage

    stage = leap(scene())

    assert 1 == len(stage.candidate_turns())
    assert 1 == len(stage.facts(AnswerResumed))
    assert ["first", "second"] == stage.asked()


def test_late_words_join_the_answer_that_was_done() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await asked_first(stage)
            await stage.speaks(A_WHOLE_ANSWER)
            assert "ok" == await stage.presses("done")
            await stage.hears("probe")
        return stage

    stage = leap(scene())

    (turn,) = stage.candidate_turns()
    assert A_WHOLE_ANSWER == turn.spoken
    assert turn.complete
    assert "done" == stage.facts(AnswerEnded)[0].signal


# ---- an heir ----


def test_an_heir_goes_on_in_the_same_turn() -> None:
    async def first() -> Stage:
        async with on_stage() as stage:
            await asked_first(stage)
            await stage.speaks("We had one project, and")
            await stage.until(stage.candidate_turns)
        return stage

    dead = leap(first())

    async def second() -> Stage:
        async with on_stage(dead.plan, dead.journal.events) as stage:
            stage.journal.turns.update(dead.journal.turns)
            await stage.hears("go_on")
            await stage.answers(LONG_ANSWER)
            await stage.to_the_end()
        return stage

    heir = leap(second())

    assert KEYS == heir.asked()
    assert 1 == heir.lines().count("greeting")
    first_answer = heir.candidate_turns()[0]
    assert f"We had one project, and {LONG_ANSWER}" == first_answer.spoken
    assert 2 == len(heir.facts(CandidateArrived))


def test_an_heir_closes_the_line_that_its_predecessor_died_in() -> None:
    async def first() -> Stage:
        async with on_stage() as stage:
            await stage.hears_begin("question")
        return stage

    dead = leap(first())

    async def second() -> Stage:
        async with on_stage(dead.plan, dead.journal.events) as stage:
            stage.journal.turns.update(dead.journal.turns)
            await stage.to_the_end()
        return stage

    heir = leap(second())

    assert KEYS == heir.asked()
    assert KEYS == list(heir.conductor.state.asked)
    assert all(turn.complete for turn in heir.journal.turns.values())


def test_nothing_failed() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await stage.to_the_end()
        return stage

    assert [] == leap(scene()).facts(ProviderFailed)
