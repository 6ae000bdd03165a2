"""Identity providers by OpenID Connect: discovery, code with PKCE, and ID tokens that hold."""

import asyncio
import base64
import binascii
import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, Literal
from urllib.parse import quote, urlencode, urlsplit

import aiohttp
from joserfc import jwt
from joserfc.errors import BadSignatureError, JoseError
from joserfc.jwk import KeySet
from pydantic import BaseModel, ValidationError

from interview.adapters.outbound import (
    LookUp,
    Outbound,
    OutboundFailed,
    system_look_up,
    vetted_session,
)
from interview.adapters.running import loop_s
from interview.addresses import Reach, check_url
from interview.errors import Invalid, SignInFailed, Unavailable
from interview.oidc import Asked, Provider

ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
"""Signatures that only the provider can make: neither `none` nor one by a shared secret."""

SCOPE = "openid email"
TIMEOUT_S = 5.0
MOST_BYTES = 256 * 1024
LEEWAY_S = 60
"""So much may our clocks differ."""

KNOWN_FOR_S = 3600
"""After this long discovery and keys are read again; keys earlier, when a new one signs."""

FAILED_FOR_S = 5.0
"""A provider that did not answer is left alone for this long."""

MOST_WAITING = 20
"""At once for one provider: it is a tenant's choice, and nobody else waits behind it."""

MOST_CONNECTIONS_OF_ONE = 8

NOT_CALLED = "This installation does not call the address that the identity provider has."
JSON_AS_IT_IS = {"Accept": "application/json", "Accept-Encoding": "identity"}

ROTATED_AFTER_S = 10
"""Invented key ids make us ask the provider no more often."""


class Discovered(BaseModel):
    """What we need of a provider's metadata (OpenID Connect Discovery 1.0)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str


class Granted(BaseModel):
    """What we need of a token answer."""

    id_token: str


class Published(BaseModel):
    """A provider's keys (RFC 7517)."""

    keys: list[dict[str, Any]]


@dataclass
class _Asked:
    """Who waits for one provider; one of them reads its metadata for all."""

    waiting: int = 0
    failed_at: float = field(default=float("-inf"))
    reading: asyncio.Lock = field(default_factory=asyncio.Lock)

    @contextmanager
    def wait(self) -> Iterator[None]:
        """Raises `Unavailable` at once when too many wait, or for one that has just failed."""
        if self.waiting >= MOST_WAITING or loop_s() - self.failed_at < FAILED_FOR_S:
            raise Unavailable("The identity provider does not answer in time.")
        self.waiting += 1
        try:
            yield
        finally:
            self.waiting -= 1


@dataclass
class _Known:
    """What was read of a provider, and when (by `loop_s`)."""

    discovered: Discovered
    read_at: float
    keys: KeySet | None = None
    keys_read_at: float = field(default=float("-inf"))


