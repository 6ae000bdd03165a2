"""Mails on their way out: tried when they are due, at least once, until taken or of no use.

The row of a mail says what is to be done; its job in the queue only wakes somebody to look. So a
job may come late, twice or after a crash: what is not due is left, what is over is over.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from interview.accommodations import MORE_TIME
from interview.accounts import Interview
from interview.errors import NotFound, Sealed
from interview.ids import MailId, TenantId
from interview.lifecycle import AWAITED, State
from interview.mails import (
    LINKED,
    UNCLEAR,
    Calendar,
    Letter,
    Mail,
    MailKind,
    Trouble,
    has_access,
    link_is_good,
)
from interview.ports import Post, Transaction
from interview.use_cases.candidate_door import given_to
from interview.use_cases.invitations import VALID_FOR, WAITING, has_expired, issue
from interview.use_cases.world import World

CLAIMED_FOR = timedelta(minutes=1)
"""Nobody else sends what is being sent; whoever died with it is waited for no longer."""

LOST_AFTER = timedelta(hours=1)
MOST = 1000


@dataclass(frozen=True, slots=True)
class Claimed:
    """A mail that this process sends and nobody else, what it was `before`, and all it says."""

    mail: Mail
    before: Mail
    letter: Letter

    def taken_back(self, held: Mail) -> Mail:
        """As it is stored now, and certainly not sent by us. What another has claimed since, when
        our claim was over, may be."""
        is_ours = held == self.mail or (held.state, held.attempts) == (
            "dropped",
            self.mail.attempts,
        )
        return replace(held, may_be_out=self.before.may_be_out) if is_ours else held


async def send_mail(world: World, post: Post, tenant: TenantId, mail: MailId) -> timedelta | None:
    """One try of a mail that is due; how long to wait for the next one, None when it is over.

    Nothing is locked while it is being sent.
    """
    try:
        found = await _claimed(world, tenant, mail)
        if not isinstance(found, Claimed):
            return found
        outcome = await post.send(found.letter)
        if outcome == "stopped":
            return await _give_back(world, tenant, found)
        return await _note(world, tenant, found, outcome)
    except NotFound:
        return None
    except Sealed:
        async with world.transaction(tenant) as tx:
            await tx.mails.end(mail, world.now(), "erased")
        return None


async def _claimed(world: World, tenant: TenantId, name: MailId) -> Claimed | timedelta | None:
    """What to send, or how long to wait. Raises `NotFound`, `Sealed`."""
    now = world.now()
    async with world.transaction(tenant) as tx:
        # The interview first, as everybody does who changes both.
        which = (await tx.mails.get(name)).interview
        interview = await tx.interviews.get(which, lock=True)
        mail = await tx.mails.get(name, lock=True)
        if mail.next_at is None:
            return None
        if mail.next_at > now:
            return mail.next_at - now
        if needless := await _needless(tx, mail, interview, now):
            await tx.mails.end(name, now, needless)
            return None
        linked, until = await _linked(world, tx, mail, interview)
        claimed = replace(linked, next_at=now + CLAIMED_FOR, may_be_out=True)
        await tx.mails.save(claimed)
        letter = await _letter(world, tx, claimed, interview, until)
        return Claimed(claimed, mail, letter)


async def _needless(
    tx: Transaction, mail: Mail, interview: Interview, now: datetime
) -> Trouble | None:
    """Why it is not sent any more, if so."""
    if mail.useless_after < now:
        return "late"
    if mail.kind is MailKind.ANSWERED:
        return None
    if mail.kind not in LINKED:
        return None if interview.state is State.CANCELLED else "overtaken"
    states = WAITING if mail.kind is MailKind.INVITATION else AWAITED
    if interview.state not in states or has_expired(interview, now):
        return "overtaken"
    links = await tx.invitations.of(mail.interview)
    own = [link for link in links if link.invitation_id == mail.invitation]
    is_good = all(link_is_good(link, now) for link in own)
    barred = await tx.sessions.is_barred(mail.interview)
    is_let_in = bool(own) or has_access(links, barred=barred)
    return None if is_good and is_let_in else "overtaken"


async def _note(
    world: World, tenant: TenantId, claimed: Claimed, trouble: Trouble | None
) -> timedelta | None:
    """Stores the try with what follows from it. Raises `NotFound`, `Sealed`.

    What somebody else did with it meanwhile stands, but that it was sent is told in any case.
    """
    now = world.now()
    async with world.transaction(tenant) as tx:
        held = await tx.mails.get(claimed.mail.mail_id, lock=True)
        mail = held if trouble in UNCLEAR else claimed.taken_back(held)
        if held == claimed.mail or trouble is None:
            mail = mail.after(trouble, now)
        else:
            mail = replace(mail, attempts=mail.attempts + 1)
        await tx.mails.save(mail)
    return mail.next_at - now if mail.next_at is not None else None


async def _give_back(world: World, tenant: TenantId, claimed: Claimed) -> timedelta:
    """Nothing was tried: whoever comes next need not wait. Raises `NotFound`, `Sealed`."""
    async with world.transaction(tenant) as tx:
        held = await tx.mails.get(claimed.mail.mail_id, lock=True)
        mail = claimed.taken_back(held)
        if held == claimed.mail:
            mail = replace(mail, next_at=world.now())
        await tx.mails.save(mail)
    return timedelta(0)


async def _linked(
    world: World, tx: Transaction, mail: Mail, interview: Interview
) -> tuple[Mail, datetime | None]:
    """With a link of its own if it has none yet, and until when that is good.

    Earlier links stay as they are; a repeat carries the same one.
    """
    now = world.now()
    is_over = interview.state not in WAITING or has_expired(interview, now)
    if not await _carries_link(tx, mail, is_over=is_over):
        return mail, None
    if mail.invitation is None:
        until = now + VALID_FOR if is_over else None
        link, token = await issue(world, tx, interview, until)
        return replace(mail, invitation=link.invitation_id, token=token), link.expires_at
    links = await tx.invitations.of(mail.interview)
    own = next(link for link in links if link.invitation_id == mail.invitation)
    return mail, own.expires_at


async def _carries_link(tx: Transaction, mail: Mail, *, is_over: bool) -> bool:
    """An answer's leads back to one's own words and rights; no answer lets somebody in to an
    interview who is to stay out of it."""
    if mail.kind is not MailKind.ANSWERED or is_over:
        return mail.kind in LINKED | {MailKind.ANSWERED}
    barred = await tx.sessions.is_barred(mail.interview)
    return has_access(await tx.invitations.of(mail.interview), barred=barred)


async def _letter(
    world: World, tx: Transaction, mail: Mail, interview: Interview, until: datetime | None
) -> Letter:
    """All that it says, as it holds now. Raises `Sealed`."""
    candidate = await tx.candidates.get(interview.candidate_id)
    record = await tx.kits.get(interview.kit_id)
    settings = await tx.settings.get()
    given = await given_to(tx, interview.interview_id)
    return Letter(
        mail=mail,
        calendar=_entry(mail.calendar, interview.starts_at),
        language=record.kit.language,
        tenant=await tx.tenants.name(),
        job=(await tx.jobs.get(record.job_id)).title,
        minutes=record.kit.minutes * MORE_TIME[given.time],
        name=candidate.name,
        address=candidate.email,
        reply_to=settings.reply_to,
        time_zone=settings.time_zone,
        at=world.now(),
        starts_at=interview.starts_at,
        until=until,
    )


def _entry(said: Calendar | None, starts_at: datetime | None) -> Calendar | None:
    """What a calendar is told: the time that holds now."""
    if said is None or said.method == "cancel":
        return said
    return replace(said, at=starts_at) if starts_at is not None else None


async def keep_mails(world: World) -> int:
    """Wakes what was due long ago without a job to wake it; how many."""
    woken = 0
    for tenant in await world.store.tenants():
        async with world.transaction(tenant) as tx:
            now = world.now()
            woken += await tx.mails.wake(now - LOST_AFTER, now, MOST)
    return woken
