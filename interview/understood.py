"""What was understood by a model alone, as the log of a talk tells."""

from collections.abc import Collection, Iterable
from uuid import UUID

from interview.events import Event
from interview.ids import TurnId
from interview.kit import Frozen
from interview.wish_facts import ReadWish, WishRead

KINDS = frozenset({"wish_read"})
"""What of a log is read for it."""


class Understood(Frozen):
    """A model took `words` of a turn for a wish; a rule knew none in them."""

    turn_id: UUID
    wish: ReadWish
    words: str
    model: str


def understood_in(events: Iterable[Event], hidden: Collection[TurnId]) -> tuple[Understood, ...]:
    """Each wish of a turn once, in order, but for turns that are `hidden`."""
    found: dict[tuple[TurnId, ReadWish], Understood] = {}
    for event in events:
        if isinstance(event.fact, WishRead) and event.fact.turn_id not in hidden:
            fact = event.fact
            found[fact.turn_id, fact.wish] = Understood(
                turn_id=fact.turn_id, wish=fact.wish, words=fact.words, model=fact.model
            )
    return tuple(found.values())
