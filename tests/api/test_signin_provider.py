"""Signing in with a provider that somebody else wrote, running as a process of its own."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest

from interview.accounts import Role
from local.ports import free_ports
from tests.api.house import House

pytestmark = pytest.mark.api
ADA = {"sub": "ada", "email": "ada@example.com", "email_verified": True}
EVE = {"sub": "eve", "email": "ada@example.com"}
STARTS_WITHIN_S = 30


@pytest.fixture
async def issuer() -> AsyncIterator[str]:
    """Where `oidc-provider-mock` listens; it knows Ada, and Eve who only claims her address."""
    (port,) = free_ports(1)
    users = [part for user in (ADA, EVE) for part in ("--user-claims", json.dumps(user))]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *users),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        async with asyncio.timeout(STARTS_WITHIN_S), aiohttp.ClientSession() as client:
            while not await _answers(client, url):
                await asyncio.sleep(0.05)
        yield url
    finally:
        process.terminate()
        await process.wait()


async def _answers(client: aiohttp.ClientSession, url: str) -> bool:
    with suppress(aiohttp.ClientError):
        async with client.get(f"{url}/.well-known/openid-configuration") as answer:
            return answer.status == 200
    return False


async def came_back(house: House, subject: str) -> tuple[int, str]:
    """Status, and the session's cookie, after `subject` agreed at the provider."""
    tenant = str(house.tenants[house.key])
    begun = await house.call(
        "GET", f"/v1/signin/oidc?tenant_id={tenant}", key="", allow_redirects=False
    )
    async with (
        aiohttp.ClientSession() as client,
        client.post(
            begun.headers["Location"], data={"sub": subject}, allow_redirects=False
        ) as agreed,
    ):
        there = urlsplit(agreed.headers["Location"])
    brought = {name: values[0] for name, values in parse_qs(there.query).items()}
    answer = await house.call("GET", there.path, key="", params=brought, allow_redirects=False)
    house.client.session.cookie_jar.clear()
    cookie = answer.cookies.get("viv_session")
    return answer.status, cookie.value if cookie else ""


async def test_a_member_signs_in_and_who_only_claims_the_address_does_not(
    house: House, issuer: str
) -> None:
    house.clock.at = datetime.now(UTC)
    await house.new_member(Role.AUDITOR, "ada@example.com")
    body = {"issuer": issuer, "client_id": "vivavoce", "client_secret": "secret"}
    await house._expect(200, "PUT", "/v1/settings/sign-in", json=body)

    status, session = await came_back(house, "ada")
    refused = await came_back(house, "eve")

    headers = {"Cookie": f"viv_session={session}"}
    known = await house.get("/v1/sessions/current", key="", headers=headers)
    assert (303, "ada@example.com") == (status, known["member"]["email"])
    assert (403, "") == refused
