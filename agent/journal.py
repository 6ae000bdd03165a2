"""The journal: facts go to the spool first and then to the API as they happen."""

import asyncio
import time
from collections.abc import Callable
from uuid import UUID

import structlog
from interview.door import Desired, EventsRequest, HeartbeatRequest
from interview.errors import InterviewError, LeaseLost, NotFound, Sealed
from interview.events import Event, Report
from interview.lease import HEARTBEAT_EVERY_S

from agent.delivery import send_next
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
        self._at_rest = asyncio.Event()
        self.lost = asyncio.Event()
        self.asked_at = 0.0

    async def write(self, report: Report) -> Event:
        """The fact as an event, once it is on the disk. `seq` is local: the API numbers anew.

        A disk that takes nothing more does not end the talk: the API gets the fact all the same.
        """
        try:
            await self._spool.append(report)
        except OSError as error:
            log.warning("fact_not_on_disk", kind=report.fact.kind, reason=str(error))
        self._seq += 1
        self._at_rest.clear()
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
        try:
            while not self.lost.is_set():
                if not self._spool.waiting:
                    self._at_rest.set()
                    await self._more.wait()
                    self._more.clear()
                    continue
                try:
                    await send_next(self._spool, self._send)
                except (LeaseLost, Sealed):
                    self._lose()
                except (DoorClosed, NotFound):
                    delay = BACKOFF_S[min(failures, len(BACKOFF_S) - 1)]
                    failures += 1
                    log.warning("events_spooled", waiting=self._spool.waiting, retry_in_s=delay)
                    await asyncio.sleep(delay)
                else:
                    failures = 0
        finally:
            self._at_rest.set()

    async def _send(self, batch: tuple[Report, ...]) -> None:
        request = EventsRequest(epoch=self._epoch, reports=batch)
        await self._door.events(self._interview, request)

    async def beat(self, on_desired: Callable[[Desired], None]) -> None:
        """A sign of life every two seconds; the answer is what the API wants now."""
        while not self.lost.is_set():
            if (desired := await self.ask()) is not None:
                on_desired(desired)
            await asyncio.sleep(HEARTBEAT_EVERY_S)

    async def ask(self) -> Desired | None:
        """One sign of life now, and what the API wants; None when it does not say."""
        asked_at = time.monotonic()
        try:
            request = HeartbeatRequest(epoch=self._epoch, spooled=self._spool.waiting)
            answer = await self._door.heartbeat(self._interview, request)
        except (LeaseLost, Sealed):
            self._lose()
            return None
        except InterviewError as error:
            log.warning("heartbeat_unanswered", spooled=self._spool.waiting, reason=error.detail)
            return None
        self.asked_at = asked_at
        return answer.desired

    async def drained(self, timeout_s: float) -> bool:
        """True once the API has dealt with everything; does not wait for what nobody sends."""
        try:
            async with asyncio.timeout(timeout_s):
                await self._at_rest.wait()
        except TimeoutError:
            pass
        return not self._spool.waiting

    def _lose(self) -> None:
        if not self.lost.is_set():
            log.warning("lease_lost", epoch=self._epoch)
            self.lost.set()
