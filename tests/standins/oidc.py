"""A stand-in for an OpenID Connect provider, whose ID tokens tests may spoil."""

import base64
import hashlib
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from aiohttp import encode_basic_auth, web
from aiohttp.test_utils import TestServer
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

CLIENT, SECRET = "vivavoce:hiring", "s3cret & more"
Json = Any


@dataclass
class OidcProvider:
    """`claims` replace those of the next ID tokens (None leaves one out); `status` is answered to
    everything; `issuer` is what discovery calls itself, `endpoints` replace those that it names;
    `meanwhile` happens before a token is given; a person who `denies` does not agree."""

    url: str = ""
    issuer: str = ""
    email: str = "ada@example.com"
    claims: dict[str, Json] = field(default_factory=dict)
    header: dict[str, str] = field(default_factory=dict)
    status: int = 200
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    signs_with: RSAKey | OctKey | None = None
    asked: dict[str, dict[str, str]] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)
    redirects: bool = False
    endpoints: dict[str, str] = field(default_factory=dict)
    denies: bool = False
    meanwhile: Callable[[], Awaitable[None]] | None = None

    def rotate(self) -> None:
        """A new key signs from now on; the old one is gone."""
        self.key = RSAKey.generate_key(2048, {"kid": f"key-{time.monotonic_ns()}"})

    def approve(self, url: str) -> dict[str, str]:
        """What the browser brings back after the person agreed at `url`."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert f"{self.url}/authorize" == url.partition("?")[0]
        assert ("code", "S256") == (query["response_type"], query["code_challenge_method"])
        code = f"code-{len(self.asked)}"
        self.asked[code] = query
        return {"code": code, "state": query["state"]}

    async def authorize(self, request: web.Request) -> web.Response:
        """The page for people, who agree at once or, with `denies`, refuse to."""
        self.seen.append(request.path)
        brought = self.approve(f"{self.url}{request.path_qs}")
        if self.denies:
            brought = {"error": "access_denied", "state": brought["state"]}
        raise web.HTTPFound(f"{request.query['redirect_uri']}?{urlencode(brought)}")

    async def discovery(self, request: web.Request) -> web.Response:
        self.seen.append(request.path)
        if self.redirects:
            raise web.HTTPFound(f"{self.url}/elsewhere")
        known = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/jwks",
        }
        return web.json_response(known | self.endpoints, status=self.status)

    async def jwks(self, request: web.Request) -> web.Response:
        self.seen.append(request.path)
        keys: Json = KeySet([self.key]).as_dict(private=False)
        return web.json_response(keys, status=self.status)

    async def token(self, request: web.Request) -> web.Response:
        self.seen.append(request.path)
        if self.meanwhile is not None:
            await self.meanwhile()
        form = await request.post()
        asked = self.asked.pop(str(form["code"]), None)
        digest = hashlib.sha256(str(form["code_verifier"]).encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        auth = request.headers["Authorization"]
        known = encode_basic_auth("vivavoce%3Ahiring", "s3cret%20%26%20more")
        if asked is None or asked["code_challenge"] != challenge or auth != known:
            return web.json_response({"error": "invalid_grant"}, status=400)
        assert asked["redirect_uri"] == form["redirect_uri"]
        token = {"access_token": "x", "token_type": "Bearer", "id_token": self.id_token(asked)}
        return web.json_response(token, status=self.status)

    def id_token(self, asked: dict[str, str]) -> str:
        now = int(time.time())
        claims: dict[str, Json] = {
            "iss": self.issuer,
            "sub": "1",
            "aud": CLIENT,
            "exp": now + 300,
            "iat": now,
            "nonce": asked["nonce"],
            "email": self.email,
            "email_verified": True,
        } | self.claims
        said = {name: value for name, value in claims.items() if value is not None}
        key = self.signs_with or self.key
        header = {"alg": "RS256", "kid": self.key.kid or ""} | self.header
        if header["alg"] == "none":
            return f"{_part(header)}.{_part(said)}."
        return jwt.encode(header, said, key, algorithms=[header["alg"]])


def _part(of: Json) -> str:
    return base64.urlsafe_b64encode(json.dumps(of).encode()).decode().rstrip("=")


@asynccontextmanager
async def serving() -> AsyncIterator[OidcProvider]:
    provider, app = OidcProvider(), web.Application()
    app.router.add_get("/.well-known/openid-configuration", provider.discovery)
    app.router.add_get("/authorize", provider.authorize)
    app.router.add_get("/jwks", provider.jwks)
    app.router.add_post("/token", provider.token)
    async with TestServer(app) as server:
        provider.url = provider.issuer = str(server.make_url("/")).rstrip("/")
        yield provider
