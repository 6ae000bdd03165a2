"""Where a model is not asked about wishes, what it says in vain, and what becomes of an interview
whose model is always wrong."""

import asyncio
from functools import partial

import pytest

from agent.messages import FloorPassed
from interview.events import AnswerEnded, InterviewEnded, LineStarted
from interview.plan import PlannedFact
from interview.wish_facts import ReadWish, WishRead, WishRefused
from tests.fakes.advice import TimedModels, advice, probe
from tests.fakes.leaping import leap
from tests.fakes.probe_scene import WHY, has_begun
from tests.fakes.reading import (
    REAL,
    answers_all,
    cries,
    finds,
    one_answer,
    reading,
    reading_plan,
    whole,
)
from tests.fakes.stage import LONG_ANSWER, Stage, asked_first, on_stage
from tests.fakes.talk import plan

pytestmark = pytest.mark.voice

AWAKE = "Sometimes I would just rather not wake up again."
NOT_AWAKE = "not wake up again"


@pytest.mark.parametrize("text", ["Could you repeat the question?", "I want to talk to a person."])
def test_a_model_is_not_asked_about_what_the_rules_know(text: str) -> None:
    assert [] == one_answer(cries("danger"), text=text).models.asked


def test_a_question_about_a_fact_of_the_kit_is_answered_with_it() -> None:
    pay = PlannedFact(key="pay", phrases=("salary",), text="It pays 50,000 a year.")
    models = TimedModels(cries("person"))

    async def scene() -> Stage:
        of = reading_plan().model_copy(update={"facts": (pay,)})
        async with on_stage(of, reading=reading(models)) as stage:
            await asked_first(stage)
            await stage.speaks("What would the salary be?")
            await stage.until(partial(has_begun, stage, 3))
        return stage

    stage = leap(scene())

    assert [] == stage.facts(WishRead)
    assert stage.facts(LineStarted)[2].text.startswith(pay.text)


def test_a_model_is_not_asked_while_a_person_leads() -> None:
    models = TimedModels(cries("person"))

    async def scene() -> Stage:
        async with on_stage(reading_plan(), reading=reading(models)) as stage:
            await asked_first(stage)
            stage.conductor.hear_of_floor(FloorPassed(f"human:{1:032x}"))
            await asyncio.sleep(1)
            await stage.speaks(REAL)
            await stage.until(lambda: stage.facts(AnswerEnded))
        return stage

    leap(scene())

    assert [] == models.asked


def test_a_model_sends_nobody_away() -> None:
    """While a person is offered, words that only it takes for a choice choose nothing."""
    models = TimedModels(cries("person"))

    async def scene() -> Stage:
        async with on_stage(reading_plan(), reading=reading(models)) as stage:
            await asked_first(stage)
            await stage.speaks(REAL)
            await stage.hears("person_offer")
            await stage.speaks("It would be nicer for me.")
            await stage.hears("person_offer")
            await stage.speaks("It would be nicer for me.")
            await stage.hears("repeat")
        return stage

    stage = leap(scene())

    assert [] == stage.facts(InterviewEnded)
    assert {"not_now"} == {fact.reason for fact in stage.facts(WishRefused)}


def test_who_was_offered_a_person_and_is_in_danger_is_heard() -> None:
    models = TimedModels(finds("danger", NOT_AWAKE))

    async def scene() -> Stage:
        async with on_stage(reading_plan(), reading=reading(models)) as stage:
            await asked_first(stage)
            await stage.answers("Can I talk to a person?")
            await stage.hears("person_offer")
            await stage.speaks(AWAKE)
            await stage.hears("danger")
        return stage

    assert leap(scene()).conductor.state.wished.in_danger


# ---- a model that is always wrong ----


def test_a_model_that_sees_danger_in_everybody_says_so_once_and_takes_no_question_away() -> None:
    stage = whole(cries("danger"))

    assert 1 == len(stage.facts(WishRead))
    assert {"again"} == {fact.reason for fact in stage.facts(WishRefused)}
    assert ["first", "second", "third"] == stage.asked()
    assert {*stage.asked()} == {*stage.conductor.state.asked}
    assert [InterviewEnded(reason="human_path")] == stage.facts(InterviewEnded)


def test_an_heir_knows_that_danger_was_read() -> None:
    models = TimedModels(cries("danger"))

    async def scene() -> Stage:
        async with on_stage(reading_plan(), reading=reading(models)) as stage:
            await asked_first(stage)
            await stage.speaks(LONG_ANSWER)
            await stage.hears("danger")
            await stage.speaks("Go on, please.")
            await stage.hears("repeat")
        async with on_stage(reading_plan(), stage.journal.events, reading=reading(models)) as heir:
            await heir.until(lambda: heir.is_listening)
            await answers_all(heir, LONG_ANSWER)
        return heir

    stage = leap(scene())

    assert 1 == len(stage.facts(WishRead))
    assert ["first", "second", "third"] == stage.asked()


@pytest.mark.parametrize("name", ["person", "stop", "distress", "pause", "repeat", "trouble"])
def test_who_is_misread_all_the_time_answers_every_question(name: ReadWish) -> None:
    """In few words, so that each of them may be taken for a wish."""
    stage = whole(cries(name), "We wrote it all down on paper.")

    assert ["first", "second", "third"] == stage.asked()
    assert [InterviewEnded(reason="completed")] == stage.facts(InterviewEnded)
    questions = [fact.question for fact in stage.facts(WishRead)]
    assert len(questions) == len({*questions})


def test_the_plan_of_the_rules_asks_no_model_about_wishes() -> None:
    models = TimedModels(lambda _: probe(WHY))

    async def scene() -> Stage:
        async with on_stage(plan(), advice=advice(models)) as stage:
            await stage.to_the_end(LONG_ANSWER)
        return stage

    leap(scene())

    assert {"probe"} == {prompt.name for prompt in models.asked}


def test_what_was_read_before_a_person_took_the_floor_is_not_followed() -> None:
    models = TimedModels(cries("person"), takes_s=0.1)

    async def scene() -> Stage:
        async with on_stage(reading_plan(), reading=reading(models)) as stage:
            await asked_first(stage)
            await stage.speaks(REAL)
            await stage.until(lambda: models.asked)
            await asyncio.sleep(0.1)
            stage.conductor.hear_of_floor(FloorPassed(f"human:{1:032x}"))
            await stage.until(lambda: stage.facts(AnswerEnded))
        return stage

    stage = leap(scene())

    assert ["not_now"] == [fact.reason for fact in stage.facts(WishRefused)]
    assert ["answer"] == [fact.intent for fact in stage.facts(AnswerEnded)]
