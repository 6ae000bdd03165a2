"""The recording: sealed parts that the agent sends as they close, and their way back."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from interview.accounts import Interview
from interview.door import SegmentHeader
from interview.errors import Conflict, Invalid, LeaseLost, NotFound
from interview.events import RecordingStored
from interview.ids import InterviewId, TenantId
from interview.late import AUDIO_WITHIN, admit_bringer, is_open
from interview.lease import Lease
from interview.ports import Objects, RecordedSegment, Transaction
from interview.use_cases.agent_door import admitted, led
from interview.use_cases.world import World


@dataclass(frozen=True, slots=True)
class Part:
    """One closed part of one participant's audio; `clear` is the Ogg/Opus file."""

    participant: str
    index: int
    header: SegmentHeader
    clear: bytes


async def store_part(
    world: World, objects: Objects, interview: InterviewId, token: str | None, part: Part
) -> bool:
    """Seals and keeps one part; False when it was stored before.

    `token` is the lease's; None for an agent that brings what a dead one of its host left, in an
    epoch that nobody leads any more. Raises `Invalid`, `LeaseLost` also long after the end,
    `Unauthenticated`, `Conflict`.
    """
    if hashlib.sha256(part.clear).hexdigest() != part.header.sha256:
        raise Invalid("sha256: expected the digest of the body", field="sha256")
    async with led(world, interview) as tx:
        tenant = tx.tenant
        held = await tx.interviews.get(interview)
        _admit(world, await tx.leases.of(interview), token, part.header.epoch)
        if await _is_stored(tx, interview, part):
            return False
        if not is_open(held, AUDIO_WITHIN, world.now()):
            raise LeaseLost("This interview is over; nothing can be added to it any more.")
        segment = _segment(tenant, interview, part)
        sealed = await tx.keys.seal(interview, segment.object_key, part.clear)
    await objects.put(segment.object_key, sealed)
    return await _note_part(world, tenant, segment)


def _admit(world: World, lease: Lease | None, token: str | None, epoch: int) -> None:
    if token is None:
        admit_bringer(lease, epoch, world.now())
    else:
        admitted(lease, token, epoch)


async def _is_stored(tx: Transaction, interview: InterviewId, part: Part) -> bool:
    wanted = (part.participant, part.header.epoch, part.index)
    for known in await tx.recordings.of(interview):
        if (known.participant, known.epoch, known.index) == wanted:
            if known.sha256 != part.header.sha256:
                raise Conflict("This part of the recording was stored with other content.")
            return True
    return False


async def _note_part(world: World, tenant: TenantId, segment: RecordedSegment) -> bool:
    async with world.transaction(tenant) as tx:
        await tx.interviews.get(segment.interview, lock=True)
        is_new = await tx.recordings.add(segment)
        if is_new:
            fact = RecordingStored(
                participant=segment.participant,
                index=segment.index,
                started_ms=segment.started_ms,
                duration_ms=segment.duration_ms,
                sha256=segment.sha256,
            )
            await tx.events.append(segment.interview, segment.epoch, [world.report(fact)])
        return is_new


def _segment(tenant: TenantId, interview: InterviewId, part: Part) -> RecordedSegment:
    """The object's key names the content too, so that nothing is ever written over."""
    header = part.header
    name = f"{part.participant}/{header.epoch}-{part.index:06}-{header.sha256[:16]}"
    return RecordedSegment(
        interview=interview,
        participant=part.participant,
        index=part.index,
        epoch=header.epoch,
        started_ms=header.started_ms,
        duration_ms=header.duration_ms,
        sha256=header.sha256,
        object_key=f"recordings/{tenant.hex}/{interview.hex}/{name}",
    )


async def recorded(
    world: World, tenant: TenantId, interview: InterviewId
) -> tuple[Interview, tuple[RecordedSegment, ...]]:
    """Parts in order of their start. Raises `NotFound`, also when nothing was recorded yet."""
    async with world.transaction(tenant) as tx:
        held = await tx.interviews.get(interview)
        segments = await tx.recordings.of(interview)
    if not segments:
        raise NotFound("There is no recording of this interview yet.")
    return held, tuple(sorted(segments, key=lambda s: (s.started_ms, s.participant)))


async def open_segments(
    world: World, objects: Objects, tenant: TenantId, segments: Iterable[RecordedSegment]
) -> list[bytes]:
    """The clear Ogg/Opus bytes of each. Raises `Sealed`, `NotFound`, `Unavailable`."""
    sealed = [(segment, await objects.get(segment.object_key)) for segment in segments]
    async with world.transaction(tenant) as tx:
        return [
            await tx.keys.open(segment.interview, segment.object_key, shut)
            for segment, shut in sealed
        ]
