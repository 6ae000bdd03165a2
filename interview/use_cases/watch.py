"""The watch over live rooms: no candidate waits for long without an agent.

LiveKit never sends for an agent again: not when a dispatch found no worker, not when a job died. It
shows a killed agent for 21 s, and after a restart of the SFU its rooms are gone. So somebody looks.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from interview.accounts import Interview
from interview.errors import InterviewError, Unavailable
from interview.events import LeaseOpened
from interview.floor import may_interview, may_stay
from interview.ids import (
    InterviewId,
    TenantId,
    agent_identity,
    candidate_identity,
    interview_of,
    member_of,
    room_name,
)
from interview.lease import STALE_AFTER, Lease
from interview.lifecycle import RUNNING
from interview.ports import Present, Rooms
from interview.use_cases.access import show_out
from interview.use_cases.agent_door import room_metadata
from interview.use_cases.summon import summon
from interview.use_cases.world import World

RECENT = timedelta(seconds=30)
"""Clients look for their room for 13 s after it vanished, an agent for 20 s: it is made again while
somebody was there so lately. A room that everybody left is not."""

MAX_DOUBLINGS = 3
"""Agents that come too late to claim their lease are given 8, 16, 32 s; never more."""

GOODBYE = timedelta(seconds=10)
"""So long the room stays after the end: the goodbye is heard out, and clients leave by themselves.
Then it is closed, and no token opens it any more."""

HANDED_OVER = timedelta(minutes=11)
"""An agent hands over for up to ten minutes what the API could not take; a closed room would end
it. Who is still there later is stuck."""

AT_ONCE = 32


class Step(StrEnum):
    """What a pass does about an interview."""

    LEAVE = "leave"
    SHOW_OUT = "show_out"
    RESTORE = "restore"
    RESEND = "resend"
    REPLACE = "replace"
    REPAIR = "repair"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Sight:
    """What a pass sees. `listening_since`: agents can reach the API without a break since then,
    None when they cannot. `misses` counts epochs in a row that nobody claimed; `undelivered` is
    an epoch whose dispatch no worker took, 0 for none. `is_shown`: the room's metadata says what
    holds. `ended_at` is None as long as the interview runs. `strangers` are in the room and may not
    be: members who interview no more, and whoever came by a session or a key that has ended."""

    lease: Lease
    candidate: str
    present: tuple[Present, ...] | None
    listening_since: datetime | None
    misses: int = 0
    undelivered: int = 0
    is_shown: bool = True
    ended_at: datetime | None = None
    strangers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Access:
    """A candidate's: `is_barred` when it was withdrawn and there was no new link since; `marks` are
    of the sessions that are open."""

    is_barred: bool
    marks: frozenset[str]

    def holds(self, one: Present) -> bool:
        """Whether the candidate may stay who came so. A token from before sessions left a mark in
        it is as good as any."""
        return not self.is_barred and (one.mark is None or one.mark in self.marks)


def judge(sight: Sight, now: datetime) -> Step:
    """What to do. Who may not be there goes first; what is wrong with the room's metadata alone can
    wait for everything else."""
    if sight.strangers:
        return Step.SHOW_OUT
    step = _lead(sight, now) if sight.ended_at is None else _clear(sight, sight.ended_at, now)
    if step is Step.LEAVE and sight.present is not None and not sight.is_shown:
        return Step.REPAIR
    return step


def _clear(sight: Sight, ended_at: datetime, now: datetime) -> Step:
    """The agent goes first: its last words must have left it, and what it has to hand over."""
    if sight.present is None:
        return Step.LEAVE
    is_led = any(one.kind == "agent" for one in sight.present)
    return Step.CLOSE if now - ended_at > (HANDED_OVER if is_led else GOODBYE) else Step.LEAVE


def _lead(sight: Sight, now: datetime) -> Step:
    """Without a candidate nobody is kept waiting, so the room is left alone."""
    if sight.present is None:
        return Step.RESTORE if _was_lively(sight.lease, now) else Step.LEAVE
    present = {one.identity for one in sight.present}
    if sight.candidate not in present or sight.listening_since is None or sight.lease.closed:
        return Step.LEAVE
    if _is_undelivered(sight, present):
        return Step.RESEND
    if is_forsaken(sight.lease, now, sight.listening_since, sight.misses):
        return Step.REPLACE
    return Step.LEAVE


def is_forsaken(lease: Lease, now: datetime, listening_since: datetime, misses: int) -> bool:
    """True when the lease's holder fell silent, or nobody came for it in time.

    Silence counts only while agents could speak: one that leads an interview through a restart of
    the API must not be replaced for it.
    """
    if lease.closed or now - listening_since <= STALE_AFTER:
        return False
    if lease.claimed_at is None:
        return now - lease.opened_at > STALE_AFTER * (1 << min(misses, MAX_DOUBLINGS))
    return lease.is_stale(now)


def _was_lively(lease: Lease, now: datetime) -> bool:
    return not lease.closed and now - (lease.heartbeat_at or lease.opened_at) <= RECENT


def _is_undelivered(sight: Sight, present: set[str]) -> bool:
    lease = sight.lease
    is_waiting = lease.claimed_at is None and sight.undelivered == lease.epoch
    return is_waiting and agent_identity(lease.interview, lease.epoch) not in present


@dataclass(frozen=True, slots=True)
class Deed:
    """What a pass did about an interview. `taken`: a worker has the job; None when none was sent
    for. `failure` is the code of what went wrong; `fault` is what no rule had foreseen."""

    interview: InterviewId
    step: Step
    epoch: int
    taken: bool | None = None
    failure: str | None = None
    fault: Exception | None = None


@dataclass
class Watch:
    """One watcher; several may run, for the lease's row lets one of them act. Its passes may
    overlap: what an earlier one still looks at is left to it.

    `answers` says whether agents can reach the API and the API its database.
    """

    world: World
    rooms: Rooms
    answers: Callable[[], Awaitable[bool]]
    _listening_since: datetime | None = None
    _misses: dict[InterviewId, int] = field(default_factory=dict)
    _undelivered: dict[InterviewId, int] = field(default_factory=dict)
    _unshown: dict[InterviewId, str] = field(default_factory=dict)
    _looked_at: set[InterviewId] = field(default_factory=set)
    _gate: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def look(self) -> tuple[Deed, ...]:
        """One pass over all interviews with a room or with a sign of life of late.

        What fails in one of them is told in its deed.
        """
        await self._listen()
        shown = await self._shown()
        lively = await self.world.store.running(self.world.now() - RECENT)
        tenants: dict[InterviewId, TenantId | None] = dict.fromkeys(shown)
        tenants |= {interview: tenant for tenant, interview in lively}
        self._forget(set(tenants))
        looks = (self._look_at(one, tenants[one], shown.get(one)) for one in tenants)
        return tuple(deed for deed in await asyncio.gather(*looks) if deed is not None)

    async def _listen(self) -> None:
        if not await self.answers():
            self._listening_since = None
        elif self._listening_since is None:
            self._listening_since = self.world.now()

    async def _shown(self) -> Mapping[InterviewId, str]:
        """The metadata of our rooms. Without the list we still look where agents live."""
        try:
            rooms = await self.rooms.shown()
        except Unavailable:
            return {}
        ours = ((interview_of(room), metadata) for room, metadata in rooms.items())
        return {interview: metadata for interview, metadata in ours if interview is not None}

    def _forget(self, known: set[InterviewId]) -> None:
        for memory in (self._misses, self._undelivered, self._unshown):
            for interview in memory.keys() - known:
                del memory[interview]

    async def _look_at(
        self, interview: InterviewId, tenant: TenantId | None, shown: str | None
    ) -> Deed | None:
        if interview in self._looked_at:
            return None
        self._looked_at.add(interview)
        try:
            async with self._gate:
                tenant = tenant or await self.world.store.tenant_of_interview(interview)
                return await self._step_in(tenant, interview, shown) if tenant else None
        except InterviewError as error:
            return Deed(interview, Step.LEAVE, 0, failure=error.code)
        except Exception as error:  # noqa: BLE001 (the outermost loop of one look: the others go on)
            return Deed(interview, Step.LEAVE, 0, failure="fault", fault=error)
        finally:
            self._looked_at.discard(interview)

    async def _step_in(
        self, tenant: TenantId, interview: InterviewId, shown: str | None
    ) -> Deed | None:
        held, lease, access = await self._lease(tenant, interview)
        if lease is None or (held.state not in RUNNING and held.ended_at is None):
            return await self._keep(held, access) if shown is not None else None
        step = Step.LEAVE
        try:
            sight = await self._see(held, lease, access, shown)
            step = judge(sight, self.world.now())
            return await self._act(step, sight, held)
        except InterviewError as error:
            return Deed(interview, step, lease.epoch, failure=error.code)

    async def _keep(self, held: Interview, access: Access) -> Deed | None:
        """A room that nobody leads yet: there is nothing to do but to show strangers out."""
        present = await self.rooms.present(room_name(held.interview_id)) or ()
        strangers = await self._strangers(held, present, access)
        return await self._show_out(held.interview_id, 0, strangers)

    async def _show_out(
        self, interview: InterviewId, epoch: int, identities: frozenset[str]
    ) -> Deed | None:
        for identity in sorted(identities):
            await show_out(self.rooms, interview, identity)
        return Deed(interview, Step.SHOW_OUT, epoch) if identities else None

    async def _lease(
        self, tenant: TenantId, interview: InterviewId
    ) -> tuple[Interview, Lease | None, Access]:
        """The interview, its lease, and its candidate's access."""
        async with self.world.transaction(tenant) as tx:
            held, lease = await tx.interviews.get(interview), await tx.leases.of(interview)
            is_barred = await tx.sessions.is_barred(interview)
            opened = await tx.sessions.open_at(interview, self.world.now())
            return held, lease, Access(is_barred, frozenset(each.mark for each in opened))

    async def _see(self, held: Interview, lease: Lease, access: Access, shown: str | None) -> Sight:
        if lease.claimed_at is not None:
            self._misses.pop(held.interview_id, None)
        present = await self.rooms.present(room_name(held.interview_id))
        return Sight(
            lease=lease,
            candidate=candidate_identity(held.candidate_id),
            present=present,
            listening_since=self._listening_since,
            misses=self._misses.get(held.interview_id, 0),
            undelivered=self._undelivered.get(held.interview_id, 0),
            is_shown=self._is_shown(held.interview_id, shown, _metadata(held, lease)),
            ended_at=held.ended_at,
            strangers=await self._strangers(held, present or (), access),
        )

    async def _strangers(
        self, held: Interview, present: tuple[Present, ...], access: Access
    ) -> frozenset[str]:
        """Who is in the room and whose right to be there has ended, or what they came by."""
        candidate = candidate_identity(held.candidate_id)
        theirs = [one for one in present if one.identity == candidate]
        gone = {one.identity for one in theirs if not access.holds(one)}
        return frozenset(gone) | await self._members_gone(held, present)

    async def _members_gone(self, held: Interview, present: tuple[Present, ...]) -> frozenset[str]:
        people = [one for one in present if one.kind in ("interviewer", "observer")]
        if not people:
            return frozenset()
        async with self.world.transaction(held.tenant) as tx:
            seats = await tx.seats.of(held.interview_id)
            known = {seat.member: await tx.members.get(seat.member) for seat in seats}
            proofs = await tx.seats.proofs(held.interview_id)
        now, strangers = self.world.now(), set[str]()
        for one in people:
            member = member_of(one.identity)
            if member is None or member not in known:
                continue
            theirs = [proof for proof in proofs if proof.member == member]
            if not (may_interview(known[member]) and may_stay(theirs, one.mark, now)):
                strangers.add(one.identity)
        return frozenset(strangers)

    def _is_shown(self, interview: InterviewId, shown: str | None, wanted: str) -> bool:
        """News may be on its way to the room: what two looks in a row miss there was lost."""
        if shown is None or shown == wanted:
            self._unshown.pop(interview, None)
            return True
        before, self._unshown[interview] = self._unshown.get(interview), wanted
        return before != wanted

    async def _act(self, step: Step, sight: Sight, held: Interview) -> Deed | None:
        interview, lease = held.interview_id, sight.lease
        match step:
            case Step.LEAVE:
                return None
            case Step.SHOW_OUT:
                return await self._show_out(interview, lease.epoch, sight.strangers)
            case Step.RESTORE:
                await self.rooms.create(room_name(interview), _metadata(held, lease))
                return Deed(interview, step, lease.epoch)
            case Step.REPAIR:
                await self.rooms.set_metadata(room_name(interview), _metadata(held, lease))
                return Deed(interview, step, lease.epoch)
            case Step.CLOSE:
                await self.rooms.close(room_name(interview))
                return Deed(interview, step, lease.epoch)
            case Step.RESEND:
                return await self._send(step, held, lease.epoch)
            case Step.REPLACE:
                epoch = await self._succeed(held.tenant, interview, lease.epoch)
                return await self._send(step, held, epoch) if epoch else None

    async def _send(self, step: Step, held: Interview, epoch: int) -> Deed:
        """Until a worker has the job, each pass sends again in the same epoch."""
        interview = held.interview_id
        self._undelivered[interview] = epoch
        taken = await summon(self.rooms, interview, epoch, held.floor)
        if taken:
            self._undelivered.pop(interview, None)
        return Deed(interview, step, epoch, taken)

    async def _succeed(self, tenant: TenantId, interview: InterviewId, epoch: int) -> int | None:
        """The new epoch, or None when another watcher or the agent itself was quicker."""
        async with self.world.transaction(tenant) as tx:
            held = await tx.interviews.get(interview, lock=True)
            lease = await tx.leases.of(interview, lock=True)
            if lease is None or lease.epoch != epoch or held.state not in RUNNING:
                return None
            since, now = self._listening_since, self.world.now()
            misses = self._misses.get(interview, 0)
            if since is None or not is_forsaken(lease, now, since, misses):
                return None
            heir = lease.succeed(now)
            await tx.leases.save(heir)
            reason: Literal["silent", "unclaimed"] = "silent" if lease.claimed_at else "unclaimed"
            await self.world.note(tx, interview, LeaseOpened(epoch=heir.epoch, reason=reason))
        if reason == "unclaimed":
            self._misses[interview] = misses + 1
        return heir.epoch


def _metadata(held: Interview, lease: Lease) -> str:
    return room_metadata(held, lease).model_dump_json()
