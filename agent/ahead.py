"""Asking a model ahead: while it is still open whether the candidate's answer is over.

One call at a time for whoever asks, about the words heard so far: more words make it void. An
answer is held open for it, but not for long; what comes later is dropped.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

import structlog
from interview.events import Fact
from interview.intents import Intent
from interview.ports.models import ModelFailed, Models, Prompt, Reply
from interview.probing import WITHIN_S
from interview.turn_taking import TurnTaking

from agent.chronicle import Chronicle
from agent.messages import Message, Suggested

OVERDUE_S = 0.3
"""So much later we end a call ourselves. A chain has to end it first, at its time, or it does not
learn which of its endpoints was late and asks that one first for ever."""

SLACK_S = 0.05
"""An answer of the last moment counts, however late a busy loop sees it."""

Miss = Literal["late", "unavailable", "form"]
"""Why there is nothing to judge. `form`: what came was cut off."""

Words = tuple[str, ...]
T = TypeVar("T")

log = structlog.get_logger()


class Holds:
    """Holds an answer open for everybody who waits for a model: until the last of their times."""

    def __init__(self, turns: TurnTaking) -> None:
        self._turns = turns
        self._until: dict[object, float] = {}

    def until(self, who: object, at: float) -> None:
        self._until[who] = at
        self._turns.hold_until(max(self._until.values()))


@dataclass(frozen=True, slots=True)
class Table:
    """What everybody who asks ahead works with."""

    chronicle: Chronicle
    turns: TurnTaking
    holds: Holds
    post: Callable[[Message], None]


@dataclass(frozen=True, slots=True, eq=False)
class _Call(Generic[T]):
    """A question to a model about an answer that has so many `words`."""

    words: Words
    about: T
    task: "asyncio.Task[Reply]"


class Ahead(Generic[T]):
    """The calls of one who asks. `T` is what a call is about: `judge` is told it with what a model
    said, `missed` with why there is nothing."""

    def __init__(
        self,
        name: str,
        table: Table,
        judge: Callable[[T, Reply], None],
        missed: Callable[[T, Miss], None],
    ) -> None:
        self._name = name
        self._table = table
        self._judge = judge
        self._missed = missed
        self._call: _Call[T] | None = None
        self._late: _Call[T] | None = None
        self._news: list[Fact] = []
        self._is_worth_waiting = True

    def due(self, intents: frozenset[Intent]) -> float | None:
        """When to ask about words that mean one of these: so late that the answer can be over at
        the end of the model's time. None while it is asked already, or nothing is about to end."""
        over = self._table.turns.over_due(intents) if self._call is None else None
        return None if over is None else over - WITHIN_S

    def heard(self) -> str:
        """All of the answer so far; what was asked about less is void."""
        answer = self._table.turns.answer
        text = answer.text if answer else ""
        if self._call is not None and self._call.words != _words(text):
            self.drop()
        return text

    def ask(self, models: Models, prompt: Prompt, text: str, about: T, now: float) -> None:
        """About `text`, which is all that was heard so far."""
        if self._late is not None:
            self._late.task.cancel()
            self._late = None
        task = asyncio.create_task(_in_time(models, prompt), name=self._name)
        call = self._call = _Call(_words(text), about, task)
        task.add_done_callback(lambda _: self._answered(call))
        if self._is_worth_waiting:
            self._table.holds.until(self, now + WITHIN_S)

    def _answered(self, call: _Call[T]) -> None:
        if call.task.cancelled():
            return
        error = call.task.exception()
        self._is_worth_waiting = error is None
        if call is not self._call:
            self._late = None
            return
        self._table.holds.until(self, 0.0)
        if error is None:
            self._table.chronicle.works("llm")
            self._judge(call.about, call.task.result())
        else:
            self._fails(call.about, error)
        self._table.post(Suggested())

    def _fails(self, about: T, error: BaseException) -> None:
        """A model that fails, in whatever way, ends no interview."""
        if not isinstance(error, ModelFailed | TimeoutError):
            log.error("asking_failed", asked=self._name, exc_info=error)
        trouble = error.trouble if isinstance(error, ModelFailed) else None
        if _took_too_long(error):
            self._missed(about, "late")
        else:
            self._missed(about, "form" if trouble == "broken" else "unavailable")
        if trouble != "over_budget":
            failed = self._table.chronicle.outage("llm", trouble or type(error).__name__)
            self._news += failed

    def tell(self, fact: Fact) -> None:
        """To be told with the rest of the news."""
        self._news.append(fact)

    def news(self) -> tuple[Fact, ...]:
        """What is to be told since the last time."""
        news, self._news = tuple(self._news), []
        return news

    def over(self) -> T | None:
        """The answer is over: what was asked about it. What is under way still has missed it."""
        call, self._call = self._call, None
        self._table.holds.until(self, 0.0)
        if call is None:
            return None
        if not call.task.done():
            # Its answer is dropped, but tells whether the model is worth waiting for.
            self._late = call
            self._missed(call.about, "late")
        return call.about

    def drop(self) -> None:
        """More was said than the model was asked about."""
        if self._call is not None:
            self._call.task.cancel()
        self._call = None
        self._table.holds.until(self, 0.0)

    def close(self) -> None:
        """Nothing more is asked."""
        self.drop()
        if self._late is not None:
            self._late.task.cancel()


async def _in_time(models: Models, prompt: Prompt) -> Reply:
    """Raises `ModelFailed`, `TimeoutError`."""
    clock = asyncio.get_running_loop().time
    ends_at = clock() + WITHIN_S
    async with asyncio.timeout(WITHIN_S + OVERDUE_S):
        reply = await models.ask(prompt, within_s=WITHIN_S)
    if clock() > ends_at + SLACK_S:
        raise TimeoutError
    return reply


def _took_too_long(error: BaseException) -> bool:
    if isinstance(error, ModelFailed):
        return error.trouble == "timeout"
    return isinstance(error, TimeoutError)


def _words(text: str) -> Words:
    return tuple(word.strip(".,;:!?…").casefold() for word in text.split())
