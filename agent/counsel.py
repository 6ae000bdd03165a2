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
from agent.wish_reader import Reading, WishReader


@dataclass(frozen=True, slots=True)
class Advisers:
    """Who is asked what: None where nobody is."""

    probes: Advice | None = None
    wishes: Reading | None = None


class Counsel:
    """The conductor's one door to all who ask models ahead, side by side. `prepare` makes the sound
    of lines ahead; `past` is what happened before we led."""

    def __init__(
        self,
        chronicle: Chronicle,
        turns: TurnTaking,
        prepare: Callable[[tuple[Say, ...]], None],
        post: Callable[[Message], None],
        advisers: Advisers,
        past: Iterable[Event] = (),
    ) -> None:
        table, before = Table(chronicle, turns, Holds(turns), post), tuple(past)
        self._prober = Prober(table, prepare, advisers.probes, before)
        self._reader = WishReader(table, advisers.wishes, before)

    def notes(self, fact: Fact) -> None:
        self._prober.notes(fact)
        self._reader.notes(fact)

    def wake_at(self, now: float, other: float | None) -> float | None:
        """When to be asked to `consider` again, or `other` when that is sooner."""
        due = [at for at in (self._prober.due(), self._reader.due()) if at is not None]
        if not due:
            return other
        at = max(min(due), now + MIN_SLEEP_S)
        return at if other is None else min(at, other)

    def consider(self, now: float, turn: TurnId | None) -> None:
        """Asks once for the words heard so far, as soon as a pause may be the answer's end."""
        self._prober.consider(now, turn)
        self._reader.consider(now, turn)

    def news(self) -> tuple[Fact, ...]:
        """What is to be told since the last time."""
        return (*self._reader.news(), *self._prober.news())

    def ends(self, ended: AnswerEnded) -> tuple[Fact, ...]:
        """The end of an answer as it is understood, after what the director should know before it
        decides. Nothing is probed that asks for something else."""
        told, understood = self._reader.reads(ended)
        return (*self._prober.offers(understood), *told, understood)

    def close(self) -> None:
        """Nothing more is asked."""
        self._prober.close()
        self._reader.close()
