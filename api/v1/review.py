"""What is looked at afterwards: the transcript, the scorecards."""

import asyncio
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from aiohttp import web
from interview.acting import judged_by
from interview.adapters.hostile import detector
from interview.by_people import By
from interview.errors import Code
from interview.hostile import Flag
from interview.ids import InterviewId, RequestId, TurnId
from interview.kit import Frozen, Key
from interview.lifecycle import State
from interview.marks import Marks, marks_of
from interview.scoring import Rating, Scorecard, Stamp
from interview.seated import Led, Seated
from interview.turns import Turn, as_corrected
from interview.understood import Understood
from interview.use_cases import corrections, interviews
from pydantic import AwareDatetime, ConfigDict, Field, TypeAdapter

from api.callers import Staff
from api.registry import STAFF, Call, operation
from api.v1.colleagues import ColleagueView
from api.v1.shapes import PersonName, Writing


class TranscriptQuery(Frozen):
    """`original` is what was recognised, `corrected` what people heard in the recording instead.

    With `marks` the answer also says which words were hardly understood, and which speak to whoever
    rates.
    """

    version: Literal["original", "corrected"] = "corrected"
    marks: bool = False


TURNS: TypeAdapter[tuple[Turn, ...]] = TypeAdapter(tuple[Turn, ...])
AS_HEARD = (b'"filing":null,"correction":null}', b'],"correction":null}')
"""Ends a turn that nobody has corrected or filed anew; the second since before one could."""


class TranscriptHead(Frozen):
    """Whose transcript it is, and in which version."""

    interview_id: UUID
    version: Literal["original", "corrected"]
    state: State
    clock_zero: AwareDatetime | None
    people: tuple[Seated, ...]
    led: tuple[Led, ...]
    understood: tuple[Understood, ...]


class TranscriptView(TranscriptHead):
    """Every turn in order. Times are ms of the recording, whose zero is `clock_zero`.

    A turn with a `correction` shows it in both versions; its words have no times of their own. So
    does one with a `filing`, whose `question` is that of the filing in the corrected version.
    `marks` is null unless it was asked for. `people` of the tenant sat in the talk, by the identity
    of their turns; `led` is who led from when on, the AI before the first. `understood` are wishes
    that a model alone has read in turns (kits with `wishes: model`).
    """

    marks: Marks | None
    turns: tuple[Turn, ...]


class ScorecardView(Frozen):
    """One rater's card. `total` is the weighted mean over assessed competencies, 1 to 5.

    `person` is who rated; null for a program. `flags` are the candidate's words that speak to the
    rater: each rating is made without them, and says as `with_flagged` what it would be with them.
    `released`: whether a model's configuration had passed the gate when it rated; null for people
    and for raters without a model.
    """

    id: UUID
    created_at: AwareDatetime
    stamp: Stamp
    ratings: tuple[Rating, ...]
    total: Decimal | None
    coverage: Decimal
    person: By | None
    flags: tuple[Flag, ...]
    released: bool | None

    @classmethod
    def of(cls, card: Scorecard) -> "ScorecardView":
        return cls(
            id=card.scorecard_id,
            created_at=card.created_at,
            stamp=card.stamp,
            ratings=card.ratings,
            total=card.total,
            coverage=card.coverage,
            person=card.person,
            flags=card.flags,
            released=card.released,
        )


class ScorecardsView(Frozen):
    """All cards of an interview, oldest first; empty until it was scored. `colleagues` are the
    members who rated."""

    items: tuple[ScorecardView, ...]
    colleagues: tuple[ColleagueView, ...]


@operation(
    "GET",
    "/v1/interviews/{interview_id}/transcript",
    STAFF,
    tag="review",
    result=TranscriptView,
    errors=[Code.NOT_FOUND, Code.SEALED],
)
async def get_transcript(
    call: Call, caller: Staff, interview_id: UUID, query: TranscriptQuery
) -> web.Response:
    """Read who said what, when.

    It grows while the interview goes on. `spoken` of the corrected version is what is rated.
    """
    which = InterviewId(interview_id)
    said = await interviews.transcript_of(call.world, caller.tenant, which, caller.reader)
    told = b",".join(said.turns)
    if query.version == "corrected" and not all(turn.endswith(AS_HEARD) for turn in said.turns):
        told = TURNS.dump_json(as_corrected(TURNS.validate_json(b"[%b]" % told)))[1:-1]
    marks = await asyncio.to_thread(_marks, told) if query.marks else b"null"
    head = TranscriptHead(
        interview_id=which,
        version=query.version,
        state=said.held.state,
        clock_zero=said.held.clock_zero,
        people=said.people,
        led=said.led,
        understood=said.understood,
    )
    body = b'%b,"marks":%b,"turns":[%b]}' % (head.model_dump_json().encode()[:-1], marks, told)
    return web.Response(body=body, content_type="application/json")


