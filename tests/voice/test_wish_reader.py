"""A model reads what a candidate asks for where no rule knows it; the director does what follows,
nothing of an answer is lost, and nobody waits longer for it than for a probe."""

import asyncio
from functools import partial

import pytest

from interview.events import (
    AnswerEnded,
    AnswerResumed,
    CandidateAsked,
    InterviewEnded,
    LineKind,
    LineStarted,
)
from interview.ports import Prompt, Reply
from interview.probe_facts import ProbeOffered
from interview.wish_facts import ReadWish, WishRead, WishRefused
from tests.fakes.advice import TimedModels, advice, model_plan, probe
from tests.fakes.leaping import leap
from tests.fakes.probe_scene import WHY, has_begun, scripted_s
from tests.fakes.reading import (
    NONE,
    PERSON,
    REAL,
    by_rules,
    cries,
    finds,
    one_answer,
    reading,
    reading_plan,
    wish,
)
from tests.fakes.stage import LONG_ANSWER, Stage, asked_first, on_stage

pytestmark = pytest.mark.voice

AWAKE = "Sometimes I would just rather not wake up again."
NOT_AWAKE = "not wake up again"
TEARS = "I just burst into tears, sorry."
DOOR = "Somebody is at my door with a parcel, one second please."


# ---- what follows ----


@pytest.mark.parametrize(
    ("name", "text", "words", "line"),
    [
        ("person", REAL, PERSON, "person_offer"),
        ("danger", AWAKE, NOT_AWAKE, "danger"),
        ("distress", TEARS, "burst into tears", "distress"),
        ("pause", DOOR, "Somebody is at my door", "pausing"),
        ("stop", "I will leave it at that today.", "leave it at that today", "stop_offer"),
        ("trouble", "You sound like you are in a bucket.", "in a bucket", "repeat"),
        ("rephrase", "That one went over my head.", "went over my head", "repeat"),
    ],
)
def test_a_wish_that_only_a_model_knows_is_granted(
    name: ReadWish, text: str, words: str, line: LineKind
) -> None:
    assert "answer" == by_rules(text)

    scene = one_answer(finds(name, words), text=text)

    assert line == scene.said().line
    facts = scene.facts()
    (read,) = scene.stage.facts(WishRead)
    ended = facts[facts.index(read) + 1]
    assert isinstance(ended, AnswerEnded)
    assert (ended.turn_id, "first", name, words, "fake-1") == (
        read.turn_id,
        read.question,
        read.wish,
        read.words,
        read.model,
    )
    assert name == ended.intent


def test_the_question_is_still_open_for_who_would_rather_go_on() -> None:
    models = TimedModels(finds("person", PERSON))

    async def scene() -> Stage:
        async with on_stage(reading_plan(), reading=reading(models)) as stage:
            await asked_first(stage)
            await stage.speaks(REAL)
            await stage.hears("person_offer")
            await stage.speaks("Go on with you, please.")
            await stage.hears("repeat")
            await stage.to_the_end(LONG_ANSWER)
        return stage

    stage = leap(scene())

    assert ["first", "second", "third"] == stage.asked()
    assert [InterviewEnded(reason="completed")] == stage.facts(InterviewEnded)


def test_who_says_it_once_more_in_words_of_the_rules_has_a_person() -> None:
    models = TimedModels(finds("person", PERSON))

    async def scene() -> Stage:
        async with on_stage(reading_plan(), reading=reading(models)) as stage:
            await asked_first(stage)
            await stage.speaks(REAL)
            await stage.hears("person_offer")
            await stage.speaks("A person, please.")
            await stage.until(lambda: stage.is_over)
        return stage

    assert [InterviewEnded(reason="human_path")] == leap(scene()).facts(InterviewEnded)


def test_an_answer_is_an_answer_and_the_log_is_that_of_the_rules() -> None:
    scene = one_answer(lambda _: NONE, text=LONG_ANSWER)

    assert "question" == scene.said().line
    assert [] == [*scene.stage.facts(WishRead), *scene.stage.facts(WishRefused)]
    assert ["answer"] == [fact.intent for fact in scene.stage.facts(AnswerEnded)]


def test_it_is_shown_what_was_said_so_far_and_is_asked_once() -> None:
    scene = one_answer(lambda _: NONE, text=LONG_ANSWER)

    (asked,) = scene.models.asked
    assert "wish" == asked.name
    assert LONG_ANSWER in asked.content
    assert "What about first?" in asked.content
    assert "second" not in asked.content


def test_who_cannot_go_on_after_the_last_probe_is_understood() -> None:
    """The third question has no probe."""
    models = TimedModels(finds("distress", "burst into tears"))

    async def scene() -> Stage:
        async with on_stage(reading_plan(), reading=reading(models)) as stage:
            while "third" not in stage.asked():
                await stage.until(lambda: stage.is_listening, within_s=180)
                await stage.answers(LONG_ANSWER)
            await stage.until(lambda: stage.is_listening)
            await stage.speaks(TEARS)
            await stage.hears("distress")
        return stage

    assert ["third"] == [fact.question for fact in leap(scene()).facts(WishRead)]


