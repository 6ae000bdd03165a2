"""Members of a tenant: what each may give to others, how they sign in, and for how long."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from interview.accounts import Member, Role, Scope
from interview.errors import Forbidden, LastOwner, Unauthenticated
from interview.ids import MemberId, SessionId

SESSION_FOR = timedelta(days=7)
"""However busy it is, a session ends after this."""

IDLE_FOR = timedelta(hours=12)
"""A session that nobody uses ends after this."""

SETUP_FOR = timedelta(days=7)
"""A setup link is good for this long."""

SEEN_EVERY = timedelta(minutes=1)
"""How exactly it is known when a key or a session was used last."""

SignedInBy = Literal["password", "setup_link", "oidc"]


def grantable(role: Role) -> frozenset[Role]:
    """The roles that a member may give, and whose members it may change."""
    match role:
        case Role.OWNER:
            return frozenset(Role)
        case Role.ADMIN:
            return frozenset(Role) - {Role.OWNER}
        case _:
            return frozenset()


@dataclass(frozen=True, slots=True)
class Authority:
    """What somebody has and may give: scopes to keys, roles to members, until then if not for ever.

    `member` is the member from whom it comes, also by way of a key.
    """

    scopes: frozenset[Scope]
    roles: frozenset[Role]
    until: datetime | None = None
    member: MemberId | None = None

    def require_scopes(self, scopes: Iterable[Scope]) -> None:
        """Raises `Forbidden` naming what is not there to be given."""
        if missing := sorted(set(scopes) - self.scopes):
            raise Forbidden(f"Nobody gives what they have not: {', '.join(missing)}.")

    def require_role(self, role: Role) -> None:
        """Raises `Forbidden` unless members with this role may be made, changed and removed."""
        if role not in self.roles:
            raise Forbidden(f"Only somebody who may do all that this role may: {role}.")


def keep_an_owner(owners: Iterable[MemberId], member: MemberId) -> None:
    """Raises `LastOwner` when nobody is left once `member` is an owner no more."""
    if set(owners) == {member}:
        raise LastOwner


@dataclass(frozen=True, slots=True)
class Account:
    """A member who signs in; `password_hash` is None until the setup link was used."""

    member: Member
    password_hash: str | None


@dataclass(frozen=True, slots=True)
class SetupLink:
    """A one-time link with which a member sets a password; only the digest of its token is kept."""

    digest: bytes
    member: MemberId
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MemberSession:
    """Where a member is signed in. Ended early, it expires then."""

    session_id: SessionId
    member: MemberId
    digest: bytes
    signed_in_by: SignedInBy
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime

    @property
    def until(self) -> datetime:
        """When it ends, if nobody uses it any more."""
        return min(self.expires_at, self.last_used_at + IDLE_FOR)

    def is_open(self, now: datetime) -> bool:
        """True while it opens anything."""
        return now < self.until

    def admit(self, now: datetime) -> None:
        """Raises `Unauthenticated` for one that has ended."""
        if not self.is_open(now):
            raise Unauthenticated("This session has ended; sign in again.")
