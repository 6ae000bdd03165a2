"""Who calls: a holder of an API key, a candidate, an agent, or anybody."""

import secrets
from dataclasses import dataclass
from enum import StrEnum

from aiohttp import web
from interview.accounts import Scope
from interview.errors import Unauthenticated
from interview.ids import TenantId
from interview.use_cases.candidate_door import CandidateCaller, admit_candidate
from interview.use_cases.keys import admit_key

from api.desk import Desk

COOKIE = "viv_candidate"


class Door(StrEnum):
    """Ways in that need no scope of an API key."""

    PUBLIC = "public"
    CANDIDATE = "candidate"
    AGENT = "agent"
    LEASE = "lease"
    LEASE_OR_AGENT = "lease_or_agent"


Access = Scope | Door


class Caller:
    """Somebody who may call the operation at hand."""


@dataclass(frozen=True, slots=True)
class Anybody(Caller):
    """No proof was asked for."""


@dataclass(frozen=True, slots=True)
class KeyHolder(Caller):
    """An integration of one tenant, with a key that has the scope of the operation."""

    tenant: TenantId
    kid: str


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


async def identify(request: web.Request, desk: Desk, access: Access) -> Caller:
    """Who calls. Raises `Unauthenticated` and, for a key without the scope, `Forbidden`."""
    match access:
        case Scope():
            key = await admit_key(desk.world, _bearer(request), desk.pepper)
            key.require(access)
            return KeyHolder(key.tenant, key.kid)
        case Door.PUBLIC:
            return Anybody()
        case Door.CANDIDATE:
            said = "Authorization" in request.headers
            token = _bearer(request) if said else _ours(request.cookies.get(COOKIE, ""))
            return CandidateHere(await admit_candidate(desk.world, token))
        case _:
            return _agent(_bearer(request), desk, access)


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
