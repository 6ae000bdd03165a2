"""A good call of every operation of the document, all in one house, none in another's way."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from api import contract
from api.registry import Operation
from api.rights import Right
from interview.accounts import Role
from tests.api.house import House, Json
from tests.api.reach import Ready, ready
from tests.api.test_contract import WHATEVER, everything
from tests.standins.oidc import CLIENT, SECRET, OidcProvider, serving

OF_WHAT_IS_DECIDED = {"get_decision", "get_feedback"}
"""Of what is over by then, too; others look at an interview that goes on."""


@dataclass(frozen=True)
class GoodCalls:
    """`ids` are those of one of each thing, which no call of `calls` has spoilt."""

    ids: dict[str, str]
    calls: list[Ready]


@asynccontextmanager
async def good_calls(house: House) -> AsyncIterator[GoodCalls]:
    """With a provider for members to sign in with, as long as this lasts."""
    async with serving() as provider:
        ids = await everything(house)
        calls = [await _ready(house, each, ids) for each in contract.PUBLIC]
        changes = await _signing_in(house, provider)
        calls = [replace(call, **changes.get(call.operation.name, {})) for call in calls]
        # What no schema says: what host is public, and what provider answers.
        named = {"url": "https://hooks.example.com/in", "issuer": provider.issuer}
        yield GoodCalls(ids | named, calls)


async def _ready(house: House, operation: Operation, shared: dict[str, str]) -> Ready:
    if not isinstance(operation.access, Right):
        return await ready(house, operation)
    if not (operation.changes or operation.name in OF_WHAT_IS_DECIDED):
        return await ready(house, operation, shared)
    own = await everything(house)
    if "{webhook_id}" not in operation.path:  # a tenant has no more than a few
        await house.call("DELETE", f"/v1/webhooks/{own['webhook_id']}", headers=WHATEVER)
    return await ready(house, operation, own)


async def _signing_in(house: House, provider: OidcProvider) -> dict[str, Json]:
    """What calls of the provider's operations are with one that answers."""
    now = int(house.clock.now().timestamp())
    provider.claims = {"iat": now, "exp": now + 300}
    await house.new_member(Role.REVIEWER, provider.email)
    body = {"issuer": provider.issuer, "client_id": CLIENT, "client_secret": SECRET}
    await house._expect(200, "PUT", "/v1/settings/sign-in", json=body, headers=WHATEVER)
    of = {"tenant_id": str(house.tenants[house.key])}
    begun = await house.call("GET", "/v1/signin/oidc", key="", params=of, allow_redirects=False)
    assert 302 == begun.status, await begun.text()
    house.client.session.cookie_jar.clear()
    sealed = {"Cookie": f"viv_signin={begun.cookies['viv_signin'].value}"}
    brought = provider.approve(begun.headers["Location"])
    return {
        "set_sign_in": {"body": body},
        "begin_sign_in": {"params": of},
        "finish_sign_in": {"params": brought, "headers": sealed},
    }
