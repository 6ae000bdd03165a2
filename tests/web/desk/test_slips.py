"""A slip beside a dialog, or Escape, loses no words that somebody wrote in it."""

import pytest
from playwright.async_api import Locator, Page, expect

from tests.web.desk.house import DeskHouse
from tests.web.desk.sitting import Sit, Sitting
from tests.web.desk.test_afterwards import NAME, with_requests

pytestmark = [pytest.mark.web, pytest.mark.timeout(300)]

ANSWER = "We have erased what we may, and write to you about the rest of it."


def the_question(page: Page) -> Locator:
    return page.get_by_role("alertdialog", name="Close without saving?")


async def slips(page: Page, how: str) -> None:
    if how == "Escape":
        await page.keyboard.press("Escape")
    else:
        await page.mouse.click(5, 5)


async def is_asked_and_goes_on(at: Sitting, field: Locator, text: str, how: str) -> None:
    await field.fill(text)
    await slips(at.page, how)
    await the_question(at.page).wait_for()
    await at.look(f"asked-{how.split(maxsplit=1)[0].lower()}")
    await the_question(at.page).get_by_role("button", name="Go on writing").click()
    await expect(the_question(at.page)).to_have_count(0)
    await expect(field).to_have_value(text)
    await expect(field).to_be_focused()


@pytest.mark.parametrize("how", ["Escape", "a click beside it"])
async def test_who_writes_an_answer_is_asked_before_it_is_dropped(
    desk: DeskHouse, sit: Sit, how: str
) -> None:
    at, _, _ = await with_requests(desk, sit)
    page = at.page
    answer = page.get_by_role("button", name="Another look by a person")
    field = page.get_by_label("Your answer")
    await answer.click()
    await field.wait_for()
    await slips(page, how)
    await expect(field).to_have_count(0)
    await expect(the_question(page)).to_have_count(0)
    await answer.click()
    await is_asked_and_goes_on(at, field, ANSWER, how)
    await slips(page, how)
    await the_question(page).get_by_role("button", name="Close without saving").click()
    await expect(field).to_have_count(0)
    await answer.click()

    await expect(field).to_have_value("")
    assert [] == at.wrong


async def test_an_answer_that_is_left_for_later_is_there_later(desk: DeskHouse, sit: Sit) -> None:
    at, _, _ = await with_requests(desk, sit)
    page = at.page
    answer = page.get_by_role("button", name="Another look by a person")
    await answer.click()
    await page.get_by_label("Your answer").fill(ANSWER)
    await page.get_by_role("button", name="Later").click()
    await expect(page.get_by_label("Your answer")).to_have_count(0)
    await at.answered()
    await page.reload()
    await answer.click()

    await expect(page.get_by_label("Your answer")).to_have_value(ANSWER)
    await page.get_by_role("button", name="Refuse it").click()
    await expect(answer).to_have_count(0)
    assert ANSWER not in await page.evaluate("Object.values(sessionStorage).join()")
    assert [] == at.wrong


async def test_who_changes_a_candidate_or_a_transcript_is_asked_too(
    desk: DeskHouse, sit: Sit
) -> None:
    at, made, _ = await with_requests(desk, sit)
    page = at.page
    await at.open("/candidates", "Candidates")
    await page.get_by_role("button", name=f"Change {NAME}").click()
    await is_asked_and_goes_on(at, page.get_by_label("Name", exact=True), "Maria S.", "Escape")
    await page.get_by_role("button", name="Leave as it is").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await at.open(f"/interviews/{made['id']}/review", NAME)
    await (
        page.locator("[data-turn='2']")
        .get_by_role("button", name="Listen and use these words")
        .click()
    )
    await is_asked_and_goes_on(at, page.get_by_label("As it was said"), "Not so.", "a click")

    assert [] == at.wrong
