"""The rest of the desk in a real browser: who comes in, who is invited, what is asked, who may."""

import pytest
from playwright.async_api import expect

from tests.web.desk.house import PASSWORD, DeskHouse, furnish
from tests.web.desk.sitting import Sit

pytestmark = [pytest.mark.web, pytest.mark.timeout(300)]

LIST = """name,e-mail,language
Nadia Haddad,nadia@example.com,en
"Li, Wei",wei@example.com
Nobody,not-an-address
=1+1,tail@example.com
"""


async def test_a_setup_link_leads_to_a_password_and_to_the_desk_and_leaves_no_token_behind(
    desk: DeskHouse, sit: Sit
) -> None:
    body = {"email": "nia@example.com", "role": "recruiter"}
    made = await desk.house.post("/v1/members", body)
    at = await sit(None)
    page = at.page
    await page.goto(made["setup_url"])
    await page.get_by_label("New password").fill("short")
    await page.get_by_role("button", name="Save and sign in").click()
    await page.get_by_text("12 are needed").wait_for()
    await at.look("1-setup")
    await page.reload()
    await page.get_by_label("New password").fill(PASSWORD)
    address = page.url
    await page.keyboard.press("Enter")
    await page.get_by_role("heading", name="Interviews", level=1).wait_for()
    kept = await page.evaluate("Object.values(sessionStorage).join()")
    await page.get_by_role("button", name="Sign out").click()
    await page.get_by_role("heading", name="Sign in", level=1).wait_for()
    await at.look("2-signed-out")

    assert f"{desk.url}/setup" == address
    assert made["setup_url"].partition("#")[2] not in kept
    assert [] == at.wrong


async def test_many_are_invited_at_once_and_each_line_says_what_became_of_it(
    desk: DeskHouse, sit: Sit
) -> None:
    await furnish(desk)
    at = await sit("grace@example.com")
    page = at.page
    await at.open("/invite", "Invite candidates")
    await page.get_by_label("Write to them").uncheck()
    await page.get_by_label("Candidates", exact=True).fill(LIST)
    await page.get_by_text("That is not an e-mail address.").wait_for()
    await at.look("1-before")
    await page.get_by_role("button", name="Invite 3 candidates").click()
    await page.get_by_text("3 candidates invited").wait_for()
    await at.look("2-after")

    assert 3 == await page.get_by_text("/i#").count()
    await page.get_by_role("link", name="Li, Wei").click()
    await page.get_by_role("heading", name="Li, Wei", level=1).wait_for()
    await page.get_by_role("button", name="Cancel the interview").click()
    await page.get_by_role("alertdialog").wait_for()
    await at.look("3-cancelling")
    dialog = page.get_by_role("alertdialog")
    await dialog.get_by_role("button", name="Cancel the interview").click()
    await expect(page.get_by_text("Was cancelled.")).to_be_visible()
    assert [] == at.wrong


async def test_a_draft_says_what_it_lacks_and_becomes_a_version_with_its_changes_shown(
    desk: DeskHouse, sit: Sit
) -> None:
    await furnish(desk)
    at = await sit("grace@example.com")
    page = at.page
    await at.open(f"/kits/{desk.kit['id']}", "Backend engineer")
    await at.look("1-version")
    await page.get_by_role("button", name="Make a new draft of it").click()
    await page.get_by_role("button", name="Save the draft").wait_for()
    await page.get_by_role("textbox", name="Question 1").fill("Tell me about a change you made.")
    question = page.get_by_role("article", name="Question 4")
    await question.get_by_label("Learning").uncheck()
    await page.get_by_text("no question asks about it").wait_for()
    await at.look("2-lacking")
    await question.get_by_label("Learning").check()
    await page.get_by_role("button", name="Save the draft").click()
    await page.get_by_text("Everything is saved.").wait_for()
    await page.get_by_role("button", name="Publish").click()
    dialog = page.get_by_role("alertdialog")
    await dialog.get_by_role("button", name="Publish").click()
    await page.get_by_role("link", name="Changes since v1").click()
    await page.get_by_text("Tell me about a change you made.").wait_for()
    await at.look("3-changes")

    assert 1 == await page.get_by_text("1 change", exact=True).count()
    assert [] == at.wrong


async def test_a_key_is_shown_once_and_refused_once_it_is_revoked(
    desk: DeskHouse, sit: Sit
) -> None:
    await desk.member("olga@example.com", "owner")
    at = await sit("olga@example.com")
    page = at.page
    await at.open("/house/keys", "Keys")
    await page.get_by_label("What it is for").fill("The applicant tracker")
    await page.get_by_role("button", name="Make the key").click()
    key = await page.locator("output").inner_text()
    works = (await desk.house.call("GET", "/v1/interviews", key=key)).status
    await at.look("1-secret")
    await page.reload()
    await page.get_by_role("button", name="Revoke The applicant tracker").click()
    dialog = page.get_by_role("alertdialog")
    await dialog.get_by_role("button", name="Revoke").click()
    await expect(page.get_by_role("cell", name="revoked")).to_be_visible()

    assert 200 == works
    assert 401 == (await desk.house.call("GET", "/v1/interviews", key=key)).status
    assert 0 == await page.get_by_text(key).count()
    assert [] == at.wrong


async def test_a_moment_of_another_year_says_which(desk: DeskHouse, sit: Sit) -> None:
    await desk.member("olga@example.com", "owner")
    await desk.published()
    year = desk.house.clock.now().year + 1
    made = await desk.invited("Ada", expires_at=f"{year}-03-02T10:00:00Z")
    at = await sit("olga@example.com")

    await at.open(f"/interviews/{made['id']}", "Ada")

    until = at.page.locator(f"time[datetime^='{year}']").first
    await expect(until).to_contain_text(str(year))
    created = at.page.locator(f"time[datetime^='{year - 1}']").first
    await expect(created).not_to_contain_text(str(year - 1))
    assert [] == at.wrong
