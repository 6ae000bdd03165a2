"""Interviews: agreed on, looked up, reviewed."""

from datetime import UTC, datetime, timedelta

from interview.accounts import Interview
from interview.errors import Invalid, KitNotPublished
from interview.events import Event, InterviewCreated
from interview.ids import CandidateId, InterviewId, KitId, TenantId
from interview.lifecycle import State
from interview.ports import Page, Transaction
from interview.scoring import Scorecard
from interview.use_cases.invitations import issue
from interview.use_cases.world import World

LATE = timedelta(minutes=15)
"""A time that is meant as now may have passed when it arrives, and clocks differ."""

FARTHEST = timedelta(days=731)


async def create_interview(
    world: World,
    tenant: TenantId,
    kit: KitId,
    candidate: CandidateId,
    starts_at: datetime | None,
    expires_at: datetime | None,
) -> tuple[Interview, str]:
    """An invited interview and its one-time token.

    Raises `NotFound`, `KitNotPublished`, `Invalid`.
    """
    _check_times(world.now(), starts_at, expires_at)
    async with world.transaction(tenant) as tx:
        interview = Interview(
            interview_id=InterviewId(world.ids.new()),
            tenant=tenant,
            kit_id=kit,
            kit_version=await _version(tx, kit),
            candidate_id=(await tx.candidates.get(candidate)).candidate_id,
            state=State.INVITED,
            created_at=world.now(),
            starts_at=_in_utc(starts_at),
            expires_at=_in_utc(expires_at),
        )
        await tx.interviews.add(interview)
        fact = InterviewCreated(kit_version=interview.kit_version)
        await world.note(tx, interview.interview_id, fact)
        return interview, await issue(world, tx, interview, interview.expires_at)


async def _version(tx: Transaction, kit: KitId) -> int:
    record = await tx.kits.get(kit)
    if record.version is None:
        raise KitNotPublished
    return record.version


def _check_times(now: datetime, starts_at: datetime | None, expires_at: datetime | None) -> None:
    for name, at, earliest in (
        ("starts_at", starts_at, now - LATE),
        ("expires_at", expires_at, now),
    ):
        if at is not None and at <= earliest:
            raise Invalid(f"{name}: expected a time in the future", field=name)
        if at is not None and at > now + FARTHEST:
            raise Invalid(f"{name}: expected a time within two years", field=name)
    if expires_at is not None and starts_at is not None and expires_at <= starts_at:
        raise Invalid("expires_at: expected a time after starts_at", field="expires_at")


def _in_utc(at: datetime | None) -> datetime | None:
    return at and at.astimezone(UTC)


async def get_interview(world: World, tenant: TenantId, interview: InterviewId) -> Interview:
    """Raises `NotFound`."""
    async with world.transaction(tenant) as tx:
        return await tx.interviews.get(interview)


async def list_interviews(
    world: World, tenant: TenantId, limit: int, after: str | None, state: State | None
) -> Page[Interview]:
    """One page, oldest first; only those in `state` when it is given."""
    async with world.transaction(tenant) as tx:
        return await tx.interviews.page(limit, after, state)


async def transcript_of(
    world: World, tenant: TenantId, interview: InterviewId
) -> tuple[Interview, bytes]:
    """The interview and its turns as a JSON array. Raises `NotFound`, `Sealed`."""
    async with world.transaction(tenant) as tx:
        return await tx.interviews.get(interview), await tx.turns.told(interview)


async def scorecards_of(
    world: World, tenant: TenantId, interview: InterviewId
) -> tuple[Scorecard, ...]:
    """Raises `NotFound`."""
    async with world.transaction(tenant) as tx:
        await tx.interviews.get(interview)
        return await tx.scorecards.of(interview)


async def events_after(
    world: World, tenant: TenantId, interview: InterviewId, after: int, limit: int
) -> tuple[Event, ...]:
    """Raises `NotFound`, `Sealed`."""
    async with world.transaction(tenant) as tx:
        await tx.interviews.get(interview)
        return await tx.events.read(interview, after, limit)
