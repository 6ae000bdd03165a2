"""Who talks over whom: interjections, interruptions, clicks and wishes."""

import asyncio

import pytest

from interview.events import AnswerEnded, SignalReceived
from tests.fakes.leaping import leap
from tests.fakes.stage import LONG_ANSWER, Stage, asked_first, on_stage

pytestmark = pytest.mark.voice


# ---- interruptions ----


def test_a_mm_hm_over_our_line_holds_it_for_a_moment_and_is_kept_as_what_it_is() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await stage.hears_begin("question")
            await asyncio.sleep(0.5)
            await stage.speaks("mm-hm")
            await stage.hears("question")
        return stage

    stage = leap(scene())

    (ended,) = stage.ended("question")
    assert not ended.cut_off
    (turn,) = stage.candidate_turns()
    assert ("mm-hm", True) == (turn.spoken, turn.complete)
    assert {"backchannel"} == {fact.intent for fact in stage.facts(AnswerEnded)}


def test_real_words_over_our_line_stop_it_and_begin_the_answer() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await stage.hears_begin("question")
            await asyncio.sleep(0.5)
            await stage.speaks(LONG_ANSWER)
            await stage.until(lambda: "second" in stage.asked())
        return stage

    stage = leap(scene())

    assert stage.ended("question")[0].cut_off
    (turn,) = stage.candidate_turns()
    assert (LONG_ANSWER, "first") == (turn.spoken, turn.question)
    assert ("first",) == stage.conductor.state.asked[:1]


def test_nobody_talks_the_greeting_down() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await stage.hears_begin("greeting")
            await stage.speaks("Hello there, can you hear me?")
            await stage.hears("question")
            await asyncio.sleep(5)
        return stage

    stage = leap(scene())

    assert not stage.ended("greeting")[0].cut_off
    assert ["greeting", "question"] == stage.lines()


def test_words_before_the_first_question_do_not_answer_it() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await stage.hears_begin("greeting")
            stage.mouth.start_s = 3.0
            await stage.hears("greeting")
            await stage.speaks("Hello.")
            await stage.hears("question")
            await asyncio.sleep(10)
        return stage

    stage = leap(scene())

    assert ["greeting", "question"] == stage.lines()
    assert all(turn.complete for turn in stage.candidate_turns())


def test_okay_is_no_answer_to_a_question() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await asked_first(stage)
            await stage.speaks("Okay.")
            await asyncio.sleep(6)
            await stage.speaks(LONG_ANSWER)
            await stage.hears_begin("question")
        return stage

    stage = leap(scene())

    assert ["greeting", "question", "question"] == stage.lines()


# ---- clicks and repeats ----


def test_done_while_still_speaking_ends_one_answer_and_no_more() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await asked_first(stage)
            speaking = asyncio.create_task(stage.speaks(LONG_ANSWER))
            await asyncio.sleep(6)
            await stage.presses("done")
            await speaking
            await stage.hears("question")
            await asyncio.sleep(3)
        return stage

    stage = leap(scene())

    assert 1 == len(stage.facts(AnswerEnded))
    assert ["first", "second"] == stage.asked()
    assert [LONG_ANSWER] == [turn.spoken for turn in stage.candidate_turns()]


def test_done_right_after_a_short_word_waits_for_the_word() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await asked_first(stage)
            await stage.makes_sound(0.4)
            assert "ok" == await stage.presses("done")
            stage.hears_final("No.")
            await stage.hears_begin("probe", within_s=2)
        return stage

    assert ["No."] == [turn.spoken for turn in leap(scene()).candidate_turns()]


def test_done_without_a_sound_is_told_so() -> None:
    async def scene() -> str:
        async with on_stage() as stage:
            await asked_first(stage)
            answer = await stage.presses("done")
            assert [] == stage.facts(SignalReceived)
            return answer

    assert "nothing_heard" == leap(scene())


def test_a_spoken_wish_is_granted_once_and_then_the_candidate_may_think() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await asked_first(stage)
            await stage.speaks("Sorry, could you repeat that?")
            await stage.hears("repeat")
            await asyncio.sleep(15)
            await stage.speaks(LONG_ANSWER)
            await stage.hears_begin("question")
        return stage

    stage = leap(scene())

    assert ["greeting", "question", "repeat", "question"] == stage.lines()
    assert ["repeat", "answer"] == [fact.intent for fact in stage.facts(AnswerEnded)]


def test_the_repeat_button_within_an_answer_does_not_end_it() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await asked_first(stage)
            await stage.speaks("We had a project with the")
            assert "ok" == await stage.presses("repeat")
            await stage.hears("repeat")
            await asyncio.sleep(10)
            await stage.speaks(LONG_ANSWER)
            await stage.hears_begin("question")
        return stage

    stage = leap(scene())

    assert ["greeting", "question", "repeat", "question"] == stage.lines()
    assert all(turn.complete for turn in stage.candidate_turns())


def test_the_repeat_button_is_refused_while_we_speak() -> None:
    async def scene() -> str:
        async with on_stage() as stage:
            await stage.hears_begin("question")
            return await stage.presses("repeat")

    assert "speaking" == leap(scene())


def test_let_me_think_gives_six_seconds_and_more() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await asked_first(stage)
            await stage.speaks("We had one project.")
            assert "ok" == await stage.presses("think")
            await asyncio.sleep(6)
            await stage.speaks(LONG_ANSWER)
            await stage.hears_begin("question")
        return stage

    stage = leap(scene())

    assert [f"We had one project. {LONG_ANSWER}"] == [t.spoken for t in stage.candidate_turns()]


def test_let_me_think_takes_back_a_line_that_has_just_begun() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await asked_first(stage)
            await stage.speaks("We had one project.")
            await stage.hears_begin("probe")
            await stage.presses("think")
            await asyncio.sleep(20)
            await stage.speaks(LONG_ANSWER)
            await stage.hears_begin("question")
        return stage

    stage = leap(scene())

    assert ["greeting", "question", "question"] == stage.lines()
    assert 1 == len(stage.candidate_turns())
