"""A model is asked while it is open whether the answer is over; what is late or forbidden is not
heard, and nobody waits for it."""

import asyncio
from functools import partial

import pytest

from agent.messages import FloorPassed
from interview.events import AnswerEnded, LineEnded, LineStarted
from interview.probe_facts import ProbeOffered, ProbeRefused
from tests.fakes.advice import (
    TimedModels,
    advice,
    asks,
    leads_on,
    model_plan,
)
from tests.fakes.leaping import leap
from tests.fakes.probe_scene import CHILDREN, FEW, HOW, WHY, has_begun, one_answer, scripted_s
from tests.fakes.stage import A_WHOLE_ANSWER, LONG_ANSWER, Stage, asked_first, on_stage

pytestmark = pytest.mark.voice

# ---- in time ----


@pytest.mark.parametrize("text", [LONG_ANSWER, FEW])
def test_a_models_probe_is_asked_without_a_longer_silence(text: str) -> None:
    scene = one_answer(asks(WHY), text=text)

    assert WHY == scene.said()
    assert scene.silence_s <= scripted_s(text) + 0.05


def test_its_sound_is_made_before_the_answer_is_over() -> None:
    models = TimedModels(asks(WHY), takes_s=0.2)

    async def scene() -> Stage:
        async with on_stage(model_plan(), advice=advice(models)) as stage:
            await asked_first(stage)
            await stage.speaks(FEW)
            await stage.until(lambda: WHY in stage.mouth.prepared)
            assert [] == stage.facts(AnswerEnded)
            return stage

    leap(scene())


def test_the_offer_stands_in_the_log_just_before_the_end_of_its_answer() -> None:
    facts = one_answer(asks(WHY)).facts()

    offered = next(fact for fact in facts if isinstance(fact, ProbeOffered))
    ended = facts[facts.index(offered) + 1]
    assert isinstance(ended, AnswerEnded)
    assert (ended.turn_id, "first", WHY, "fake-1") == (
        offered.turn_id,
        offered.question,
        offered.text,
        offered.model,
    )


def test_a_model_that_has_heard_enough_is_followed_too() -> None:
    scene = one_answer(leads_on, text=FEW)

    assert "Thank you. What about second?" == scene.said()
    assert [None] == [fact.text for fact in scene.stage.facts(ProbeOffered)]


def test_it_is_asked_once_and_shown_the_whole_answer() -> None:
    scene = one_answer(asks(WHY))

    (asked,) = scene.models.asked
    assert "probe" == asked.name
    assert "What about first?" in asked.content
    assert LONG_ANSWER in asked.content
    assert "second" not in asked.content


def test_it_is_shown_what_was_said_before_about_the_same_question() -> None:
    models = TimedModels(asks(WHY, HOW))

    async def scene() -> None:
        async with on_stage(model_plan(), advice=advice(models)) as stage:
            await asked_first(stage)
            await stage.answers("We shipped it late.")
            await stage.hears("probe")
            await stage.answers("Nobody was awake.")
            await stage.until(lambda: len(stage.facts(ProbeOffered)) == 2)

    leap(scene())

    second = models.asked[-1].content
    for text in ("We shipped it late.", WHY, "Nobody was awake."):
        assert text in second
    assert second.index("late") < second.index(WHY) < second.index("awake")


def test_a_model_is_not_asked_about_a_pause_inside_a_clause() -> None:
    models = TimedModels(asks(WHY))

    async def scene() -> int:
        async with on_stage(model_plan(), advice=advice(models)) as stage:
            await asked_first(stage)
            await stage.speaks("We shipped it because")
            await asyncio.sleep(1.2)
            return len(models.asked)

    assert 0 == leap(scene())


# ---- the candidate goes on ----


