"""Signing in with an identity provider: its word is good for members, when all of it holds."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from aiohttp import ClientResponse
from joserfc.jwk import OctKey, RSAKey

from api.settings import Settings
from interview.accounts import Role
from interview.adapters import oidc
from tests.api.house import ORIGIN, House, settings_with
from tests.standins.oidc import CLIENT, SECRET, OidcProvider, serving

pytestmark = pytest.mark.api
SETTING = "/v1/settings/sign-in"
WHATEVER = {"If-Match": "*"}
NEAR = {"VIVAVOCE_SIGN_IN_REACH": "anywhere"}
"""The providers of tests are on this machine."""
BEGIN, FINISH = "/v1/signin/oidc", "/v1/signin/oidc/callback"


@pytest.fixture
def settings() -> Settings:
    return settings_with(**NEAR)


@pytest.fixture
async def provider() -> AsyncIterator[OidcProvider]:
    async with serving() as running:
        yield running


@dataclass
class Browser:
    """Somebody who signs in; `cookie` is what the first step gave."""

    house: House
    cookie: str = ""

    async def begin(self) -> str:
        """Where the browser is sent."""
        tenant = self.house.tenants[self.house.key]
        answer = await self.call(BEGIN, {"tenant_id": str(tenant)})
        assert 302 == answer.status, await answer.text()
        self.cookie = answer.cookies["viv_signin"].value
        return answer.headers["Location"]

    async def finish(self, **brought: str) -> ClientResponse:
        return await self.call(FINISH, brought)

    async def call(self, path: str, query: dict[str, str]) -> ClientResponse:
        headers = {"Cookie": f"viv_signin={self.cookie}"} if self.cookie else {}
        answer = await self.house.call(
            "GET", path, key="", params=query, headers=headers, allow_redirects=False
        )
        self.house.client.session.cookie_jar.clear()
        return answer


async def ready(house: House, provider: OidcProvider) -> Browser:
    """The tenant's setting stands, and Ada is a member."""
    house.clock.at = datetime.now(UTC)
    await house.new_member(Role.RECRUITER, "Ada@Example.com")
    body = {"issuer": provider.issuer, "client_id": CLIENT, "client_secret": SECRET}
    await house._expect(200, "PUT", SETTING, json=body, headers=WHATEVER)
    return Browser(house)


async def came_back(browser: Browser, provider: OidcProvider, **changes: str) -> ClientResponse:
    brought = provider.approve(await browser.begin())
    return await browser.finish(**brought | changes)


async def said(answer: ClientResponse) -> tuple[int, str]:
    return answer.status, (await answer.json())["code"]


async def test_a_member_is_signed_in_by_the_providers_word(
    house: House, provider: OidcProvider
) -> None:
    browser = await ready(house, provider)

    answer = await came_back(browser, provider)
    session = answer.cookies["viv_session"].value
    known = await house.get(
        "/v1/sessions/current", key="", headers={"Cookie": f"viv_session={session}"}
    )

    assert (303, f"{ORIGIN}/") == (answer.status, answer.headers["Location"])
    assert "0" == answer.cookies["viv_signin"]["max-age"]
    assert ("Ada@Example.com", "oidc") == (
        known["member"]["email"],
        known["session"]["signed_in_by"],
    )


async def test_the_cookie_of_the_first_step_is_sealed_and_read_by_no_script(
    house: House, provider: OidcProvider
) -> None:
    await ready(house, provider)
    query = {"tenant_id": str(house.tenants[house.key])}

    answer = await house.call("GET", BEGIN, key="", params=query, allow_redirects=False)

    cookie = answer.cookies["viv_signin"]
    state = parse_qs(urlsplit(answer.headers["Location"]).query)["state"][0]
    assert state not in cookie.value
    assert (True, "Lax", BEGIN, "600") == (
        cookie["httponly"],
        cookie["samesite"],
        cookie["path"],
        cookie["max-age"],
    )


async def test_the_setting_is_shown_without_its_secret_and_taken_back(
    house: House, provider: OidcProvider
) -> None:
    await ready(house, provider)

    shown = await house.get(SETTING)
    gone = await house.call("DELETE", SETTING, headers=WHATEVER)

    assert {
        "issuer": provider.issuer,
        "client_id": CLIENT,
        "redirect_uri": f"{ORIGIN}{FINISH}",
    } == shown
    assert 204 == gone.status
    assert (404, "not_found") == await house.refusal("GET", SETTING)
    query = f"?tenant_id={house.tenants[house.key]}"
    assert (404, "not_found") == await house.refusal("GET", BEGIN + query, key="")
    assert (404, "not_found") == await house.refusal("GET", f"{BEGIN}?tenant_id={uuid4()}", key="")


async def test_nobody_is_made_a_member_by_signing_in(house: House, provider: OidcProvider) -> None:
    browser = await ready(house, provider)
    provider.email = "eve@example.com"

    assert (403, "sign_in_failed") == await said(await came_back(browser, provider))
    assert 2 == len((await house.get("/v1/members"))["items"])


