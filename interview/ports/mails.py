"""Mails to candidates: what is to be sent, and who sends it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Literal, Protocol

from interview.ids import CandidateId, InterviewId, InvitationId, MailId
from interview.mails import Letter, Mail, MailKind, Trouble


class Mails(Protocol):
    """Mails; each that waits has a job in the queue. Tokens are sealed under the candidate's key,
    and gone as soon as a mail is over."""

    async def put(self, candidate: CandidateId, mails: Sequence[Mail]) -> None:
        """New ones to one candidate, each with a job for when it is due. Raises `Sealed`."""
        ...

    async def get(self, mail: MailId, *, lock: bool = False) -> Mail:
        """`lock` holds the row until the transaction ends. Raises `NotFound`, `Sealed`."""
        ...

    async def of(self, interview: InterviewId) -> tuple[Mail, ...]:
        """Oldest first, without their tokens."""
        ...

    async def save(self, mail: Mail) -> None:
        """Where it stands, its link, and what it says to calendars. Raises `NotFound`, `Sealed`."""
        ...

    async def drop(
        self,
        interview: InterviewId,
        at: datetime,
        trouble: Trouble,
        *,
        kinds: frozenset[MailKind] = frozenset(MailKind),
        invitation: InvitationId | None = None,
    ) -> None:
        """Those that wait are over; only of these kinds, only with this link if one is named."""
        ...

    async def end(self, mail: MailId, at: datetime, trouble: Trouble) -> None:
        """The same for one of them, whether it can be opened or not."""
        ...

    async def erased(self, among: Collection[MailId]) -> tuple[MailId, ...]:
        """Those of them that went to candidates who are erased."""
        ...

    async def wake(self, before: datetime, at: datetime, most: int) -> int:
        """A job, due at `at`, for up to `most` that wait though they were due before: the queue has
        lost theirs. How many."""
        ...


class KeptMails(Protocol):
    """Mails that lie on this machine, with all that they say."""

    async def kept(self) -> frozenset[MailId]:
        """Which. Raises `OSError`."""
        ...

    async def delete(self, mails: Collection[MailId]) -> None:
        """These, if they are there. Raises `OSError`."""
        ...


class Post(Protocol):
    """Who takes mails."""

    async def send(self, letter: Letter) -> Trouble | Literal["stopped"] | None:
        """None once it was taken; never raises for what the other side does.

        `stopped` when this process is to end, and nothing of the mail has left it yet.
        """
        ...
