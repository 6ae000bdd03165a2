"""What the conductor mends: questions that were stopped, words that come late, time that was not
the candidate's."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from agent.ear import Heard
from agent.messages import Failed, Final, SoundBegan, SoundEnded
from interview.events import AnswerEnded, Paused, SilenceNoticed, SpeechHeard
from interview.plan import Plan
from tests.fakes.leaping import leap
from tests.fakes.stage import LONG_ANSWER, Stage, asked_first, on_stage
from tests.fakes.talk import plan, question

pytestmark = pytest.mark.voice

KEYS = ["first", "second", "third"]
LONG = (
    "Please tell me about a project that went badly, what it was about and who was in it, and what "
    "you did in the end to get it on its way again."
)
REST = "and the rest of my first answer"


def play(scene: Callable[[Stage], Awaitable[None]], of: Plan | None = None) -> Stage:
    """The stage after the scene."""

    async def whole() -> Stage:
        async with on_stage(of) as stage:
            await scene(stage)
        return stage

    return leap(whole())


def with_a_long(key: str) -> Plan:
    """A plan whose question `key` takes ten seconds to ask."""
    return plan(
        *(question(k, 0).model_copy(update={"text": LONG} if k == key else {}) for k in KEYS)
    )


# ---- questions that were stopped ----


def test_who_adds_to_the_last_answer_within_a_question_is_asked_it_again() -> None:
    async def scene(stage: Stage) -> None:
        await asked_first(stage)
        await stage.speaks(LONG_ANSWER)
        await stage.hears_begin("question")
        await asyncio.sleep(2.5)
        await stage.speaks(f"Sorry, may I add something? {LONG_ANSWER}")
        await stage.hears("repeat")
        assert ["first", "second"] == stage.asked()
        await stage.to_the_end()

    stage = play(scene, with_a_long("second"))

    assert KEYS == stage.asked()
    assert 1 == stage.lines().count("repeat")
    assert all(turn.complete for turn in stage.journal.turns.values())


def test_who_answers_late_in_a_question_has_answered_it() -> None:
    async def scene(stage: Stage) -> None:
        await stage.hears_begin("question")
        await asyncio.sleep(8.0)
        await stage.answers(LONG_ANSWER)

    stage = play(scene, with_a_long("first"))

    assert stage.ended("question")[0].cut_off
    assert ["greeting", "question", "question"] == stage.lines()


def test_a_cough_that_stops_a_question_brings_it_again_and_no_i_cannot_hear_you() -> None:
    async def scene(stage: Stage) -> None:
        await stage.hears_begin("question")
        await stage.makes_sound(2.0)
        await stage.hears_begin("repeat", within_s=5)
        await stage.hears("repeat")
        await asyncio.sleep(3)
        await stage.to_the_end()

    stage = play(scene, with_a_long("first"))

    assert "still_there" not in stage.lines()
    assert KEYS == stage.asked()


@pytest.mark.parametrize(("sound_s", "gap_s"), [(2.0, 1.0), (5.0, 0.5)])
def test_endless_babble_pauses_the_talk_with_its_place_kept(sound_s: float, gap_s: float) -> None:
    async def scene(stage: Stage) -> None:
        await stage.hears_begin("question")

        async def babble() -> None:
            while True:
                await stage.makes_sound(sound_s)
                await asyncio.sleep(gap_s)

        babbling = asyncio.create_task(babble())
        await stage.until(lambda: stage.facts(Paused), within_s=150)
        lines = len(stage.lines())
        await asyncio.sleep(300)
        assert len(stage.lines()) <= lines + 1, "the words that say so, and no more"
        babbling.cancel()
        await asyncio.sleep(5)
        await stage.speaks("Sorry about the noise.")
        await stage.hears("repeat")
        await stage.to_the_end()

    stage = play(scene, with_a_long("first"))

    assert [1, 2, 3] == [fact.times for fact in stage.facts(SilenceNoticed)][:3]
    assert KEYS == stage.asked()
    assert stage.is_over


def test_one_sound_without_an_end_pauses_it_too() -> None:
    async def scene(stage: Stage) -> None:
        await stage.hears_begin("question")
        stage.inbox.put_nowait(SoundBegan(stage.now()))
        await stage.until(lambda: stage.facts(Paused), within_s=150)
        await stage.hears("paused")

    assert ["first"] == play(scene, with_a_long("first")).asked()


# ---- a recogniser that is away ----


@pytest.mark.parametrize("answer", [LONG_ANSWER, "We had one project and it"])
@pytest.mark.parametrize("for_s", [18.0, 30.0])
def test_nobody_is_talked_over_while_the_recogniser_is_away(answer: str, for_s: float) -> None:
    async def scene(stage: Stage) -> None:
        await asked_first(stage)
        await stage.speaks(answer)
        await asyncio.sleep(0.32)
        began = stage.now()
        stage.inbox.put_nowait(SoundBegan(began))
        stage.inbox.put_nowait(Failed("stt", "gone"))
        await asyncio.sleep(for_s)
        ended = stage.now()
        stage.inbox.put_nowait(SoundEnded(ended))
        await asyncio.sleep(2)
        assert [] == stage.facts(AnswerEnded)
        heard = Heard(REST, (), stage.clock.ms(began), stage.clock.ms(ended))
        stage.inbox.put_nowait(Final(heard))
        await stage.until(lambda: stage.facts(AnswerEnded), within_s=5)

    (turn,) = play(scene).candidate_turns()
    assert (f"{answer} {REST}", "first") == (turn.spoken, turn.question)


def test_who_waits_out_a_long_outage_is_told_so_and_is_not_moved_on_in_the_pause() -> None:
    async def scene(stage: Stage) -> None:
        await asked_first(stage)
        await stage.speaks(LONG_ANSWER)
        await asyncio.sleep(0.32)
        stage.inbox.put_nowait(Failed("stt", "gone"))
        await stage.makes_sound(5.0)
        for _ in range(80):
            stage.inbox.put_nowait(Failed("stt", "gone"))
            await asyncio.sleep(1)
        assert stage.facts(Paused)
        await asyncio.sleep(300)
        assert [] == stage.facts(AnswerEnded)
        await stage.speaks("Here I am again.")
        await stage.hears("repeat")
        await stage.to_the_end()

    stage = play(scene)

    assert ["still_there", "still_there", "paused"] == stage.lines()[2:5]
    assert KEYS == stage.asked()


def test_words_that_come_after_the_next_question_are_filed_where_they_were_said() -> None:
    async def scene(stage: Stage) -> None:
        await asked_first(stage)
        await stage.speaks(LONG_ANSWER)
        began = stage.clock.ms()
        await stage.hears("question")
        await stage.speaks("My second answer began, and")
        stage.inbox.put_nowait(Final(Heard(REST, (), began, began + 200)))
        await asyncio.sleep(1)
        await stage.speaks(LONG_ANSWER)
        await stage.hears_begin("question")

    stage = play(scene)

    first, second = stage.candidate_turns()
    assert (f"{LONG_ANSWER} {REST}", "first") == (first.spoken, first.question)
    assert (f"My second answer began, and {LONG_ANSWER}", "second") == (
        second.spoken,
        second.question,
    )
    assert {"first", "second"} == {fact.question for fact in stage.facts(SpeechHeard)}
    assert KEYS == stage.asked()


def test_words_said_before_the_first_question_are_kept_and_answer_nothing() -> None:
    async def scene(stage: Stage) -> None:
        await stage.hears_begin("greeting")
        early = stage.clock.ms()
        await stage.hears("question")
        stage.inbox.put_nowait(Final(Heard("Hello, can you hear me?", (), early, early + 900)))
        await asyncio.sleep(10)

    stage = play(scene)

    assert ["greeting", "question"] == stage.lines()
    (turn,) = stage.candidate_turns()
    assert turn.complete


def test_words_that_are_recognised_just_after_the_goodbye_are_written() -> None:
    async def scene(stage: Stage) -> None:
        talk = asyncio.create_task(stage.to_the_end())
        await stage.hears_begin("closing", within_s=600)
        await asyncio.sleep(1.75)
        stage.inbox.put_nowait(SoundBegan(stage.now()))
        await stage.until(lambda: stage.is_over)
        await asyncio.sleep(0.3)
        stage.inbox.put_nowait(SoundEnded(stage.now() - 0.25))
        await asyncio.sleep(0.2)
        stage.hears_final("Thank you, bye.")
        await talk
        await asyncio.sleep(3)

    stage = play(scene, plan(question("first", 0)))

    assert "Thank you, bye." in [fact.text for fact in stage.facts(SpeechHeard)]


# ---- a candidate who is away, or thinks ----


def test_the_time_of_an_answer_does_not_run_while_the_candidate_is_away() -> None:
    async def scene(stage: Stage) -> None:
        await asked_first(stage)
        await stage.speaks("We had one project, and")
        await asyncio.sleep(0.4)
        stage.goes()
        await asyncio.sleep(100)
        stage.comes()
        await stage.hears("go_on")
        await asyncio.sleep(4)
        assert [] == stage.facts(AnswerEnded)
        await stage.answers(LONG_ANSWER)

    stage = play(
        scene, plan(*(question(key, 0).model_copy(update={"minutes": 1.0}) for key in KEYS))
    )

    assert ["patience"] == [fact.signal for fact in stage.facts(AnswerEnded)]


def test_let_me_think_within_a_question_gives_time_after_it() -> None:
    async def scene(stage: Stage) -> None:
        await stage.hears_begin("question")
        assert "ok" == await stage.presses("think")
        await stage.hears("question")
        await asyncio.sleep(50)
        assert [] == stage.facts(SilenceNoticed)
        await stage.answers(LONG_ANSWER)

    assert ["greeting", "question", "question"] == play(scene, with_a_long("first")).lines()


def test_who_thinks_within_an_answer_is_asked_kindly_and_keeps_the_answer() -> None:
    async def scene(stage: Stage) -> None:
        await asked_first(stage)
        await stage.speaks("We had one project.")
        await stage.presses("think")
        await stage.hears("still_there", within_s=70)
        await asyncio.sleep(20)
        await stage.answers(LONG_ANSWER)

    stage = play(scene)

    assert [f"We had one project. {LONG_ANSWER}"] == [t.spoken for t in stage.candidate_turns()]