def test_what_is_said_at_the_invitation_to_ask_is_noted_all_the_same() -> None:
    models = TimedModels(finds("person", PERSON))

    async def scene() -> Stage:
        async with on_stage(reading_plan(), reading=reading(models)) as stage:
            while "candidate_questions" not in stage.lines():
                await stage.until(lambda: stage.is_listening, within_s=180)
                await stage.answers(LONG_ANSWER)
            await stage.until(lambda: stage.is_listening)
            await stage.speaks(REAL)
            await stage.hears("person_offer")
        return stage

    stage = leap(scene())

    assert [REAL] == [fact.text for fact in stage.facts(CandidateAsked)]
    assert [None] == [fact.question for fact in stage.facts(WishRead)]


def test_a_question_that_the_rules_do_not_know_either_may_be_a_wish() -> None:
    text = "Isn't there anybody real who could take this?"
    assert "asks" == by_rules(text)

    scene = one_answer(finds("person", "anybody real"), text=text)

    assert "person_offer" == scene.said().line


# ---- beside the prober ----


def both(models: TimedModels, text: str = REAL) -> Stage:
    """One answer with a model that is asked for both; what is said to it has begun."""

    async def scene() -> Stage:
        of = reading_plan(model_plan())
        async with on_stage(of, advice=advice(models), reading=reading(models)) as stage:
            await asked_first(stage)
            await stage.speaks(text)
            await stage.until(partial(has_begun, stage, 3))
            return stage

    return leap(scene())


class Apart(TimedModels):
    """One prompt takes longer than the other."""

    slow: str = "wish"

    async def ask(self, prompt: Prompt, *, within_s: float) -> Reply:
        await asyncio.sleep(0.7 if prompt.name == self.slow else 0.0)
        return await super().ask(prompt, within_s=within_s)


@pytest.mark.parametrize("slow", ["wish", "probe"])
def test_both_are_asked_at_the_same_moment_and_waited_for(slow: str) -> None:
    models = Apart(lambda p: probe(WHY) if p.name == "probe" else NONE, takes_s=0.1)
    models.slow = slow

    stage = both(models, LONG_ANSWER)

    assert 2 == len(models.asked)
    assert WHY == stage.facts(LineStarted)[2].text
    assert [] == stage.facts(WishRefused)


def test_who_is_quick_does_not_end_the_wait_for_the_other() -> None:
    models = Apart(
        lambda p: probe(WHY) if p.name == "probe" else wish("person", PERSON), takes_s=0.1
    )

    stage = both(models)

    assert "person_offer" == stage.facts(LineStarted)[2].line
    assert [] == stage.facts(WishRefused)


def test_who_asks_for_something_is_not_probed() -> None:
    stage = both(TimedModels(lambda p: probe(WHY) if p.name == "probe" else cries("person")(p)))

    assert "person_offer" == stage.facts(LineStarted)[2].line
    assert [] == stage.facts(ProbeOffered)


@pytest.mark.parametrize("text", [LONG_ANSWER, "We shipped it."])
def test_an_answer_waits_no_longer_than_for_a_probe(text: str) -> None:
    scene = one_answer(lambda _: NONE, text=text)

    assert scene.silence_s <= scripted_s(text) + 0.05


# ---- the candidate goes on ----


def test_more_words_are_asked_about_anew_and_one_call_is_under_way_at_most() -> None:
    models = TimedModels(finds("person", PERSON), takes_s=0.9)

    async def scene() -> Stage:
        async with on_stage(reading_plan(), reading=reading(models)) as stage:
            await asked_first(stage)
            await stage.speaks(REAL)
            await asyncio.sleep(0.5)
            await stage.speaks("But that is just how I am, so let me tell you about the job I had.")
            await stage.until(lambda: stage.facts(AnswerEnded))
            return stage

    stage = leap(scene())

    assert 1 == models.most
    assert models.dropped >= 1
    assert [] == stage.facts(WishRead)
    assert ["answer"] == [fact.intent for fact in stage.facts(AnswerEnded)]


def test_who_goes_on_over_the_offer_has_it_taken_back_and_may_be_read_again() -> None:
    models = TimedModels(finds("danger", NOT_AWAKE))

    async def scene() -> Stage:
        async with on_stage(reading_plan(), reading=reading(models)) as stage:
            await asked_first(stage)
            await stage.speaks(AWAKE)
            await stage.hears_begin("danger")
            await asyncio.sleep(0.3)
            await stage.speaks("Since my mother died.")
            await stage.hears("danger")
            return stage

    stage = leap(scene())

    assert 1 == len(stage.facts(AnswerResumed))
    assert 2 == len(stage.facts(WishRead))
    assert stage.conductor.state.wished.in_danger


def test_who_is_done_is_not_kept_waiting() -> None:
    models = TimedModels(finds("person", PERSON), takes_s=1.0)

    async def scene() -> Stage:
        async with on_stage(reading_plan(), reading=reading(models)) as stage:
            await asked_first(stage)
            await stage.speaks(REAL)
            await asyncio.sleep(0.4)
            pressed = stage.clock.ms()
            await stage.presses("done")
            await stage.until(partial(has_begun, stage, 3))
            assert stage.facts(LineStarted)[2].started_ms - pressed < 200
        return stage

    assert ["late"] == [fact.reason for fact in leap(scene()).facts(WishRefused)]
