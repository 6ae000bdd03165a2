"""The agent's door: the lease, its heartbeat, and what the agent reports."""

import secrets
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Literal

from interview.accommodations import accommodated
from interview.accounts import Interview, new_token, token_digest
from interview.copilot_facts import ReliefWanted
from interview.door import (
    Claim,
    ClaimedProviders,
    Desired,
    EventsStored,
    Onlooker,
    RoomMetadata,
)
from interview.errors import Invalid, LeaseLost, NotFound, Unauthenticated
from interview.events import (
    AGENT_KINDS,
    Event,
    InterviewEnded,
    LeaseClaimed,
    Paused,
    Report,
    Resumed,
)
from interview.floor import Seat, may_interview
from interview.hints import Guide
from interview.ids import (
    InterviewId,
    agent_identity,
    candidate_identity,
    interviewer_identity,
    room_name,
)
from interview.late import WORDS_WITHIN, is_open, only_words
from interview.lease import Lease
from interview.lifecycle import OVER, RUNNING, State
from interview.plan import Plan, plan_of
from interview.ports import ByInterview, Transaction
from interview.providers import Providers
from interview.turns import touched
from interview.use_cases.floor import confirm
from interview.use_cases.moves import move_to, tell
from interview.use_cases.world import World
from interview.webhooks import HookType

MOVING = frozenset({"paused", "resumed", "interview_ended"})
"""Few facts in a batch move the state."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What came of an agent's report; `metadata` is new when the phase or the floor changed."""

    stored: EventsStored
    room: str
    metadata: RoomMetadata | None


async def claim(world: World, interview: InterviewId, epoch: int, agent: str) -> Claim:
    """Gives the lease to the agent that was sent for `epoch`. Raises `LeaseLost`, `LeaseTaken`."""
    now, token = world.now(), new_token()
    async with world.enter(ByInterview(interview)) as tx:
        held = await tx.interviews.get(interview, lock=True)
        lease = await tx.leases.of(interview, lock=True)
        if lease is None or held.state not in RUNNING:
            raise LeaseLost
        await tx.leases.save(lease.claim(epoch, agent, token_digest(token), now))
        zero = await tx.interviews.start_clock(interview, now)
        await world.note(tx, interview, LeaseClaimed(epoch=epoch, agent=agent))
        record = await tx.kits.get(held.kit_id)
        needs = await tx.accommodations.of(interview)
        plan = accommodated(plan_of(record.kit, held.assist), needs.given)
        settings = await tx.settings.get()
        return Claim(
            interview_id=interview,
            epoch=epoch,
            token=token,
            room=room_name(interview),
            candidate_identity=candidate_identity(held.candidate_id),
            agent_identity=agent_identity(interview, epoch),
            clock_zero=zero,
            now=world.now(),
            previous_heartbeat_at=lease.previous_heartbeat_at,
            plan=plan,
            events=await tx.events.read(interview),
            desired=desired(held, await tx.seats.of(interview)),
            providers=ClaimedProviders.of(for_the_room(await tx.providers.get(), plan)),
            floor_returns_after_s=settings.floor_returns_after_s,
            interviewer_awaited_s=settings.interviewer_awaited_s,
            guide=Guide.of(record.kit),
        )


def for_the_room(held: Providers, plan: Plan) -> Providers:
    """Without the keys of the models where the kit asks none in the room: what is not sent is not
    lost. The chain itself is sent, or the installation's would stand in for it."""
    if plan.asks_models:
        return held
    return replace(held, llm=tuple(replace(each, key=None) for each in held.llm))


async def beat(world: World, interview: InterviewId, token: str, epoch: int) -> Desired:
    """A sign of life; the answer is what the agent should do. Raises `LeaseLost`."""
    async with led(world, interview) as tx:
        held = await tx.interviews.get(interview)
        lease = admitted(await tx.leases.of(interview, lock=True), token, epoch)
        if not lease.closed:
            await tx.leases.save(lease.beat(epoch, world.now()))
        return desired(held, await tx.seats.of(interview))


async def record(
    world: World, interview: InterviewId, token: str, epoch: int, reports: tuple[Report, ...]
) -> Recorded:
    """Appends what the agent saw, and follows with the state. Raises `LeaseLost`, `Invalid`.

    An agent may repeat itself after the end, for its last answer may have been lost; what is new
    then counts for a while, and only as far as it is words.
    """
    check_kinds(reports)
    async with led(world, interview) as tx:
        held = await tx.interviews.get(interview, lock=True)
        lease = admitted(await tx.leases.of(interview, lock=True), token, epoch)
        if held.state not in RUNNING:
            return await _record_afterwards(world, tx, held, lease, reports)
        new = await tx.events.append(interview, epoch, reports)
        now = await confirm(world, tx, held, new)
        await _page(world, tx, held, new)
        then = await follow(world, tx, held, lease, new)
        last = (await tx.interviews.get(interview)).last_seq
    stored = EventsStored(last_seq=last, stored=tuple(r.event_id for r in reports))
    is_same = then is held.state and now.floor == held.floor
    changed = None if is_same else room_metadata(replace(now, state=then), lease)
    return Recorded(stored, room_name(interview), changed)


