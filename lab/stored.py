"""Stored interviews, put before a rater beside the people who rated them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from interview.adapters.system import SystemClock, SystemIds
from interview.asides import without_asides
from interview.audit import SYSTEM, Deed
from interview.by_people import By
from interview.errors import NotFound, Sealed
from interview.ids import InterviewId, TenantId
from interview.kit import Kit
from interview.lifecycle import OVER
from interview.ports import InterviewSort, InterviewsWanted, Store, Transaction
from interview.scoring import Scorecard
from interview.turns import Turn, as_corrected
from lab.configurations import Subject
from lab.examination import Examined, spending
from lab.measures import Agreement, agreement, same, unrated
from lab.replay import Level, Replays
from local.errors import LocalError

Levels = Mapping[tuple[int, str], Level]
"""By the interview's number and the competency."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An interview with the levels that people gave it, by competency."""

    kit: Kit
    turns: tuple[Turn, ...]
    people: Mapping[str, tuple[int, ...]]


async def stored(store: Store, tenant: TenantId, last: int, by: str) -> tuple[Stored, ...]:
    """The newest `last` interviews of a tenant that are over; erased ones are left out.

    The tenant's audit trail says that `by` looked. Raises `LocalError`.
    """
    wanted = InterviewsWanted(sort=InterviewSort.NEWEST, states=tuple(sorted(OVER)))
    try:
        async with store.transaction(tenant) as tx:
            page = await tx.interviews.page(last, None, wanted)
            found = [await _stored(tx, held.interview_id) for held in page.items]
            deed = Deed(SYSTEM, "replay_in_lab", str(tenant), {"rater": by, "last": str(last)})
            await tx.audit.add(SystemIds().new(), SystemClock().now(), deed)
    except NotFound as error:
        raise LocalError("there is no such tenant") from error
    return tuple(each for each in found if each is not None)


async def _stored(tx: Transaction, interview: InterviewId) -> Stored | None:
    held = await tx.interviews.get(interview)
    kit = (await tx.kits.get(held.kit_id)).kit
    try:
        log = await tx.events.read(interview)
        turns = without_asides(as_corrected(await tx.turns.of(interview)), log)
        cards = await tx.scorecards.of(interview)
    except Sealed:
        return None
    return Stored(kit, turns, _by_people(cards)) if turns else None


def _by_people(cards: Sequence[Scorecard]) -> Mapping[str, tuple[int, ...]]:
    """Of each person the first card: later ones may have been made after seeing those of others."""
    first = dict[By, Scorecard]()
    for card in cards:
        if card.person is not None:
            first.setdefault(card.person, card)
    levels = [(r.competency, r.level) for card in first.values() for r in card.ratings]
    return {
        competency: tuple(level for key, level in levels if key == competency and level is not None)
        for competency, _ in levels
    }


async def examine_stored(subject: Subject, interviews: Sequence[Stored]) -> Examined:
    """Each of them twice. Raises `Silent`, `LocalError` where there is none."""
    if not interviews:
        raise LocalError("there is no interview that is over, or nothing is left of any")
    spent, replays = spending(subject), Replays(subject.rater)
    first = await _levels(replays, interviews)
    second = await _levels(replays, interviews)
    return Examined(
        signature=subject.signature(each.kit for each in interviews),
        moves=(),
        noticed=None,
        agreements=_agreements(first, interviews),
        abstained=unrated(first),
        retest=same(first, second),
        took=spent(),
    )


async def _levels(replays: Replays, interviews: Sequence[Stored]) -> Levels:
    found = dict[tuple[int, str], Level]()
    for at, each in enumerate(interviews):
        for rating in await replays.ratings(each.kit, each.turns):
            found[at, rating.competency] = rating.level
    return found


def _agreements(levels: Levels, interviews: Sequence[Stored]) -> tuple[Agreement, ...]:
    """With each person who rated: in all, then by competency."""
    rated = [
        (key, (level, person))
        for (at, key), level in levels.items()
        for person in interviews[at].people.get(key, ())
    ]
    keys = sorted({key for key, _ in rated})
    parts = [agreement(key, [pair for other, pair in rated if other == key]) for key in keys]
    return (agreement(None, [pair for _, pair in rated]), *parts)
