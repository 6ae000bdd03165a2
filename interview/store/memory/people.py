"""Members, their links and sessions, and API keys in memory."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from interview.accounts import ApiKey, Member, Role, Scope
from interview.errors import Conflict, NotFound, SetupLinkInvalid
from interview.ids import MemberId, SessionId, TenantId
from interview.people import Account, MemberSession, SetupLink
from interview.ports import Page
from interview.ports.lists import KeysWanted, MembersWanted
from interview.store.cursors import Cursor, kid_cursor
from interview.store.memory.tables import Tables
from interview.store.memory.work import Work


@dataclass
class MemoryMembers:
    work: Work

    async def add(self, member: Member) -> None:
        if any(a.member.email.lower() == member.email.lower() for a in self._present()):
            raise Conflict
        self.work.tables.members.insert(self.work.row(member.member_id), Account(member, None))

    async def get(self, member: MemberId) -> Member:
        return (await self.account(member)).member

    async def account(self, member: MemberId) -> Account:
        return self.work.tables.members.find(self.work.row(member))

    async def by_email(self, email: str) -> Account:
        for account in self._present():
            if account.member.email.lower() == email.lower():
                return account
        raise NotFound

    async def page(self, limit: int, after: str | None) -> Page[Member]:
        page = self.work.page(self._present(), _cursor, limit, after, MembersWanted())
        return Page(tuple(account.member for account in page.items), page.next)

    async def owners(self) -> tuple[MemberId, ...]:
        owners = (a.member for a in self._present() if a.member.role is Role.OWNER)
        return tuple(sorted(member.member_id for member in owners))

    async def set_role(self, member: MemberId, role: Role) -> None:
        known = await self._held(member)
        self._put(replace(known, member=replace(known.member, role=role)))

    async def on_call(self) -> tuple[Member, ...]:
        here = (a.member for a in self._present() if a.member.on_call)
        return tuple(sorted(here, key=lambda member: member.member_id))

    async def set_on_call(self, member: MemberId, on_call: bool) -> None:
        known = await self._held(member)
        self._put(replace(known, member=replace(known.member, on_call=on_call)))

    async def set_password(self, member: MemberId, password_hash: str) -> None:
        self._put(replace(await self._held(member), password_hash=password_hash))

    async def remove(self, member: MemberId, at: datetime) -> None:
        known = await self._held(member)
        self._put(Account(replace(known.member, removed_at=at), None))

    def _present(self) -> list[Account]:
        rows = self.work.tables.members.items()
        mine = (account for (tenant, _), account in rows if tenant == self.work.tenant)
        return [account for account in mine if account.member.removed_at is None]

    async def _held(self, member: MemberId) -> Account:
        known = await self.account(member)
        if known.member.removed_at is not None:
            raise NotFound
        return known

    def _put(self, account: Account) -> None:
        self.work.tables.members[self.work.row(account.member.member_id)] = account


def _cursor(account: Account) -> Cursor:
    return Cursor(account.member.created_at, account.member.member_id)


def tenant_of_email(tables: Tables, email: str, among: TenantId | None) -> TenantId | None:
    """The one tenant in which somebody with this address has a password; of several, none."""
    found = [
        tenant
        for (tenant, _), account in tables.members.items()
        if account.member.email.lower() == email.lower()
        and account.member.removed_at is None
        and account.password_hash is not None
        and among in (None, tenant)
    ]
    return found[0] if len(found) == 1 else None


@dataclass
class MemorySetupLinks:
    work: Work

    async def add(self, link: SetupLink) -> None:
        self.work.tables.members.find(self.work.row(link.member))
        self.work.tables.setup_links.insert(link.digest, (self.work.tenant, link))

    async def by_digest(self, digest: bytes) -> SetupLink:
        tenant, link = self.work.tables.setup_links.find(digest)
        if tenant != self.work.tenant:
            raise NotFound
        return link

    async def mark_used(self, digest: bytes, at: datetime) -> None:
        tenant, link = self.work.tables.setup_links.get(digest, (None, None))
        if link is None or tenant != self.work.tenant or link.used_at is not None:
            raise SetupLinkInvalid
        self.work.tables.setup_links[digest] = self.work.tenant, replace(link, used_at=at)

    async def withdraw(self, member: MemberId, at: datetime) -> None:
        table = self.work.tables.setup_links
        for digest, (tenant, link) in tuple(table.items()):
            is_good = link.used_at is None and link.expires_at > at
            if (tenant, link.member) == (self.work.tenant, member) and is_good:
                table[digest] = tenant, replace(link, expires_at=at)


@dataclass
class MemoryMemberSessions:
    work: Work

    async def add(self, session: MemberSession) -> None:
        self.work.tables.members.find(self.work.row(session.member))
        self.work.tables.member_sessions.insert(session.digest, (self.work.tenant, session))

    async def get(self, session: SessionId) -> MemberSession:
        for known in self._mine():
            if known.session_id == session:
                return known
        raise NotFound

    async def by_digest(self, digest: bytes) -> MemberSession:
        tenant, session = self.work.tables.member_sessions.find(digest)
        if tenant != self.work.tenant:
            raise NotFound
        return session

    async def of(self, member: MemberId, at: datetime) -> tuple[MemberSession, ...]:
        mine = [s for s in self._mine() if s.member == member and s.expires_at > at]
        return tuple(sorted(mine, key=lambda s: (s.created_at, s.session_id)))

    async def end(self, member: MemberId, session: SessionId, at: datetime) -> None:
        for known in self._mine():
            if (known.member, known.session_id) == (member, session):
                self._put(replace(known, expires_at=min(known.expires_at, at)))
                return
        raise NotFound

    async def end_all(self, member: MemberId, at: datetime) -> None:
        for known in await self.of(member, at):
            self._put(replace(known, expires_at=at))

    async def touch(self, session: SessionId, at: datetime) -> None:
        for known in self._mine():
            if known.session_id == session:
                self._put(replace(known, last_used_at=at))

    def _mine(self) -> list[MemberSession]:
        rows = self.work.tables.member_sessions.values()
        return [session for tenant, session in rows if tenant == self.work.tenant]

    def _put(self, session: MemberSession) -> None:
        self.work.tables.member_sessions[session.digest] = self.work.tenant, session


@dataclass
class MemoryApiKeys:
    work: Work

    async def add(self, key: ApiKey) -> None:
        if key.tenant != self.work.tenant:
            raise NotFound
        if key.member is not None:
            self.work.tables.members.find(self.work.row(key.member))
        self.work.tables.api_keys.insert(key.kid, key)

    async def get(self, kid: str) -> ApiKey:
        key = self.work.tables.api_keys.find(kid)
        if key.tenant != self.work.tenant:
            raise NotFound
        return key

    async def page(self, limit: int, after: str | None) -> Page[ApiKey]:
        return self.work.page(self._mine(), kid_cursor, limit, after, KeysWanted())

    async def revoke(self, kid: str, at: datetime) -> None:
        key = await self.get(kid)
        self.work.tables.api_keys[kid] = replace(key, revoked_at=key.revoked_at or at)

    async def revoke_beyond(
        self, member: MemberId, scopes: Iterable[Scope], at: datetime
    ) -> tuple[str, ...]:
        allowed = frozenset(scopes)
        theirs = (k for k in self._mine() if k.member == member and k.revoked_at is None)
        beyond = sorted(key.kid for key in theirs if not key.scopes <= allowed)
        for kid in beyond:
            await self.revoke(kid, at)
        return tuple(beyond)

    async def touch(self, kid: str, at: datetime) -> None:
        key = await self.get(kid)
        self.work.tables.api_keys[kid] = replace(key, last_used_at=at)

    def _mine(self) -> list[ApiKey]:
        return [k for k in self.work.tables.api_keys.values() if k.tenant == self.work.tenant]
