"""Webhooks: what integrations are told of, how it is signed, and how often it is tried.

Signatures, headers and secrets follow the Standard Webhooks specification 1.0: a receiver needs its
library and nothing of ours.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from http import HTTPStatus
from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime

from interview.ids import HookEventId, InterviewId, MemberId, WebhookId
from interview.kit import Frozen
from interview.lifecycle import State


class HookType(StrEnum):
    """What an integration may ask to be told of. Within v1 only additions."""

    INVITED = "interview.invited"
    READY = "interview.ready"
    STARTED = "interview.started"
    PAUSED = "interview.paused"
    RESUMED = "interview.resumed"
    ENDED = "interview.ended"
    SCORED = "interview.scored"
    DECIDED = "interview.decided"
    DECLINED = "interview.declined"
    EXPIRED = "interview.expired"
    CANCELLED = "interview.cancelled"
    HUMAN_PATH = "interview.human_path"
    REQUESTED = "interview.requested"
    RELIEF_WANTED = "interview.relief_wanted"


_TOLD_BY_STATE = {
    State.INVITED: HookType.INVITED,
    State.READY: HookType.READY,
    State.LIVE: HookType.RESUMED,
    State.PAUSED: HookType.PAUSED,
    State.ENDED: HookType.ENDED,
    State.SCORED: HookType.SCORED,
    State.DECIDED: HookType.DECIDED,
    State.DECLINED: HookType.DECLINED,
    State.EXPIRED: HookType.EXPIRED,
    State.CANCELLED: HookType.CANCELLED,
    State.HUMAN_PATH: HookType.HUMAN_PATH,
}


def told_of(was: State, then: State) -> HookType | None:
    """What a move is called outside; None for one that is nobody's business yet."""
    if (was, then) == (State.READY, State.LIVE):
        return HookType.STARTED
    return _TOLD_BY_STATE.get(then)


@dataclass(frozen=True, slots=True)
class HookEvent:
    """Something to tell: `state` is that of the interview at `occurred_at`. Where a person is
    wanted, `on_call` are the members who were on call then."""

    event_id: HookEventId
    type: HookType
    interview: InterviewId
    state: State
    occurred_at: datetime
    on_call: tuple[MemberId, ...] = ()


class HookData(Frozen):
    """What it is about: `state` is that of the interview then; the rest is asked for. `on_call` is
    there where a person is wanted: the members whom to call."""

    interview_id: UUID
    state: State
    on_call: tuple[UUID, ...] | None = None


class HookPayload(Frozen):
    """What is sent: names and states, nothing personal. `id` is also the header `webhook-id`; what
    comes twice has the same one."""

    id: UUID
    type: HookType
    occurred_at: AwareDatetime
    data: HookData


def payload(event: HookEvent) -> bytes:
    """The body that is sent."""
    called = event.on_call if event.type is HookType.RELIEF_WANTED else None
    data = HookData(interview_id=event.interview, state=event.state, on_call=called)
    said = HookPayload(id=event.event_id, type=event.type, occurred_at=event.occurred_at, data=data)
    return said.model_dump_json(exclude_none=True).encode()


SECRET_PREFIX = "whsec_"  # noqa: S105
SECRET_BYTES = 32


def new_secret() -> str:
    """`whsec_` and 256 random bits in base64."""
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signature(secret: str, event: HookEventId, at: datetime, body: bytes) -> str:
    """`v1,` and HMAC-SHA256 over `id.timestamp.body`, in base64."""
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    signed = b"%s.%d." % (str(event).encode(), int(at.timestamp())) + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


Reason = Literal["by_hand", "failing", "gone"]
"""Why nothing is sent: somebody said so, it failed for `DISABLE_AFTER`, or it said 410."""

