"""What is written on the review page and not saved outlives a reload and a look at another page."""

import pytest
from playwright.async_api import Page, expect

from tests.web.desk.house import DeskHouse, furnish
from tests.web.desk.sitting import Sit, Sitting
from tests.web.desk.test_review import MARIA, rate_all

pytestmark = [pytest.mark.web, pytest.mark.timeout(300)]

NOTE, DECIDED, WHY = "Ask about the retry.", "She knows what a roll-back is.", "Heard it once more."
EVERYTHING = "Object.values(sessionStorage).join()"


async def at_the_review(desk: DeskHouse, sit: Sit) -> tuple[Sitting, str]:
    await furnish(desk)
    at = await sit("grace@example.com")
    path = f"/interviews/{desk.interviews[MARIA]['id']}"
    await at.open(f"{path}/review", MARIA)
    return at, f"/v1{path}"


async def looks_elsewhere_and_comes_back(at: Sitting) -> None:
    page = at.page
    await page.get_by_role("link", name="Details").click()
    await page.get_by_role("region", name="Requests of the candidate").wait_for()
    await at.answered()
    await page.go_back()
    await page.get_by_role("slider", name="Place in the recording").wait_for()
    await at.answered()
    await page.reload()
    await page.get_by_role("slider", name="Place in the recording").wait_for()


async def thinks_again(page: Page) -> None:
    await page.get_by_role("button", name="Think again").click()
    await page.get_by_role("button", name="Changing systems under load").click()
    await page.get_by_label("Why (optional)").fill(WHY)
    await page.get_by_role("radio", name="The audio was unclear").check()


async def test_thinking_again_goes_on_where_it_was_left(desk: DeskHouse, sit: Sit) -> None:
    at, path = await at_the_review(desk, sit)
    page = at.page
    await rate_all(page)
    await page.get_by_role("button", name="Save my rating").click()
    await page.get_by_role("table", name="Ratings side by side").wait_for()
    await thinks_again(page)
    await looks_elsewhere_and_comes_back(at)

    await expect(page.get_by_label("Why (optional)")).to_have_value(WHY)
    await expect(page.get_by_role("radio", name="The audio was unclear")).to_be_checked()
    await at.look("1-again")
    await page.get_by_role("button", name="Save as my new rating").click()
    await page.get_by_role("button", name="Think again").wait_for()
    cards = (await desk.house.get(f"{path}/scorecards"))["items"]
    own = [card["ratings"] for card in cards if card["person"] is not None]
    assert [False, True] == [any(each["reason"] == WHY for each in ratings) for ratings in own]
    assert [] == at.wrong


async def test_who_leaves_their_rating_as_it_is_is_asked_and_drops_what_they_changed(
    desk: DeskHouse, sit: Sit
) -> None:
    at, path = await at_the_review(desk, sit)
    page = at.page
    await rate_all(page)
    await page.get_by_role("button", name="Save my rating").click()
    await page.get_by_role("table", name="Ratings side by side").wait_for()
    await thinks_again(page)
    await page.get_by_role("button", name="Leave my rating as it is").click()
    dialog = page.get_by_role("alertdialog")
    await dialog.wait_for()
    await at.look("1-asked")
    await dialog.get_by_role("button", name="Leave it", exact=True).click()
    await expect(page.get_by_label("Why (optional)")).to_have_value(WHY)
    await page.get_by_role("button", name="Leave my rating as it is").click()
    await dialog.get_by_role("button", name="Leave my rating as it is").click()
    await page.get_by_role("button", name="Think again").click()

    await expect(page.get_by_label("Why (optional)")).to_have_value("")
    cards = (await desk.house.get(f"{path}/scorecards"))["items"]
    assert 1 == len([card for card in cards if card["person"] is not None])
    assert [] == at.wrong


async def test_a_note_and_a_decision_that_are_not_saved_stay_in_the_tab_until_they_are(
    desk: DeskHouse, sit: Sit
) -> None:
    at, path = await at_the_review(desk, sit)
    page = at.page
    await page.get_by_label("New note").fill(NOTE)
    await page.get_by_role("radio", name="Advance", exact=True).check()
    decision = page.get_by_role("region", name="Decision")
    await decision.get_by_label("Note", exact=True).fill(DECIDED)
    await looks_elsewhere_and_comes_back(at)

    await expect(page.get_by_label("New note")).to_have_value(NOTE)
    await expect(page.get_by_role("radio", name="Advance", exact=True)).to_be_checked()
    await expect(decision.get_by_label("Note", exact=True)).to_have_value(DECIDED)
    await page.get_by_role("button", name="Add the note").click()
    await page.get_by_role("listitem").filter(has_text=NOTE).wait_for()
    await page.locator("[data-turn='2'] [data-time]").focus()
    await page.keyboard.press("ArrowRight")
    await page.get_by_role("button", name="Decide").click()
    await page.get_by_role("alertdialog").get_by_role("button", name="Advance").click()
    await page.get_by_text("Decided by you").wait_for()
    await page.reload()
    await page.get_by_text("Decided by you").wait_for()
    await expect(page.get_by_label("New note")).to_have_value("")
    assert NOTE not in await page.evaluate(EVERYTHING)
    assert DECIDED not in await page.evaluate(EVERYTHING)
    assert DECIDED == (await desk.house.get(f"{path}/decision"))["decision"]["note"]
    assert [] == at.wrong


async def test_a_note_that_is_not_saved_is_not_there_for_whoever_sits_down_next(
    desk: DeskHouse, sit: Sit
) -> None:
    at, _ = await at_the_review(desk, sit)
    page = at.page
    await page.get_by_label("New note").fill(NOTE)
    before = await page.evaluate(EVERYTHING)
    await page.get_by_role("button", name="Sign out").click()
    await page.get_by_role("heading", name="Sign in", level=1).wait_for()

    assert NOTE in before
    assert NOTE not in await page.evaluate(EVERYTHING)
    assert [] == at.wrong
