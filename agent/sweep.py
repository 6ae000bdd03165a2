"""The sweep: what dead jobs left on this host is brought to the API, and goes from the disk."""

import asyncio
from pathlib import Path
from uuid import UUID

import structlog
from interview.door import EventsRequest
from interview.errors import InterviewError, LeaseLost, NotFound, Sealed
from interview.events import Report

from agent.delivery import send_next
from agent.door import Door, HttpDoor
from agent.errors import DoorClosed
from agent.lease_folder import LeaseFolder, leases_in
from agent.segments import segments_in, send_segment
from agent.settings import Settings
from agent.spool import Spool

log = structlog.get_logger("vivavoce.agent")

SWEEP_EVERY_S = 10.0
DAY_S = 24 * 3600.0
REFUSED_KEPT_S = DAY_S
"""What the API answers and does not want is tried again for so long, and then deleted."""

UNANSWERED_KEPT_S = 30 * DAY_S
"""An API that was away for so long will not come back for this."""


async def sweep_for_ever(settings: Settings) -> None:
    """Runs beside the jobs of a host, in the process that outlives them all."""
    key = settings.agent_key.get_secret_value()
    async with HttpDoor(str(settings.api_url), key) as door:
        while True:
            try:
                await sweep(door, settings.spool_dir)
            except Exception:
                # The outermost loop: a disk may fail now and not the next time.
                log.exception("sweep_failed")
            await asyncio.sleep(SWEEP_EVERY_S)


async def sweep(door: Door, root: Path) -> None:
    """One round over all folders that no living job holds."""
    for interview, epoch in await asyncio.to_thread(leases_in, root):
        folder = await asyncio.to_thread(LeaseFolder.take_left, root, interview, epoch)
        if folder is None:
            continue
        with folder:
            await _clear(door, folder)


async def _clear(door: Door, folder: LeaseFolder) -> None:
    """Removes the folder when nothing in it is needed any more, or will ever be."""
    told = {"interview": str(folder.interview), "epoch": folder.epoch}
    try:
        is_needed = not await deliver(door, folder)
    except Sealed:
        log.info("left_words_deleted", reason="erased", **told)
        is_needed = False
    except DoorClosed as error:
        is_needed = await asyncio.to_thread(folder.quiet_for_s) < UNANSWERED_KEPT_S
        if not is_needed:
            log.warning("left_words_deleted", reason=error.detail, **told)
    else:
        if is_needed and await asyncio.to_thread(folder.refused_for_s) > REFUSED_KEPT_S:
            log.warning("left_words_deleted", reason="refused", **told)
            is_needed = False
    if not is_needed:
        await asyncio.to_thread(folder.remove)


async def deliver(door: Door, folder: LeaseFolder) -> bool:
    """Words first, then audio; True when nothing is left. Raises `DoorClosed`, `Sealed`."""
    words = await deliver_words(door, folder)
    audio = await _deliver_audio(door, folder)
    if not (words and audio):
        await asyncio.to_thread(folder.note_refusal)
    return words and audio


async def deliver_words(door: Door, folder: LeaseFolder) -> bool:
    """False when something was refused. Raises `DoorClosed`, `Sealed`."""
    spool = await asyncio.to_thread(Spool.load, folder.path)

    async def send(batch: tuple[Report, ...]) -> None:
        request = EventsRequest(epoch=folder.epoch, reports=batch)
        await door.late_events(folder.interview, request)

    waiting = spool.waiting
    try:
        while spool.waiting:
            await send_next(spool, send)
    except (LeaseLost, NotFound) as error:
        log.warning("left_words_refused", code=error.code, waiting=spool.waiting)
        return False
    if waiting:
        log.info("left_words_delivered", count=waiting, epoch=folder.epoch)
    return spool.is_delivered


async def _deliver_audio(door: Door, folder: LeaseFolder) -> bool:
    """False when something was refused. Raises `DoorClosed`, `Sealed`."""
    is_all_taken = True
    for segment in await asyncio.to_thread(segments_in, folder.path):
        try:
            await send_segment(door.late_segment, folder.interview, segment)
        except (DoorClosed, Sealed):
            raise
        except InterviewError as error:
            log.warning("left_audio_refused", code=error.code, started_ms=segment.started_ms)
            is_all_taken = False
    return is_all_taken


async def deliver_before(door: Door, root: Path, interview: UUID, epoch: int) -> None:
    """What earlier epochs of an interview left here as words: they belong before the next claim.

    Raises `DoorClosed`.
    """
    for whose, older in await asyncio.to_thread(leases_in, root):
        if whose != interview or older >= epoch:
            continue
        if (folder := await _left_within(root, whose, older)) is None:
            continue
        with folder:
            try:
                await deliver_words(door, folder)
            except Sealed:
                log.warning("left_words_sealed", epoch=older)


GIVEN_UP_AFTER, TRY_EVERY_S = 10, 0.1


async def _left_within(root: Path, interview: UUID, epoch: int) -> LeaseFolder | None:
    """The folder once a sweep that looks into it is through; None when a zombie holds it."""
    for _ in range(GIVEN_UP_AFTER):
        folder = await asyncio.to_thread(LeaseFolder.take_left, root, interview, epoch)
        if folder is not None or not (root / f"{interview}-{epoch}").exists():
            return folder
        await asyncio.sleep(TRY_EVERY_S)
    return None
