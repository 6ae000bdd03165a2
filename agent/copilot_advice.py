"""Who advises interviewers: the language model of an interview, where its kit asks one in the room.

One call at a time, after an answer to a person. It delays nobody: without it our own rules tell.
"""

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import structlog
from interview.advising import WITHIN_S, Advice, advice_in, prompt_for
from interview.hints import Guide
from interview.ids import TurnId
from interview.plan import Plan
from interview.ports import Models
from interview.ports.models import ModelFailed, Reply
from interview.probing import Guard
from interview.prompting import Spoken

from agent.ahead import OVERDUE_S
from agent.copilot_words import FOLDER
from agent.probe_guard import load_guard

log = structlog.get_logger()

Answered = Callable[[TurnId, Advice, str], None]
"""Is told of the turn that was asked about, the advice, and who gave it."""


@dataclass(frozen=True, slots=True)
class Adviser:
    """A model and what its answers are held against."""

    models: Models
    guard: Guard
    instructions: str
    plan: Plan
    guide: Guide


def adviser_for(plan: Plan, guide: Guide, models: Models | None) -> Adviser | None:
    """None where no model may be asked in the room, or there is none."""
    guard = load_guard(plan) if models is not None else None
    if models is None or guard is None:
        return None
    return Adviser(models, guard, (FOLDER / "instructions.md").read_text().strip(), plan, guide)


class Advising:
    """Asks `adviser`, if there is one."""

    def __init__(self, adviser: Adviser | None, answered: Answered) -> None:
        self._adviser = adviser
        self._answered = answered
        self._task: asyncio.Task[None] | None = None

    def ask(self, question: str | None, asked: Collection[str], turns: Sequence[Spoken]) -> None:
        """About the last of `turns`; what was asked before and not answered yet is dropped."""
        self.drop()
        if self._adviser is not None and turns:
            asking = self._ask(self._adviser, question, frozenset(asked), tuple(turns))
            self._task = asyncio.create_task(asking, name="advice")

    def drop(self) -> None:
        """More was said: an answer would come too late."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def _ask(
        self,
        adviser: Adviser,
        question: str | None,
        asked: frozenset[str],
        turns: tuple[Spoken, ...],
    ) -> None:
        prompt = prompt_for(
            adviser.instructions, adviser.plan, adviser.guide, question, asked, turns
        )
        try:
            async with asyncio.timeout(WITHIN_S + OVERDUE_S):
                reply: Reply = await adviser.models.ask(prompt, within_s=WITHIN_S)
        except (ModelFailed, TimeoutError) as error:
            log.info("no_advice", reason=str(error) or type(error).__name__)
            return
        last = turns[-1]
        advice = advice_in(reply.text, adviser.guard, adviser.plan, asked, last.text, reply.model)
        self._answered(last.turn, advice, reply.model)
