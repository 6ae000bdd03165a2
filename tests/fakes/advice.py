"""A model that says what to ask next, as quickly and as badly as a test wants."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass

from agent.attributed import load_attributions
from agent.probe_guard import load_guard
from agent.prober import Advice
from interview.plan import Plan
from interview.ports import ModelFailed, Models, Prompt, Reply
from tests.fakes.models import FakeModels
from tests.fakes.talk import plan


@dataclass
class TimedModels(FakeModels):
    """Answers after `takes_s`. `open` calls are under way, `most` were at once, and `dropped` ones
    were not waited for."""

    takes_s: float = 0.3
    open: int = 0
    most: int = 0
    dropped: int = 0

    async def ask(self, prompt: Prompt, *, within_s: float) -> Reply:
        self.open += 1
        self.most = max(self.most, self.open)
        try:
            await asyncio.sleep(self.takes_s)
            return await FakeModels.ask(self, prompt, within_s=within_s)
        except asyncio.CancelledError:
            self.dropped += 1
            raise
        finally:
            self.open -= 1


def asks(*texts: str) -> Callable[[Prompt], str]:
    """One after the other, the last for ever."""
    left = list(texts)
    return lambda _: probe(left.pop(0) if len(left) > 1 else left[0])


def probe(text: str) -> str:
    return json.dumps({"action": "probe", "text": text})


def leads_on(_: Prompt) -> str:
    return json.dumps({"action": "next", "text": ""})


def fails(prompt: Prompt) -> ModelFailed:
    return ModelFailed("busy")


def model_plan() -> Plan:
    """The first question has two probes, the second one, the third none."""
    return plan().model_copy(update={"probing": "model"})


def advice(models: Models) -> Advice:
    guard = load_guard(model_plan())
    assert guard is not None
    return Advice(models, guard, "Say what is to be asked.", load_attributions("en"))
