"""Pages that say what they could not get, lead back, and leave nobody out."""

import re
from typing import Any

import pytest
from playwright.async_api import Page, Route, expect

from tests.web.desk.house import DeskHouse
from tests.web.desk.sitting import Sit

pytestmark = [pytest.mark.web, pytest.mark.timeout(200)]

MARIA, BEN, AMARA = "Maria Sánchez", "Ben Okri", "Amara Okafor"
CALLED = re.compile(f"{MARIA}|{BEN}|{AMARA}")
NO: dict[str, Any] = {"code": "forbidden", "title": "No", "detail": "No.", "status": 403}


async def refuses(page: Page, path: str) -> None:
    await page.route(path, lambda route: route.fulfill(status=403, json=NO))


@pytest.mark.parametrize("path", ["**/v1/candidates/*", "**/v1/kits/*", "**/v1/jobs/*"])
async def test_the_page_of_an_interview_says_what_it_could_not_get(
    desk: DeskHouse, sit: Sit, path: str
) -> None:
    await desk.member("grace@example.com", "recruiter")
    await desk.published()
    made = await desk.invited(MARIA)
    at = await sit("grace@example.com")
    page = at.page
    refusal = page.get_by_text("Your role does not open this.")
    await refuses(page, path)

    await page.goto(f"{at.url}/desk/interviews/{made['id']}")
    await expect(refusal).to_be_visible()
    await at.look("refused")
    await page.unroute(path)
    await page.get_by_role("button", name="Try again").click()

    await expect(refusal).to_have_count(0)
    await expect(page.get_by_role("heading", name=MARIA, level=1)).to_be_visible()
    await expect(page.get_by_role("link", name="Backend engineer", exact=True)).to_be_visible()
    assert [] == at.wrong


async def test_a_page_of_parity_leads_back_to_the_one_before(desk: DeskHouse, sit: Sit) -> None:
    await desk.member("grace@example.com", "recruiter")
    await desk.published()
    for name in (MARIA, BEN, AMARA):
        await desk.told(name)
    at = await sit("grace@example.com")
    page = at.page

    async def one_each(route: Route) -> None:
        await route.continue_(url=route.request.url.replace("limit=25", "limit=1"))

    await page.route("**/parity?*", one_each)
    await at.open(f"/parity?kit={desk.kit['id']}", "Parity")
    who = page.get_by_role("table", name="What each was given").locator("td[data-kind=lead]")
    before = page.get_by_role("button", name="Previous page")
    seen = []
    for _ in range(2):
        await expect(who).to_have_count(1)
        await expect(who).to_have_text(CALLED)  # not what stands there until names have come
        seen.append(await who.inner_text())
        await page.get_by_role("button", name="Next page").click()
        await expect(who).not_to_have_text(seen[-1])

    for name in reversed(seen):
        await before.click()
        await expect(who).to_have_text(name)
    await expect(before).to_have_count(0)
    assert [] == at.wrong
