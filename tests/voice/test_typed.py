"""Answers in writing, and pauses by a click: the talk goes on as if they had been said."""

import asyncio
import json

import pytest

from agent.messages import Writes
from agent.typed import MOST_BYTES, named
from interview.events import (
    AnswerEnded,
    LineStarted,
    Paused,
    Resumed,
    SignalReceived,
    SilenceNoticed,
    SpeechHeard,
)
from interview.silence import THINKING_NUDGE_EVERY_S
from tests.fakes.leaping import leap
from tests.fakes.stage import LONG_ANSWER, Stage, asked_first, on_stage

pytestmark = pytest.mark.voice


def test_a_typed_answer_is_a_whole_answer_marked_as_typed() -> None:
    async def scene() -> tuple[Stage, str]:
        async with on_stage() as stage:
            await asked_first(stage)
            outcome = await stage.types(f"  {LONG_ANSWER}\n")
            await stage.hears("question")
            await stage.to_the_end()
        return stage, outcome

    stage, outcome = leap(scene())

    assert "ok" == outcome
    first, *others = stage.candidate_turns()
    assert (LONG_ANSWER, True, (), None) == (
        first.spoken,
        first.typed,
        first.words,
        first.confidence,
    )
    assert ("first", True) == (first.question, first.complete)
    assert {False} == {turn.typed for turn in others}
    ended = stage.facts(AnswerEnded)[0]
    assert ("done", "answer", len(LONG_ANSWER.split())) == (
        ended.signal,
        ended.intent,
        ended.words,
    )
    assert ("cand-1", LONG_ANSWER) in stage.captions.shown
    assert ["first", "second", "third"] == stage.asked()


def test_a_short_answer_is_probed_whether_said_or_typed() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await asked_first(stage)
            await stage.types("I did it.")
            await stage.hears("probe")
        return stage

    assert "probe" == leap(scene()).lines()[-1]


def test_a_wish_may_be_typed() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await asked_first(stage)
            await stage.types("Could you repeat the question?")
            await stage.hears("repeat")
        return stage

    repeat = leap(scene()).facts(LineStarted)[-1]
    assert ("repeat", "first") == (repeat.line, repeat.question)


def test_what_was_said_and_typed_is_one_answer() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await asked_first(stage)
            await stage.speaks("I led the team and")
            await stage.until(lambda: stage.facts(SpeechHeard))
            await stage.types("we moved to Zürich")
            await stage.until(lambda: stage.facts(AnswerEnded))
        return stage

    (turn,) = leap(scene()).candidate_turns()
    assert ("I led the team and we moved to Zürich", True) == (turn.spoken, turn.typed)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("", "nothing_typed"),
        (" \n\t", "nothing_typed"),
        ("ü" * (MOST_BYTES // 2 + 1), "too_long"),
    ],
)
def test_what_is_no_answer_is_not_kept(text: str, outcome: str) -> None:
    async def scene() -> tuple[Stage, str]:
        async with on_stage() as stage:
            await asked_first(stage)
            return stage, await stage.types(text)

    stage, said = leap(scene())

    assert (outcome, []) == (said, stage.facts(SpeechHeard))


def test_nothing_is_taken_while_we_speak_or_nobody_is_asked() -> None:
    async def scene() -> tuple[Stage, list[str]]:
        async with on_stage() as stage:
            before = await stage.types(LONG_ANSWER)
            stage.comes()
            await stage.hears_begin("greeting")
            within = await stage.types(LONG_ANSWER)
        return stage, [before, within]

    stage, outcomes = leap(scene())

    assert (["speaking", "speaking"], []) == (outcomes, stage.facts(SpeechHeard))


def test_a_click_pauses_and_a_click_goes_on() -> None:
    async def scene() -> tuple[Stage, str]:
        async with on_stage() as stage:
            await asked_first(stage)
            assert "ok" == await stage.presses("pause")
            await stage.until(lambda: stage.facts(Paused))
            within = await stage.types(LONG_ANSWER)
            assert [] == stage.facts(Resumed)
            assert "ok" == await stage.presses("resume")
            await stage.until(lambda: stage.facts(Resumed))
            await stage.hears("repeat")
            await stage.to_the_end()
        return stage, within

    stage, within = leap(scene())

    assert ("paused", "asked") == (within, stage.facts(Paused)[0].reason)
    assert ["pausing", "repeat"] == stage.lines()[2:4]
    assert ["pause", "resume"] == [fact.signal for fact in stage.facts(SignalReceived)]
    assert ["first", "second", "third"] == stage.asked()


def test_there_is_no_pause_within_our_own_words() -> None:
    async def scene() -> tuple[Stage, str]:
        async with on_stage() as stage:
            stage.comes()
            await stage.hears_begin("greeting")
            return stage, await stage.presses("pause")

    stage, outcome = leap(scene())

    assert ("speaking", []) == (outcome, stage.facts(Paused))


