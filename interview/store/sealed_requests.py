"""What is stored in place of candidates' requests and feedback, the same in every store."""

from dataclasses import dataclass, replace
from datetime import datetime

from interview.by_people import By
from interview.ids import InterviewId, RequestId, TenantId, TurnId
from interview.kit import Frozen
from interview.requests import Feedback, Outcome, Request, RequestKind, Settled
from interview.sealing import Place, SealingKey


class Answered(Frozen):
    """The sealed part of an answer."""

    text: str
    by: By


class Thought(Frozen):
    """The sealed part of a feedback."""

    rating: int
    text: str


@dataclass(frozen=True, slots=True)
class SealedRequest:
    request_id: RequestId
    interview: InterviewId
    kind: RequestKind
    turn: TurnId | None
    sealed_words: bytes
    created_at: datetime
    outcome: Outcome | None = None
    sealed_answer: bytes | None = None
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SealedFeedback:
    interview: InterviewId
    sealed_thought: bytes
    given_at: datetime


def seal_request(key: SealingKey, tenant: TenantId, request: Request) -> SealedRequest:
    """As it is asked."""
    place = _request_place(tenant, request.request_id, "words")
    return SealedRequest(
        request_id=request.request_id,
        interview=request.interview,
        kind=request.kind,
        turn=request.turn,
        sealed_words=key.seal((request.text or "").encode(), place),
        created_at=request.created_at,
    )


def seal_settled(key: SealingKey, tenant: TenantId, request: RequestId, settled: Settled) -> bytes:
    said = Answered(text=settled.text, by=settled.by)
    clear = said.model_dump_json().encode()
    return key.seal(clear, _request_place(tenant, request, "answer"))


def open_request(key: SealingKey | None, tenant: TenantId, sealed: SealedRequest) -> Request:
    """Without a key what is left: that something was asked, and what became of it."""
    request = Request(
        request_id=sealed.request_id,
        interview=sealed.interview,
        kind=sealed.kind,
        turn=sealed.turn,
        text=None,
        created_at=sealed.created_at,
        outcome=sealed.outcome,
        settled_at=sealed.settled_at,
    )
    if key is None:
        return request
    words = key.open(sealed.sealed_words, _request_place(tenant, sealed.request_id, "words"))
    return replace(request, text=words.decode(), settled=_settled(key, tenant, sealed))


def _settled(key: SealingKey, tenant: TenantId, sealed: SealedRequest) -> Settled | None:
    if sealed.outcome is None or sealed.sealed_answer is None or sealed.settled_at is None:
        return None
    place = _request_place(tenant, sealed.request_id, "answer")
    said = Answered.model_validate_json(key.open(sealed.sealed_answer, place))
    return Settled(sealed.outcome, said.text, said.by, sealed.settled_at)


def seal_feedback(key: SealingKey, tenant: TenantId, feedback: Feedback) -> SealedFeedback:
    said = Thought(rating=feedback.rating, text=feedback.text).model_dump_json().encode()
    sealed = key.seal(said, _feedback_place(tenant, feedback.interview, feedback.given_at))
    return SealedFeedback(feedback.interview, sealed, feedback.given_at)


def open_feedback(key: SealingKey, tenant: TenantId, sealed: SealedFeedback) -> Feedback:
    """Raises `Sealed`."""
    place = _feedback_place(tenant, sealed.interview, sealed.given_at)
    said = Thought.model_validate_json(key.open(sealed.sealed_thought, place))
    return Feedback(sealed.interview, said.rating, said.text, sealed.given_at)


def _request_place(tenant: TenantId, request: RequestId, column: str) -> Place:
    return Place(tenant, "candidate_requests", str(request), column)


def _feedback_place(tenant: TenantId, interview: InterviewId, at: datetime) -> Place:
    """What was replaced cannot be put back in its place."""
    version = int(at.timestamp() * 1_000_000)
    return Place(tenant, "candidate_feedback", str(interview), "thought", version)
