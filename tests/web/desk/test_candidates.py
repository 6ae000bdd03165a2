"""From somebody who calls to their interviews: by their name, along a list, and back."""

import pytest
from playwright.async_api import Page, expect

from tests.web.desk.house import DeskHouse
from tests.web.desk.sitting import Sit, Sitting

pytestmark = [pytest.mark.web, pytest.mark.timeout(200)]

MARIA = "Maria Sánchez"
FOCUSED = "document.activeElement.innerText"


async def with_candidates(desk: DeskHouse, sit: Sit, others: int) -> Sitting:
    """Maria was invited first, so that she is the last of the list."""
    await desk.member("grace@example.com", "recruiter")
    await desk.published()
    await desk.invited(MARIA)
    await desk.invited("Bao Nguyen")
    for n in range(others):
        desk.house.clock.advance(1)
        body = {"name": f"Person {n:02}", "email": f"p{n:02}@example.com"}
        await desk.house.post("/v1/candidates", body)
    at = await sit("grace@example.com")
    await at.open("/candidates", "Candidates")
    return at


async def is_shown(page: Page, first: str) -> None:
    await expect(page.locator("td[data-kind=lead]").first).to_have_text(first)


async def test_a_candidate_leads_to_their_interviews_by_keys_alone(
    desk: DeskHouse, sit: Sit
) -> None:
    at = await with_candidates(desk, sit, 0)
    page = at.page
    await page.get_by_role("link", name=MARIA).wait_for()
    await page.keyboard.press("j")
    await page.keyboard.press("j")
    assert MARIA == await page.evaluate(FOCUSED)
    await page.keyboard.press("k")
    assert "Bao Nguyen" == await page.evaluate(FOCUSED)
    await page.keyboard.press("j")
    await page.keyboard.press("Enter")
    await page.get_by_text(f"Interviews of {MARIA}.").wait_for()
    rows = page.locator("td[data-kind=lead]")
    await expect(rows).to_have_text([MARIA])
    await at.look("1-theirs")
    await page.get_by_role("link", name="Show everybody’s").click()

    await expect(rows).to_have_count(2)
    await expect(page.get_by_text("Interviews of")).to_have_count(0)
    assert [] == at.wrong


async def test_somebody_is_found_by_a_part_of_their_name_or_address(
    desk: DeskHouse, sit: Sit
) -> None:
    at = await with_candidates(desk, sit, 30)
    page = at.page
    await is_shown(page, "Person 29")
    field = page.get_by_label("Name or e-mail address, or a part")
    for sought, found in (("sanchez", MARIA), ("BAONGUYEN@", "Bao Nguyen")):
        await field.fill(sought)
        await page.keyboard.press("Enter")
        await page.get_by_text("1 of 32 candidates fits.").wait_for()
        await is_shown(page, found)
    await at.look("1-found")
    await field.fill("nobody of this name")
    await page.get_by_role("button", name="Find").click()
    await page.get_by_text("Nobody of 32 candidates fits.").wait_for()
    assert "nobody" not in page.url
    await page.get_by_role("button", name="Show all").click()

    await is_shown(page, "Person 29")
    await expect(field).to_have_value("")
    assert [] == at.wrong


async def test_the_page_before_is_found_again_also_after_a_look_elsewhere(
    desk: DeskHouse, sit: Sit
) -> None:
    at = await with_candidates(desk, sit, 60)
    page = at.page
    before = page.get_by_role("button", name="Previous page")
    await is_shown(page, "Person 59")
    assert 0 == await before.count()
    for first in ("Person 34", "Person 09"):
        await page.get_by_role("button", name="Next page").click()
        await is_shown(page, first)
    await page.get_by_role("link", name=MARIA).click()
    await page.get_by_text(f"Interviews of {MARIA}.").wait_for()
    await at.answered()
    await page.go_back()
    await is_shown(page, "Person 09")
    await before.click()
    await is_shown(page, "Person 34")
    await before.click()

    await is_shown(page, "Person 59")
    await expect(before).to_have_count(0)
    assert [] == at.wrong
