"""Letters as tests write them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from interview.ids import InterviewId, MailId
from interview.mails import Calendar, Letter, Mail, MailKind
from tests.fakes.clock import NOON

MAIL, INTERVIEW = MailId(UUID(int=1)), InterviewId(UUID(int=2))
STARTS = NOON + timedelta(days=3)
TOKEN = "the-token-of-a-link"


def letter(kind: MailKind = MailKind.INVITATION, *, starts: bool = True, **changes: Any) -> Letter:
    """One that says all there is to say."""
    calendar = Calendar("request", 0, STARTS) if starts else None
    made = Letter(
        mail=Mail(
            mail_id=MAIL,
            interview=INTERVIEW,
            kind=kind,
            created_at=NOON,
            due_at=NOON,
            useless_after=STARTS,
            next_at=NOON,
            calendar=calendar,
            token=TOKEN,
        ),
        language="en",
        tenant="Acme",
        job="Engineer",
        minutes=20,
        name="Ada Lovelace",
        address="ada@example.com",
        reply_to="people@acme.example",
        time_zone="Europe/Berlin",
        at=NOON,
        starts_at=STARTS if starts else None,
        until=NOON + timedelta(days=7),
        calendar=calendar,
    )
    if kind is MailKind.CANCELLED:
        made = replace(
            made,
            mail=replace(made.mail, token=None),
            until=None,
            calendar=calendar and replace(calendar, method="cancel", sequence=1),
        )
    return replace(made, **changes)
