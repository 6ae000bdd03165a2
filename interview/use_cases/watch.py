"""The watch over live rooms: no candidate waits for long without an agent.

LiveKit never sends for an agent again: not when a dispatch found no worker, not when a job died. It
shows a killed agent for 21 s, and after a restart of the SFU its rooms are gone. So somebody looks.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from interview.accounts import Interview
from interview.errors import InterviewError
from interview.events import LeaseOpened
from interview.ids import InterviewId, TenantId, agent_identity, candidate_identity, room_name
from interview.lease import STALE_AFTER, Lease
from interview.lifecycle import RUNNING
from interview.ports import Present, Rooms
from interview.use_cases.agent_door import room_metadata
from interview.use_cases.summon import summon
from interview.use_cases.world import World

RECENT = timedelta(seconds=30)
"""Clients look for their room for 13 s after it vanished, an agent for 20 s: it is made again while
somebody was there so lately. A room that everybody left is not."""

MAX_DOUBLINGS = 3
"""Agents that come too late to claim their lease are given 8, 16, 32 s; never more."""

AT_ONCE = 32


class Step(StrEnum):
    """What a pass does about an interview."""

    LEAVE = "leave"
    RESTORE = "restore"
    RESEND = "resend"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class Sight:
    """What a pass sees. `listening_since`: agents can reach the API without a break since then,
    None when they cannot. `misses` counts epochs in a row that nobody claimed; `undelivered` is
    an epoch whose dispatch no worker took, 0 for none."""

    lease: Lease
    candidate: str
    present: tuple[Present, ...] | None
    listening_since: datetime | None
    misses: int = 0
    undelivered: int = 0


def judge(sight: Sight, now: datetime) -> Step:
    """What to do. Without a candidate nobody is kept waiting, so the room is left alone."""
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
    for. `failure` is the code of what went wrong."""

    interview: InterviewId
    step: Step
    epoch: int
    taken: bool | None = None
    failure: str | None = None


@dataclass
class Watch:
    """One watcher; several may run, for the lease's row lets one of them act.

    `answers` says whether agents can reach the API and the API its database.
    """

    world: World
    rooms: Rooms
    answers: Callable[[], Awaitable[bool]]
    _listening_since: datetime | None = None
    _misses: dict[InterviewId, int] = field(default_factory=dict)
    _undelivered: dict[InterviewId, int] = field(default_factory=dict)

    async def look(self) -> tuple[Deed, ...]:
        """One pass over all running interviews. What fails in one of them is told in its deed."""
        if not await self.answers():
            self._listening_since = None
        elif self._listening_since is None:
            self._listening_since = self.world.now()
        running = await self.world.store.running()
        self._forget({interview for _, interview in running})
        gate = asyncio.Semaphore(AT_ONCE)
        looks = (self._look_at(gate, tenant, interview) for tenant, interview in running)
        return tuple(deed for deed in await asyncio.gather(*looks) if deed is not None)

    def _forget(self, running: set[InterviewId]) -> None:
        for memory in (self._misses, self._undelivered):
            for interview in memory.keys() - running:
                del memory[interview]

    async def _look_at(
        self, gate: asyncio.Semaphore, tenant: TenantId, interview: InterviewId
    ) -> Deed | None:
        async with gate:
            held, lease = await self._lease(tenant, interview)
            if lease is None or held.state not in RUNNING:
                return None
            step = Step.LEAVE
            try:
                sight = await self._see(held, lease)
                step = judge(sight, self.world.now())
                return await self._act(step, held, lease)
            except InterviewError as error:
                return Deed(interview, step, lease.epoch, failure=error.code)

    async def _lease(
        self, tenant: TenantId, interview: InterviewId
    ) -> tuple[Interview, Lease | None]:
        async with self.world.transaction(tenant) as tx:
            return await tx.interviews.get(interview), await tx.leases.of(interview)

    async def _see(self, held: Interview, lease: Lease) -> Sight:
        if lease.claimed_at is not None:
            self._misses.pop(held.interview_id, None)
        return Sight(
            lease=lease,
            candidate=candidate_identity(held.candidate_id),
            present=await self.rooms.present(room_name(held.interview_id)),
            listening_since=self._listening_since,
            misses=self._misses.get(held.interview_id, 0),
            undelivered=self._undelivered.get(held.interview_id, 0),
        )

    async def _act(self, step: Step, held: Interview, lease: Lease) -> Deed | None:
        interview = held.interview_id
        match step:
            case Step.LEAVE:
                return None
            case Step.RESTORE:
                metadata = room_metadata(held.state, lease).model_dump_json()
                await self.rooms.create(room_name(interview), metadata)
                return Deed(interview, step, lease.epoch)
            case Step.RESEND:
                return await self._send(step, interview, lease.epoch)
            case Step.REPLACE:
                epoch = await self._succeed(held.tenant, interview, lease.epoch)
                return await self._send(step, interview, epoch) if epoch else None

    async def _send(self, step: Step, interview: InterviewId, epoch: int) -> Deed:
        """Until a worker has the job, each pass sends again in the same epoch."""
        self._undelivered[interview] = epoch
        taken = await summon(self.rooms, interview, epoch)
        if taken:
            del self._undelivered[interview]
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