class OidcProviders:
    """Port `IdentityProviders`. Opens connections with its first call; `close` it at the end.

    A tenant names its provider, and the provider its endpoints: each is called within `reach`
    alone, wherever its name leads at that moment, and never by a redirect.
    """

    def __init__(self, reach: Reach, look_up: LookUp = system_look_up) -> None:
        self._reach = reach
        self._look_up = look_up
        self._sessions: dict[Reach, aiohttp.ClientSession] = {}
        self._known: dict[str, _Known] = {}
        self._asked: dict[str, _Asked] = {}

    async def close(self) -> None:
        for session in self._sessions.values():
            await session.close()

    async def authorization_url(self, provider: Provider, asked: Asked) -> str:
        with self._asked_of(provider.issuer).wait():
            known = await self._provider(provider.issuer)
        endpoint = known.discovered.authorization_endpoint
        challenge = hashlib.sha256(asked.verifier.encode()).digest()
        query = {
            "response_type": "code",
            "client_id": provider.client_id,
            "redirect_uri": asked.redirect_uri,
            "scope": SCOPE,
            "state": asked.state,
            "nonce": asked.nonce,
            "code_challenge": base64.urlsafe_b64encode(challenge).decode().rstrip("="),
            "code_challenge_method": "S256",
        }
        return f"{endpoint}{'&' if urlsplit(endpoint).query else '?'}{urlencode(query)}"

    async def identify(self, provider: Provider, asked: Asked, code: str, now: datetime) -> str:
        with self._asked_of(provider.issuer).wait():
            return await self._identify(provider, asked, code, now)

    async def _identify(self, provider: Provider, asked: Asked, code: str, now: datetime) -> str:
        known = await self._provider(provider.issuer)
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": asked.redirect_uri,
            "code_verifier": asked.verifier,
        }
        # RFC 6749, 2.3.1: both are form-encoded first.
        who = aiohttp.encode_basic_auth(
            quote(provider.client_id, safe=""), quote(provider.client_secret, safe="")
        )
        said = {"Authorization": who, "Content-Type": "application/x-www-form-urlencoded"}
        raw = await self._call(
            "POST", known.discovered.token_endpoint, headers=said, body=urlencode(form).encode()
        )
        try:
            token = Granted.model_validate_json(raw).id_token
            claims = await self._claims(known, token)
            _check(claims, provider, asked, now)
        except (ValidationError, JoseError, ValueError) as error:
            raise SignInFailed from error
        return _email(claims)

    async def _claims(self, known: _Known, token: str) -> dict[str, Any]:
        """What is signed. Raises `JoseError`, `ValueError`."""
        kid = _kid(token)
        keys = await self._keys(known, is_fresh=False)
        if not _has(keys, kid):
            keys = await self._keys(known, is_fresh=True)
        try:
            return jwt.decode(token, keys, algorithms=ALGORITHMS).claims
        except BadSignatureError:
            if kid is not None:
                raise
        # A token that names no key may be signed with one that came since.
        keys = await self._keys(known, is_fresh=True)
        return jwt.decode(token, keys, algorithms=ALGORITHMS).claims

    async def _provider(self, issuer: str) -> _Known:
        """Raises `Unavailable`, `SignInFailed` for one that calls itself otherwise."""
        async with self._asked_of(issuer).reading:
            known, now = self._known.get(issuer), loop_s()
            if known is None or now - known.read_at > KNOWN_FOR_S:
                known = self._known[issuer] = _Known(await self._discover(issuer), now)
            return known

    async def _discover(self, issuer: str) -> Discovered:
        asked = self._asked_of(issuer)
        with asked.wait():  # it may have failed for who had this turn before
            try:
                raw = await self._call(
                    "GET", f"{issuer.rstrip('/')}/.well-known/openid-configuration"
                )
            except Unavailable:
                asked.failed_at = loop_s()
                raise
        try:
            discovered = Discovered.model_validate_json(raw)
        except ValidationError as error:
            raise SignInFailed from error
        if discovered.issuer != issuer:
            raise SignInFailed
        self._require_url(discovered.authorization_endpoint)
        return discovered

    def _asked_of(self, issuer: str) -> _Asked:
        return self._asked.setdefault(issuer, _Asked())

    async def _keys(self, known: _Known, *, is_fresh: bool) -> KeySet:
        age_s = loop_s() - known.keys_read_at
        if known.keys is None or age_s > (ROTATED_AFTER_S if is_fresh else KNOWN_FOR_S):
            raw = await self._call("GET", known.discovered.jwks_uri)
            published = Published.model_validate_json(raw)
            known.keys = KeySet.import_key_set({"keys": published.keys})
            known.keys_read_at = loop_s()
        return known.keys

    async def _call(
        self,
        method: Literal["GET", "POST"],
        url: str,
        headers: Mapping[str, str] = MappingProxyType({}),
        body: bytes | None = None,
    ) -> bytes:
        """The body of a 200. Raises `Unavailable`, `SignInFailed`."""
        self._require_url(url)
        try:
            answer = await self._way_to(url).call(
                method,
                url,
                headers={**JSON_AS_IT_IS, **headers},
                body=body,
                most_bytes=MOST_BYTES,
                within_s=TIMEOUT_S,
            )
        except OutboundFailed as error:
            raise _refusal(error) from error
        if answer.status >= 500:
            raise Unavailable(f"The identity provider says {answer.status}.")
        if answer.status != 200:
            raise SignInFailed
        return answer.body

    def _way_to(self, url: str) -> Outbound:
        is_sealed = urlsplit(url).scheme == "https"
        # No secret of a tenant's travels the Internet in clear, whatever a name leads to.
        reach = self._reach if is_sealed else replace(self._reach, public=False)
        if reach not in self._sessions:
            self._sessions[reach] = vetted_session(reach, self._look_up, MOST_CONNECTIONS_OF_ONE)
        return Outbound(self._sessions[reach], reach)

    def _require_url(self, url: str) -> None:
        try:
            check_url(url, self._reach)
        except Invalid as error:
            raise SignInFailed(NOT_CALLED) from error


def _refusal(failed: OutboundFailed) -> SignInFailed | Unavailable:
    match failed.trouble:
        case "address":
            return SignInFailed(NOT_CALLED)
        case "too_large":
            return SignInFailed()
        case trouble:
            return Unavailable(f"The identity provider does not answer ({trouble}).")


def _check(claims: dict[str, Any], provider: Provider, asked: Asked, now: datetime) -> None:
    """OpenID Connect Core 1.0, 3.1.3.7. Raises `JoseError`."""
    rules = jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=LEEWAY_S,
        iss={"essential": True, "value": provider.issuer},
        aud={"essential": True, "value": provider.client_id},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": asked.nonce},
    )
    rules.validate(claims)
    audience = claims["aud"]
    others = isinstance(audience, list) and len(audience) > 1
    if claims.get("azp", None if others else provider.client_id) != provider.client_id:
        raise SignInFailed


def _email(claims: dict[str, Any]) -> str:
    """An address that somebody has only claimed is nobody's. Raises `SignInFailed`."""
    email = claims.get("email")
    if claims.get("email_verified") is not True or not isinstance(email, str) or not email:
        raise SignInFailed
    return email


def _kid(token: str) -> str | None:
    """The key that a token says it was signed with. Raises `ValueError`."""
    head = token.partition(".")[0]
    try:
        header = json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))
    except binascii.Error as error:
        raise ValueError("not a token") from error
    if not isinstance(header, dict):
        raise ValueError("not a token")  # noqa: TRY004 (of one kind with all that is no token)
    kid = header.get("kid")
    return kid if isinstance(kid, str) else None


def _has(keys: KeySet, kid: str | None) -> bool:
    return kid is None or any(key.kid == kid for key in keys)
