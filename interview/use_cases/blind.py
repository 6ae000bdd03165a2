"""Whether somebody has to rate an interview before they see what others have said of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from interview.agreement.levels import Levels
from interview.blind import SEEN_BLIND, Reader
from interview.errors import RateFirst
from interview.events import Event
from interview.ids import InterviewId, TenantId, TurnId
from interview.lifecycle import UNRATED
from interview.ports import Transaction
from interview.rests import tells_of_rest, turns_withheld
from interview.use_cases.world import World

ANY = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Seen:
    """A part of a log as its reader sees it; of a blind one something may be withheld."""

    events: tuple[Event, ...]
    is_blind: bool


async def blind_to(
    world: World, tenant: TenantId, of: Sequence[InterviewId], reader: Reader | None
) -> Mapping[InterviewId, bool]:
    """Of each whether `reader` is blind to what others judged."""
    async with world.transaction(tenant) as tx:
        return await blind_to_each(tx, of, reader)


async def hidden_from(
    world: World, tenant: TenantId, of: Sequence[InterviewId], reader: Reader | None
) -> Mapping[InterviewId, frozenset[TurnId] | None]:
    """See `hidden_turns`."""
    async with world.transaction(tenant) as tx:
        return await hidden_turns(tx, of, reader)


async def is_blind(tx: Transaction, interview: InterviewId, reader: Reader | None) -> bool:
    """True until the first card of `reader` is stored, where the tenant keeps the role blind.

    Where nobody can rate nobody is blind: they would be for good. Of an interview whose words were
    erased there is nothing to be seen, and nothing to rate.
    """
    return (await blind_to_each(tx, [interview], reader))[interview]


async def require_seen(tx: Transaction, interview: InterviewId, reader: Reader | None) -> None:
    """Raises `RateFirst`."""
    if await is_blind(tx, interview, reader):
        raise RateFirst


async def blind_to_each(
    tx: Transaction, of: Sequence[InterviewId], reader: Reader | None
) -> dict[InterviewId, bool]:
    """The same within a transaction."""
    if reader is None or reader.role not in (await tx.settings.get()).blind_roles:
        return dict.fromkeys(of, False)
    states = await tx.several.states_of(of)
    rated = [each for each, state in states.items() if state not in UNRATED]
    cards = await tx.several.levels_of(rated, ANY)
    seen = await seen_by(tx, cards, reader)
    return {each: each in cards and each not in seen for each in of}


async def seen_by(
    tx: Transaction, cards: Mapping[InterviewId, tuple[Levels, ...]], reader: Reader | None
) -> dict[InterviewId, tuple[Levels, ...]]:
    """Without the interviews that `reader` has to rate first."""
    if reader is None or reader.role not in (await tx.settings.get()).blind_roles:
        return dict(cards)
    own = reader.person
    first = [of for of, known in cards.items() if all(own != c.rater.person for c in known)]
    # Who knows what a candidate was given rates no more, and would be blind for good.
    blind = {*first} - await tx.accommodations.known(first, own) if first else {*first}
    return {of: known for of, known in cards.items() if of not in blind}


async def events_seen(
    tx: Transaction, interview: InterviewId, reader: Reader | None, after: int, limit: int
) -> Seen:
    """As many as `limit` of those that `reader` may see. Raises `Sealed`."""
    known = await blind_to_each(tx, [interview], reader)
    blind, hidden = known[interview], (await _hidden(tx, known, reader))[interview]
    kinds = SEEN_BLIND if blind else None
    if hidden is None:
        return Seen(await tx.events.read(interview, after, limit, kinds), blind)
    seen: list[Event] = []
    while len(seen) < limit:
        found = await tx.events.read(interview, after, limit, kinds)
        seen += [event for event in found if not tells_of_rest(event.fact, hidden)]
        if len(found) < limit:
            break
        after = found[-1].seq
    return Seen(tuple(seen[:limit]), blind)


async def hidden_turns(
    tx: Transaction, of: Sequence[InterviewId], reader: Reader | None
) -> dict[InterviewId, frozenset[TurnId] | None]:
    """The turns of each that would tell `reader` of a pause; None where they may know of it."""
    return await _hidden(tx, await blind_to_each(tx, of, reader), reader)


async def _hidden(
    tx: Transaction, blind: Mapping[InterviewId, bool], reader: Reader | None
) -> dict[InterviewId, frozenset[TurnId] | None]:
    hiding = [*blind]
    if reader is None or reader.is_told_of_rests:
        hiding = [each for each, is_blind in blind.items() if is_blind]
    elif reader.may_be_told:
        told = await tx.accommodations.known(hiding, reader.person)
        hiding = [each for each in hiding if each not in told]
    outlines = await tx.several.outlines_of(hiding) if hiding else {}
    found: dict[InterviewId, frozenset[TurnId] | None] = dict.fromkeys(blind)
    return found | {each: turns_withheld(outlines.get(each, ())) for each in hiding}
