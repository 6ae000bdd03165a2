"""Everything that can be refused, each with a stable code; the docstring is the default message."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum


class Code(StrEnum):
    """Stable error codes of the public contract. Within v1 only additions."""

    INVALID = "invalid"
    NOT_FOUND = "not_found"
    UNAUTHENTICATED = "unauthenticated"
    FORBIDDEN = "forbidden"
    CONFLICT = "conflict"
    KIT_INCOMPLETE = "kit_incomplete"
    KIT_NOT_PUBLISHED = "kit_not_published"
    KIT_FROZEN = "kit_frozen"
    INVITATION_INVALID = "invitation_invalid"
    INVITATION_USED = "invitation_used"
    INVITATION_EXPIRED = "invitation_expired"
    CONSENT_REQUIRED = "consent_required"
    NOTICE_OUTDATED = "notice_outdated"
    INTERVIEW_NOT_OPEN = "interview_not_open"
    INTERVIEW_CANCELLED = "interview_cancelled"
    TOO_EARLY = "too_early"
    OTHER_INTERVIEW = "other_interview"
    OTHER_MEMBER = "other_member"
    WRONG_STATE = "wrong_state"
    LEASE_LOST = "lease_lost"
    LEASE_TAKEN = "lease_taken"
    OUT_OF_ORDER = "out_of_order"
    EVIDENCE_INVALID = "evidence_invalid"
    CHAIN_BROKEN = "chain_broken"
    IDEMPOTENCY_MISMATCH = "idempotency_mismatch"
    TOO_LARGE = "too_large"
    UNAVAILABLE = "unavailable"
    SEALED = "sealed"
    PRECONDITION_FAILED = "precondition_failed"
    PRECONDITION_REQUIRED = "precondition_required"
    LIMIT_REACHED = "limit_reached"
    WEBHOOK_DISABLED = "webhook_disabled"
    LAST_OWNER = "last_owner"
    CROSS_ORIGIN = "cross_origin"
    SETUP_LINK_INVALID = "setup_link_invalid"
    TOO_MANY_ATTEMPTS = "too_many_attempts"
    SIGN_IN_FAILED = "sign_in_failed"
    RATE_LIMITED = "rate_limited"
    RATE_FIRST = "rate_first"
    FLOOR_TAKEN = "floor_taken"
    KNOWS_ACCOMMODATIONS = "knows_accommodations"
    HAS_RATED = "has_rated"


class InterviewError(Exception):
    """Something was refused."""

    code = Code.INVALID

    def __init__(self, detail: str | None = None, *, field: str | None = None) -> None:
        self.detail = detail or (type(self).__doc__ or "").strip()
        self.field = field
        super().__init__(self.detail)


class Invalid(InterviewError):
    """The request does not have the expected form."""

    code = Code.INVALID


class NotFound(InterviewError):
    """There is nothing here under that name."""

    code = Code.NOT_FOUND


@contextmanager
def named_by(field: str) -> Iterator[None]:
    """What is not there is refused by the field that named it."""
    try:
        yield
    except NotFound as error:
        detail = f"{field}: there is nothing here under this id"
        raise NotFound(detail, field=field) from error


class Unauthenticated(InterviewError):
    """Say who you are: a valid key or session is needed."""

    code = Code.UNAUTHENTICATED


class Forbidden(InterviewError):
    """Neither role nor key allows that."""

    code = Code.FORBIDDEN


class Conflict(InterviewError):
    """This already exists in another form."""

    code = Code.CONFLICT


class KitIncomplete(InterviewError):
    """The kit cannot be published yet."""

    code = Code.KIT_INCOMPLETE


class KitNotPublished(InterviewError):
    """Publish the kit before interviews are held with it."""

    code = Code.KIT_NOT_PUBLISHED


class KitFrozen(InterviewError):
    """A published kit does not change; make a new draft."""

    code = Code.KIT_FROZEN


class CalledOff(InterviewError):
    """The interview was cancelled; whoever invited you can tell you more."""

    code = Code.INTERVIEW_CANCELLED


class InvitationInvalid(InterviewError):
    """This invitation is not known."""

    code = Code.INVITATION_INVALID


class InvitationUsed(InterviewError):
    """This invitation was already used; ask for a new link."""

    code = Code.INVITATION_USED


class InvitationExpired(InterviewError):
    """This invitation has expired or was replaced; open the newest link, or ask for one."""

    code = Code.INVITATION_EXPIRED


class ConsentRequired(InterviewError):
    """The candidate has not consented yet."""

    code = Code.CONSENT_REQUIRED


class NoticeOutdated(InterviewError):
    """The notice has changed; read the current version first."""

    code = Code.NOTICE_OUTDATED


class InterviewNotOpen(InterviewError):
    """The interview cannot be joined now."""

    code = Code.INTERVIEW_NOT_OPEN


class TooEarly(InterviewError):
    """The room opens 15 minutes before the agreed time."""

    code = Code.TOO_EARLY


class OtherInterview(InterviewError):
    """This session is of another interview than the one that was named."""

    code = Code.OTHER_INTERVIEW


class OtherMember(InterviewError):
    """This session is of another member than the one that was named."""

    code = Code.OTHER_MEMBER


class WrongState(InterviewError):
    """The interview is in a state that does not allow this."""

    code = Code.WRONG_STATE


class LeaseLost(InterviewError):
    """Another agent has taken over this interview; leave the room."""

    code = Code.LEASE_LOST


class LeaseTaken(InterviewError):
    """This interview is already led by another agent."""

    code = Code.LEASE_TAKEN


class OutOfOrder(InterviewError):
    """This cannot follow what happened before."""

    code = Code.OUT_OF_ORDER


class EvidenceInvalid(InterviewError):
    """A rating must rest on verbatim words of the candidate."""

    code = Code.EVIDENCE_INVALID


class ChainBroken(InterviewError):
    """The event log does not verify."""

    code = Code.CHAIN_BROKEN


class IdempotencyMismatch(InterviewError):
    """This Idempotency-Key was used with other parameters."""

    code = Code.IDEMPOTENCY_MISMATCH


class TooLarge(InterviewError):
    """The request is larger than allowed."""

    code = Code.TOO_LARGE


class Unavailable(InterviewError):
    """A part of the service does not answer at the moment; try again."""

    code = Code.UNAVAILABLE


class Sealed(InterviewError):
    """This text cannot be opened: its key was destroyed or it was changed."""

    code = Code.SEALED


class PreconditionFailed(InterviewError):
    """This has changed since you read it; read it again before you change it."""

    code = Code.PRECONDITION_FAILED


class PreconditionRequired(InterviewError):
    """Say which form you have read: send its ETag as If-Match."""

    code = Code.PRECONDITION_REQUIRED


class LimitReached(InterviewError):
    """There are as many of these as there may be."""

    code = Code.LIMIT_REACHED


class WebhookDisabled(InterviewError):
    """Nothing is sent to this endpoint while it is disabled; enable it first."""

    code = Code.WEBHOOK_DISABLED


class LastOwner(InterviewError):
    """A tenant keeps an owner: make somebody else one first."""

    code = Code.LAST_OWNER


class CrossOrigin(InterviewError):
    """This was not sent by a page of this service."""

    code = Code.CROSS_ORIGIN


class SetupLinkInvalid(InterviewError):
    """This setup link is not good, or not any more; ask for a new one."""

    code = Code.SETUP_LINK_INVALID


class TooManyAttempts(InterviewError):
    """That was tried too often; wait a little."""

    code = Code.TOO_MANY_ATTEMPTS

    def __init__(self, detail: str | None = None, *, retry_after_s: int = 1) -> None:
        super().__init__(detail)
        self.retry_after_s = retry_after_s


class SignInFailed(InterviewError):
    """The identity provider has not named a member of this tenant; begin again."""

    code = Code.SIGN_IN_FAILED


class RateLimited(InterviewError):
    """You are asking too often; wait as long as Retry-After says."""

    code = Code.RATE_LIMITED


class RateFirst(InterviewError):
    """Rate this interview yourself first; what others have judged is shown then."""

    code = Code.RATE_FIRST


class KnowsAccommodations(InterviewError):
    """You know what this candidate was given; somebody who does not rates this interview."""

    code = Code.KNOWS_ACCOMMODATIONS


class HasRated(InterviewError):
    """You have rated this interview; what its candidate was given is told to others."""

    code = Code.HAS_RATED


class FloorTaken(InterviewError):
    """Somebody else holds the floor; it is theirs to give."""

    code = Code.FLOOR_TAKEN
