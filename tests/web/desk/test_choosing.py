"""What changes people's rights and needs is chosen first and saved then; long lists have pages."""

import pytest
from playwright.async_api import expect

from interview.accounts import Role
from tests.api.house import Json
from tests.web.desk.house import DeskHouse
from tests.web.desk.sitting import Sit

pytestmark = [pytest.mark.web, pytest.mark.timeout(200)]

RAVI = "ravi@example.com"


async def role_of(desk: DeskHouse, email: str) -> str:
    members = (await desk.house.get("/v1/members?limit=100"))["items"]
    role: str = next(each["role"] for each in members if each["email"] == email)
    return role


async def test_a_role_is_chosen_then_saved_and_who_is_to_lead_is_asked_once_more(
    desk: DeskHouse, sit: Sit
) -> None:
    for email, role in (("olga@example.com", "owner"), (RAVI, "reviewer")):
        await desk.member(email, role)
    at = await sit("olga@example.com")
    page = at.page
    await at.open("/house", "Members")
    choice = page.get_by_label(f"Role of {RAVI}")
    await choice.focus()
    for _ in range(2):
        await page.keyboard.press("ArrowUp")
    await expect(choice).to_have_value("recruiter")
    await at.look("1-chosen")
    before = await role_of(desk, RAVI)
    await page.get_by_role("button", name=f"Save: {RAVI} becomes Recruiter").click()
    await expect(page.get_by_role("button", name=f"Save: {RAVI} becomes Recruiter")).to_have_count(
        0
    )
    saved = await role_of(desk, RAVI)
    await choice.select_option("Owner")
    await page.get_by_role("button", name=f"Save: Make {RAVI} Owner").click()
    dialog = page.get_by_role("alertdialog")
    await dialog.wait_for()
    await at.look("2-asked")
    asked = await role_of(desk, RAVI)
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog).to_have_count(0)
    await expect(page.get_by_role("button", name=f"Save: Make {RAVI} Owner")).to_have_count(0)

    assert ("reviewer", "recruiter", "recruiter") == (before, saved, asked)
    assert "owner" == await role_of(desk, RAVI)
    assert [] == at.wrong


async def asked(desk: DeskHouse, name: str, words: str) -> Json:
    made = await desk.invited(name)
    session = await desk.house.redeemed(made)
    body = {"text": words}
    await desk.house.post("/v1/candidate/accommodations", body, status=204, key=session)
    return made


async def test_who_asks_for_accommodations_is_marked_found_and_answered(
    desk: DeskHouse, sit: Sit
) -> None:
    await desk.member("grace@example.com", "recruiter")
    await desk.published()
    made = await asked(desk, "Ada Stern", "I stammer, and need time.")
    await desk.invited("Bao Nguyen")
    at = await sit("grace@example.com")
    page = at.page
    mark = page.get_by_role("link", name="asks for accommodations")
    await page.get_by_role("link", name="Bao Nguyen").wait_for()
    unasked = await mark.count()
    await page.get_by_role("combobox", name="Accommodations").select_option("yes")
    await mark.wait_for()
    await expect(page.get_by_role("link", name="Bao Nguyen")).to_have_count(0)
    await at.look("1-marked")
    await mark.click()
    needs = page.get_by_role("region", name="Accommodations")
    await needs.get_by_role("button", name="Show accommodations").click()
    await needs.get_by_text("I stammer, and need time.").wait_for()
    await needs.get_by_label("Time", exact=True).focus()
    for _ in range(2):
        await page.keyboard.press("ArrowDown")
    path = f"/v1/interviews/{made['id']}/accommodations"
    before = (await desk.house.get(path))["time"]
    await at.look("2-chosen")
    await needs.get_by_role("button", name="Answer with these").click()
    await needs.get_by_text("Saved. The candidate reads it on their page.").wait_for()

    assert ("1", "1.5") == (before, (await desk.house.get(path))["time"])
    await page.get_by_role("navigation", name="Desk").get_by_role("link", name="Interviews").click()
    await page.get_by_role("link", name="Bao Nguyen").wait_for()
    await page.get_by_role("combobox", name="Accommodations").select_option("yes")
    await page.get_by_text("No interview fits these filters.").wait_for()
    assert 0 == unasked
    assert [] == at.wrong


async def test_the_last_of_many_members_is_found(desk: DeskHouse, sit: Sit) -> None:
    await desk.member("olga@example.com", "owner")
    for n in range(51):
        await desk.house.new_member(Role.REVIEWER, f"member{n:02}@example.com")
        desk.house.clock.advance(1)
    at = await sit("olga@example.com")
    page = at.page
    await at.open("/house", "Members")
    await expect(page.get_by_text("member50@example.com")).to_have_count(0)
    await page.get_by_role("button", name="Next page").click()

    await expect(page.get_by_text("member50@example.com")).to_be_visible()
    assert [] == at.wrong


async def test_settings_that_were_saved_say_so_and_what_is_written_stays(
    desk: DeskHouse, sit: Sit
) -> None:
    """Also while a colleague changes others, and once more is written nothing is called saved."""
    await desk.member("olga@example.com", "owner")
    at = await sit("olga@example.com")
    page = at.page
    await at.open("/house/settings", "Settings")
    zone = page.get_by_label("Time zone")
    await zone.fill("Europe/Berlin")
    save = page.get_by_role("button", name="Save the settings")
    await save.click()
    await page.get_by_text("Saved.", exact=True).wait_for()
    assert await save.evaluate("each => each === document.activeElement")
    await at.look("1-saved")
    await zone.fill("Europe/Vienna")
    await expect(page.get_by_text("Saved.", exact=True)).to_have_count(0)
    body, headers = {"shares_results": True}, {"If-Match": "*"}
    await desk.house.call("PATCH", "/v1/settings", json=body, headers=headers)
    await page.evaluate("globalThis.document.dispatchEvent(new Event('visibilitychange'))")
    await page.wait_for_timeout(500)

    await expect(zone).to_have_value("Europe/Vienna")
    await save.click()
    await page.get_by_role("button", name="Load theirs").click()
    await expect(zone).to_have_value("Europe/Berlin")
    await expect(page.get_by_label("Show candidates their results")).to_be_checked()
    assert [] == [each for each in at.wrong if "status of 412" not in each]
