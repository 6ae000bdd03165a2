"""Counsel: what models have to say of an answer while it is open whether it is over."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from interview.events import AnswerEnded, Event, Fact
from interview.ids import TurnId
from interview.session import Say
from interview.turn_taking import MIN_SLEEP_S, TurnTaking

from agent.ahead import Holds, Table
from agent.chronicle import Chronicle
from agent.messages import Message
from agent.prober import Advice, Prober


@dataclass(frozen=True, slots=True)
class Advisers:
    """Who is asked what: None where nobody is."""

    probes: Advice | None = None


class Counsel:
    """The conductor's one door to all who ask models ahead. `prepare` makes the sound of lines
    ahead; `past` is what happened before we led."""

    def __init__(
        self,
        chronicle: Chronicle,
        turns: TurnTaking,
        prepare: Callable[[tuple[Say, ...]], None],
        post: Callable[[Message], None],
        advisers: Advisers,
        past: Iterable[Event] = (),
    ) -> None:
        table = Table(chronicle, turns, Holds(turns), post)
        self._prober = Prober(table, prepare, advisers.probes, past)

    def notes(self, fact: Fact) -> None:
        self._prober.notes(fact)

    def wake_at(self, now: float, other: float | None) -> float | None:
        """When to be asked to `consider` again, or `other` when that is sooner."""
        due = self._prober.due()
        if due is None:
            return other
        at = max(due, now + MIN_SLEEP_S)
        return at if other is None else min(at, other)

    def consider(self, now: float, turn: TurnId | None) -> None:
        """Asks once for the words heard so far, as soon as a pause may be the answer's end."""
        self._prober.consider(now, turn)

    def news(self) -> tuple[Fact, ...]:
        """What is to be told since the last time."""
        return self._prober.news()

    def ends(self, ended: AnswerEnded) -> tuple[Fact, ...]:
        """The end of an answer, after what the director should know before it decides."""
        return (*self._prober.offers(ended), ended)

    def close(self) -> None:
        """Nothing more is asked."""
        self._prober.close()
