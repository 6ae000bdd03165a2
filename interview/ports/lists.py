"""What a list is asked for: which things, and in what order."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from interview.ids import CandidateId, InterviewId, JobId, KitId, WebhookId
from interview.lifecycle import State
from interview.requests import RequestKind


class Sort(StrEnum):
    """By age, the oldest or the newest first."""

    OLDEST = "created_at"
    NEWEST = "-created_at"


class InterviewSort(StrEnum):
    """By age or by beginning; an interview without one counts as the latest."""

    OLDEST = "created_at"
    NEWEST = "-created_at"
    SOONEST = "starts_at"
    LATEST = "-starts_at"


@dataclass(frozen=True, slots=True)
class Span:
    """From `since` on, and `before` that."""

    since: datetime | None = None
    before: datetime | None = None

    def holds(self, at: datetime | None) -> bool:
        """No time is in no span but the one without ends."""
        if at is None:
            return self == ALWAYS
        is_early = self.since is not None and at < self.since
        return not is_early and (self.before is None or at < self.before)


ALWAYS = Span()


@dataclass(frozen=True, slots=True)
class JobsWanted:
    """`title` is how titles begin."""

    sort: Sort = Sort.OLDEST
    title: str | None = None
    created: Span = ALWAYS


@dataclass(frozen=True, slots=True)
class KitsWanted:
    """`published` keeps versions, or drafts when it is False."""

    sort: Sort = Sort.OLDEST
    job: JobId | None = None
    published: bool | None = None
    created: Span = ALWAYS


@dataclass(frozen=True, slots=True)
class CandidatesWanted:
    sort: Sort = Sort.OLDEST
    created: Span = ALWAYS


@dataclass(frozen=True, slots=True)
class InterviewsWanted:
    """`states` keeps those that are in one of them, when there is any; `asking` those that can
    still be given what their candidates wait for."""

    sort: InterviewSort = InterviewSort.OLDEST
    job: JobId | None = None
    kit: KitId | None = None
    candidate: CandidateId | None = None
    states: tuple[State, ...] = ()
    created: Span = ALWAYS
    starts: Span = ALWAYS
    asking: bool = False


@dataclass(frozen=True, slots=True)
class NotesWanted:
    """Of one interview."""

    interview: InterviewId
    sort: Sort = Sort.OLDEST


@dataclass(frozen=True, slots=True)
class RequestsWanted:
    """`open` keeps those that wait for an answer, or the others when it is False."""

    sort: Sort = Sort.OLDEST
    interview: InterviewId | None = None
    kind: RequestKind | None = None
    open: bool | None = None


@dataclass(frozen=True, slots=True)
class WebhooksWanted:
    sort: Sort = Sort.OLDEST


@dataclass(frozen=True, slots=True)
class DeliveriesWanted:
    """Of one endpoint; of events that occurred from `since` on, when it is given."""

    webhook: WebhookId
    status: str | None = None
    since: datetime | None = None
    sort: Sort = Sort.OLDEST


@dataclass(frozen=True, slots=True)
class MembersWanted:
    sort: Sort = Sort.OLDEST


@dataclass(frozen=True, slots=True)
class KeysWanted:
    sort: Sort = Sort.OLDEST


ALL_JOBS = JobsWanted()
ALL_KITS = KitsWanted()
ALL_CANDIDATES = CandidatesWanted()
ALL_INTERVIEWS = InterviewsWanted()

Wanted = (
    JobsWanted
    | KitsWanted
    | CandidatesWanted
    | InterviewsWanted
    | NotesWanted
    | RequestsWanted
    | WebhooksWanted
    | DeliveriesWanted
    | MembersWanted
    | KeysWanted
)
