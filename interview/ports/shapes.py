"""What goes in and out of the store beside the nouns themselves."""

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from interview.ids import CandidateId, InterviewId, TenantId

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list, oldest first unless said otherwise; `next` is None on the last page."""

    items: tuple[T, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class RecordedSegment:
    """One stored piece of a participant's audio (Ogg/Opus). `object_key` finds the sealed bytes."""

    interview: InterviewId
    participant: str
    index: int
    epoch: int
    started_ms: int
    duration_ms: int
    sha256: str
    object_key: str


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """The first answer to an idempotent request: replayed when the same request comes again.

    `about` is the candidate of whom request and answer tell, if they say more than an id.
    """

    request_hash: bytes
    status: int
    body: bytes
    about: CandidateId | None = None


JobKind = Literal["score_interview", "judge_interview"]
DELIVERY = "deliver_webhook"
"""The queue's name for the jobs of deliveries."""

MAIL = "send_mail"
"""The queue's name for the jobs of mails."""


@dataclass(frozen=True, slots=True)
class ByKey:
    """The way in of an API key."""

    kid: str


@dataclass(frozen=True, slots=True)
class ByInvitation:
    """The way in of a one-time link."""

    digest: bytes


@dataclass(frozen=True, slots=True)
class BySession:
    """The way in of a candidate's session."""

    digest: bytes


@dataclass(frozen=True, slots=True)
class ByMemberSession:
    """The way in of a member who is signed in."""

    digest: bytes


@dataclass(frozen=True, slots=True)
class BySetupLink:
    """The way in of a member who sets a password."""

    digest: bytes


@dataclass(frozen=True, slots=True)
class ByEmail:
    """The way in of somebody who signs in with a password: to the one tenant where this address
    has one, or to `tenant` alone."""

    email: str
    tenant: TenantId | None = None


@dataclass(frozen=True, slots=True)
class ByInterview:
    """The way in of an agent, which knows an interview's id alone."""

    interview: InterviewId


Way = ByKey | ByInvitation | BySession | ByMemberSession | BySetupLink | ByEmail | ByInterview
"""What a caller shows before its tenant is known."""