LONG_AGO = int((datetime.now(UTC) - timedelta(hours=1)).timestamp())
LATER = int((datetime.now(UTC) + timedelta(hours=1)).timestamp())


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://evil.example"},
        {"iss": None},
        {"aud": "somebody-else"},
        {"aud": ["somebody-else"]},
        {"aud": None},
        {"aud": [CLIENT, "other"]},
        {"aud": [CLIENT, "other"], "azp": "other"},
        {"azp": "other"},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": LONG_AGO},
        {"exp": None},
        {"exp": "soon"},
        {"iat": LATER},
        {"nbf": LATER},
        {"iat": None},
        {"sub": None},
        {"email": None},
        {"email": 5},
        {"email_verified": False},
        {"email_verified": "true"},
        {"email_verified": None},
    ],
    ids=lambda claims: re.sub(r"\d{6,}", "instant", str(claims)),
)
async def test_a_token_that_does_not_hold_opens_nothing(
    house: House, provider: OidcProvider, claims: dict[str, Any]
) -> None:
    browser = await ready(house, provider)
    provider.claims = claims

    answer = await came_back(browser, provider)

    assert (403, "sign_in_failed") == await said(answer)
    assert "viv_session" not in answer.cookies
    provider.claims = {}
    assert 303 == (await came_back(browser, provider)).status


@pytest.mark.parametrize("claims", [{"aud": [CLIENT]}, {"aud": [CLIENT, "b"], "azp": CLIENT}])
async def test_a_token_may_be_for_others_too_when_it_was_given_to_us(
    house: House, provider: OidcProvider, claims: dict[str, Any]
) -> None:
    browser = await ready(house, provider)
    provider.claims = claims

    assert 303 == (await came_back(browser, provider)).status


@pytest.mark.parametrize(("claim", "ahead_s"), [("exp", -30), ("iat", 30), ("nbf", 30)])
async def test_clocks_may_differ_by_less_than_a_minute(
    house: House, provider: OidcProvider, claim: str, ahead_s: int
) -> None:
    browser = await ready(house, provider)
    for seconds, status in ((ahead_s, 303), (3 * ahead_s, 403)):
        provider.claims = {claim: int(datetime.now(UTC).timestamp()) + seconds}
        assert status == (await came_back(browser, provider)).status


@pytest.mark.parametrize("alg", ["HS256", "none", "RS512"])
async def test_a_signature_of_another_kind_opens_nothing(
    house: House, provider: OidcProvider, alg: str
) -> None:
    """By the shared secret, by the public key as if it were one, by none at all."""
    browser = await ready(house, provider)
    provider.header = {"alg": alg}
    if alg == "HS256":
        provider.signs_with = OctKey.import_key(SECRET * 4)

    assert (403, "sign_in_failed") == await said(await came_back(browser, provider))


async def test_a_signature_by_another_key_of_that_name_opens_nothing(
    house: House, provider: OidcProvider
) -> None:
    browser = await ready(house, provider)
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "one"})

    assert (403, "sign_in_failed") == await said(await came_back(browser, provider))


async def test_a_rotated_key_is_fetched_once_and_invented_ones_seldom(
    house: House, provider: OidcProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oidc, "ROTATED_AFTER_S", 0)
    browser = await ready(house, provider)
    await came_back(browser, provider)
    await came_back(browser, provider)
    before = provider.seen.count("/jwks")
    provider.rotate()

    assert 303 == (await came_back(browser, provider)).status
    assert (1, 2) == (before, provider.seen.count("/jwks"))

    monkeypatch.setattr(oidc, "ROTATED_AFTER_S", 3600)
    provider.header = {"kid": "invented"}
    for _ in range(3):
        assert (403, "sign_in_failed") == await said(await came_back(browser, provider))
    assert 2 == provider.seen.count("/jwks")


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "another"},
        {"code": ""},
        {"error": "denied"},
        {"iss": "https://evil.example"},
        {"code": "invented"},
    ],
)
async def test_what_was_not_asked_for_opens_nothing(
    house: House, provider: OidcProvider, changes: dict[str, str]
) -> None:
    browser = await ready(house, provider)

    assert (403, "sign_in_failed") == await said(await came_back(browser, provider, **changes))
    right = {"iss": provider.issuer, "session_state": "whatever"}
    assert 303 == (await came_back(browser, provider, **right)).status


async def test_another_browser_does_not_come_in_by_it(house: House, provider: OidcProvider) -> None:
    browser, stranger = await ready(house, provider), Browser(house)
    brought = provider.approve(await browser.begin())

    without = await stranger.finish(**brought)
    stranger.cookie = browser.cookie[:-4] + "AAAA"
    changed = await stranger.finish(**brought)
    await stranger.begin()
    others = await stranger.finish(**brought)

    for answer in (without, changed, others):
        assert (403, "sign_in_failed") == await said(answer)
    assert 303 == (await browser.finish(**brought)).status


async def test_who_comes_back_late_or_twice_begins_again(
    house: House, provider: OidcProvider
) -> None:
    browser = await ready(house, provider)
    brought = provider.approve(await browser.begin())
    assert 303 == (await browser.finish(**brought)).status
    assert (403, "sign_in_failed") == await said(await browser.finish(**brought))

    brought = provider.approve(await browser.begin())
    house.clock.advance(600)
    assert (403, "sign_in_failed") == await said(await browser.finish(**brought))


@pytest.mark.parametrize("when", ["before", "meanwhile"])
async def test_the_word_of_a_provider_that_was_replaced_is_worth_nothing(
    house: House, provider: OidcProvider, when: str
) -> None:
    browser = await ready(house, provider)
    brought = provider.approve(await browser.begin())

    async def replaced() -> None:
        body = {"issuer": "https://other.example", "client_id": CLIENT, "client_secret": SECRET}
        await house._expect(200, "PUT", SETTING, json=body, headers=WHATEVER)

    if when == "before":
        await replaced()
    else:
        provider.meanwhile = replaced
    answer = await browser.finish(**brought)

    assert (403, "sign_in_failed") == await said(answer)
    assert (when == "meanwhile") == ("/token" in provider.seen)
