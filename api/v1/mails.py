"""What candidates were written, and what they will be."""

from uuid import UUID

from interview.errors import Code
from interview.ids import InterviewId
from interview.kit import Frozen
from interview.mails import Mail, MailKind, MailState, Trouble
from interview.use_cases import mailing
from pydantic import AwareDatetime

from api.callers import Staff
from api.registry import STAFF, Call, operation
from api.v1.shapes import Instant


class MailView(Frozen):
    """A mail to the candidate, without its link and whom it goes to.

    `trouble` is why it was not sent, or not yet; one that waits is tried again.
    """

    id: UUID
    kind: MailKind
    state: MailState
    due_at: AwareDatetime
    sent_at: Instant
    attempts: int
    trouble: Trouble | None

    @classmethod
    def of(cls, mail: Mail) -> "MailView":
        return cls(
            id=mail.mail_id,
            kind=mail.kind,
            state=mail.state,
            due_at=mail.due_at,
            sent_at=mail.sent_at,
            attempts=mail.attempts,
            trouble=mail.trouble,
        )


class MailsView(Frozen):
    """Every mail about an interview, oldest first."""

    items: tuple[MailView, ...]


@operation(
    "GET",
    "/v1/interviews/{interview_id}/mails",
    STAFF,
    tag="interviews",
    errors=[Code.NOT_FOUND],
)
async def list_mails(call: Call, caller: Staff, interview_id: UUID) -> MailsView:
    """List the mails to the candidate: sent, on their way, failed, or not needed any more.

    One whose links were withdrawn, and what an interview's change has made needless, is `dropped`.
    """
    found = await mailing.list_mails(call.world, caller.tenant, InterviewId(interview_id))
    return MailsView(items=tuple(map(MailView.of, found)))


OPERATIONS = (list_mails,)
