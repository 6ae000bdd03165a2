"""Who calls: a member or an API key of a tenant, a candidate, an agent, or anybody."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from aiohttp import web
from interview.accounts import Role, Scope, parse_api_key, token_digest
from interview.audit import Actor
from interview.blind import Reader
from interview.by_people import By
from interview.errors import (
    CrossOrigin,
    Forbidden,
    OtherInterview,
    OtherMember,
    Unauthenticated,
)
from interview.floor import SeatProof
from interview.ids import TenantId
from interview.people import Authority, MemberSession, grantable
from interview.ports import ByKey, ByMemberSession, BySession, Transaction, Way
from interview.sharing import Lender
from interview.use_cases.candidate_door import CandidateCaller, admit_candidate
from interview.use_cases.keys import admit_key, see_key
from interview.use_cases.sign_in import admit_member, see_session

from api.desk import Desk
from api.rights import RIGHTS, Holding, Right, roles_within, scopes_of

COOKIE = "viv_candidate"
MEMBER_COOKIE = "viv_session"
INTERVIEW = "X-Interview-Id"
"""Which interview a candidate's page shows: the cookie may be another one's by now."""

MEMBER = "X-Member-Id"
"""Whom a page of the desk shows: the cookie may be a colleague's by now."""

SAFE_METHODS = frozenset({"GET", "HEAD"})


class Door(StrEnum):
    """Ways in that need no scope of an API key."""

    PUBLIC = "public"
    CANDIDATE = "candidate"
    MEMBER = "member"
    AGENT = "agent"
    LEASE = "lease"
    LEASE_OR_AGENT = "lease_or_agent"


Access = Right | Door
RATERS_ALONE = frozenset({Scope.REVIEW_WRITE, Scope.INTERVIEWS_WRITE})
"""Whose key has the first alone rates, and may not know of accommodations."""

AGENTS = frozenset({Door.AGENT, Door.LEASE, Door.LEASE_OR_AGENT})
"""Doors that our own agents use; no limits of rate hold there."""


class Caller:
    """Somebody who may call the operation at hand."""


@dataclass(frozen=True, slots=True)
class Anybody(Caller):
    """No proof was asked for."""


@dataclass(frozen=True, slots=True)
class Staff(Caller):
    """Somebody of one tenant with the right to the operation; the audit trail names the actor.

    `held` says what else they may call; `session` is that of a member, a key has none.
    """

    tenant: TenantId
    actor: Actor
    authority: Authority
    held: Holding
    session: MemberSession | None = None

    @property
    def seat_proof(self) -> SeatProof:
        """By what a member comes into a room. Raises `Forbidden` for a key of nobody's."""
        member = self.authority.member
        if member is None:
            raise Forbidden("Only a person comes into a room; this key is nobody's.")
        if self.session is not None:
            return SeatProof(member, session=self.session.session_id)
        return SeatProof(member, kid=self.actor.id)

    @property
    def lender(self) -> Lender:
        """By which proof they lend what they may see."""
        if self.session is not None:
            return Lender(session=self.session.session_id)
        return Lender(kid=self.actor.id)

    def require(self, operation: str) -> None:
        """Raises `Forbidden` for one who may not call the operation of this name."""
        RIGHTS[operation].require(self.held)

    @property
    def told(self) -> tuple[By, ...]:
        """Who knows what this caller is told: with a key also the member that it is of."""
        match self.actor.kind, self.authority.member:
            case "key", None:
                return (By(kind="key", id=self.actor.id),)
            case "key", member:
                return (By(kind="key", id=self.actor.id), By(kind="member", id=str(member)))
            case _:
                return (By(kind="member", id=self.actor.id),)

    @property
    def reader(self) -> Reader | None:
        """Who looks at what others have judged; None for a key, unless it is for raters alone."""
        if isinstance(self.held, Role):
            return Reader(By(kind="member", id=self.actor.id), self.held)
        if RATERS_ALONE & self.held == {Scope.REVIEW_WRITE}:
            return Reader(By(kind="key", id=self.actor.id), None)
        return None


@dataclass(frozen=True, slots=True)
class CandidateHere(Caller):
    """A candidate with a session."""

    who: CandidateCaller


@dataclass(frozen=True, slots=True)
class AgentService(Caller):
    """An agent with the service key: it may claim leases and bring what a dead one left."""


@dataclass(frozen=True, slots=True)
class LeaseHolder(Caller):
    """An agent with a lease's token; whether it fits is decided where the lease is read."""

    token: str


@dataclass(frozen=True, slots=True)
class KeyShown:
    """An API key of the right form; whether it is anybody's is still to be seen."""

    kid: str
    key: str


@dataclass(frozen=True, slots=True)
class SessionShown:
    """A candidate's session token, and which interview they mean to act in, if they say so."""

    token: str
    interview: str | None = None


@dataclass(frozen=True, slots=True)
class MemberShown:
    """The session token of a member, and in whose name they mean to act, if they say so."""

    token: str
    member: str | None = None


Proof = KeyShown | MemberShown | SessionShown
Shown = Proof | Caller


