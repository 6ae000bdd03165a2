"""The candidate's door, afterwards: their own words, what they ask for, how they were rated."""

from typing import Annotated, Literal
from uuid import UUID

from aiohttp import web
from interview.errors import Code
from interview.ids import TurnId
from interview.kit import Frozen
from interview.requests import Request, RequestKind, RequestState
from interview.results import Meaning, Result
from interview.scoring import Score
from interview.turns import Speaker, Turn
from interview.use_cases import candidate_rights
from pydantic import AwareDatetime, ConfigDict, Field

from api.callers import CandidateHere, Door
from api.registry import Call, operation
from api.v1.shapes import Instant

LONGEST = 4000


class OwnTurn(Frozen):
    """`spoken` is what counts; `original` is what was recognised where a person has corrected it.

    Times are ms from the beginning. `question` tells which turns belong together.
    """

    turn_id: UUID
    speaker: Speaker
    spoken: str
    original: str | None
    question: str | None
    started_ms: int
    ended_ms: int | None
    typed: bool

    @classmethod
    def of(cls, turn: Turn) -> "OwnTurn":
        return cls(
            turn_id=turn.turn_id,
            speaker=turn.speaker,
            spoken=turn.corrected.spoken,
            original=turn.spoken if turn.correction else None,
            question=turn.question,
            started_ms=turn.started_ms,
            ended_ms=turn.ended_ms,
            typed=turn.typed,
        )


class OwnTranscript(Frozen):
    """Who said what, in order."""

    turns: tuple[OwnTurn, ...]


class OwnRequestBody(Frozen):
    """`transcript` proposes `text` for what the turn `turn_id` says; the others may come without
    words, but for `other`."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"kind": "access", "text": "What is kept about me?"}]}
    )

    kind: RequestKind
    text: Annotated[str, Field(max_length=LONGEST)] = ""
    turn_id: UUID | None = None


class RequestMade(Frozen):
    """That it was asked; the words are in the list."""

    id: UUID
    created_at: AwareDatetime
    answer_by: AwareDatetime


class AskedFor(Frozen):
    """What was asked, and what a person answered until `answer_by`."""

    id: UUID
    kind: RequestKind
    turn_id: UUID | None
    text: str | None
    created_at: AwareDatetime
    answer_by: AwareDatetime
    answer: str | None
    answered_at: Instant

    @classmethod
    def of(cls, request: Request) -> "AskedFor":
        return AskedFor(
            id=request.request_id,
            kind=request.kind,
            turn_id=request.turn,
            text=request.text,
            created_at=request.created_at,
            answer_by=request.answer_by,
            answer=request.settled.text if request.settled else None,
            answered_at=request.settled_at,
        )


class OwnRequest(AskedFor):
    """What was asked, and what a person answered until `answer_by`."""

    state: RequestState

    @classmethod
    def of(cls, request: Request) -> "OwnRequest":
        return cls(**dict(AskedFor.of(request)), state=request.state)


class OwnRequests(Frozen):
    """Everything that was asked, oldest first."""

    items: tuple[OwnRequest, ...]


class FeedbackBody(Frozen):
    """What the interview was like, 1 to 5, and why."""

    rating: Score
    text: Annotated[str, Field(max_length=LONGEST)] = ""


class FeedbackView(FeedbackBody):
    """What was thought of it, as it was said last."""

    text: str
    given_at: AwareDatetime


class OwnQuote(Frozen):
    """One's own words that a level rests on."""

    turn_id: UUID
    text: str


class MeaningView(Frozen):
    """What a level means, in the words by which it was given."""

    level: Score
    text: str

    @classmethod
    def of(cls, meaning: Meaning) -> "MeaningView":
        return cls(level=int(meaning.level), text=meaning.text)


