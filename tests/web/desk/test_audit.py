"""Who changed what: the newest first, and the older on demand."""

import pytest
from playwright.async_api import expect

from interview.accounts import Role
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


async def test_a_change_leads_to_what_was_changed_by_its_name_and_a_leader_is_called_by_theirs(
    desk: DeskHouse, sit: Sit
) -> None:
    house = desk.house
    await desk.member("olga@example.com", "owner")
    await desk.published()
    made, _ = await desk.live("Maria Sánchez")
    anna = await house.new_member(Role.INTERVIEWER, "anna@example.com")
    headers = await house.signed_in(anna) | {"Origin": desk.url}
    where = f"/v1/interviews/{made['id']}"
    for path, body in (("join", {"name": "Anna Berg"}), ("floor", {"holder": "me"})):
        await house.post(f"{where}/{path}", body, status=200, key="", headers=headers)
    at = await sit("olga@example.com")
    page = at.page
    await at.open("/house/audit", "Audit")
    rows = page.get_by_role("table").get_by_role("row")
    floor = rows.filter(has_text="set floor")
    await expect(floor).to_contain_text("Maria Sánchez, Backend engineer")
    await expect(floor).to_contain_text("floor: anna@example.com")
    kit, job = rows.filter(has_text="publish kit"), rows.filter(has_text="create job")
    await expect(kit.get_by_role("link", name=desk.kit["name"])).to_be_visible()
    await expect(job.get_by_role("link", name="Backend engineer")).to_be_visible()
    await at.look("1-named")

    await floor.get_by_role("link", name=f"All about {made['id']}").click()
    await expect(rows.filter(has_text="publish kit")).to_have_count(0)
    await expect(page.get_by_role("textbox", name="About (an id)")).to_have_value(made["id"])
    await floor.get_by_role("link", name="Maria Sánchez").click()
    await expect(page.get_by_role("heading", name="Maria Sánchez", level=1)).to_be_visible()
    assert [] == at.wrong


async def test_an_auditor_who_sees_no_candidates_finds_the_way_to_what_was_changed_without_names(
    desk: DeskHouse, sit: Sit
) -> None:
    await desk.member("aude@example.com", "auditor")
    await desk.published()
    made = await desk.invited("Maria Sánchez")
    at = await sit("aude@example.com")
    page = at.page
    await at.open("/house/audit", "Audit")
    created = page.get_by_role("row").filter(has_text="create interview")
    await expect(created).to_contain_text("Interview, Backend engineer")
    way = created.get_by_role("link", name="Interview", exact=True)

    await expect(way).to_have_attribute("href", f"/desk/interviews/{made['id']}")
    await expect(page.get_by_text("Maria Sánchez")).to_have_count(0)
    assert [] == at.wrong