def shown_by(request: web.Request, desk: Desk, access: Access) -> Shown:
    """What a request shows of its caller, before anything is read or looked up.

    Raises `Unauthenticated` for what cannot be a proof, `CrossOrigin` for one that a browser may
    have sent for somebody else's page.
    """
    match access:
        case Right() if "Authorization" in request.headers or MEMBER_COOKIE not in request.cookies:
            key = _bearer(request)
            return KeyShown(parse_api_key(key), key)
        case Right() | Door.MEMBER:
            token = _ours(request.cookies.get(MEMBER_COOKIE, ""))
            if request.method not in SAFE_METHODS:
                require_own_page(request, desk)
            return MemberShown(token, request.headers.get(MEMBER))
        case Door.PUBLIC:
            return Anybody()
        case Door.CANDIDATE:
            if "Authorization" in request.headers:
                return SessionShown(_bearer(request), request.headers.get(INTERVIEW))
            named = request.headers.get(INTERVIEW)
            token = _ours(_candidates_cookie(request, named))
            if request.method not in SAFE_METHODS:
                require_own_page(request, desk, or_none=True)
            return SessionShown(token, named)
        case _:
            return _agent(_bearer(request), desk, access)


def cookie_of(interview: object) -> str:
    """The cookie of one interview; `COOKIE` is that of the link which was opened last."""
    return f"{COOKIE}_{interview}"


def candidates_cookies(request: web.Request) -> tuple[str, ...]:
    """The session tokens of every interview whose link was opened in this browser."""
    return tuple(value for name, value in request.cookies.items() if name.startswith(COOKIE))


def candidate_shown(request: web.Request, interview: str) -> str | None:
    """What may be a candidate's session, of whoever comes to a door that is not for candidates."""
    said = request.headers.get("Authorization", "").partition(" ")[2].strip()
    return said or _candidates_cookie(request, interview) or None


def _candidates_cookie(request: web.Request, named: str | None) -> str:
    last = request.cookies.get(COOKIE, "")
    return request.cookies.get(cookie_of(named), last) if named else last


def require_own_page(request: web.Request, desk: Desk, *, or_none: bool = False) -> None:
    """Raises `CrossOrigin` unless a page of ours has sent it, by the browser's word for it.

    Every browser says `Origin` with a call that changes something; no page can make it say another.
    With `or_none`, what no page sent may come too.
    """
    said = request.headers.get("Origin")
    if not (said == desk.origin or (or_none and said is None)):
        raise CrossOrigin


def way_of(shown: Proof) -> Way:
    """Where to enter the store with it."""
    match shown:
        case KeyShown(kid=kid):
            return ByKey(kid)
        case MemberShown(token=token):
            return ByMemberSession(token_digest(token))
        case SessionShown(token=token):
            return BySession(token_digest(token))
        case _:
            assert_never(shown)


async def prove(tx: Transaction, shown: Proof, desk: Desk, access: Access) -> Caller:
    """Who calls. Raises `Unauthenticated`, `OtherInterview`, `OtherMember` and, without the scope
    or the role, `Forbidden`."""
    now = desk.world.now()
    match shown:
        case KeyShown():
            assert isinstance(access, Right), "only a tenant's own calls take a key"
            return await _key(tx, shown.key, desk, access, now)
        case MemberShown():
            return await _member(tx, shown, access, now)
        case SessionShown():
            return await _candidate(tx, shown, now)
        case _:
            assert_never(shown)


async def _candidate(tx: Transaction, shown: SessionShown, now: datetime) -> CandidateHere:
    who = await admit_candidate(tx, shown.token, now)
    if shown.interview not in {None, str(who.interview)}:
        raise OtherInterview
    return CandidateHere(who)


async def _key(tx: Transaction, shown: str, desk: Desk, right: Right, now: datetime) -> Staff:
    key = await admit_key(tx, shown, desk.pepper, now)
    key.require(right.scope)
    await see_key(tx, key, now)
    authority = Authority(key.scopes, roles_within(key.scopes), key.expires_at, key.member)
    return Staff(key.tenant, Actor("key", key.kid), authority, key.scopes)


async def _member(tx: Transaction, shown: MemberShown, access: Access, now: datetime) -> Staff:
    member, session = await admit_member(tx, shown.token, now)
    if shown.member not in {None, str(member.member_id)}:
        raise OtherMember
    if isinstance(access, Right) and member.role not in access.roles:
        raise Forbidden(f"Your role may not do that: {member.role}.")
    await see_session(tx, session, now)
    role, name = member.role, member.member_id
    authority = Authority(scopes_of(role), grantable(role), member=name)
    return Staff(tx.tenant, Actor("member", str(name)), authority, role, session)


def _agent(bearer: str, desk: Desk, access: Door) -> Caller:
    is_service = secrets.compare_digest(bearer.encode(), desk.agent_key.encode())
    if is_service and access is not Door.LEASE:
        return AgentService()
    if access is Door.AGENT:
        raise Unauthenticated
    return LeaseHolder(bearer)


def _bearer(request: web.Request) -> str:
    kind, _, value = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer":
        raise Unauthenticated
    return _ours(value.strip())


def _ours(secret: str) -> str:
    """Every secret that we give out is ASCII; bytes that are no text cannot even be digested."""
    if not secret or not secret.isascii():
        raise Unauthenticated
    return secret
