"""The journal: facts go to the spool first and then to the API as they happen."""

import asyncio
from collections.abc import Callable
from uuid import UUID

import structlog
from interview.door import MAX_EVENTS_PER_REQUEST, Desired, EventsRequest, HeartbeatRequest
from interview.errors import InterviewError, LeaseLost
from interview.events import Event, Report
from interview.lease import HEARTBEAT_EVERY_S

from agent.door import Door
from agent.errors import DoorClosed
from agent.spool import Spool

log = structlog.get_logger()
BACKOFF_S = (0.2, 0.5, 1.0, 2.0, 4.0)


class Journal:
    """Writes one lease's facts. `lost` is set once the lease belongs to somebody else."""

    def __init__(
        self,
        door: Door,
        spool: Spool,
        interview: UUID,
        epoch: int,
        last_seq: int,
    ) -> None:
        self._door = door
        self._spool = spool
        self._interview = interview
        self._epoch = epoch
        self._seq = last_seq
        self._more = asyncio.Event()
        self._drained = asyncio.Event()
        self._drained.set()
        self.lost = asyncio.Event()

    async def write(self, report: Report) -> Event:
        """The fact as an event, once it is on the disk. `seq` is local: the API numbers anew."""
        await self._spool.append(report)
        self._seq += 1
        self._drained.clear()
        self._more.set()
        return Event(
            seq=self._seq,
            event_id=report.event_id,
            epoch=self._epoch,
            at=report.at,
            fact=report.fact,
        )

    async def deliver(self) -> None:
        """Sends what is spooled, for ever, with back-off; ends when the lease is lost."""
        failures = 0
        while not self.lost.is_set():
            batch = self._spool.next_batch(MAX_EVENTS_PER_REQUEST)
            if not batch:
                self._drained.set()
                await self._more.wait()
                self._more.clear()
                continue
            try:
                request = EventsRequest(epoch=self._epoch, reports=batch)
                await self._door.events(self._interview, request)
            except LeaseLost:
                self._lose()
            except DoorClosed:
                delay = BACKOFF_S[min(failures, len(BACKOFF_S) - 1)]
                failures += 1
                log.warning("events_spooled", waiting=self._spool.waiting, retry_in_s=delay)
                await asyncio.sleep(delay)
            else:
                failures = 0
                self._spool.acknowledge(len(batch))

    async def beat(self, on_desired: Callable[[Desired], None]) -> None:
        """A sign of life every two seconds; the answer is what the API wants now."""
        while not self.lost.is_set():
            try:
                request = HeartbeatRequest(epoch=self._epoch, spooled=self._spool.waiting)
                answer = await self._door.heartbeat(self._interview, request)
                on_desired(answer.desired)
            except LeaseLost:
                self._lose()
            except DoorClosed:
                log.warning("heartbeat_unanswered", spooled=self._spool.waiting)
            await asyncio.sleep(HEARTBEAT_EVERY_S)

    async def drained(self, timeout_s: float) -> bool:
        """True once everything was acknowledged; the spool's file is removed then."""
        try:
            async with asyncio.timeout(timeout_s):
                await self._drained.wait()
        except TimeoutError:
            return False
        self._spool.remove()
        return True

    def _lose(self) -> None:
        if not self.lost.is_set():
            log.warning("lease_lost", epoch=self._epoch)
            self.lost.set()


async def send_orphans(door: Door, orphans: list[tuple[int, Spool]], interview: UUID) -> None:
    """What earlier epochs could not send any more: the candidate's words are not lost with them."""
    for epoch, spool in orphans:
        try:
            while batch := spool.next_batch(MAX_EVENTS_PER_REQUEST):
                await door.late_events(interview, EventsRequest(epoch=epoch, reports=batch))
                spool.acknowledge(len(batch))
            spool.remove()
        except (DoorClosed, InterviewError) as error:
            log.warning("orphan_spool_kept", epoch=epoch, reason=str(error))
