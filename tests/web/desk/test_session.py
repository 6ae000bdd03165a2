"""What becomes of a page whose session is over, or somebody else's by now."""

import pytest
from playwright.async_api import Page, expect

from tests.web.browser import Seen
from tests.web.desk.house import PASSWORD, DeskHouse, furnish
from tests.web.desk.sitting import Sit, Sitting

pytestmark = [pytest.mark.web, pytest.mark.timeout(300)]

MARIA, NOTE = "Maria Sánchez", "Ask about the retry."
OTHER_MEMBER = "status of 409"
"""What a browser writes of an answer that is right here."""


async def at_the_review(desk: DeskHouse, sit: Sit, email: str) -> Sitting:
    at = await sit(email)
    await at.open(f"/interviews/{desk.interviews[MARIA]['id']}/review", MARIA)
    return at


async def ends_all_sessions(desk: DeskHouse, email: str) -> None:
    """As an administrator does it, or the night."""
    members = (await desk.house.get("/v1/members"))["items"]
    [found] = [each["id"] for each in members if each["email"] == email]
    gone = await desk.house.call("DELETE", f"/v1/members/{found}/sessions")
    assert 204 == gone.status, await gone.text()


async def somebody_else_comes(at: Sitting, email: str) -> None:
    """In another tab of the same browser."""
    tab = await at.page.context.new_page()
    other = Sitting(Seen(tab, at.seen.context), at.url, at.test)
    await tab.goto(f"{at.url}/desk/jobs")
    await tab.get_by_role("table", name="Jobs").wait_for()
    await tab.get_by_role("button", name="Sign out").click()
    await tab.get_by_role("heading", name="Sign in", level=1).wait_for()
    await other.sign_in(email)
    await other.answered()
    await tab.close()


async def looks_again(page: Page) -> None:
    """Whoever comes back to a page; a browser without a screen is never away from one."""
    await page.evaluate("globalThis.dispatchEvent(new Event('focus'))")


async def test_who_is_signed_out_signs_in_over_the_page_and_goes_on_where_they_were(
    desk: DeskHouse, sit: Sit
) -> None:
    await furnish(desk)
    at = await at_the_review(desk, sit, "grace@example.com")
    page = at.page
    await page.get_by_label("New note").fill(NOTE)
    await ends_all_sessions(desk, "grace@example.com")
    await page.get_by_role("button", name="Add the note").click()
    dialog = page.get_by_role("alertdialog")
    await expect(dialog).to_contain_text("What you wrote on this page is still here.")
    await at.look("1-over")
    await page.keyboard.press("Escape")
    await dialog.get_by_label("Password of grace@example.com").fill("not the password at all")
    await page.keyboard.press("Enter")
    await expect(dialog.get_by_text("That did not match an account.")).to_be_visible()
    await dialog.get_by_label("Password of grace@example.com").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await expect(dialog).to_have_count(0)

    await expect(page.get_by_label("New note")).to_have_value(NOTE)
    await page.get_by_role("button", name="Add the note").click()
    await expect(page.get_by_role("listitem").filter(has_text=NOTE)).to_be_visible()
    path = f"/v1/interviews/{desk.interviews[MARIA]['id']}/notes"
    assert [NOTE] == [each["text"] for each in (await desk.house.get(path))["items"]]
    assert [] == at.wrong


async def test_nobody_decides_in_the_name_of_a_colleague_who_has_signed_in_meanwhile(
    desk: DeskHouse, sit: Sit
) -> None:
    await furnish(desk)
    at = await at_the_review(desk, sit, "grace@example.com")
    page = at.page
    await page.locator("[data-turn='2'] [data-time]").focus()
    await page.keyboard.press("ArrowRight")
    await page.get_by_role("radio", name="Advance", exact=True).check()
    await page.get_by_role("button", name="Decide").click()
    confirm = page.get_by_role("alertdialog").filter(has_text="You decide, as grace@example.com")
    await confirm.wait_for()
    await somebody_else_comes(at, "olga@example.com")

    await confirm.get_by_role("button", name="Advance").click()
    told = page.get_by_role("alertdialog").filter(has_text="olga@example.com is signed in now")
    await told.wait_for()
    await at.look("1-another")
    path = f"/v1/interviews/{desk.interviews[MARIA]['id']}/decision"
    before = (await desk.house.get(path))["decision"]
    await told.get_by_label("Password of grace@example.com").fill(PASSWORD)
    await told.get_by_role("button", name="Go on").click()
    await expect(told).to_have_count(0)
    await confirm.get_by_role("button", name="Advance").click()
    await page.get_by_text("Decided by you").wait_for()

    members = (await desk.house.get("/v1/members"))["items"]
    by = (await desk.house.get(path))["decision"]["by"]["id"]
    assert (None, "grace@example.com") == (
        before,
        next(each["email"] for each in members if each["id"] == by),
    )
    assert [] == [each for each in at.wrong if OTHER_MEMBER not in each]


async def test_who_comes_back_to_a_page_is_told_that_it_is_not_theirs_any_more(
    desk: DeskHouse, sit: Sit
) -> None:
    await furnish(desk)
    at = await sit("grace@example.com")
    page = at.page
    await looks_again(page)
    await page.wait_for_timeout(500)
    before = await page.get_by_role("alertdialog").count()
    await somebody_else_comes(at, "olga@example.com")
    await looks_again(page)
    told = page.get_by_role("alertdialog").filter(has_text="Somebody else has signed in")
    await told.get_by_role("button", name="Leave this page to olga@example.com").click()
    await expect(page.get_by_role("banner")).to_contain_text("olga@example.com")

    assert 0 == before
    assert [] == at.wrong


async def test_who_was_signed_out_already_can_sign_out(desk: DeskHouse, sit: Sit) -> None:
    await furnish(desk)
    at = await sit("grace@example.com")
    await at.page.get_by_role("link", name=MARIA).wait_for()
    await at.answered()
    await ends_all_sessions(desk, "grace@example.com")
    await at.page.get_by_role("button", name="Sign out").click()

    await at.page.get_by_role("heading", name="Sign in", level=1).wait_for()
    assert [] == at.wrong


async def test_a_rating_that_was_begun_is_not_there_for_whoever_sits_down_next(
    desk: DeskHouse, sit: Sit
) -> None:
    await furnish(desk)
    await desk.member("rosa@example.com", "reviewer")
    at = await at_the_review(desk, sit, "ravi@example.com")
    page = at.page
    await page.get_by_role("radio", name="4 Takes small steps").check()
    await page.reload()
    await expect(page.get_by_role("radio", name="4 Takes small steps")).to_be_checked()
    await page.get_by_role("button", name="Sign out").click()
    await page.get_by_role("heading", name="Sign in", level=1).wait_for()
    await at.sign_in("rosa@example.com")
    await at.open(f"/interviews/{desk.interviews[MARIA]['id']}/review", MARIA)

    await expect(page.get_by_role("radio", name="4 Takes small steps")).not_to_be_checked()
    kept = await page.evaluate("Object.values(sessionStorage).join()")
    assert '"level":4' not in kept
    assert [] == at.wrong
