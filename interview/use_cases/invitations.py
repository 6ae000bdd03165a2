"""Invitations: one-time links, and what redeeming one opens."""

from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from interview.accounts import CandidateSession, Interview, Invitation, new_token, token_digest
from interview.acting import done_by
from interview.audit import Actor
from interview.by_people import InvitationWithdrawn
from interview.errors import (
    CalledOff,
    InterviewNotOpen,
    InvitationExpired,
    InvitationInvalid,
    InvitationUsed,
    NotFound,
    WrongState,
)
from interview.events import InvitationRedeemed
from interview.ids import InterviewId, InvitationId, TenantId, candidate_identity
from interview.lifecycle import OPEN, RUNNING, State
from interview.ports import ByInvitation, Transaction
from interview.use_cases.mailing import drop_linked, write_invitation, writes_mail
from interview.use_cases.world import World

VALID_FOR = timedelta(days=14)
"""An invitation without an end of its own is good for this long."""

RESUME_FOR = timedelta(days=1)
"""So long a begun interview waits for its candidate."""

SESSION_FOR = timedelta(days=60)
"""A session lives at least this long: whoever asks for something afterwards is answered within 30
days, and reads the answer. What may be done with it follows from where the interview stands."""

WAITING = OPEN | {State.INVITED}
"""States in which a link leads to the interview."""

LEADS = frozenset(State) - {State.DRAFT}
"""States in which a link leads somewhere: afterwards to one's own words and rights."""


@dataclass(frozen=True, slots=True)
class Redeemed:
    """The candidate's session; the token is shown only here."""

    session_token: str
    session: CandidateSession
    interview: Interview

    @property
    def takes_over(self) -> str | None:
        """Who has to leave the room if they came into it by an earlier session; None when there is
        nobody in it."""
        is_running = self.interview.state in RUNNING
        return candidate_identity(self.interview.candidate_id) if is_running else None


async def issue(
    world: World, tx: Transaction, interview: Interview, expires_at: datetime | None
) -> tuple[Invitation, str]:
    """Stores a new invitation; with its token, of which only the digest is kept."""
    token, now = new_token(), world.now()
    until = expires_at or interview.expires_at or now + VALID_FOR
    name = InvitationId(world.ids.new())
    link = Invitation(name, interview.interview_id, token_digest(token), now, until)
    await tx.invitations.add(link)
    return link, token


async def invite_again(
    world: World, tenant: TenantId, interview: InterviewId, mail: bool | None = None
) -> str:
    """The token of a new link; those that were not redeemed yet are good for nothing any more.

    Who is inside stays there until the new link is redeemed. Mails that wait make room
    only for those of the new one, but for what carries an old link. Once there is nothing to take
    any more the link leads to one's own words and rights; no mail of ours has the words for that.

    Raises `NotFound`, `WrongState`.
    """
    now = world.now()
    async with world.transaction(tenant) as tx:
        found = await tx.interviews.get(interview, lock=True)
        if found.state not in LEADS:
            raise WrongState(f"an interview that is {found.state} needs no invitation")
        if found.state not in WAITING or has_expired(found, now):
            await tx.invitations.withdraw(interview, now)
            return (await issue(world, tx, found, now + VALID_FOR))[1]
        for old in await tx.invitations.of(interview):
            if old.redeemed_at is None:
                await tx.mails.drop(interview, now, "overtaken", invitation=old.invitation_id)
        await tx.invitations.withdraw(interview, now)
        link, token = await issue(world, tx, found, None)
        if is_written := await writes_mail(tx, mail):
            await drop_linked(world, tx, interview)
        await write_invitation(world, tx, found, link, token, is_written)
        return token


async def redeem(world: World, token: str, session_token: str | None = None) -> Redeemed:
    """Opens a session, once; it takes the place of the interview's earlier ones.

    Raises `InvitationInvalid`, `InvitationUsed`, `InvitationExpired`, `CalledOff`,
    `InterviewNotOpen`.
    """
    now, digest = world.now(), token_digest(token)
    async with AsyncExitStack() as stack:
        try:
            tx = await stack.enter_async_context(world.enter(ByInvitation(digest)))
        except NotFound as error:
            raise InvitationInvalid from error
        invitation = await tx.invitations.by_digest(digest, lock=True)
        interview = await tx.interviews.get(invitation.interview)
        _check(invitation, interview, now)
        session_token = session_token or new_token()
        session = CandidateSession(
            interview.interview_id, token_digest(session_token), now, _session_end(invitation, now)
        )
        await tx.invitations.mark_redeemed(invitation.invitation_id, now)
        await tx.sessions.end(interview.interview_id, now)
        await tx.sessions.add(session)
        await world.note(tx, interview.interview_id, InvitationRedeemed())
        return Redeemed(session_token, session, interview)


async def list_invitations(
    world: World, tenant: TenantId, interview: InterviewId
) -> tuple[Invitation, ...]:
    """Every link that was made, oldest first. Raises `NotFound`."""
    async with world.transaction(tenant) as tx:
        await tx.interviews.get(interview)
        return await tx.invitations.of(interview)


async def withdraw_invitation(
    world: World, tenant: TenantId, actor: Actor, interview: InterviewId, name: InvitationId
) -> tuple[Invitation, str | None]:
    """Ends a link; if its session is the one that is open, that too: the candidate is barred then
    until a new link is opened.

    The second value is who has to leave the room then. Raises `NotFound`, `WrongState` for a link
    that is over already, `Sealed`.
    """
    now = world.now()
    async with world.transaction(tenant) as tx:
        held = await tx.interviews.get(interview, lock=True)
        links = await tx.invitations.of(interview)
        link = next((link for link in links if link.invitation_id == name), None)
        if link is None:
            raise NotFound
        opened = [each for each in links if each.redeemed_at is not None]
        is_inside = link.redeemed_at is not None and link == max(opened, key=_redeemed)
        if link.withdrawn_at is not None or not (is_inside or _waits(link, now)):
            raise WrongState("This link is over already.")
        await tx.invitations.withdraw_one(name, now)
        await tx.mails.drop(interview, now, "overtaken", invitation=name)
        if is_inside:
            await tx.sessions.withdraw(interview, now)
        fact = InvitationWithdrawn(invitation_id=name, by=done_by(actor))
        await world.note(tx, interview, fact)
    ended = replace(link, expires_at=now, withdrawn_at=now)
    leaves = is_inside and held.state in RUNNING
    return ended, candidate_identity(held.candidate_id) if leaves else None


def _redeemed(link: Invitation) -> datetime:
    return link.redeemed_at or link.created_at


def _waits(link: Invitation, now: datetime) -> bool:
    is_good = link.expires_at is None or link.expires_at > now
    return link.redeemed_at is None and is_good


def has_expired(interview: Interview, now: datetime) -> bool:
    """True once the time to take the interview is over; one that was begun is finished in peace."""
    return (
        interview.expires_at is not None
        and interview.expires_at <= now
        and interview.state not in RUNNING
    )


def _check(invitation: Invitation, interview: Interview, now: datetime) -> None:
    is_over = invitation.expires_at is not None and invitation.expires_at <= now
    is_good = invitation.redeemed_at is None and not is_over
    if interview.state is State.CANCELLED and not is_good:
        raise CalledOff
    if invitation.redeemed_at is not None:
        raise InvitationUsed
    if is_over:
        raise InvitationExpired
    if interview.state not in LEADS:
        raise InterviewNotOpen


def _session_end(invitation: Invitation, now: datetime) -> datetime:
    return max(invitation.expires_at or now + VALID_FOR, now + SESSION_FOR)
