"""The nouns of those who work in a tenant: members, their links and sessions, API keys."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from interview.accounts import ApiKey, Member, Role, Scope
from interview.ids import MemberId, SessionId
from interview.oidc import Provider
from interview.people import Account, MemberSession, SetupLink
from interview.ports.shapes import Page
from interview.ports.tenancy import Revised


class Members(Protocol):
    """Who was removed can be got, and is found in no other way."""

    async def get(self, member: MemberId) -> Member: ...
    async def account(self, member: MemberId) -> Account: ...
    async def by_email(self, email: str) -> Account:
        """Whatever the case of its letters. Raises `NotFound`."""
        ...

    async def page(self, limit: int, after: str | None) -> Page[Member]: ...
    async def owners(self) -> tuple[MemberId, ...]:
        """Held until the transaction ends, so that no two changes leave none."""
        ...

    async def set_role(self, member: MemberId, role: Role) -> None: ...
    async def on_call(self) -> tuple[Member, ...]: ...
    async def set_on_call(self, member: MemberId, on_call: bool) -> None: ...
    async def set_password(self, member: MemberId, password_hash: str) -> None: ...
    async def remove(self, member: MemberId, at: datetime) -> None: ...


class SetupLinks(Protocol):
    async def add(self, link: SetupLink) -> None: ...
    async def by_digest(self, digest: bytes) -> SetupLink:
        """Raises `NotFound`."""
        ...

    async def mark_used(self, digest: bytes, at: datetime) -> None:
        """Raises `SetupLinkInvalid` the second time."""
        ...

    async def withdraw(self, member: MemberId, at: datetime) -> None:
        """Those of the member that are good still expire now."""
        ...


class MemberSessions(Protocol):
    async def add(self, session: MemberSession) -> None: ...
    async def get(self, session: SessionId) -> MemberSession:
        """Also one that has ended. Raises `NotFound`."""
        ...

    async def by_digest(self, digest: bytes) -> MemberSession: ...
    async def of(self, member: MemberId, at: datetime) -> tuple[MemberSession, ...]:
        """Those that have not expired, oldest first."""
        ...

    async def end(self, member: MemberId, session: SessionId, at: datetime) -> None:
        """Expires now, if it has not. Raises `NotFound` unless it is the member's."""
        ...

    async def end_all(self, member: MemberId, at: datetime) -> None: ...
    async def touch(self, session: SessionId, at: datetime) -> None:
        """It is used; who else says so at this moment is not waited for."""
        ...


class IdentityProvider(Revised, Protocol):
    """Where the tenant's members sign in; its secret is kept sealed.

    Its revision begins at random with each that is set anew, so a tag of before never fits; for who
    is about to set one (`lock`), none at all is 0."""

    async def get(self) -> Provider:
        """Raises `NotFound` when there is none."""
        ...

    async def put(self, provider: Provider, at: datetime) -> None: ...
    async def remove(self) -> None: ...


class ApiKeys(Protocol):
    """Keys are added and found by `Tenants`."""

    async def page(self, limit: int, after: str | None) -> Page[ApiKey]: ...
    async def revoke(self, kid: str, at: datetime) -> None:
        """For ever; the first time counts. Raises `NotFound`."""
        ...

    async def revoke_beyond(
        self, member: MemberId, scopes: Iterable[Scope], at: datetime
    ) -> tuple[str, ...]:
        """Those that come from the member and may do more than `scopes`; their kids."""
        ...

    async def touch(self, kid: str, at: datetime) -> None:
        """It is used; who else says so at this moment is not waited for."""
        ...