def test_an_answer_that_is_sent_again_is_taken_once() -> None:
    """The first `ok` may be lost; the next question has another answer by then."""

    async def scene() -> tuple[Stage, list[str]]:
        async with on_stage() as stage:
            await asked_first(stage)
            sent = json.dumps({"id": "one", "text": LONG_ANSWER})
            outcomes = [await stage.types(sent)]
            await stage.hears("question")
            outcomes.append(await stage.types(sent))
            outcomes.append(await stage.types(json.dumps({"id": "two", "text": LONG_ANSWER})))
            await stage.hears("question")
        return stage, outcomes

    stage, outcomes = leap(scene())

    assert ["ok", "ok", "ok"] == outcomes
    assert [LONG_ANSWER, LONG_ANSWER] == [turn.spoken for turn in stage.candidate_turns()]


@pytest.mark.parametrize("payload", ['{"id": 1, "text": "x"}', "{broken", '["a"]', "12"])
def test_what_is_no_answer_with_a_name_is_a_text(payload: str) -> None:
    assert (None, payload) == named(payload)


async def writes(stage: Stage, seconds: int) -> None:
    """Keys are pressed for so long."""
    for _ in range(seconds):
        stage.inbox.put_nowait(Writes())
        await asyncio.sleep(1)


def test_whoever_writes_is_not_taken_for_silent() -> None:
    async def scene() -> tuple[Stage, str]:
        async with on_stage() as stage:
            await asked_first(stage)
            await writes(stage, 240)
            outcome = await stage.types(LONG_ANSWER)
            await stage.hears("question")
        return stage, outcome

    stage, outcome = leap(scene())

    assert ("ok", [], []) == (outcome, stage.facts(SilenceNoticed), stage.facts(Paused))
    assert [LONG_ANSWER] == [turn.spoken for turn in stage.candidate_turns()]


def test_an_answer_that_was_begun_aloud_is_not_over_while_it_is_written_on() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await asked_first(stage)
            await stage.speaks("I led the team and we moved to")
            await writes(stage, 12)
            await stage.types("Łódź")
            await stage.hears("probe")
        return stage

    (turn,) = leap(scene()).candidate_turns()
    assert "I led the team and we moved to Łódź" == turn.spoken


def test_whoever_stops_writing_is_asked_kindly_in_the_end() -> None:
    async def scene() -> tuple[float, float]:
        async with on_stage() as stage:
            await asked_first(stage)
            await writes(stage, 5)
            since = stage.now()
            await stage.until(lambda: stage.facts(SilenceNoticed), within_s=120)
            return since, stage.now()

    since, noticed = leap(scene())
    assert THINKING_NUDGE_EVERY_S - 1 == pytest.approx(noticed - since, abs=0.1)


def test_whoever_writes_in_a_pause_that_their_silence_made_goes_on() -> None:
    async def scene() -> tuple[Stage, str]:
        async with on_stage() as stage:
            await asked_first(stage)
            await stage.until(lambda: stage.facts(Paused), within_s=300)
            await stage.until(lambda: stage.is_listening)
            await writes(stage, 1)
            await stage.hears("repeat")
            return stage, await stage.types(LONG_ANSWER)

    stage, outcome = leap(scene())
    assert ("silence", 1, "ok") == (
        stage.facts(Paused)[0].reason,
        len(stage.facts(Resumed)),
        outcome,
    )


def test_what_is_sent_in_the_moment_we_begin_to_speak_is_refused_whole() -> None:
    """It is sent again, and must neither be lost nor be kept twice."""

    async def scene() -> tuple[Stage, list[str]]:
        async with on_stage() as stage:
            await asked_first(stage)
            sent = json.dumps({"id": "one", "text": LONG_ANSWER})
            asked = asyncio.create_task(stage.presses("repeat"))
            await asyncio.sleep(0)
            outcomes = [await stage.types(sent)]
            await asked
            await stage.hears("repeat")
            outcomes.append(await stage.types(sent))
            await stage.hears("question")
        return stage, outcomes

    stage, outcomes = leap(scene())

    assert ["speaking", "ok"] == outcomes
    assert [LONG_ANSWER] == [fact.text for fact in stage.facts(SpeechHeard)]


def test_what_is_sent_twice_at_once_is_taken_once() -> None:
    async def scene() -> tuple[Stage, list[str]]:
        async with on_stage() as stage:
            await asked_first(stage)
            sent = json.dumps({"id": "one", "text": LONG_ANSWER})
            outcomes = [*await asyncio.gather(stage.types(sent), stage.types(sent))]
            await stage.hears("question")
        return stage, outcomes

    stage, outcomes = leap(scene())

    assert (["ok", "ok"], 1) == (outcomes, len(stage.facts(SpeechHeard)))
