"""The report of an interview, from what is stored of it."""

import asyncio
from collections.abc import Iterable

from interview.blind import Reader
from interview.by_people import By, DecisionMade, TurnCorrected
from interview.errors import WrongState
from interview.events import Event
from interview.ids import InterviewId, TenantId
from interview.lifecycle import OVER
from interview.report import Report, Sources, report_of
from interview.scoring import Scorecard
from interview.turns import turns_from
from interview.use_cases.blind import require_seen
from interview.use_cases.called import called_in
from interview.use_cases.world import World


async def make_report(
    world: World, tenant: TenantId, interview: InterviewId, reader: Reader | None
) -> Report:
    """What can be said of an interview that is over.

    Raises `NotFound`, `RateFirst`, `WrongState` before the end, `Sealed` once words were erased.
    """
    async with world.transaction(tenant) as tx:
        held = await tx.interviews.get(interview)
        await require_seen(tx, interview, reader)
        if held.state not in OVER:
            raise WrongState(f"an interview that is {held.state} has no report yet")
        kit = await tx.kits.get(held.kit_id)
        settings = await tx.settings.get()
        cards, events = await tx.scorecards.of(interview), await tx.events.read(interview)
        known = Sources(
            interview=held,
            company=await tx.tenants.name(),
            reply_to=settings.reply_to,
            time_zone=settings.time_zone,
            job=await tx.jobs.get(kit.job_id),
            kit=kit,
            candidate=await tx.candidates.get(held.candidate_id),
            turns=turns_from(events),
            cards=cards,
            events=events,
            names=await called_in(tx, _judges(cards, events)),
        )
    return await asyncio.to_thread(report_of, known)


def _judges(cards: Iterable[Scorecard], events: Iterable[Event]) -> Iterable[By]:
    yield from (card.person for card in cards if card.person is not None)
    for event in events:
        if isinstance(event.fact, TurnCorrected | DecisionMade):
            yield event.fact.by
