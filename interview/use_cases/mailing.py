"""What candidates are written: put on its way in the transaction of the change that it tells of.

Names, addresses and times are looked up when a mail is sent, so that it says what holds then.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from interview.accounts import Interview, Invitation
from interview.errors import Sealed
from interview.ids import InterviewId, MailId, TenantId
from interview.lifecycle import AWAITED
from interview.mails import (
    ANSWER_SAID_FOR,
    ANSWERS_TOGETHER,
    LINKED,
    OF_THE_INTERVIEW,
    REMINDERS,
    SAID_FOR,
    Calendar,
    Mail,
    MailKind,
    calendar_after,
    is_told_of,
    link_is_good,
    reminders,
)
from interview.ports import Transaction
from interview.use_cases.world import World

OF_TIMES = frozenset({*REMINDERS, MailKind.RESCHEDULED, MailKind.EXTENDED})
"""What says nothing right any more once the times have changed."""


async def writes_mail(tx: Transaction, asked: bool | None) -> bool:
    """Whether candidates are written to: as a call asks for it, or else as the tenant has set."""
    return asked if asked is not None else (await tx.settings.get()).sends_mail


async def write_invitation(
    world: World,
    tx: Transaction,
    interview: Interview,
    link: Invitation,
    token: str,
    asked: bool | None,
) -> None:
    """The link itself, and reminders after it; nothing to whoever was erased."""
    if not await writes_mail(tx, asked):
        return
    now, end = world.now(), link.expires_at
    calendar = None
    if interview.starts_at is not None:
        known = await tx.mails.of(interview.interview_id)
        calendar = calendar_after(known, interview.starts_at)
    invitation = Mail(
        mail_id=MailId(world.ids.new()),
        interview=interview.interview_id,
        kind=MailKind.INVITATION,
        created_at=now,
        due_at=now,
        useless_after=end or now + SAID_FOR,
        next_at=now,
        calendar=calendar,
        invitation=link.invitation_id,
        token=token,
    )
    with suppress(Sealed):
        await tx.mails.put(interview.candidate_id, [invitation, *_reminders(world, interview)])


async def write_times(
    world: World, tx: Transaction, moved: Interview, asked: bool | None, *, is_longer: bool
) -> None:
    """That an interview has other times now, or only a later end, and reminders of these.

    An invitation that waits says so by itself. Who was never written to is not either way, and
    nobody is reminded of the old times. A call that asks for no mail is about this change alone:
    reminders go on.
    """
    now, name = world.now(), moved.interview_id
    before = await tx.mails.of(name)
    await tx.mails.drop(name, now, "overtaken", kinds=OF_TIMES)
    if moved.state not in AWAITED:
        return
    known = await tx.mails.of(name)
    is_awaited = await _moves_with_its_invitation(world, tx, moved, known)
    wanted = asked or None
    if not (is_awaited and await writes_mail(tx, wanted)) and not await _goes_on(tx, known, wanted):
        return
    is_silent = is_awaited or asked is False
    said = () if is_silent else (_other_times(world, moved, before, is_longer=is_longer),)
    await tx.mails.put(moved.candidate_id, [*said, *_reminders(world, moved)])


def _other_times(world: World, moved: Interview, known: Sequence[Mail], *, is_longer: bool) -> Mail:
    """A later end leaves the beginning and its entry as they are, if these were told."""
    ends = [at for at in (moved.starts_at, moved.expires_at) if at is not None]
    useless_after = max(ends, default=world.now() + SAID_FOR)
    is_untold = any((m.kind, m.state) == (MailKind.RESCHEDULED, "waiting") for m in known)
    if is_longer and not is_untold:
        return _told(world, moved.interview_id, MailKind.EXTENDED, useless_after, None)
    calendar = calendar_after(known, moved.starts_at)
    return _told(world, moved.interview_id, MailKind.RESCHEDULED, useless_after, calendar)


async def write_cancellation(
    world: World, tx: Transaction, cancelled: Interview, asked: bool | None
) -> None:
    """That an interview will not be; nothing else is written of it any more."""
    now, name = world.now(), cancelled.interview_id
    await tx.mails.drop(name, now, "overtaken", kinds=OF_THE_INTERVIEW)
    known = await tx.mails.of(name)
    if await _goes_on(tx, known, asked):
        calendar = calendar_after(known, None)
        told = _told(world, name, MailKind.CANCELLED, now + SAID_FOR, calendar)
        await tx.mails.put(cancelled.candidate_id, [told])


async def write_answer(world: World, tx: Transaction, name: InterviewId) -> None:
    """That what was asked for has an answer, and a link to read it; nothing to whoever was erased.

    No word of either is in it. One that waits tells of all answers until it is sent.
    """
    known = await tx.mails.of(name)
    is_told = any((m.kind, m.state) == (MailKind.ANSWERED, "waiting") for m in known)
    if is_told or not await writes_mail(tx, None):
        return
    now = world.now()
    told = _told(world, name, MailKind.ANSWERED, now + ANSWER_SAID_FOR, None)
    later = replace(told, due_at=now + ANSWERS_TOGETHER, next_at=now + ANSWERS_TOGETHER)
    with suppress(Sealed):
        await tx.mails.put((await tx.interviews.get(name)).candidate_id, [later])


async def list_mails(world: World, tenant: TenantId, interview: InterviewId) -> tuple[Mail, ...]:
    """What was written to the candidate or will be, oldest first. Raises `NotFound`."""
    async with world.transaction(tenant) as tx:
        await tx.interviews.get(interview)
        return await tx.mails.of(interview)


async def drop_linked(world: World, tx: Transaction, interview: InterviewId) -> None:
    """Whatever waits with a link, or would be given one, is not sent any more."""
    await tx.mails.drop(interview, world.now(), "overtaken", kinds=LINKED)


async def _moves_with_its_invitation(
    world: World, tx: Transaction, moved: Interview, known: Iterable[Mail]
) -> bool:
    """Whether an invitation waits that nobody has yet and whose link is good: it will tell of the
    new times. Its entry, and how long it is of use, become those of these. Raises `Sealed`."""
    now = world.now()
    ends = {
        link.invitation_id: link.expires_at or now + SAID_FOR
        for link in await tx.invitations.of(moved.interview_id)
        if link_is_good(link, now)
    }
    for mail in known:
        if mail.invitation in ends and _is_untold(mail):
            others = [each for each in known if each is not mail]
            waiting = replace(
                await tx.mails.get(mail.mail_id, lock=True),
                useless_after=ends[mail.invitation],
                calendar=calendar_after(others, moved.starts_at),
            )
            await tx.mails.save(waiting)
            return True
    return False


def _is_untold(mail: Mail) -> bool:
    return (mail.kind, mail.state, mail.may_be_out) == (MailKind.INVITATION, "waiting", False)


async def _goes_on(tx: Transaction, known: Iterable[Mail], asked: bool | None) -> bool:
    """Whether somebody is written to again: who was before, or who is to be by all means."""
    return bool(asked) or (is_told_of(known) and await writes_mail(tx, asked))


def _told(
    world: World,
    interview: InterviewId,
    kind: MailKind,
    useless_after: datetime,
    calendar: Calendar | None,
) -> Mail:
    now = world.now()
    return Mail(
        mail_id=MailId(world.ids.new()),
        interview=interview,
        kind=kind,
        created_at=now,
        due_at=now,
        useless_after=useless_after,
        next_at=now,
        calendar=calendar,
    )


def _reminders(world: World, interview: Interview) -> Iterator[Mail]:
    now = world.now()
    for kind, due_at, useless_after in reminders(interview, now):
        yield Mail(
            mail_id=MailId(world.ids.new()),
            interview=interview.interview_id,
            kind=kind,
            created_at=now,
            due_at=due_at,
            useless_after=useless_after,
            next_at=due_at,
        )
