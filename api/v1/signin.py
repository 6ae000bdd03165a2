"""Signing in with the tenant's identity provider, and the setting that says which one."""

import secrets
from typing import Annotated
from uuid import UUID

from aiohttp import web
from interview.errors import Code, SignInFailed
from interview.ids import TenantId
from interview.kit import Frozen
from interview.oidc import Asked, Provider
from interview.use_cases import identity
from pydantic import ConfigDict, Field, SecretStr

from api.callers import Door, Staff
from api.registry import STAFF, Call, Header, operation
from api.signin_back import CALLBACK, PATH
from api.signin_cookie import COOKIE, TTL_S, open_cookie, seal_cookie
from api.v1.candidate import needs_secure_cookie
from api.v1.sessions import SET_COOKIE, give_cookie

LOCATION = Header("Location", {"type": "string", "format": "uri"})
Name = Annotated[str, Field(min_length=1, max_length=500, pattern=r"^[\x21-\x7e]+$")]


class ProviderBody(Frozen):
    """An OpenID Connect provider, and ourselves as it knows us."""

    issuer: Name
    client_id: Name
    client_secret: Annotated[SecretStr, Field(min_length=1, max_length=1000)]


class ProviderView(Frozen):
    """Where members sign in. Tell the provider the `redirect_uri`; the secret is not shown."""

    issuer: str
    client_id: str
    redirect_uri: str


class BeginQuery(Frozen):
    """In which tenant somebody wants to sign in."""

    tenant_id: UUID


VISIBLE = r"^[\x21-\x7e]*$"


class FinishQuery(Frozen):
    """What a provider brings back (RFC 6749, RFC 9207); whatever else it says is left alone."""

    model_config = ConfigDict(extra="ignore")

    state: Annotated[str, Field(max_length=500, pattern=VISIBLE)] = ""
    code: Annotated[str, Field(max_length=1500, pattern=VISIBLE)] = ""
    error: Annotated[str, Field(max_length=200)] = ""
    iss: Annotated[str, Field(max_length=500)] | None = None


def _view(call: Call, provider: Provider) -> ProviderView:
    return ProviderView(
        issuer=provider.issuer,
        client_id=provider.client_id,
        redirect_uri=_redirect_uri(call),
    )


def _redirect_uri(call: Call) -> str:
    return f"{call.desk.public_url}{CALLBACK}"


@operation(
    "GET",
    "/v1/settings/sign-in",
    STAFF,
    tag="settings",
    errors=[Code.NOT_FOUND],
    revised=lambda tx: tx.identity_provider,
)
async def get_sign_in(call: Call, caller: Staff) -> ProviderView:
    """See where members sign in."""
    return _view(call, await identity.provider_of(call.world, caller.tenant))


@operation(
    "PUT",
    "/v1/settings/sign-in",
    STAFF,
    tag="settings",
    revised=lambda tx: tx.identity_provider,
)
async def set_sign_in(call: Call, caller: Staff, body: ProviderBody) -> ProviderView:
    """Let members sign in with an OpenID Connect provider.

    Its word is good for members alone, by an e-mail address that it calls verified; it makes nobody
    a member. Who sets the provider decides who is let in, so that is for owners. It is called by
    HTTPS, on port 443 or 8443 and at public addresses alone, unless the installation's operator
    lets sign-in reach further. While there is none, its tag is `"0"`.
    """
    provider = Provider(body.issuer, body.client_id, body.client_secret.get_secret_value())
    await identity.set_provider(call.world, caller.tenant, call.desk.sign_in_reach, provider)
    return _view(call, provider)


@operation(
    "DELETE",
    "/v1/settings/sign-in",
    STAFF,
    tag="settings",
    status=204,
    revised=lambda tx: tx.identity_provider,
)
async def remove_sign_in(call: Call, caller: Staff) -> web.Response:
    """Let members sign in with passwords alone. Sessions that are open stay so."""
    await identity.remove_provider(call.world, caller.tenant)
    return web.Response(status=204)


@operation(
    "GET",
    PATH,
    Door.PUBLIC,
    tag="sessions",
    status=302,
    errors=[Code.NOT_FOUND, Code.SIGN_IN_FAILED],
    says=(LOCATION, SET_COOKIE),
)
async def begin_sign_in(call: Call, query: BeginQuery) -> web.Response:
    """Go to the tenant's identity provider; for browsers.

    Code flow with PKCE. What the provider has to bring back lies sealed in a cookie, for ten
    minutes. Where it is refused, whoever accepts `text/html` and not JSON is led to the sign-in
    page, with the problem's `code` as `refused`.
    """
    tenant = TenantId(query.tenant_id)
    provider = await identity.provider_of(call.world, tenant)
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    asked = Asked(tenant, provider.issuer, _redirect_uri(call), state, nonce, verifier)
    url = await call.desk.providers.authorization_url(provider, asked)
    answer = web.Response(status=302, headers={"Location": url})
    answer.set_cookie(
        COOKIE,
        seal_cookie(call.desk.pepper, asked, call.world.now()),
        max_age=TTL_S,
        path=PATH,
        httponly=True,
        samesite="Lax",
        secure=needs_secure_cookie(call.desk.public_url),
    )
    return answer


@operation(
    "GET",
    CALLBACK,
    Door.PUBLIC,
    tag="sessions",
    status=303,
    errors=[Code.NOT_FOUND, Code.SIGN_IN_FAILED],
    says=(LOCATION, SET_COOKIE),
)
async def finish_sign_in(call: Call, query: FinishQuery) -> web.Response:
    """Come back from the identity provider, signed in.

    A refusal leads a browser back to the sign-in page, as where signing in begins.
    """
    desk = call.desk
    asked = open_cookie(desk.pepper, call.request.cookies.get(COOKIE, ""), call.world.now())
    if not secrets.compare_digest(asked.state.encode(), query.state.encode()):
        raise SignInFailed
    if query.error or not query.code or query.iss not in (None, asked.issuer):
        raise SignInFailed
    made = await identity.sign_in_with(call.world, desk.providers, asked, query.code)
    answer = web.Response(status=303, headers={"Location": f"{desk.public_url}/"})
    answer.del_cookie(COOKIE, path=PATH, httponly=True, samesite="Lax")
    give_cookie(call, answer, made)
    return answer


OPERATIONS = (get_sign_in, set_sign_in, remove_sign_in, begin_sign_in, finish_sign_in)
