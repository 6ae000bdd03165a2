"""Answers in writing, and pauses by a click: the talk goes on as if they had been said."""

import asyncio
import json

import pytest

from agent.messages import Failed, Typed
from agent.progress import asked_in
from agent.typed import MOST_BYTES, Sent, sent_as
from interview.events import (
    AnswerEnded,
    LineStarted,
    Paused,
    Resumed,
    SignalReceived,
    SpeechHeard,
)
from interview.faults import ProviderFailed, ProviderRecovered
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
    ids=["nothing", "blank", "too_long"],
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


@pytest.mark.parametrize(
    "payload",
    [
        '{"id": 1, "text": "x"}',
        '{"text": "x", "asked": 1}',
        '{"id": "1"}',
        "{broken",
        '["a"]',
        "12",
    ],
)
def test_what_is_no_answer_with_a_name_is_a_text(payload: str) -> None:
    assert Sent(text=payload) == sent_as(payload)


def test_what_answers_one_question_is_not_taken_for_another() -> None:
    async def scene() -> tuple[Stage, list[str]]:
        async with on_stage() as stage:
            await asked_first(stage)
            first = asked_in(stage.plan, stage.conductor.state)
            await stage.speaks(LONG_ANSWER)
            await stage.hears_begin("question")
            sent = {"id": "one", "text": LONG_ANSWER, "asked": first}
            within = await stage.types(json.dumps(sent))
            await stage.hears("question")
            outcomes = [within, await stage.types(json.dumps(sent))]
            sent["asked"] = asked_in(stage.plan, stage.conductor.state)
            outcomes.append(await stage.types(json.dumps(sent)))
            await stage.hears("question")
        return stage, outcomes

    stage, outcomes = leap(scene())

    assert ["moved_on", "moved_on", "ok"] == outcomes
    assert ["first", "second"] == [turn.question for turn in stage.candidate_turns()]


def test_what_is_sent_into_a_pause_of_silence_is_a_sign_of_life_and_taken_then() -> None:
    async def scene() -> tuple[Stage, list[str]]:
        async with on_stage() as stage:
            await asked_first(stage)
            await stage.until(lambda: stage.facts(Paused), within_s=300)
            await stage.until(lambda: stage.is_listening)
            outcomes = [await stage.types(LONG_ANSWER)]
            await stage.hears("repeat")
            outcomes.append(await stage.types(LONG_ANSWER))
            await stage.hears("question")
        return stage, outcomes

    stage, outcomes = leap(scene())

    assert (["speaking", "ok"], 1) == (outcomes, len(stage.facts(Resumed)))


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


def test_what_was_told_not_to_have_arrived_is_not_taken() -> None:
    """Who sent it sends it again, perhaps in other words."""

    async def scene() -> tuple[Stage, str]:
        async with on_stage() as stage:
            await asked_first(stage)
            too_late: asyncio.Future[str] = asyncio.get_running_loop().create_future()
            too_late.cancel()
            stage.inbox.put_nowait(Typed("I led the", "one", None, too_late))
            outcome = await stage.types(json.dumps({"id": "two", "text": LONG_ANSWER}))
            await stage.hears("question")
        return stage, outcome

    stage, outcome = leap(scene())

    assert ("ok", [LONG_ANSWER]) == (outcome, [turn.spoken for turn in stage.candidate_turns()])


def test_a_sound_over_a_line_that_nobody_could_stop_keeps_no_writing_out() -> None:
    async def scene() -> tuple[Stage, str]:
        async with on_stage() as stage:
            await asked_first(stage)
            talking = asyncio.create_task(stage.speaks("word " * 520))
            await stage.hears("question", within_s=200)
            await talking
            await asyncio.sleep(2)
            outcome = await stage.types(LONG_ANSWER)
            await stage.hears("question")
        return stage, outcome

    stage, outcome = leap(scene())

    assert ("ok", ["first", "second", "third"]) == (outcome, stage.asked())
    ended = stage.facts(AnswerEnded)[-1]
    assert ("second", "answer", len(LONG_ANSWER.split())) == (
        ended.question,
        ended.intent,
        ended.words,
    )


def test_a_recogniser_that_fails_is_not_well_because_somebody_writes() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await asked_first(stage)
            stage.inbox.put_nowait(Failed("stt", "down"))
            await stage.types(LONG_ANSWER)
            await stage.hears("question")
        return stage

    stage = leap(scene())
    assert (1, 0) == (len(stage.facts(ProviderFailed)), len(stage.facts(ProviderRecovered)))
