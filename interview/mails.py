"""Mails to candidates: when each is due, how long it is of use, and how often it is tried."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from interview.accounts import Interview, Invitation
from interview.ids import InterviewId, InvitationId, MailId


class MailKind(StrEnum):
    """What a candidate is written about. Within v1 only additions."""

    INVITATION = "invitation"
    REMINDER_24H = "reminder_24h"
    REMINDER_1H = "reminder_1h"
    RESCHEDULED = "rescheduled"
    EXTENDED = "extended"
    CANCELLED = "cancelled"
    ANSWERED = "answered"


REMINDERS = {
    MailKind.REMINDER_24H: timedelta(hours=24),
    MailKind.REMINDER_1H: timedelta(hours=1),
}
"""How long before the interview begins, or before it may last be taken."""

LINKED = frozenset(MailKind) - {MailKind.CANCELLED, MailKind.ANSWERED}
"""What carries a link to an interview that is to be taken; it works once."""

OF_THE_INTERVIEW = frozenset(MailKind) - {MailKind.ANSWERED}
"""What is needless once the interview will not be; what somebody asked for is answered all the
same."""

MailState = Literal["waiting", "sent", "failed", "dropped"]
CalendarMethod = Literal["request", "cancel"]
Trouble = Literal[
    "refused",
    "address",
    "not_configured",
    "busy",
    "unreachable",
    "timeout",
    "unanswered",
    "tls",
    "login",
    "folder",
    "erased",
    "overtaken",
    "late",
]
"""Why a mail was not sent, or not yet: the other side's last word first, then our own reasons.

`address` is one that cannot be written to, `overtaken` what happened meanwhile made it needless,
`late` it was of no use any more when its turn came. Of what is `unanswered` nobody knows whether it
was taken: the other side had it, and then said nothing.
"""

FINAL = frozenset[Trouble]({"refused", "address", "not_configured"})
"""What another try would not change."""

UNCLEAR = frozenset[Trouble | None]({"unanswered"})
"""After these nobody knows whether it was sent. All others say that it was not."""

WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
)
"""From one try to the next; the last one again and again."""

SAID_FOR = timedelta(days=3)
"""So long after a change it is still worth telling of it."""

ANSWERS_TOGETHER = timedelta(minutes=10)
"""Answers that are given in one sitting are told in one mail."""

ANSWER_SAID_FOR = timedelta(days=14)
"""So long it is tried to tell of an answer."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """What becomes of the entry in the candidate's calendar: it stands at `at`, or stood there.

    `sequence` is how often it was changed (RFC 5545, 3.8.7.4).
    """

    method: CalendarMethod
    sequence: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail. `next_at` is None once it is over, and its `token` with it.

    `invitation` names the link that it carries and `token` opens it; one that has none yet is given
    a link of its own when its time has come. It `may_be_out` while somebody sends it, once it was
    sent, and for ever after a try of which nobody knows how it ended.
    """

    mail_id: MailId
    interview: InterviewId
    kind: MailKind
    created_at: datetime
    due_at: datetime
    useless_after: datetime
    next_at: datetime | None
    calendar: Calendar | None = None
    state: MailState = "waiting"
    attempts: int = 0
    may_be_out: bool = False
    trouble: Trouble | None = None
    ended_at: datetime | None = None
    invitation: InvitationId | None = None
    token: str | None = field(default=None, repr=False)

    @property
    def sent_at(self) -> datetime | None:
        """None for what was not sent."""
        return self.ended_at if self.state == "sent" else None

    def after(self, trouble: Trouble | None, now: datetime) -> "Mail":
        """Where it stands after one more try; without `trouble` it was taken."""
        tried = replace(self, attempts=self.attempts + 1)
        if trouble is None:
            return tried.over("sent", None, now)
        again = now + WAITS[min(self.attempts, len(WAITS) - 1)]
        if trouble in FINAL or again > self.useless_after:
            return tried.over("failed", trouble, now)
        return replace(tried, trouble=trouble, next_at=again)

    def over(self, state: MailState, trouble: Trouble | None, now: datetime) -> "Mail":
        """Done with: nothing is kept of its link."""
        over = replace(self, state=state, trouble=trouble, next_at=None, ended_at=now, token=None)
        return replace(over, may_be_out=self.may_be_out or state == "sent")


def link_is_good(link: Invitation, now: datetime) -> bool:
    """True for one that can still be used."""
    is_over = link.expires_at is not None and link.expires_at <= now
    return link.redeemed_at is None and link.withdrawn_at is None and not is_over


def has_access(links: Iterable[Invitation], *, barred: bool) -> bool:
    """False once everything that let the candidate in was taken away.

    A link that only grew old was not; of links that were used the newest counts, for it ended the
    sessions of the others.
    """
    known = tuple(links)
    if any(link.redeemed_at is None and link.withdrawn_at is None for link in known):
        return True
    used = [(link.redeemed_at, link) for link in known if link.redeemed_at is not None]
    if not used:
        return False
    newest = max(used, key=lambda each: each[0])[1]
    return newest.withdrawn_at is None and not barred


def is_told_of(mails: Iterable[Mail]) -> bool:
    """True once something may have reached the candidate that tells of this interview."""
    return any(mail.may_be_out and mail.kind in LINKED for mail in mails)


def calendar_after(mails: Iterable[Mail], starts_at: datetime | None) -> Calendar | None:
    """What has to be said to the candidate's calendar, after all that these said to it.

    Numbers are given once, also to what was never sent; only what may have been is taken back.
    """
    written = [(mail.calendar, mail.may_be_out) for mail in mails if mail.calendar is not None]
    sequence = max((said.sequence for said, _ in written), default=-1) + 1
    if starts_at is not None:
        return Calendar("request", sequence, starts_at)
    known = [said for said, may_be_out in written if may_be_out]
    newest = max(known, key=lambda said: said.sequence, default=None)
    if newest is None or newest.method == "cancel":
        return None
    return Calendar("cancel", sequence, newest.at)


def reminders(interview: Interview, now: datetime) -> Iterable[tuple[MailKind, datetime, datetime]]:
    """Kind, when it is due and when of no use any more, of those whose time is still to come."""
    moment = interview.starts_at or interview.expires_at
    if moment is None:
        return
    ends = {MailKind.REMINDER_24H: moment - REMINDERS[MailKind.REMINDER_1H]}
    for kind, before in REMINDERS.items():
        if moment - before > now:
            yield kind, moment - before, ends.get(kind, moment)


def link_of(public_url: str, token: str) -> str:
    """The token travels in the fragment: no server, proxy or log ever sees it in a request."""
    return f"{public_url}/i#{token}"


@dataclass(frozen=True, slots=True)
class Letter:
    """All that a mail says, for whoever writes it out; `until` is when its link ends."""

    mail: Mail
    language: str
    tenant: str
    job: str
    minutes: float
    name: str = field(repr=False)
    address: str = field(repr=False)
    reply_to: str | None
    time_zone: str
    at: datetime
    starts_at: datetime | None = None
    until: datetime | None = None
    calendar: Calendar | None = None
