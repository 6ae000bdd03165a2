"""A model that reads wishes, as quickly and as badly as a test wants."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from agent.lexicon import load_lexicon
from agent.wish_reader import Reading
from interview.events import Fact, LineStarted
from interview.intents import Intent
from interview.meant import intent_of
from interview.plan import Plan
from interview.ports import Models, Prompt
from interview.understanding import Understanding
from tests.fakes.advice import TimedModels
from tests.fakes.leaping import leap
from tests.fakes.models import Answers
from tests.fakes.probe_scene import has_begun
from tests.fakes.stage import LONG_ANSWER, Stage, asked_first, on_stage
from tests.fakes.talk import plan
from tests.standins.answers import answer_in

REAL = "Honestly I would be happier with somebody real."
PERSON = "happier with somebody real"


def reading(models: Models) -> Reading:
    understanding = Understanding(load_lexicon("en").wishes)
    return Reading(models, understanding, "Say what is asked for.")


def reading_plan(of: Plan | None = None) -> Plan:
    """The first question has two probes, the second one, the third none."""
    return (of or plan()).model_copy(update={"wishes": "model"})


def wish(name: str, words: str) -> str:
    return json.dumps({"wish": name, "words": words})


NONE = wish("none", "")


def finds(name: str, words: str) -> Callable[[Prompt], str]:
    """The wish wherever these words were said."""
    return lambda prompt: wish(name, words) if words in answer_in(prompt.content) else NONE


def cries(name: str) -> Callable[[Prompt], str]:
    """The same wish in everything."""
    return lambda prompt: wish(name, answer_in(prompt.content))


def by_rules(text: str) -> Intent:
    return intent_of(text, load_lexicon("en"))


@dataclass
class Scene:
    """One answer to the first question, and what came of it."""

    stage: Stage
    models: TimedModels
    silence_s: float

    def facts(self) -> list[Fact]:
        return [event.fact for event in self.stage.journal.events]

    def said(self) -> LineStarted:
        """The line after the answer."""
        return self.stage.facts(LineStarted)[2]


def one_answer(answers: Answers, takes_s: float = 0.3, text: str = REAL) -> Scene:
    models = TimedModels(answers, takes_s=takes_s)

    async def scene() -> Scene:
        async with on_stage(reading_plan(), reading=reading(models)) as stage:
            await asked_first(stage)
            await stage.speaks(text)
            silent_since = stage.clock.ms()
            await stage.until(partial(has_begun, stage, 3))
            began = stage.facts(LineStarted)[2].started_ms
            return Scene(stage, models, (began - silent_since) / 1000)

    return leap(scene())


OFFERED = ("person_offer", "stop_offer", "distress", "danger", "pausing")


async def answers_all(stage: Stage, text: str) -> None:
    """To the end: who is offered something would rather go on, and answers whatever is asked."""
    for _ in range(60):
        await stage.until(lambda: stage.is_listening or stage.is_over, within_s=180)
        if stage.is_over:
            return
        await stage.answers("Go on, please." if stage.lines()[-1] in OFFERED else text)
    raise AssertionError("the interview does not end")


def whole(answers: Answers, text: str = LONG_ANSWER) -> Stage:
    """An interview in which every answer is `text`."""

    async def scene() -> Stage:
        models = TimedModels(answers)
        async with on_stage(reading_plan(), reading=reading(models)) as stage:
            await answers_all(stage, text)
        return stage

    return leap(scene())
