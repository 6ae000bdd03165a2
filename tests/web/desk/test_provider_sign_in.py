"""Signing in with the organisation's own provider: there, and back with words when it refuses."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from playwright.async_api import Page, expect

from interview.accounts import Role
from tests.standins.oidc import CLIENT, SECRET, OidcProvider, serving
from tests.web.desk.house import DeskHouse
from tests.web.desk.sitting import Sit, Sitting

pytestmark = [pytest.mark.web, pytest.mark.timeout(200)]

WAY = "Continue with your organisation’s sign-in"
REFUSED = "Your organisation’s sign-in did not let you in."
UNKNOWN = "No organisation with this id has a sign-in of its own."
AWAY = "Your organisation’s sign-in service did not answer."


@pytest.fixture
async def provider() -> AsyncIterator[OidcProvider]:
    async with serving() as running:
        yield running


def wrong(at: Sitting, provider: OidcProvider) -> list[str]:
    """Nobody else is called than the provider, and it by a link alone."""
    return [each for each in at.wrong if not each.startswith(f"{provider.url}/authorize?")]


def tenant_of(desk: DeskHouse) -> str:
    return str(desk.house.tenants[desk.house.key])


async def at_the_door(desk: DeskHouse, sit: Sit, provider: OidcProvider) -> Sitting:
    """Ada is a member without a password; she wants to see the jobs."""
    desk.house.clock.at = datetime.now(UTC)
    await desk.house.new_member(Role.RECRUITER, provider.email)
    body = {"issuer": provider.issuer, "client_id": CLIENT, "client_secret": SECRET}
    setting, whatever = "/v1/settings/sign-in", {"If-Match": "*"}
    made = await desk.house.call("PUT", setting, json=body, headers=whatever)
    assert 200 == made.status, await made.text()
    at = await sit(None)
    await at.open("/jobs", "Sign in")
    await at.page.get_by_role("button", name="Use my organisation’s sign-in").click()
    return at


async def goes(page: Page, tenant: str) -> None:
    await page.get_by_label("Organisation id").fill(tenant)
    await page.get_by_role("link", name=WAY).click()


async def test_who_agrees_there_is_signed_in_and_on_the_page_that_they_wanted(
    desk: DeskHouse, sit: Sit, provider: OidcProvider
) -> None:
    at = await at_the_door(desk, sit, provider)
    page = at.page
    await at.look("1-door")
    await goes(page, tenant_of(desk))
    await page.get_by_role("heading", name="Jobs", level=1).wait_for()

    await expect(page.get_by_role("banner")).to_contain_text(provider.email)
    assert f"{at.url}/desk/jobs" == page.url
    assert 1 == provider.seen.count("/authorize")
    await page.get_by_role("button", name="Sign out").click()
    await expect(page.get_by_label("Organisation id")).to_have_value(tenant_of(desk))
    assert [] == wrong(at, provider)


@pytest.mark.parametrize("trouble", ["not verified", "not a member", "denied"])
async def test_who_is_refused_there_is_told_so_and_can_try_again(
    desk: DeskHouse, sit: Sit, provider: OidcProvider, trouble: str
) -> None:
    at = await at_the_door(desk, sit, provider)
    page, email = at.page, provider.email
    provider.claims = {"email_verified": trouble != "not verified"}
    provider.denies = trouble == "denied"
    provider.email = "eve@example.com" if trouble == "not a member" else email
    await goes(page, tenant_of(desk))
    await page.get_by_role("alert").get_by_text(REFUSED).wait_for()
    await at.look("1-refused")
    assert f"{at.url}/desk/jobs" == page.url
    await expect(page.get_by_label("Organisation id")).to_have_value(tenant_of(desk))
    provider.claims, provider.denies, provider.email = {}, False, email
    await page.get_by_role("link", name=WAY).click()

    await page.get_by_role("heading", name="Jobs", level=1).wait_for()
    await expect(page.get_by_role("banner")).to_contain_text(email)
    assert [] == wrong(at, provider)


async def test_who_mistypes_the_organisation_or_finds_its_service_away_reads_why(
    desk: DeskHouse, sit: Sit, provider: OidcProvider
) -> None:
    at = await at_the_door(desk, sit, provider)
    page = at.page
    await goes(page, str(uuid4()))
    await page.get_by_role("alert").get_by_text(UNKNOWN).wait_for()
    await at.look("1-unknown")
    provider.status = 503
    await goes(page, tenant_of(desk))
    await page.get_by_role("alert").get_by_text(AWAY).wait_for()
    await page.reload()

    await page.get_by_role("heading", name="Sign in", level=1).wait_for()
    await expect(page.get_by_role("alert")).to_have_count(0)
    assert [] == wrong(at, provider)