DISABLE_AFTER = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether an endpoint is sent anything. `failing_since` is the first failure after the last
    success; `reason` and `disabled_at` are there while nothing is sent."""

    reason: Reason | None = None
    disabled_at: datetime | None = None
    failing_since: datetime | None = None

    @property
    def enabled(self) -> bool:
        """True while events are sent."""
        return self.reason is None

    def disable(self, reason: Reason, now: datetime) -> "Standing":
        """A second reason does not take the place of the first."""
        return self if self.reason else replace(self, reason=reason, disabled_at=now)


@dataclass(frozen=True, slots=True)
class Retired:
    """The secret before this one, good until `until`."""

    secret: str = field(repr=False)
    until: datetime


@dataclass(frozen=True, slots=True)
class Webhook:
    """An endpoint of a tenant's. `version` counts its changes."""

    webhook_id: WebhookId
    url: str
    description: str
    types: frozenset[HookType]
    secret: str = field(repr=False)
    created_at: datetime
    changed_at: datetime
    version: int = 1
    retired: Retired | None = None
    standing: Standing = Standing()

    def rotate(self, secret: str, now: datetime, overlap: timedelta) -> "Webhook":
        """With a new secret; for `overlap` what is sent carries a signature by each."""
        retired = Retired(self.secret, now + overlap) if overlap else None
        return replace(
            self, secret=secret, retired=retired, changed_at=now, version=self.version + 1
        )

    def headers(self, event: HookEventId, body: bytes, now: datetime) -> dict[str, str]:
        """What a body is sent with, signed as of `now`."""
        good = [self.secret]
        if self.retired is not None and now < self.retired.until:
            good.append(self.retired.secret)
        return {
            "content-type": "application/json",
            "user-agent": "Vivavoce-Webhooks/1",
            "webhook-id": str(event),
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": " ".join(signature(each, event, now, body) for each in good),
        }


Status = Literal["waiting", "delivered", "failed", "held"]
"""`failed` was tried to the end; `held` was not, for its endpoint was disabled."""

Failure = Literal[
    "address",
    "dns",
    "connect",
    "tls",
    "timeout",
    "protocol",
    "too_large",
    "redirect",
    "gone",
    "status",
]
"""Why a try failed; a closed list, for what a receiver writes is not kept."""

SCHEDULE = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""From each try that failed to the next: the schedule of Standard Webhooks, three days in all."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one try; without a `failure` it was taken."""

    status: int | None
    failure: Failure | None
    duration_ms: int


def judged(status: int, duration_ms: int) -> Outcome:
    """2xx is a success, everything else is none: redirects are not followed."""
    failure: Failure | None = "status"
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        failure = None
    elif status == HTTPStatus.GONE:
        failure = "gone"
    elif HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        failure = "redirect"
    return Outcome(status, failure, duration_ms)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try of a delivery, in its log. `number` counts from 1."""

    number: int
    at: datetime
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event on its way to one endpoint: `attempts` in all, `tries` since it was last begun.

    While it waits, `next_at` is when it is due; `ended_at` is when it came to an end.
    """

    webhook: WebhookId
    event: HookEvent
    status: Status
    created_at: datetime
    next_at: datetime | None
    attempts: int = 0
    tries: int = 0
    ended_at: datetime | None = None

    def after(self, outcome: Outcome, now: datetime) -> "Delivery":
        """As it stands after a try."""
        tried = replace(self, attempts=self.attempts + 1, tries=self.tries + 1)
        if outcome.failure is None:
            return replace(tried, status="delivered", next_at=None, ended_at=now)
        if outcome.failure == "gone" or self.tries >= len(SCHEDULE):
            return replace(tried, status="failed", next_at=None, ended_at=now)
        return replace(tried, next_at=now + SCHEDULE[self.tries])

    def hold(self, now: datetime) -> "Delivery":
        """Not to be sent until somebody says so."""
        return replace(self, status="held", next_at=None, ended_at=now)

    def again(self, now: datetime) -> "Delivery":
        """From the beginning, with the same id."""
        return replace(self, status="waiting", next_at=now, tries=0, ended_at=None)


def standing_after(standing: Standing, outcome: Outcome, now: datetime) -> Standing:
    """How an endpoint stands after a try: one success makes up for every failure before it."""
    if outcome.failure is None:
        return replace(standing, failing_since=None)
    since = standing.failing_since or now
    failing = replace(standing, failing_since=since)
    if outcome.failure == "gone":
        return failing.disable("gone", now)
    return failing.disable("failing", now) if now - since >= DISABLE_AFTER else failing
