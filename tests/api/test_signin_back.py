"""A browser whose sign-in with a provider was refused finds the sign-in page, a program the problem
document."""

from collections.abc import AsyncIterator

import pytest

from api.settings import Settings
from tests.api.house import ORIGIN, House, settings_with
from tests.api.test_signin import BEGIN, FINISH, NEAR, ready
from tests.standins.oidc import OidcProvider, serving

pytestmark = pytest.mark.api
NOBODYS = "7100a980-4e45-4cb1-9532-11308f7988f3"

NAVIGATES = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
BACK = f"{ORIGIN}/desk?refused="


@pytest.fixture
def settings() -> Settings:
    return settings_with(**NEAR)


@pytest.fixture
async def provider() -> AsyncIterator[OidcProvider]:
    async with serving() as running:
        yield running


async def asked(house: House, path: str, accept: str, **query: str) -> tuple[int, str]:
    """The status, and where it leads or what it is."""
    headers = {"Accept": accept} if accept else {}
    answer = await house.call(
        "GET", path, key="", params=query, headers=headers, allow_redirects=False
    )
    return answer.status, answer.headers.get("Location") or answer.content_type


@pytest.mark.parametrize(
    ("tenant", "code"), [(NOBODYS, "not_found"), ("not-an-id", "invalid"), ("", "invalid")]
)
async def test_a_browser_that_names_no_organisation_is_led_back_with_the_code(
    house: House, tenant: str, code: str
) -> None:
    assert (302, BACK + code) == await asked(house, BEGIN, NAVIGATES, tenant_id=tenant)


async def test_a_browser_that_brings_back_what_nobody_asked_for_is_led_back(house: House) -> None:
    found = await asked(house, FINISH, NAVIGATES, code="invented", state="x")

    assert (303, f"{BACK}sign_in_failed") == found


@pytest.mark.parametrize(
    "accept", ["", "*/*", "application/json", "application/problem+json, text/html;q=0.5"]
)
async def test_whoever_asks_for_json_or_for_anything_has_the_problem_document(
    house: House, accept: str
) -> None:
    problem = "application/problem+json"

    assert (404, problem) == await asked(house, BEGIN, accept, tenant_id=NOBODYS)
    assert (403, problem) == await asked(house, FINISH, accept, code="invented", state="x")


async def test_a_browser_whose_provider_is_away_is_led_back_with_that_code(
    house: House, provider: OidcProvider
) -> None:
    await ready(house, provider)
    tenant = str(house.tenants[house.key])
    provider.status = 503
    away = await asked(house, BEGIN, NAVIGATES, tenant_id=tenant)

    assert (302, f"{BACK}unavailable") == away


async def test_other_refusals_are_json_for_browsers_too(house: House) -> None:
    found = await asked(house, "/v1/jobs", NAVIGATES)

    assert (401, "application/problem+json") == found


async def test_nobody_is_signed_in_by_being_led_back(house: House, provider: OidcProvider) -> None:
    browser = await ready(house, provider)
    provider.email = "eve@example.com"
    brought = provider.approve(await browser.begin())
    headers = {"Cookie": f"viv_signin={browser.cookie}", "Accept": NAVIGATES}

    answer = await house.call(
        "GET", FINISH, key="", params=brought, headers=headers, allow_redirects=False
    )

    assert (303, f"{BACK}sign_in_failed") == (answer.status, answer.headers["Location"])
    assert "viv_session" not in answer.cookies