def _marks(turns: bytes) -> bytes:
    """Takes some hundredths of a second for an hour of talk."""
    marks = marks_of(TURNS.validate_json(b"[%b]" % turns), detector())
    return marks.model_dump_json().encode()


class CorrectionBody(Frozen):
    """What was said, by the ear of a person: `heard` in the recording, and nothing else.

    `person` is for whom a key speaks; a member speaks in their own name. `request_id` is the
    candidate's request for other words, which is granted with it.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "text": "I read the logs",
                    "reason": "Misheard.",
                    "heard": True,
                    "person": "Grace Hopper",
                }
            ]
        }
    )

    text: Annotated[str, Field(min_length=1, max_length=20_000)]
    reason: Writing
    heard: Literal[True]
    person: PersonName = None
    request_id: UUID | None = None


class CorrectedView(Frozen):
    """The correction is event `seq` of the log; its words are in the transcript."""

    interview_id: UUID
    turn_id: UUID
    seq: int
    corrected_at: AwareDatetime


@operation(
    "POST",
    "/v1/interviews/{interview_id}/turns/{turn_id}/corrections",
    STAFF,
    tag="review",
    status=201,
    creates=True,
    errors=[Code.NOT_FOUND, Code.WRONG_STATE, Code.CONFLICT, Code.SEALED],
)
async def correct_turn(
    call: Call, caller: Staff, interview_id: UUID, turn_id: UUID, body: CorrectionBody
) -> CorrectedView:
    """Correct what was recognised.

    Only with words that a person heard in the recording. Both versions are kept, with who corrected
    and why; the interview is scored again, on the corrected words.
    """
    which, turn = InterviewId(interview_id), TurnId(turn_id)
    by = judged_by(caller.actor, body.person)
    event = await corrections.correct_turn(
        call.world,
        caller.tenant,
        by,
        which,
        turn,
        body.text,
        body.reason,
        RequestId(body.request_id) if body.request_id else None,
    )
    call.told["turn"] = str(turn)
    if body.request_id:
        call.told["request"] = str(body.request_id)
    return CorrectedView(interview_id=which, turn_id=turn, seq=event.seq, corrected_at=event.at)


class FilingBody(Frozen):
    """To which core `question` a turn belongs, null for none. `asked_by` is the interviewer (their
    identity among the `people` of the transcript) who has put it in the AI's place; of an
    interviewer's own turn it is they.

    `person` is for whom a key speaks; a member speaks in their own name.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "question": "outage",
                    "asked_by": "int-0197c9a35f2e7b1c8d4e6f708192a3b4",
                    "reason": "Anna asked it while the AI did not hear her.",
                    "person": "Grace Hopper",
                }
            ]
        }
    )

    question: Key | None
    asked_by: Annotated[str, Field(pattern=r"^int-[0-9a-f]{32}$")] | None = None
    reason: Writing
    person: PersonName = None


class FiledView(Frozen):
    """The filing is event `seq` of the log."""

    interview_id: UUID
    turn_id: UUID
    seq: int
    filed_at: AwareDatetime


@operation(
    "POST",
    "/v1/interviews/{interview_id}/turns/{turn_id}/filings",
    STAFF,
    tag="review",
    status=201,
    creates=True,
    errors=[Code.NOT_FOUND, Code.WRONG_STATE, Code.SEALED],
)
async def file_turn(
    call: Call, caller: Staff, interview_id: UUID, turn_id: UUID, body: FilingBody
) -> FiledView:
    """Say which core question a turn belongs to.

    For what a person asked and the room did not know, or filed otherwise. Both are kept, with who
    filed and why; parity counts it, and the interview is scored again.
    """
    which, turn = InterviewId(interview_id), TurnId(turn_id)
    event = await corrections.file_turn(
        call.world,
        caller.tenant,
        judged_by(caller.actor, body.person),
        which,
        turn,
        body.question,
        body.asked_by,
        body.reason,
    )
    call.told["turn"] = str(turn)
    return FiledView(interview_id=which, turn_id=turn, seq=event.seq, filed_at=event.at)


@operation(
    "GET",
    "/v1/interviews/{interview_id}/scorecards",
    STAFF,
    tag="review",
    errors=[Code.NOT_FOUND, Code.RATE_FIRST, Code.SEALED],
)
async def list_scorecards(call: Call, caller: Staff, interview_id: UUID) -> ScorecardsView:
    """Read the scorecards with their evidence.

    A member of a role that rates blind sees them once their own is among them.
    """
    which = InterviewId(interview_id)
    cards, called = await interviews.scorecards_of(call.world, caller.tenant, which, caller.reader)
    return ScorecardsView(
        items=tuple(map(ScorecardView.of, cards)), colleagues=ColleagueView.all_of(called)
    )


OPERATIONS = (get_transcript, correct_turn, file_turn, list_scorecards)