async def _page(world: World, tx: Transaction, held: Interview, events: tuple[Event, ...]) -> None:
    """Whoever is on call is told at once that a person is wanted; not of a section that begins as
    it was agreed."""
    wanted = [one.fact.reason for one in events if isinstance(one.fact, ReliefWanted)]
    if any(reason != "section" for reason in wanted):
        on_call = tuple(m.member_id for m in await tx.members.on_call() if may_interview(m))
        await tx.interviews.want_person(held.interview_id, world.now())
        await tell(world, tx, held.interview_id, HookType.RELIEF_WANTED, held.state, on_call)


async def _record_afterwards(
    world: World, tx: Transaction, held: Interview, lease: Lease, reports: tuple[Report, ...]
) -> Recorded:
    """What is new of an interview that runs no more. Raises `LeaseLost` when that came too late."""
    interview = held.interview_id
    so_far = await tx.events.read(interview)
    known = {event.event_id for event in so_far}
    fresh = [report for report in reports if report.event_id not in known]
    if fresh and not is_open(held, WORDS_WITHIN, world.now()):
        raise LeaseLost("This interview is over; nothing can be added to it any more.")
    new = await tx.events.append(interview, lease.epoch, tuple(only_words(fresh, so_far)))
    await follow(world, tx, held, lease, new)
    return Recorded(stored_of(reports, (*so_far, *new)), room_name(interview), None)


def stored_of(reports: Iterable[Report], log: tuple[Event, ...]) -> EventsStored:
    """Which of `reports` lie in the log as it is now."""
    known = {event.event_id for event in log}
    return EventsStored(
        last_seq=log[-1].seq, stored=tuple(r.event_id for r in reports if r.event_id in known)
    )


def admitted(lease: Lease | None, token: str, epoch: int) -> Lease:
    """The lease, when `token` and `epoch` are its own; a closed one still admits its holder.

    Raises `LeaseLost`, `Unauthenticated`.
    """
    if lease is None or lease.epoch != epoch or lease.token_digest is None:
        raise LeaseLost
    if not secrets.compare_digest(lease.token_digest, token_digest(token)):
        raise Unauthenticated
    return lease


def check_kinds(reports: Iterable[Report]) -> None:
    """Raises `Invalid` naming a kind that is not the agent's to report."""
    for index, report in enumerate(reports):
        if report.fact.kind not in AGENT_KINDS:
            raise Invalid(
                f"{report.fact.kind} is not a kind that an agent reports",
                field=f"reports.{index}.fact.kind",
            )


async def follow(
    world: World,
    tx: Transaction,
    interview: Interview,
    lease: Lease,
    events: tuple[Event, ...],
    *,
    leads: bool = True,
) -> State:
    """Moves the state as the facts of who `leads` say; what is already so is left.

    Words that came after the end ask for scores anew. Returns the state.
    """
    state = interview.state
    for event in events:
        wanted = _wanted(event) if leads and event.fact.kind in MOVING else None
        if wanted is None or wanted is state or state not in RUNNING:
            continue
        state = await move_to(world, tx, interview.interview_id, state, wanted)
        if state in {State.ENDED, State.HUMAN_PATH}:
            await tx.leases.save(lease.close())
        if state is State.ENDED:
            await tx.outbox.put("score_interview", interview.interview_id)
    if interview.state in OVER and any(touched(event.fact) for event in events):
        await tx.outbox.put("score_interview", interview.interview_id)
    return state


def _wanted(event: Event) -> State | None:
    match event.fact:
        case Paused():
            return State.PAUSED
        case Resumed():
            return State.LIVE
        case InterviewEnded(reason="human_path"):
            return State.HUMAN_PATH
        case InterviewEnded():
            return State.ENDED
        case _:
            return None


PHASES: Mapping[State, Literal["live", "paused", "ended"]] = {
    State.LIVE: "live",
    State.PAUSED: "paused",
}


def desired(held: Interview, seats: Iterable[Seat]) -> Desired:
    """What an agent should do in an interview that stands so, with members in these `seats`."""
    return Desired(
        floor=held.floor,
        covered=held.covered,
        phase=_phase(held),
        onlookers=tuple(
            Onlooker(identity=interviewer_identity(seat.member), seated_at=seat.taken_at)
            for seat in seats
            if seat.hidden
        ),
    )


def _phase(held: Interview) -> Literal["live", "paused", "ended"]:
    return PHASES.get(held.state, "ended")


def room_metadata(held: Interview, lease: Lease | None) -> RoomMetadata:
    """What every client of the room may read. Nobody leads a room whose lease is unclaimed."""
    epoch = lease.epoch if lease else 1
    if held.state in RUNNING | {State.READY} and (lease is None or lease.claimed_at is None):
        return RoomMetadata(floor=held.floor, phase="waiting", epoch=epoch)
    return RoomMetadata(floor=held.floor, phase=_phase(held), epoch=epoch)


@asynccontextmanager
async def led(world: World, interview: InterviewId) -> AsyncIterator[Transaction]:
    """The unit of work of a lease's holder.

    Raises `LeaseLost` for what does not exist, as for what is not its own: an interview's name
    cannot be guessed by trying.
    """
    is_found = False
    try:
        async with world.enter(ByInterview(interview)) as tx:
            is_found = True
            yield tx
    except NotFound as error:
        if is_found:
            raise
        raise LeaseLost from error
