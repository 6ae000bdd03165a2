"""What somebody finds who comes to the desk for the first time."""

import pytest
from playwright.async_api import expect

from tests.web.desk.house import DeskHouse
from tests.web.desk.sitting import Sit

pytestmark = [pytest.mark.web, pytest.mark.timeout(200)]


async def test_the_library_begins_with_the_language_of_the_browser_then_of_the_house(
    desk: DeskHouse, sit: Sit
) -> None:
    await desk.member("grace@example.com", "recruiter")
    first = await desk.house.post("/v1/jobs", {"title": "Engineer"})
    at = await sit("grace@example.com")
    begin = at.page.get_by_label("Begin with")
    offered = begin.get_by_role("option")
    await at.open(f"/jobs/{first['id']}", "Engineer")
    await expect(offered.first).to_contain_text("(en, ")
    await expect(begin).to_have_value("starter:backend_engineer")
    body = {"job_id": first["id"], "starter": "pflegefachkraft"}
    await desk.house.post("/v1/kits/drafts", body)
    second = await desk.house.post("/v1/jobs", {"title": "Pflege"})

    await at.open(f"/jobs/{second['id']}", "Pflege")

    await expect(offered.first).to_contain_text("(de, ")
    await expect(begin).to_have_value("starter:pflegefachkraft")
    await at.look("1-library")
    assert [] == at.wrong


async def test_help_says_how_to_go_about_it_and_leads_there_and_to_the_calls_behind_the_desk(
    desk: DeskHouse, sit: Sit
) -> None:
    await desk.member("grace@example.com", "recruiter")
    await desk.member("ravi@example.com", "reviewer")
    at = await sit("grace@example.com")
    page = at.page
    await page.get_by_role("button", name="Help").click()
    dialog = page.get_by_role("dialog", name="Help")
    calls = dialog.get_by_role("link", name="The calls behind this desk")
    await expect(calls).to_have_attribute("href", "/docs")
    assert 200 == (await desk.house.call("GET", "/docs", key="")).status
    await at.look("1-help")
    await dialog.get_by_role("link", name="Invite candidates").click()
    await expect(dialog).to_have_count(0)
    await page.get_by_role("heading", name="Invite candidates", level=1).wait_for()
    other = await sit("ravi@example.com")
    await other.page.get_by_role("button", name="Help").click()
    await expect(other.page.get_by_text("Recruiters invite candidates")).to_be_visible()

    assert [] == [*at.wrong, *other.wrong]
