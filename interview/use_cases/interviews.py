"""Interviews: agreed on, looked up, reviewed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from interview.accommodations import Accommodations, Needs, check_breaks
from interview.accounts import Interview
from interview.blind import Reader
from interview.by_people import By
from interview.errors import Invalid, KitNotPublished, named_by
from interview.events import Event, InterviewCreated
from interview.floor import at_rest
from interview.ids import CandidateId, InterviewId, KitId, TenantId
from interview.kit import AssistMode
from interview.lifecycle import State
from interview.ports import InterviewsWanted, Page, Transaction
from interview.scoring import Scorecard
from interview.seated import KINDS as OF_ROOM
from interview.seated import Led, Seated, led_in, seated_in
from interview.understood import KINDS as OF_MODELS
from interview.understood import Understood, understood_in
from interview.use_cases.blind import Seen, events_seen, hidden_turns, require_seen
from interview.use_cases.called import Called, called_in
from interview.use_cases.invitations import issue
from interview.use_cases.mailing import write_invitation, writes_mail
from interview.use_cases.moves import tell
from interview.use_cases.world import World
from interview.webhooks import HookType

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
    mail: bool | None = None,
    given: Accommodations | None = None,
    assist: AssistMode = "ai_leads",
    known_to: Sequence[By] = (),
) -> tuple[Interview, str]:
    """An invited interview and its one-time token. `mail` is whether the candidate is written to,
    as the tenant has set it unless told; `given` are the candidate's accommodations, which are
    `known_to` whoever gives them; `assist` says who is to lead.

    Raises `NotFound`, `KitNotPublished`, `Invalid`.
    """
    check_times(world.now(), starts_at, expires_at)
    async with world.transaction(tenant) as tx:
        version = await published_version(tx, kit, assist)
        with named_by("candidate_id"):
            who = (await tx.candidates.get(candidate)).candidate_id
        writes = await writes_mail(tx, mail)
        times = starts_at, expires_at
        made, token = await agree(
            world, tx, (kit, version), who, times, writes=writes, assist=assist
        )
        if given is not None:
            questions = (await tx.kits.get(kit)).kit.questions
            check_breaks(given.breaks, len(questions), "accommodations.breaks")
            await tx.accommodations.put(made.interview_id, Needs(given=given), world.now())
            await tx.accommodations.tell(made.interview_id, known_to, world.now())
        return made, token


async def agree(
    world: World,
    tx: Transaction,
    held_with: tuple[KitId, int],
    candidate: CandidateId,
    times: tuple[datetime | None, datetime | None],
    *,
    writes: bool,
    assist: AssistMode = "ai_leads",
) -> tuple[Interview, str]:
    """Stores what was checked: the interview with a kit's version, and its link's token."""
    kit, version = held_with
    starts_at, expires_at = times
    interview = Interview(
        interview_id=InterviewId(world.ids.new()),
        tenant=tx.tenant,
        kit_id=kit,
        kit_version=version,
        candidate_id=candidate,
        state=State.INVITED,
        created_at=world.now(),
        starts_at=in_utc(starts_at),
        expires_at=in_utc(expires_at),
        floor=at_rest(assist),
        assist=assist,
    )
    await tx.interviews.add(interview)
    await world.note(tx, interview.interview_id, InterviewCreated(kit_version=version))
    await tell(world, tx, interview.interview_id, HookType.INVITED, interview.state)
    link, token = await issue(world, tx, interview, interview.expires_at)
    await write_invitation(world, tx, interview, link, token, writes)
    return interview, token


async def published_version(tx: Transaction, kit: KitId, assist: AssistMode = "ai_leads") -> int:
    """The version of a kit that an interview can be led with so. Raises `NotFound`,
    `KitNotPublished`, `Invalid`."""
    with named_by("kit_id"):
        record = await tx.kits.get(kit)
    if record.version is None:
        raise KitNotPublished
    if assist == "alternating" and not record.kit.sections:
        what = "assist_mode: the kit has no sections that say who leads"
        raise Invalid(what, field="assist_mode")
    return record.version


def check_times(now: datetime, starts_at: datetime | None, expires_at: datetime | None) -> None:
    """Raises `Invalid` naming a time that nobody can mean."""
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


def in_utc(at: datetime | None) -> datetime | None:
    """The same moment in UTC."""
    return at and at.astimezone(UTC)


async def get_interview(world: World, tenant: TenantId, interview: InterviewId) -> Interview:
    """Raises `NotFound`."""
    async with world.transaction(tenant) as tx:
        return await tx.interviews.get(interview)


async def list_interviews(
    world: World, tenant: TenantId, limit: int, after: str | None, wanted: InterviewsWanted
) -> Page[Interview]:
    """One page of those that are wanted."""
    async with world.transaction(tenant) as tx:
        return await tx.interviews.page(limit, after, wanted)


async def list_told(
    world: World, tenant: TenantId, limit: int, after: str | None, wanted: InterviewsWanted
) -> Page[str]:
    """As `list_interviews`, each as the JSON object of the contract."""
    async with world.transaction(tenant) as tx:
        return await tx.interviews.told(limit, after, wanted)


@dataclass(frozen=True, slots=True)
class Said:
    """An interview's turns, each as JSON (see `Turns.told`); who sat in it and who led it, and what
    a model has understood."""

    held: Interview
    turns: list[bytes]
    people: tuple[Seated, ...]
    led: tuple[Led, ...]
    understood: tuple[Understood, ...]


async def transcript_of(
    world: World, tenant: TenantId, interview: InterviewId, reader: Reader | None
) -> Said:
    """With those of its turns that `reader` may see. Raises `NotFound`, `Sealed`."""
    async with world.transaction(tenant) as tx:
        held = await tx.interviews.get(interview)
        hidden = (await hidden_turns(tx, [interview], reader))[interview]
        turns = await tx.turns.told(interview, hidden or ())
        # Most talks are between two: then there is nothing to read of others.
        is_shared = bool(await tx.seats.of(interview))
        kinds = OF_MODELS | OF_ROOM if is_shared else OF_MODELS
        events = await tx.events.read(interview, kinds=kinds)
    led = led_in(events, held.clock_zero)
    return Said(held, turns, seated_in(events), led, understood_in(events, hidden or ()))


async def scorecards_of(
    world: World, tenant: TenantId, interview: InterviewId, reader: Reader | None
) -> tuple[tuple[Scorecard, ...], Called]:
    """And how who rated is called. Raises `NotFound`, `RateFirst`."""
    async with world.transaction(tenant) as tx:
        await tx.interviews.get(interview)
        await require_seen(tx, interview, reader)
        cards = await tx.scorecards.of(interview)
        return cards, await called_in(tx, (card.person for card in cards))


async def asked_by_candidate(
    world: World, tenant: TenantId, interview: InterviewId
) -> tuple[Event, ...]:
    """What the candidate asked, in order. Raises `NotFound`, `Sealed`."""
    async with world.transaction(tenant) as tx:
        await tx.interviews.get(interview)
        return await tx.events.of_kind(interview, "candidate_asked")


async def events_after(
    world: World,
    tenant: TenantId,
    interview: InterviewId,
    reader: Reader | None,
    after: int,
    limit: int,
) -> Seen:
    """Those that `reader` may see. Raises `NotFound`, `Sealed`."""
    async with world.transaction(tenant) as tx:
        await tx.interviews.get(interview)
        return await events_seen(tx, interview, reader, after, limit)
