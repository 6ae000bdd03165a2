"""One answer to the first question, with a model that is asked about it."""

from dataclasses import dataclass
from functools import cache, partial

from interview.events import Fact, LineStarted
from interview.plan import Plan
from tests.fakes.advice import TimedModels, advice, leads_on, model_plan
from tests.fakes.leaping import leap
from tests.fakes.models import Answers
from tests.fakes.stage import LONG_ANSWER, Stage, asked_first, on_stage
from tests.fakes.talk import plan

WHY = "Why did you ship it then?"
HOW = "How did the others react?"
CHILDREN = "Do you have children at home?"
FEW = "We shipped it."


@dataclass
class Scene:
    """One answer to the first question, and what came of it."""

    stage: Stage
    models: TimedModels
    silence_s: float

    def facts(self) -> list[Fact]:
        return [event.fact for event in self.stage.journal.events]

    def said(self) -> str:
        """The line after the answer."""
        return self.stage.facts(LineStarted)[2].text


def has_begun(stage: Stage, lines: int) -> bool:
    return len(stage.facts(LineStarted)) == lines


def one_answer(
    answers: Answers, takes_s: float = 0.3, text: str = LONG_ANSWER, of: Plan | None = None
) -> Scene:
    models = TimedModels(answers, takes_s=takes_s)

    async def scene() -> Scene:
        async with on_stage(of or model_plan(), advice=advice(models)) as stage:
            await asked_first(stage)
            await stage.speaks(text)
            silent_since = stage.clock.ms()
            await stage.until(partial(has_begun, stage, 3))
            began = stage.facts(LineStarted)[2].started_ms
            return Scene(stage, models, (began - silent_since) / 1000)

    return leap(scene())


@cache
def scripted_s(text: str) -> float:
    """The silence before a line of the kit's."""
    return one_answer(leads_on, text=text, of=plan()).silence_s
