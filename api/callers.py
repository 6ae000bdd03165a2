"""Who calls: a member or an API key of a tenant, a candidate, an agent, or anybody."""

import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from aiohttp import web
from interview.accounts import parse_api_key, token_digest
from interview.audit import Actor
from interview.errors import Unauthenticated
from interview.ids import TenantId
from interview.ports import ByKey, BySession, Transaction, Way
from interview.use_cases.candidate_door import CandidateCaller, admit_candidate
from interview.use_cases.keys import admit_key

from api.desk import Desk
from api.rights import RIGHTS, Holding, Right

COOKIE = "viv_candidate"


class Door(StrEnum):
    """Ways in that need no scope of an API key."""

    PUBLIC = "public"
    CANDIDATE = "candidate"
    AGENT = "agent"
    LEASE = "lease"
    LEASE_OR_AGENT = "lease_or_agent"


Access = Right | Door


class Caller:
    """Somebody who may call the operation at hand."""


@dataclass(frozen=True, slots=True)
class Anybody(Caller):
    """No proof was asked for."""


@dataclass(frozen=True, slots=True)
class Staff(Caller):
    """Somebody of one tenant with the right to the operation; the audit trail names the actor.

    `held` says what else they may call.
    """

    tenant: TenantId
    actor: Actor
    held: Holding

    def require(self, operation: str) -> None:
        """Raises `Forbidden` for one who may not call the operation of this name."""
        RIGHTS[operation].require(self.held)


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
    """A candidate's session token."""

    token: str


Shown = KeyShown | SessionShown | Caller


def shown_by(request: web.Request, desk: Desk, access: Access) -> Shown:
    """What a request shows of its caller, before anything is read or looked up.

    Raises `Unauthenticated` for what cannot be a proof.
    """
    match access:
        case Right():
            key = _bearer(request)
            return KeyShown(parse_api_key(key), key)
        case Door.PUBLIC:
            return Anybody()
        case Door.CANDIDATE:
            said = "Authorization" in request.headers
            token = _bearer(request) if said else _ours(request.cookies.get(COOKIE, ""))
            return SessionShown(token)
        case _:
            return _agent(_bearer(request), desk, access)


def way_of(shown: KeyShown | SessionShown) -> Way:
    """Where to enter the store with it."""
    match shown:
        case KeyShown(kid=kid):
            return ByKey(kid)
        case SessionShown(token=token):
            return BySession(token_digest(token))
        case _:
            assert_never(shown)


async def prove(
    tx: Transaction, shown: KeyShown | SessionShown, desk: Desk, access: Access
) -> Caller:
    """Who calls. Raises `Unauthenticated` and, for a key without the scope, `Forbidden`."""
    now = desk.world.now()
    match shown:
        case KeyShown():
            assert isinstance(access, Right), "only a tenant's own calls take a key"
            key = await admit_key(tx, shown.key, desk.pepper, now)
            key.require(access.scope)
            return Staff(key.tenant, Actor("key", key.kid), key.scopes)
        case SessionShown():
            return CandidateHere(await admit_candidate(tx, shown.token, now))
        case _:
            assert_never(shown)


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
