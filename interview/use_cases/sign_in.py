"""How a member signs in with a password, and the sessions that it opens."""

import hashlib
import hmac
from dataclasses import dataclass, replace
from datetime import datetime

from interview.accounts import Member, new_token, token_digest
from interview.audit import Actor, Deed
from interview.errors import NotFound, SetupLinkInvalid, Unauthenticated
from interview.ids import MemberId, SessionId, TenantId
from interview.people import SEEN_EVERY, SESSION_FOR, Account, MemberSession, SignedInBy
from interview.ports import ByEmail, BySetupLink, Passwords, Transaction
from interview.slowdown import ACCOUNT_FREE, ADDRESS_FREE, Counted
from interview.tenant_settings import TenantSettings
from interview.use_cases.seats import Left, leave_rooms
from interview.use_cases.world import World

WRONG = "E-mail and password do not go together."


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A member's new session; the token is shown only here. `left` are rooms that they have to
    leave, for what let them in has ended with it."""

    tenant: TenantId
    member: Member
    session: MemberSession
    token: str
    settings: TenantSettings
    left: tuple[Left, ...] = ()


@dataclass(frozen=True, slots=True)
class Credentials:
    """What somebody shows who signs in, and from where."""

    email: str
    password: str
    tenant: TenantId | None
    address: str


async def sign_in(
    world: World, passwords: Passwords, shown: Credentials, pepper: bytes
) -> SignedIn:
    """Opens a session. Whether there is such an account makes no difference to who has not got it.

    The attempt counts before the password is looked at, so that many at once count as many. The
    look is slow on purpose, and holds no transaction. Raises `Unauthenticated`, `TooManyAttempts`.
    """
    account_mark = _mark(pepper, "account", shown.email.lower())
    address_mark = _mark(pepper, "address", shown.address)
    counted = (Counted(account_mark, ACCOUNT_FREE), Counted(address_mark, ADDRESS_FREE))
    await world.store.count_attempts(counted, world.now())
    way = ByEmail(shown.email, shown.tenant)
    account = await _account(world, way)
    known = account.password_hash if account else None
    if not await passwords.verify(known, shown.password) or account is None or known is None:
        raise Unauthenticated(WRONG)
    newer = await passwords.hash(shown.password) if passwords.is_outdated(known) else None
    try:
        async with world.enter(way) as tx:
            now_known = await tx.members.by_email(shown.email)
            if now_known.password_hash != known:
                raise Unauthenticated(WRONG)
            if newer:
                await tx.members.set_password(now_known.member.member_id, newer)
            opened = await open_session(world, tx, now_known.member, "password")
    except NotFound as error:
        raise Unauthenticated(WRONG) from error
    await world.store.forget_attempts(account_mark)
    return opened


async def _account(world: World, way: ByEmail) -> Account | None:
    try:
        async with world.enter(way) as tx:
            return await tx.members.by_email(way.email)
    except NotFound:
        return None


async def set_up(world: World, passwords: Passwords, token: str, password: str) -> SignedIn:
    """Sets the password by a one-time link and signs in; the sessions before end.

    Raises `SetupLinkInvalid`.
    """
    digest = token_digest(token)
    await _check_link(world, digest)
    password_hash = await passwords.hash(password)
    try:
        async with world.enter(BySetupLink(digest)) as tx:
            now, member = world.now(), await _linked(tx, digest, world.now())
            await tx.setup_links.mark_used(digest, now)
            await tx.members.set_password(member.member_id, password_hash)
            await tx.member_sessions.end_all(member.member_id, now)
            await _note(world, tx, member, "set_password")
            left = await leave_rooms(replace(world, within=tx), tx.tenant, member.member_id)
            return replace(await open_session(world, tx, member, "setup_link"), left=left)
    except NotFound as error:
        raise SetupLinkInvalid from error


async def _check_link(world: World, digest: bytes) -> None:
    """Nobody without a good link makes us work."""
    try:
        async with world.enter(BySetupLink(digest)) as tx:
            await _linked(tx, digest, world.now())
    except NotFound as error:
        raise SetupLinkInvalid from error


async def _linked(tx: Transaction, digest: bytes, now: datetime) -> Member:
    link = await tx.setup_links.by_digest(digest)
    member = await tx.members.get(link.member)
    if link.used_at is not None or link.expires_at <= now or member.removed_at is not None:
        raise SetupLinkInvalid
    return member


async def open_session(
    world: World, tx: Transaction, member: Member, signed_in_by: SignedInBy
) -> SignedIn:
    """A session of a member who has proved to be one."""
    token, now = new_token(), world.now()
    session = MemberSession(
        session_id=SessionId(world.ids.new()),
        member=member.member_id,
        digest=token_digest(token),
        signed_in_by=signed_in_by,
        created_at=now,
        expires_at=now + SESSION_FOR,
        last_used_at=now,
    )
    await tx.member_sessions.add(session)
    await _note(world, tx, member, "create_session", signed_in_by=signed_in_by)
    return SignedIn(tx.tenant, member, session, token, await tx.settings.get())


async def admit_member(tx: Transaction, token: str, now: datetime) -> tuple[Member, MemberSession]:
    """Who is signed in with this token. Raises `NotFound`, `Unauthenticated`."""
    session = await tx.member_sessions.by_digest(token_digest(token))
    session.admit(now)
    member = await tx.members.get(session.member)
    if member.removed_at is not None:
        raise Unauthenticated
    return member, session


async def see_session(tx: Transaction, session: MemberSession, now: datetime) -> None:
    """Its use is noted, at most once a minute."""
    if session.last_used_at + SEEN_EVERY <= now:
        await tx.member_sessions.touch(session.session_id, now)


async def sessions_of(
    world: World, tenant: TenantId, member: MemberId
) -> tuple[MemberSession, ...]:
    """Those that are open."""
    async with world.transaction(tenant) as tx:
        found = await tx.member_sessions.of(member, world.now())
    return tuple(session for session in found if session.is_open(world.now()))


async def end_session(world: World, tenant: TenantId, member: MemberId, session: SessionId) -> None:
    """Signs out. Raises `NotFound` for a session of somebody else."""
    async with world.transaction(tenant) as tx:
        await tx.member_sessions.end(member, session, world.now())


async def _note(world: World, tx: Transaction, member: Member, action: str, **facts: str) -> None:
    actor = Actor("member", str(member.member_id))
    deed = Deed(actor, action, str(member.member_id), facts)
    await tx.audit.add(world.ids.new(), world.now(), deed)


def _mark(pepper: bytes, kind: str, of: str) -> bytes:
    """Recognises an account or an address again, and names it to nobody."""
    return hmac.digest(pepper, f"sign-in {kind}\n{of}".encode(), hashlib.sha256)
