"""Who changed what: the newest first, and the older on demand."""

import pytest
from playwright.async_api import expect

from tests.web.desk.house import DeskHouse
from tests.web.desk.sitting import Sit

pytestmark = [pytest.mark.web, pytest.mark.timeout(200)]


async def test_what_was_changed_last_stands_first_and_the_beginning_is_found_on_demand(
    desk: DeskHouse, sit: Sit
) -> None:
    await desk.member("olga@example.com", "owner")
    for n in range(60):
        await desk.house.post("/v1/jobs", {"title": f"Job {n}"})
    at = await sit("olga@example.com")
    page = at.page
    last = (await desk.house.get("/v1/audit?sort=-seq&limit=1"))["items"][0]["seq"]
    await at.open("/house/audit", "Audit")
    numbers = page.get_by_role("table").locator("tbody td[data-name='No.']")
    await expect(numbers.first).to_have_text(str(last))
    await at.look("1-newest")
    await page.get_by_role("button", name="Next page").click()
    await expect(numbers.first).to_have_text(str(last - 50))
    await page.get_by_role("button", name="Previous page").click()
    await expect(numbers.first).to_have_text(str(last))
    await page.get_by_role("combobox", name="Order").select_option("seq")

    await expect(numbers.first).to_have_text("1")
    await expect(page.get_by_role("table", name="Changes, oldest first")).to_be_visible()
    assert [] == at.wrong
