"""The candidate's door: what they may know before, their consent, and the way into the room."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from interview.accommodations import MORE_TIME, Accommodations
from interview.accounts import CandidateSession, Consent, Interview, token_digest
from interview.by_room import Floor, FloorRefused
from interview.errors import (
    CalledOff,
    ConsentRequired,
    InterviewNotOpen,
    NotFound,
    NoticeOutdated,
    Sealed,
    TooEarly,
    Unauthenticated,
)
from interview.events import ConsentDeclined, ConsentGiven, JoinGranted, LeaseOpened
from interview.ids import InterviewId, TenantId, agent_identity, candidate_identity, room_name
from interview.lease import Lease
from interview.lifecycle import AWAITED, OPEN, RUNNING, State
from interview.ports import BySession, Rooms, Transaction
from interview.use_cases.agent_door import room_metadata
from interview.use_cases.invitations import has_expired
from interview.use_cases.moves import move_to
from interview.use_cases.world import World

EARLY = timedelta(minutes=15)
"""How long before the agreed time the room opens."""

FIRST_AGREED = datetime(2000, 1, 1, tzinfo=UTC)
"""Times before it were stored once; nothing can be taken off the very first ones."""


@dataclass(frozen=True, slots=True)
class CandidateCaller:
    """A candidate with a session: one interview of one tenant. `mark` is the session's in a room
    (see `ids.seat_mark`)."""

    tenant: TenantId
    interview: InterviewId
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Welcome:
    """What a candidate may know beforehand: no question's text, no anchor, no weight.

    `opens_at` is when the room opens of which an hour was agreed on. With `has_words` there is
    something that was said, to read and to put right; with `has_feedback` they told how it was.
    """

    interview: InterviewId
    state: State
    job_title: str
    language: str
    minutes: float
    questions: int
    starts_at: datetime | None
    opens_at: datetime | None
    expires_at: datetime | None
    has_words: bool
    has_feedback: bool


@dataclass(frozen=True, slots=True)
class Seat:
    """A place in the room. With `summon`, an agent is to be sent for in this epoch."""

    interview: InterviewId
    room: str
    identity: str
    epoch: int
    summon: bool
    floor: Floor


async def admit_candidate(tx: Transaction, token: str, now: datetime) -> CandidateCaller:
    """Whose session `token` is. Raises `NotFound`, `Unauthenticated`, `CalledOff`."""
    session = await open_session(tx, token, now)
    return CandidateCaller(tx.tenant, session.interview, session.mark)


async def note_refusal(
    world: World, token: str, interview: InterviewId, wanted: Literal["take", "give"]
) -> None:
    """The candidate of a talk that runs has reached for its floor. What is nobody's session, or of
    another interview, is left."""
    with suppress(NotFound, Unauthenticated, CalledOff, Sealed):
        async with world.enter(BySession(token_digest(token))) as tx:
            who = await admit_candidate(tx, token, world.now())
            held = await tx.interviews.get(interview, lock=True)
            if who.interview == interview and held.state in RUNNING:
                identity = candidate_identity(held.candidate_id)
                await world.note(tx, interview, FloorRefused(identity=identity, wanted=wanted))


async def open_session(tx: Transaction, token: str, now: datetime) -> CandidateSession:
    """The session that `token` opens. Raises `NotFound`, `Unauthenticated` and, when it ended with
    the interview, `CalledOff`."""
    session = await tx.sessions.by_digest(token_digest(token))
    if session.expires_at <= now:
        if (await tx.interviews.get(session.interview)).state is State.CANCELLED:
            raise CalledOff
        raise Unauthenticated("This session has expired; ask for a new link.")
    return session


async def leave(world: World, caller: CandidateCaller) -> None:
    """Ends the session: whoever uses the device next is nobody. The interview stays as it is, and a
    new link leads back to it."""
    async with world.transaction(caller.tenant) as tx:
        await tx.sessions.end(caller.interview, world.now())


async def welcome(world: World, caller: CandidateCaller) -> Welcome:
    """Also when the time to take the interview is over: what one may ask for stays."""
    async with world.transaction(caller.tenant) as tx:
        interview = await tx.interviews.get(caller.interview)
        record = await tx.kits.get(interview.kit_id)
        job = await tx.jobs.get(record.job_id)
        given = await given_to(tx, caller.interview)
        has_feedback = await _said_how(tx, caller.interview)
    is_missed = interview.state in AWAITED and has_expired(interview, world.now())
    kit = record.kit
    return Welcome(
        interview=interview.interview_id,
        state=State.EXPIRED if is_missed else told(interview.state),
        job_title=job.title,
        language=kit.language,
        minutes=kit.minutes * MORE_TIME[given.time],
        questions=len(kit.questions),
        starts_at=interview.starts_at,
        opens_at=_opens_at(interview),
        expires_at=interview.expires_at,
        has_words=interview.has_words,
        has_feedback=has_feedback,
    )


async def given_to(tx: Transaction, interview: InterviewId) -> Accommodations:
    """The candidate's accommodations; none of who was erased."""
    with suppress(Sealed):
        return (await tx.accommodations.of(interview)).given
    return Accommodations()


async def _said_how(tx: Transaction, interview: InterviewId) -> bool:
    with suppress(Sealed):
        return await tx.feedback.of(interview) is not None
    return False