def test_more_words_are_asked_about_anew_and_one_call_is_under_way_at_most() -> None:
    models = TimedModels(asks(WHY), takes_s=0.9)

    async def scene() -> Stage:
        async with on_stage(model_plan(), advice=advice(models)) as stage:
            await asked_first(stage)
            await stage.speaks(A_WHOLE_ANSWER)
            await asyncio.sleep(0.5)
            await stage.speaks("And then we went on.")
            await stage.hears_begin("probe")
            return stage

    stage = leap(scene())

    assert 1 == models.most
    assert models.dropped >= 1
    assert "And then we went on." in models.asked[-1].content
    assert 1 == len(stage.facts(ProbeOffered))


def test_who_goes_on_over_a_models_probe_has_it_taken_back_and_the_model_asked_again() -> None:
    models = TimedModels(asks(WHY, HOW))

    async def scene() -> Stage:
        async with on_stage(model_plan(), advice=advice(models)) as stage:
            await asked_first(stage)
            await stage.speaks(LONG_ANSWER)
            await stage.hears_begin("probe")
            await asyncio.sleep(0.3)
            await stage.speaks("And then we went on.")
            await stage.until(partial(has_begun, stage, 4))
            return stage

    stage = leap(scene())

    assert [WHY, HOW] == [line.text for line in stage.facts(LineStarted)[2:]]
    assert [True] == [line.withdrawn for line in stage.facts(LineEnded)[2:]]
    assert f"{LONG_ANSWER} And then we went on." in models.asked[-1].content
    assert WHY not in models.asked[-1].content


def test_who_is_done_is_not_kept_waiting_for_a_model() -> None:
    models = TimedModels(asks(WHY), takes_s=1.0)

    async def scene() -> int:
        async with on_stage(model_plan(), advice=advice(models)) as stage:
            await asked_first(stage)
            await stage.speaks(LONG_ANSWER)
            await asyncio.sleep(0.4)
            pressed = stage.clock.ms()
            await stage.presses("done")
            await stage.until(partial(has_begun, stage, 3))
            assert [] == stage.facts(ProbeOffered)
            return stage.facts(LineStarted)[2].started_ms - pressed

    assert leap(scene()) < 200


def test_a_late_call_is_given_up_when_there_is_more_to_ask() -> None:
    models = TimedModels(asks(WHY), takes_s=1.1)

    async def scene() -> None:
        async with on_stage(model_plan(), advice=advice(models)) as stage:
            await asked_first(stage)
            await stage.speaks(LONG_ANSWER)
            await asyncio.sleep(0.35)
            await stage.presses("done")
            await stage.until(partial(has_begun, stage, 3))
            await stage.speaks("Wait.")
            await asyncio.sleep(1.2)

    leap(scene())

    assert 2 == models.dropped + len(models.asked)
    assert 1 == models.most


# ---- forbidden ----


def test_what_is_forbidden_is_written_down_and_never_said() -> None:
    scene = one_answer(asks(CHILDREN), text=FEW)

    (refused,) = scene.stage.facts(ProbeRefused)
    assert ("protected", "family", CHILDREN) == (refused.reason, refused.matter, refused.text)
    assert "Please say more about first, part 0." == scene.said()
    assert not any(CHILDREN in line for line in scene.stage.mouth.said)
    assert CHILDREN not in scene.stage.mouth.prepared
    assert not any(CHILDREN in text for _, text in scene.stage.captions.shown)


def test_a_model_is_not_asked_where_no_probe_is_left() -> None:
    models = TimedModels(asks(WHY, HOW, "What came of it?", "Who was there?"))

    async def scene() -> Stage:
        async with on_stage(model_plan(), advice=advice(models)) as stage:
            await stage.to_the_end(LONG_ANSWER)
        return stage

    stage = leap(scene())

    assert 3 == len([line for line in stage.facts(LineStarted) if line.line == "probe"])
    assert 3 == len(stage.facts(ProbeOffered))
    assert ["first", "second", "third"] == stage.asked()
    assert 3 == len(models.asked)


