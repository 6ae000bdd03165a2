"""What is said in a pause: a sign of life, or a wish that is granted at once."""

import asyncio

import pytest

from agent.script import Script
from interview.events import InterviewEnded, Lead, LineKind, LineStarted, Resumed
from interview.session import Say
from tests.fakes.leaping import leap
from tests.fakes.stage import LONG_ANSWER, Stage, asked_first, on_stage
from tests.fakes.talk import plan

pytestmark = pytest.mark.voice


def said(stage: Stage) -> list[str]:
    return [fact.text for fact in stage.facts(LineStarted)]


WISHES = [
    ("I want to kill myself.", "danger"),
    ("I cannot breathe", "danger"),
    ("I want to talk to a person.", "person_offer"),
    ("I would like to stop the interview.", "stop_offer"),
    ("I am not feeling well.", "distress"),
]


@pytest.mark.parametrize(("words", "line"), WISHES)
@pytest.mark.parametrize("after_s", [2, 60])
def test_a_wish_in_a_pause_leads_to_its_offer_and_not_to_the_question(
    words: str, line: LineKind, after_s: float
) -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await asked_first(stage)
            await stage.speaks("Could we take a short break?")
            await stage.hears("pausing")
            await asyncio.sleep(after_s)
            await stage.speaks(words)
            await stage.hears(line)
        return stage

    stage = leap(scene())

    assert ["question", "pausing", line] == stage.lines()[1:]
    assert 1 == len(stage.facts(Resumed))
    assert not stage.conductor.state.paused
    assert said(stage)[-1] == said_at_once(line)


def said_at_once(line: LineKind) -> str:
    """Without anything before it, but for who is welcomed back."""
    lead: Lead | None = None if line == "danger" else "welcome_back"
    return " ".join(Script.load(plan()).sentences(Say(line, lead=lead)))


@pytest.mark.parametrize(("words", "line"), WISHES)
def test_a_wish_in_a_break_does_so_too(words: str, line: LineKind) -> None:
    async def scene() -> Stage:
        async with on_stage(plan().model_copy(update={"breaks": ("second",)})) as stage:
            await asked_first(stage)
            await stage.answers(LONG_ANSWER)
            await stage.hears("pausing")
            await asyncio.sleep(60)
            await stage.speaks(words)
            await stage.hears(line)
        return stage

    assert ["question", "pausing", line] == leap(scene()).lines()[1:]


def test_who_was_in_danger_in_a_pause_has_a_person_in_the_end() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await asked_first(stage)
            await stage.speaks("Could we take a short break?")
            await stage.hears("pausing")
            await asyncio.sleep(60)
            await stage.speaks("I want to kill myself.")
            await stage.hears("danger")
            await stage.speaks("Go on with you, please.")
            await stage.hears("repeat")
            await stage.to_the_end()
        return stage

    assert InterviewEnded(reason="human_path") == leap(scene()).journal.events[-1].fact


@pytest.mark.parametrize(
    ("words", "line"), [*WISHES, ("No thanks, I do not need a break, let us go on.", "question")]
)
def test_what_is_said_over_the_line_that_pauses_is_heard(words: str, line: LineKind) -> None:
    async def scene() -> Stage:
        async with on_stage(plan().model_copy(update={"breaks": ("second",)})) as stage:
            await asked_first(stage)
            await stage.answers(LONG_ANSWER)
            await asyncio.sleep(1.6)
            await stage.speaks(words)
            await stage.hears(line)
        return stage

    stage = leap(scene())
    assert line == stage.lines()[-1]
    assert stage.ended("pausing")[0].cut_off
