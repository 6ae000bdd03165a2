"""Members, their setup links and their sessions in PostgreSQL."""

from dataclasses import dataclass
from datetime import datetime

import asyncpg

from interview.accounts import Member, Role
from interview.errors import SetupLinkInvalid
from interview.ids import MemberId, SessionId
from interview.people import Account, MemberSession, SetupLink
from interview.ports import Page
from interview.ports.lists import MembersWanted
from interview.store.cursors import Cursor
from interview.store.postgres.lists import Filter, Listing, Order
from interview.store.postgres.work import Work

MEMBER = """
    SELECT member_id, email, role, created_at, removed_at, on_call, password_hash FROM members
    WHERE tenant = $1 AND member_id = $2
"""

MEMBER_BY_EMAIL = """
    SELECT member_id, email, role, created_at, removed_at, on_call, password_hash FROM members
    WHERE tenant = $1 AND lower(email) = lower($2) AND removed_at IS NULL
"""

MEMBERS = """
    SELECT member_id, email, role, created_at, removed_at, on_call FROM members
"""
BY_AGE = Order("created_at", "member_id")

OWNERS_LOCKED = """
    SELECT member_id FROM members
    WHERE tenant = $1 AND role = 'owner' AND removed_at IS NULL
    ORDER BY member_id FOR NO KEY UPDATE
"""

SET_ROLE = """
    UPDATE members SET role = $3 WHERE tenant = $1 AND member_id = $2 AND removed_at IS NULL
    RETURNING member_id
"""

ON_CALL = """
    SELECT member_id, email, role, created_at, removed_at, on_call FROM members
    WHERE tenant = $1 AND on_call AND removed_at IS NULL ORDER BY member_id
"""

SET_ON_CALL = """
    UPDATE members SET on_call = $3 WHERE tenant = $1 AND member_id = $2 AND removed_at IS NULL
    RETURNING member_id
"""

SET_HASH = """
    UPDATE members SET password_hash = $3
    WHERE tenant = $1 AND member_id = $2 AND removed_at IS NULL
    RETURNING member_id
"""

REMOVE_MEMBER = """
    UPDATE members SET removed_at = $3, password_hash = NULL
    WHERE tenant = $1 AND member_id = $2 AND removed_at IS NULL
    RETURNING member_id
"""


@dataclass(frozen=True)
class PostgresMembers:
    work: Work

    async def get(self, member: MemberId) -> Member:
        return (await self.account(member)).member

    async def account(self, member: MemberId) -> Account:
        return _account(await self.work.session.row(MEMBER, self.work.tenant, member))

    async def by_email(self, email: str) -> Account:
        return _account(await self.work.session.row(MEMBER_BY_EMAIL, self.work.tenant, email))

    async def page(self, limit: int, after: str | None) -> Page[Member]:
        listing = Listing(self.work, MEMBERS, BY_AGE)
        present: list[Filter] = [("removed_at IS NULL",)]
        return await listing.page(MembersWanted(), present, limit, after, _member, _cursor)

    async def owners(self) -> tuple[MemberId, ...]:
        rows = await self.work.session.rows(OWNERS_LOCKED, self.work.tenant)
        return tuple(row["member_id"] for row in rows)

    async def set_role(self, member: MemberId, role: Role) -> None:
        await self.work.session.row(SET_ROLE, self.work.tenant, member, role)

    async def on_call(self) -> tuple[Member, ...]:
        rows = await self.work.session.rows(ON_CALL, self.work.tenant)
        return tuple(_member(row) for row in rows)

    async def set_on_call(self, member: MemberId, on_call: bool) -> None:
        await self.work.session.row(SET_ON_CALL, self.work.tenant, member, on_call)

    async def set_password(self, member: MemberId, password_hash: str) -> None:
        await self.work.session.row(SET_HASH, self.work.tenant, member, password_hash)

    async def remove(self, member: MemberId, at: datetime) -> None:
        await self.work.session.row(REMOVE_MEMBER, self.work.tenant, member, at)


def _member(row: asyncpg.Record) -> Member:
    return Member(
        row["member_id"],
        row["email"],
        Role(row["role"]),
        row["created_at"],
        row["removed_at"],
        row["on_call"],
    )


def _account(row: asyncpg.Record) -> Account:
    return Account(_member(row), row["password_hash"])


def _cursor(member: Member) -> Cursor:
    return Cursor(member.created_at, member.member_id)


ADD_SETUP_LINK = """
    INSERT INTO setup_links (tenant, digest, member_id, created_at, expires_at, used_at)
    VALUES ($1, $2, $3, $4, $5, $6)
"""

