"""The recording: played in ranges, with a key or by a link that is good for minutes."""

import hashlib
from functools import partial
from typing import Annotated
from uuid import UUID

from aiohttp import web
from interview.errors import Code
from interview.ids import InterviewId, TenantId
from interview.kit import Frozen
from interview.lifecycle import RUNNING
from interview.ports import ByInterview, RecordedSegment
from interview.sharing import GOOD_FOR, Lender, admit, sign
from interview.use_cases import joined, lending, recording
from interview.use_cases.joined import Joined
from pydantic import AwareDatetime, Field

from api.callers import Door, Staff
from api.desk import Desk
from api.playback import Piece, Playable
from api.problems import HttpCode
from api.ranges import ACCEPTS, ETAG, IF_RANGE, RANGE, UNIT, content_range, wanted_range
from api.registry import STAFF, Call, Header, operation
from api.rights import RIGHTS

OGG = "audio/ogg"
CUTS = Header("Recording-Cuts", {"type": "string"})


class RecordingLink(Frozen):
    """Whoever has the link may listen until it expires, or until who made it may not any more."""

    url: str
    expires_at: AwareDatetime


class LinkQuery(Frozen):
    """As the link has them."""

    by: Annotated[str, Field(pattern=r"^(session|key)\.[A-Za-z0-9-]{1,40}$")]
    expires: Annotated[int, Field(ge=0, le=2**40)]
    signature: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{43}$")]


@operation(
    "GET",
    "/v1/interviews/{interview_id}/recording",
    STAFF,
    tag="review",
    streams=True,
    partial=True,
    produces=(OGG,),
    hears=(RANGE, IF_RANGE),
    says=(ACCEPTS, ETAG, CUTS),
    errors=[Code.NOT_FOUND, Code.SEALED, Code.UNAVAILABLE, HttpCode.RANGE_NOT_SATISFIABLE],
)
async def get_recording(call: Call, caller: Staff, interview_id: UUID) -> web.Response:
    """Listen to the recording.

    One Ogg/Opus file on the clock of the transcript: the candidate on the left, everybody else on
    the right. A `Range` gives a part of it.

    Of a stretch of more than a minute in which nobody was recorded only the first five seconds are
    in the file: `Recording-Cuts` names each stretch that is left out, as `125000;length=36000000`
    (where it begins on the clock and how long it is, in ms; a list as in RFC 8941). A moment of
    the transcript is in the file earlier by the lengths of all cuts before.
    """
    return await _play(call, caller.tenant, InterviewId(interview_id))


@operation(
    "POST",
    "/v1/interviews/{interview_id}/recording/url",
    STAFF,
    tag="review",
    errors=[Code.NOT_FOUND],
)
async def create_recording_url(call: Call, caller: Staff, interview_id: UUID) -> RecordingLink:
    """Make a link to the recording, for a player that has no key.

    It is good for five minutes and for nothing else, and needs no further proof: hand it to the
    person who asked for it alone. It ends with the session or the key that made it.
    """
    which = InterviewId(interview_id)
    await recording.recorded(call.world, caller.tenant, which)
    until = (call.world.now() + GOOD_FOR).replace(microsecond=0)
    expires = int(until.timestamp())
    signature = sign(call.desk.pepper, which, caller.lender, expires)
    query = f"by={caller.lender}&expires={expires}&signature={signature}"
    return RecordingLink(
        url=f"{call.desk.public_url}/v1/recordings/{which}?{query}", expires_at=until
    )


@operation(
    "GET",
    "/v1/recordings/{interview_id}",
    Door.PUBLIC,
    tag="review",
    partial=True,
    produces=(OGG,),
    hears=(RANGE, IF_RANGE),
    says=(ACCEPTS, ETAG, CUTS),
    errors=[
        Code.FORBIDDEN,
        Code.NOT_FOUND,
        Code.SEALED,
        Code.UNAVAILABLE,
        HttpCode.RANGE_NOT_SATISFIABLE,
    ],
)
async def play_recording(call: Call, interview_id: UUID, query: LinkQuery) -> web.Response:
    """Listen by a link."""
    which, lender, now = InterviewId(interview_id), Lender.of(query.by), call.world.now()
    admit(call.desk.pepper, which, lender, query.expires, query.signature, now)
    async with call.world.enter(ByInterview(which)) as tx:
        RIGHTS[get_recording.name].require(await lending.rights_of(tx, lender, now))
        tenant = tx.tenant
    return await _play(call, tenant, which)


async def _play(call: Call, tenant: TenantId, interview: InterviewId) -> web.Response:
    """What still grows is joined each time; what is over is joined once and kept."""
    world, objects = call.world, call.desk.objects
    held, segments = await recording.recorded(world, tenant, interview)
    kept = await joined.find_joined(world, objects, tenant, interview, segments)
    if kept is not None:
        return await _from_kept(call, tenant, interview, kept)
    grows = held.state in RUNNING
    make = partial(_make, call.desk, tenant, interview, segments, grows=grows)
    made = await call.desk.joining.once((interview, segments, grows), make)
    whole = made.ogg
    chosen = wanted_range(call.request.headers, len(whole), made.etag)
    part = whole if chosen is None else whole[chosen.start : chosen.stop]
    return _answer(interview, part, made.etag, chosen, len(whole), made.cuts)


async def _from_kept(
    call: Call, tenant: TenantId, interview: InterviewId, kept: Joined
) -> web.Response:
    chosen = wanted_range(call.request.headers, kept.size, kept.etag)
    wanted = range(kept.size) if chosen is None else chosen
    objects = call.desk.objects
    part = await joined.read_joined(call.world, objects, tenant, interview, kept, wanted)
    return _answer(interview, part, kept.etag, chosen, kept.size, kept.cuts)


def _answer(
    interview: InterviewId,
    part: bytes,
    etag: str,
    chosen: range | None,
    size: int,
    cuts: tuple[tuple[int, int], ...],
) -> web.Response:
    headers = {
        "Content-Disposition": f'inline; filename="{interview}.ogg"',
        ACCEPTS.name: UNIT,
        ETAG.name: etag,
    }
    if cuts:
        headers[CUTS.name] = ", ".join(f"{start};length={length}" for start, length in cuts)
    if chosen is not None:
        headers["Content-Range"] = content_range(chosen, size)
    status = 200 if chosen is None else 206
    return web.Response(status=status, body=part, content_type=OGG, headers=headers)


async def _make(
    desk: Desk,
    tenant: TenantId,
    interview: InterviewId,
    segments: tuple[RecordedSegment, ...],
    *,
    grows: bool,
) -> Playable:
    opened = await recording.open_segments(desk.world, desk.objects, tenant, segments)
    pieces = [
        Piece(
            is_candidate=segment.participant.startswith("cand-"),
            started_ms=segment.started_ms,
            ogg=ogg,
        )
        for segment, ogg in zip(segments, opened, strict=True)
    ]
    made = await desk.joining.join(pieces)
    whole, cuts = made.ogg, tuple((cut.from_ms, cut.length_ms) for cut in made.cuts)
    if grows:
        return Playable(whole, f'"{hashlib.sha256(whole).hexdigest()}"', cuts)
    kept = await joined.keep_joined(
        desk.world, desk.objects, tenant, interview, segments, whole, cuts
    )
    return Playable(whole, kept.etag, cuts)


OPERATIONS = (get_recording, create_recording_url, play_recording)
