"""The joined recording, kept beside its parts: sealed in pieces, of which a range opens its own.

A file is named by the parts that it was joined from: when a late part comes, another is made.
"""

import hashlib
from collections.abc import Iterable
from uuid import UUID

from interview.errors import NotFound
from interview.ids import InterviewId, TenantId
from interview.kit import Frozen
from interview.ports import Objects, RecordedSegment
from interview.use_cases.world import World

PIECE_BYTES = 1024 * 1024


class Joined(Frozen):
    """A kept file. `made` names who joined it: two encoders never write the same bytes, and pieces
    of two files must not be mixed. `cuts` are the stretches that are left out of it, as
    (from_ms, length_ms)."""

    made: UUID
    size: int
    piece_bytes: int
    cuts: tuple[tuple[int, int], ...] = ()

    @property
    def etag(self) -> str:
        """A strong validator (RFC 9110, section 8.8.3)."""
        return f'"{self.made.hex}"'


async def find_joined(
    world: World,
    objects: Objects,
    tenant: TenantId,
    interview: InterviewId,
    segments: Iterable[RecordedSegment],
) -> Joined | None:
    """The file that was joined from these parts, if it was. Raises `Sealed`, `Unavailable`."""
    key = _key(tenant, interview, segments)
    try:
        sealed = await objects.get(key)
    except NotFound:
        return None
    async with world.transaction(tenant) as tx:
        return Joined.model_validate_json(await tx.keys.open(interview, key, sealed))


async def keep_joined(
    world: World,
    objects: Objects,
    tenant: TenantId,
    interview: InterviewId,
    segments: Iterable[RecordedSegment],
    clear: bytes,
    cuts: tuple[tuple[int, int], ...],
) -> Joined:
    """Seals and keeps a joined file. Who else does so at once wins or loses as a whole.

    Raises `Sealed`, `Unavailable`.
    """
    joined = Joined(made=world.ids.new(), size=len(clear), piece_bytes=PIECE_BYTES, cuts=cuts)
    said = joined.model_dump_json().encode()
    named = {
        _piece(tenant, interview, joined, at): clear[start : start + PIECE_BYTES]
        for at, start in enumerate(range(0, len(clear), PIECE_BYTES))
    }
    named[_key(tenant, interview, segments)] = said
    async with world.transaction(tenant) as tx:
        sealed = {key: await tx.keys.seal(interview, key, piece) for key, piece in named.items()}
    for key, shut in sealed.items():  # what names the pieces is put last
        await objects.put(key, shut)
    return joined


async def read_joined(
    world: World,
    objects: Objects,
    tenant: TenantId,
    interview: InterviewId,
    joined: Joined,
    wanted: range,
) -> bytes:
    """The bytes `wanted`. Raises `Sealed`, `NotFound`, `Unavailable`."""
    if not wanted:
        return b""
    first, last = wanted[0] // joined.piece_bytes, wanted[-1] // joined.piece_bytes
    keys = [_piece(tenant, interview, joined, at) for at in range(first, last + 1)]
    sealed = {key: await objects.get(key) for key in keys}
    async with world.transaction(tenant) as tx:
        opened = [await tx.keys.open(interview, key, shut) for key, shut in sealed.items()]
    start = wanted[0] - first * joined.piece_bytes
    return b"".join(opened)[start : start + len(wanted)]


def _key(tenant: TenantId, interview: InterviewId, segments: Iterable[RecordedSegment]) -> str:
    digest = hashlib.sha256()
    for segment in segments:
        digest.update(f"{segment.object_key} {segment.started_ms}\n".encode())
    return f"{_folder(tenant, interview)}/{digest.hexdigest()}"


def _piece(tenant: TenantId, interview: InterviewId, joined: Joined, at: int) -> str:
    return f"{_folder(tenant, interview)}/{joined.made.hex}-{at:06}"


def _folder(tenant: TenantId, interview: InterviewId) -> str:
    return f"recordings/{tenant.hex}/{interview.hex}/joined"
