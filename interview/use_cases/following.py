"""One look at a log for many who follow it: what they have in common is read once."""

from dataclasses import dataclass, field

from interview.accounts import Role
from interview.agreement.levels import Levels
from interview.blind import SEEN_BLIND, Reader
from interview.events import Event
from interview.ids import InterviewId, TurnId
from interview.lifecycle import UNRATED
from interview.ports import Transaction
from interview.rests import tells_of_rest, turns_withheld
from interview.use_cases.blind import ANY


@dataclass(frozen=True, slots=True)
class News:
    """What a reader may see of the next stretch of a log, which ends at `upto`; `is_last` when
    nothing lies behind it, and `is_beyond` when the log has not even come so far. Of a blind one
    something may be withheld."""

    events: tuple[Event, ...]
    upto: int
    is_last: bool
    is_beyond: bool
    is_blind: bool


@dataclass
class Look:
    """Within one transaction: each stretch of the log, the tenant's settings, the cards and the
    outline of the turns are read at most once, whoever asks."""

    tx: Transaction
    interview: InterviewId
    most: int
    _stretches: dict[int, tuple[Event, ...]] = field(default_factory=dict)
    _blind_roles: tuple[Role, ...] | None = None
    _cards: tuple[Levels, ...] | None = None
    _has_cards: bool = False
    _last_seq: int | None = None
    _hidden: frozenset[TurnId] | None = None

    async def after(self, seq: int, reader: Reader | None) -> News:
        """The next `most` events after `seq`, as `reader` may see them.

        Raises `NotFound`, `Sealed`, `Unavailable`.
        """
        if seq not in self._stretches:
            self._stretches[seq] = await self.tx.events.read(self.interview, seq, self.most)
        found = self._stretches[seq]
        is_blind = await self._is_blind(reader)
        upto = found[-1].seq if found else seq
        is_beyond = not found and seq > 0 and seq > await self._end()
        seen = await self._seen(found, reader, is_blind=is_blind)
        return News(seen, upto, len(found) < self.most, is_beyond, is_blind)

    async def _end(self) -> int:
        if self._last_seq is None:
            self._last_seq = (await self.tx.interviews.get(self.interview)).last_seq
        return self._last_seq

    async def _seen(
        self, found: tuple[Event, ...], reader: Reader | None, *, is_blind: bool
    ) -> tuple[Event, ...]:
        if not is_blind and (reader is None or reader.is_told_of_rests):
            return found
        if is_blind:
            found = tuple(event for event in found if event.kind in SEEN_BLIND)
        hidden = await self._turns_withheld() if found else frozenset[TurnId]()
        return tuple(event for event in found if not tells_of_rest(event.fact, hidden))

    async def _is_blind(self, reader: Reader | None) -> bool:
        """As `blind.is_blind` has it."""
        if reader is None or reader.role not in await self._roles():
            return False
        if not self._has_cards:
            self._cards, self._has_cards = await self._judged(), True
        own = reader.person
        return self._cards is not None and all(own != c.rater.person for c in self._cards)

    async def _roles(self) -> tuple[Role, ...]:
        if self._blind_roles is None:
            self._blind_roles = (await self.tx.settings.get()).blind_roles
        return self._blind_roles

    async def _judged(self) -> tuple[Levels, ...] | None:
        """None where nobody can rate, and nobody is blind."""
        state = (await self.tx.several.states_of([self.interview])).get(self.interview)
        if state is None or state in UNRATED:
            return None
        return (await self.tx.several.levels_of([self.interview], ANY)).get(self.interview)

    async def _turns_withheld(self) -> frozenset[TurnId]:
        if self._hidden is None:
            outlines = await self.tx.several.outlines_of([self.interview])
            self._hidden = turns_withheld(outlines.get(self.interview, ()))
        return self._hidden
