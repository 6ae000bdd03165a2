"""What is looked at afterwards: the transcript, the scorecards, the recording."""

import asyncio
from decimal import Decimal
from uuid import UUID

from aiohttp import web
from interview.errors import Code
from interview.ids import InterviewId, TenantId
from interview.kit import Frozen
from interview.lifecycle import State
from interview.scoring import Rating, Scorecard, Stamp
from interview.turns import Turn
from interview.use_cases import interviews, recording
from pydantic import AwareDatetime

from api.callers import Staff
from api.playback import Piece, join_pieces
from api.registry import STAFF, Call, operation

OGG = "audio/ogg"


class TranscriptHead(Frozen):
    """Whose transcript it is."""

    interview_id: UUID
    state: State
    clock_zero: AwareDatetime | None


class TranscriptView(TranscriptHead):
    """Every turn in order. Times are ms of the recording, whose zero is `clock_zero`."""

    turns: tuple[Turn, ...]


class ScorecardView(Frozen):
    """One rater's card. `total` is the weighted mean over assessed competencies, 1 to 5."""

    id: UUID
    created_at: AwareDatetime
    stamp: Stamp
    ratings: tuple[Rating, ...]
    total: Decimal | None
    coverage: Decimal

    @classmethod
    def of(cls, card: Scorecard) -> "ScorecardView":
        return cls(
            id=card.scorecard_id,
            created_at=card.created_at,
            stamp=card.stamp,
            ratings=card.ratings,
            total=card.total,
            coverage=card.coverage,
        )


class ScorecardsView(Frozen):
    """All cards of an interview, oldest first; empty until it was scored."""

    items: tuple[ScorecardView, ...]


@operation(
    "GET",
    "/v1/interviews/{interview_id}/transcript",
    STAFF,
    tag="review",
    result=TranscriptView,
    errors=[Code.NOT_FOUND, Code.SEALED],
)
async def get_transcript(call: Call, caller: Staff, interview_id: UUID) -> web.Response:
    """Read who said what, when.

    It grows while the interview goes on. `spoken` is what was heard, and what is rated.
    """
    which = InterviewId(interview_id)
    found, turns = await interviews.transcript_of(call.world, caller.tenant, which)
    head = TranscriptHead(interview_id=which, state=found.state, clock_zero=found.clock_zero)
    body = head.model_dump_json().encode()[:-1] + b',"turns":' + turns + b"}"
    return web.Response(body=body, content_type="application/json")


@operation(
    "GET",
    "/v1/interviews/{interview_id}/scorecards",
    STAFF,
    tag="review",
    errors=[Code.NOT_FOUND, Code.SEALED],
)
async def list_scorecards(call: Call, caller: Staff, interview_id: UUID) -> ScorecardsView:
    """Read the scorecards with their evidence."""
    which = InterviewId(interview_id)
    cards = await interviews.scorecards_of(call.world, caller.tenant, which)
    return ScorecardsView(items=tuple(map(ScorecardView.of, cards)))


@operation(
    "GET",
    "/v1/interviews/{interview_id}/recording",
    STAFF,
    tag="review",
    streams=True,
    produces=(OGG,),
    errors=[Code.NOT_FOUND, Code.SEALED, Code.UNAVAILABLE],
)
async def get_recording(call: Call, caller: Staff, interview_id: UUID) -> web.Response:
    """Listen to the recording.

    One Ogg/Opus file on the clock of the transcript: the candidate on the left, everybody else on
    the right.
    """
    which = InterviewId(interview_id)
    pieces = await _pieces(call, caller.tenant, which)
    joined = await asyncio.to_thread(join_pieces, pieces)
    name = f'inline; filename="{which}.ogg"'
    return web.Response(body=joined, content_type=OGG, headers={"Content-Disposition": name})


async def _pieces(call: Call, tenant: TenantId, interview: InterviewId) -> list[Piece]:
    segments = await recording.segments_of(call.world, tenant, interview)
    objects = call.desk.objects
    return [
        Piece(
            is_candidate=segment.participant.startswith("cand-"),
            started_ms=segment.started_ms,
            ogg=await recording.open_segment(call.world, objects, tenant, segment),
        )
        for segment in segments
    ]


OPERATIONS = (get_transcript, list_scorecards, get_recording)