def told(state: State) -> State:
    """What a candidate learns of the state: not whether they were rated or decided on."""
    return State.ENDED if state in {State.SCORED, State.DECIDED} else state


async def record_consent(
    world: World,
    caller: CandidateCaller,
    *,
    accepted: bool,
    version: str,
    current: Callable[[str], str],
) -> State:
    """The candidate's answer to the notice; saying the same again changes nothing.

    `current` tells the version of the notice in a language; what counts is the one in the language
    of the interview. Raises `NoticeOutdated`, `InterviewNotOpen`, `WrongState`.
    """
    async with world.transaction(caller.tenant) as tx:
        interview = await tx.interviews.get(caller.interview, lock=True)
        if version != current((await tx.kits.get(interview.kit_id)).kit.language):
            raise NoticeOutdated
        then = State.READY if accepted else State.DECLINED
        if interview.state is then or (accepted and interview.state in RUNNING):
            return interview.state
        if interview.state not in OPEN | {State.INVITED}:
            raise InterviewNotOpen
        _check_time(interview, world.now())
        await _store_consent(world, tx, interview, accepted, version)
        return then


async def _store_consent(
    world: World,
    tx: Transaction,
    interview: Interview,
    accepted: bool,
    version: str,
) -> None:
    key, then = interview.interview_id, State.READY if accepted else State.DECLINED
    await tx.consents.add(Consent(key, accepted, version, world.now()))
    fact = ConsentGiven if accepted else ConsentDeclined
    await world.note(tx, key, fact(notice_version=version))
    await move_to(world, tx, key, interview.state, then)


async def join(world: World, rooms: Rooms, caller: CandidateCaller) -> Seat:
    """Makes the room and gives the candidate a seat in it; a second device takes it over.

    Opens the next epoch when nobody leads. While the SFU is away nothing has begun. Raises
    `ConsentRequired`, `InterviewNotOpen`, `TooEarly`, `Unavailable`.
    """
    async with world.transaction(caller.tenant) as tx:
        interview, held = await _open_interview(world, tx, caller)
        lease = _lease_for(interview, held, await _leader(world, rooms, held), world.now())
        await _note_join(world, tx, interview, held, lease)
        metadata = room_metadata(interview, lease)
        await rooms.create(room_name(caller.interview), metadata.model_dump_json())
    return Seat(
        interview=caller.interview,
        room=room_name(caller.interview),
        identity=candidate_identity(interview.candidate_id),
        epoch=lease.epoch,
        summon=lease is not held,
        floor=interview.floor,
    )


async def _leader(world: World, rooms: Rooms, lease: Lease | None) -> int:
    """The epoch of an agent that is in the room although it is silent, else 0.

    It may be well and only the API was away; whether it is dead is for the watch to say.
    """
    if lease is None or lease.claimed_at is None or not lease.is_stale(world.now()):
        return 0
    present = await rooms.present(room_name(lease.interview)) or ()
    is_here = agent_identity(lease.interview, lease.epoch) in {one.identity for one in present}
    return lease.epoch if is_here else 0


async def _note_join(
    world: World, tx: Transaction, interview: Interview, held: Lease | None, lease: Lease
) -> None:
    facts: list[LeaseOpened | JoinGranted] = []
    if lease is not held:
        facts.append(LeaseOpened(epoch=lease.epoch, reason="rejoined" if held else "first"))
        await tx.leases.save(lease)
    facts.append(JoinGranted(identity=candidate_identity(interview.candidate_id)))
    reports = [world.report(fact) for fact in facts]
    await tx.events.append(interview.interview_id, lease.epoch, reports)
    if interview.state is State.READY:
        await move_to(world, tx, interview.interview_id, interview.state, State.LIVE)


def _lease_for(interview: Interview, held: Lease | None, leader: int, now: datetime) -> Lease:
    """The lease that stands: a healthy one is kept, a stale or closed one has a successor."""
    if held is None:
        return Lease(interview=interview.interview_id, epoch=1, opened_at=now)
    is_forsaken = held.closed or (held.is_stale(now) and held.epoch != leader)
    return held.succeed(now) if is_forsaken else held


async def _open_interview(
    world: World, tx: Transaction, caller: CandidateCaller
) -> tuple[Interview, Lease | None]:
    interview = await tx.interviews.get(caller.interview, lock=True)
    if interview.state is State.INVITED:
        raise ConsentRequired
    if interview.state not in OPEN:
        raise InterviewNotOpen
    _check_time(interview, world.now())
    _check_early(interview, world.now())
    consent = await tx.consents.latest(caller.interview)
    if consent is None or not consent.accepted:
        raise ConsentRequired
    return interview, await tx.leases.of(caller.interview, lock=True)


def _check_time(interview: Interview, now: datetime) -> None:
    if has_expired(interview, now):
        raise InterviewNotOpen("The time to take this interview is over; ask for a new link.")


def _check_early(interview: Interview, now: datetime) -> None:
    opens_at = _opens_at(interview)
    if interview.state is State.READY and opens_at is not None and now < opens_at:
        raise TooEarly


def _opens_at(interview: Interview) -> datetime | None:
    starts_at = interview.starts_at
    if starts_at is None or starts_at < FIRST_AGREED:
        return None
    return starts_at - EARLY