@pytest.mark.parametrize(
    "text",
    [
        "Could you repeat the question?",
        "I want to talk to a person.",
        "I worked there for years, and now I want to kill myself.",
    ],
)
def test_a_model_is_not_asked_about_wishes(text: str) -> None:
    scene = one_answer(asks(WHY), text=text)

    assert [] == scene.models.asked
    assert [] == scene.stage.facts(ProbeOffered)


def test_a_model_is_not_asked_while_a_person_leads() -> None:
    models = TimedModels(asks(WHY))

    async def scene() -> Stage:
        async with on_stage(model_plan(), advice=advice(models)) as stage:
            await asked_first(stage)
            stage.conductor.hear_of_floor(FloorPassed(f"human:{1:032x}"))
            await asyncio.sleep(1)
            await stage.speaks(LONG_ANSWER)
            await stage.until(lambda: stage.facts(AnswerEnded))
        return stage

    leap(scene())

    assert [] == models.asked


def test_a_wish_is_not_shown_to_a_model_with_the_answer_that_follows() -> None:
    models = TimedModels(asks(WHY))

    async def scene() -> None:
        async with on_stage(model_plan(), advice=advice(models)) as stage:
            await asked_first(stage)
            await stage.answers("Could you repeat the question?")
            await stage.hears("repeat")
            await stage.answers(LONG_ANSWER)
            await stage.until(lambda: len(stage.facts(AnswerEnded)) == 2)

    leap(scene())

    assert [] != models.asked
    for prompt in models.asked:
        assert "repeat the question" not in prompt.content
        assert LONG_ANSWER in prompt.content


def test_a_model_is_not_asked_about_an_answer_that_no_probe_can_follow() -> None:
    models = TimedModels(asks(WHY))

    async def scene() -> int:
        async with on_stage(model_plan(), advice=advice(models)) as stage:
            await asked_first(stage)
            await stage.answers("I want to talk to a person.")
            await stage.hears("person_offer")
            await stage.answers(LONG_ANSWER)
            return len(models.asked)

    assert 0 == leap(scene())


def test_a_model_is_never_asked_again_once_somebody_was_in_danger() -> None:
    models = TimedModels(asks(WHY, HOW))

    async def scene() -> Stage:
        async with on_stage(model_plan(), advice=advice(models)) as stage:
            await asked_first(stage)
            await stage.answers("I want to kill myself.")
            await stage.hears("danger")
            await stage.answers("Go on, please.")
            await stage.to_the_end(LONG_ANSWER)
        return stage

    stage = leap(scene())

    assert [] == models.asked
    assert "person_closing" == stage.lines()[-1]


# ---- who comes and goes ----


def test_who_leaves_in_the_middle_of_a_call_finds_the_place_kept() -> None:
    models = TimedModels(asks(WHY), takes_s=1.0)

    async def scene() -> Stage:
        async with on_stage(model_plan(), advice=advice(models)) as stage:
            await asked_first(stage)
            await stage.speaks(LONG_ANSWER)
            await asyncio.sleep(0.4)
            stage.goes()
            await asyncio.sleep(5)
            stage.comes()
            await stage.hears("go_on")
            await stage.answers("That is all.")
            await stage.to_the_end(LONG_ANSWER)
        return stage

    stage = leap(scene())

    assert "interview_ended" == stage.journal.kinds[-1]
    assert ["first", "second", "third"] == stage.asked()


def test_an_heir_shows_the_model_what_its_predecessor_heard() -> None:
    models = TimedModels(asks(WHY, HOW))

    async def scene() -> None:
        async with on_stage(model_plan(), advice=advice(models)) as stage:
            await asked_first(stage)
            await stage.speaks(LONG_ANSWER)
            await stage.hears("probe")
        async with on_stage(model_plan(), stage.journal.events, advice=advice(models)) as stage:
            await stage.hears("go_on")
            await stage.answers("Nobody was awake.")
            await stage.until(lambda: stage.facts(ProbeOffered)[1:])

    leap(scene())

    content = models.asked[-1].content
    assert content.index(LONG_ANSWER) < content.index(WHY) < content.index("Nobody was awake.")