class ResultView(Frozen):
    """One competency. `levels`, 1 to 5, has one for each person who rated it; without any it was
    not assessed. `meanings` has each level that was given once."""

    name: str
    definition: str
    levels: tuple[Score, ...]
    meanings: tuple[MeaningView, ...]
    quotes: tuple[OwnQuote, ...]
    rated_by: Literal["people", "program"]

    @classmethod
    def of(cls, result: Result) -> "ResultView":
        return cls(
            name=result.name,
            definition=result.definition,
            levels=result.levels,
            meanings=tuple(map(MeaningView.of, result.meanings)),
            quotes=tuple(OwnQuote(turn_id=q.turn_id, text=q.text) for q in result.quotes),
            rated_by=result.rated_by,
        )


class ResultsView(Frozen):
    """How one was rated; nothing unless it is shared, and a person has decided."""

    shared: bool
    competencies: tuple[ResultView, ...]


@operation(
    "GET",
    "/v1/candidate/transcript",
    Door.CANDIDATE,
    tag="candidate",
    errors=[Code.WRONG_STATE, Code.SEALED],
)
async def get_own_transcript(call: Call, caller: CandidateHere) -> OwnTranscript:
    """Read one's own interview, once it is over."""
    turns = await candidate_rights.own_transcript(call.world, caller.who)
    return OwnTranscript(turns=tuple(map(OwnTurn.of, turns)))


@operation(
    "POST",
    "/v1/candidate/requests",
    Door.CANDIDATE,
    tag="candidate",
    status=201,
    creates=True,
    errors=[Code.WRONG_STATE, Code.LIMIT_REACHED, Code.SEALED],
)
async def make_request(call: Call, caller: CandidateHere, body: OwnRequestBody) -> RequestMade:
    """Ask for one's data, for their correction or erasure, for other words in the transcript, or
    for a person to look again.

    A person answers within 30 days. It counts against nobody, and no rater reads it.
    """
    turn = TurnId(body.turn_id) if body.turn_id else None
    made = await candidate_rights.ask(call.world, caller.who, body.kind, body.text, turn)
    return RequestMade(id=made.request_id, created_at=made.created_at, answer_by=made.answer_by)


@operation("GET", "/v1/candidate/requests", Door.CANDIDATE, tag="candidate")
async def list_own_requests(call: Call, caller: CandidateHere) -> OwnRequests:
    """See what one has asked for, and what was answered."""
    found = await candidate_rights.own_requests(call.world, caller.who)
    return OwnRequests(items=tuple(map(OwnRequest.of, found)))


@operation(
    "PUT",
    "/v1/candidate/feedback",
    Door.CANDIDATE,
    tag="candidate",
    status=204,
    errors=[Code.WRONG_STATE, Code.SEALED],
)
async def give_feedback(call: Call, caller: CandidateHere, body: FeedbackBody) -> web.Response:
    """Say what the interview was like; what was said before is replaced.

    Nobody of the tenant reads it before a decision was made.
    """
    await candidate_rights.give_feedback(call.world, caller.who, body.rating, body.text)
    return web.Response(status=204)


@operation(
    "GET",
    "/v1/candidate/feedback",
    Door.CANDIDATE,
    tag="candidate",
    errors=[Code.NOT_FOUND, Code.SEALED],
)
async def get_own_feedback(call: Call, caller: CandidateHere) -> FeedbackView:
    """Read what one has said of the interview."""
    found = await candidate_rights.own_feedback(call.world, caller.who)
    return FeedbackView(rating=found.rating, text=found.text, given_at=found.given_at)


@operation(
    "GET",
    "/v1/candidate/results",
    Door.CANDIDATE,
    tag="candidate",
    errors=[Code.SEALED],
)
async def get_own_results(call: Call, caller: CandidateHere) -> ResultsView:
    """See how one was rated, where the tenant shares it (`shares_results`)."""
    found = await candidate_rights.own_results(call.world, caller.who)
    if found is None:
        return ResultsView(shared=False, competencies=())
    return ResultsView(shared=True, competencies=tuple(map(ResultView.of, found)))


OPERATIONS = (
    get_own_transcript,
    make_request,
    list_own_requests,
    give_feedback,
    get_own_feedback,
    get_own_results,
)