SETUP_LINK = """
    SELECT digest, member_id, created_at, expires_at, used_at FROM setup_links
    WHERE tenant = $1 AND digest = $2
"""

USE_SETUP_LINK = """
    UPDATE setup_links SET used_at = $3
    WHERE tenant = $1 AND digest = $2 AND used_at IS NULL
    RETURNING digest
"""

WITHDRAW_SETUP_LINKS = """
    UPDATE setup_links SET expires_at = $3
    WHERE tenant = $1 AND member_id = $2 AND used_at IS NULL AND expires_at > $3
"""


@dataclass(frozen=True)
class PostgresSetupLinks:
    work: Work

    async def add(self, link: SetupLink) -> None:
        await self.work.session.execute(
            ADD_SETUP_LINK,
            self.work.tenant,
            link.digest,
            link.member,
            link.created_at,
            link.expires_at,
            link.used_at,
        )

    async def by_digest(self, digest: bytes) -> SetupLink:
        return SetupLink(*await self.work.session.row(SETUP_LINK, self.work.tenant, digest))

    async def mark_used(self, digest: bytes, at: datetime) -> None:
        tenant = self.work.tenant
        if await self.work.session.row_or_none(USE_SETUP_LINK, tenant, digest, at) is None:
            raise SetupLinkInvalid

    async def withdraw(self, member: MemberId, at: datetime) -> None:
        await self.work.session.execute(WITHDRAW_SETUP_LINKS, self.work.tenant, member, at)


ADD_MEMBER_SESSION = """
    INSERT INTO member_sessions (
        tenant, session_id, member_id, digest, signed_in_by, created_at, expires_at, last_used_at
    ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
"""

MEMBER_SESSION = """
    SELECT session_id, member_id, digest, signed_in_by, created_at, expires_at, last_used_at
    FROM member_sessions WHERE tenant = $1 AND digest = $2
"""

MEMBER_SESSION_NAMED = """
    SELECT session_id, member_id, digest, signed_in_by, created_at, expires_at, last_used_at
    FROM member_sessions WHERE tenant = $1 AND session_id = $2
"""

SESSIONS_OF_MEMBER = """
    SELECT session_id, member_id, digest, signed_in_by, created_at, expires_at, last_used_at
    FROM member_sessions WHERE tenant = $1 AND member_id = $2 AND expires_at > $3
    ORDER BY created_at, session_id
"""

END_MEMBER_SESSION = """
    UPDATE member_sessions SET expires_at = least(expires_at, $4)
    WHERE tenant = $1 AND member_id = $2 AND session_id = $3
    RETURNING session_id
"""

END_SESSIONS_OF_MEMBER = """
    UPDATE member_sessions SET expires_at = $3
    WHERE tenant = $1 AND member_id = $2 AND expires_at > $3
"""

TOUCH_MEMBER_SESSION = """
    UPDATE member_sessions SET last_used_at = $3
    WHERE tenant = $1 AND session_id = (
        SELECT session_id FROM member_sessions WHERE tenant = $1 AND session_id = $2
        FOR NO KEY UPDATE SKIP LOCKED
    )
"""


@dataclass(frozen=True)
class PostgresMemberSessions:
    work: Work

    async def add(self, session: MemberSession) -> None:
        await self.work.session.execute(
            ADD_MEMBER_SESSION,
            self.work.tenant,
            session.session_id,
            session.member,
            session.digest,
            session.signed_in_by,
            session.created_at,
            session.expires_at,
            session.last_used_at,
        )

    async def get(self, session: SessionId) -> MemberSession:
        row = await self.work.session.row(MEMBER_SESSION_NAMED, self.work.tenant, session)
        return MemberSession(*row)

    async def by_digest(self, digest: bytes) -> MemberSession:
        row = await self.work.session.row(MEMBER_SESSION, self.work.tenant, digest)
        return MemberSession(*row)

    async def of(self, member: MemberId, at: datetime) -> tuple[MemberSession, ...]:
        rows = await self.work.session.rows(SESSIONS_OF_MEMBER, self.work.tenant, member, at)
        return tuple(MemberSession(*row) for row in rows)

    async def end(self, member: MemberId, session: SessionId, at: datetime) -> None:
        await self.work.session.row(END_MEMBER_SESSION, self.work.tenant, member, session, at)

    async def end_all(self, member: MemberId, at: datetime) -> None:
        await self.work.session.execute(END_SESSIONS_OF_MEMBER, self.work.tenant, member, at)

    async def touch(self, session: SessionId, at: datetime) -> None:
        await self.work.session.execute(TOUCH_MEMBER_SESSION, self.work.tenant, session, at)
