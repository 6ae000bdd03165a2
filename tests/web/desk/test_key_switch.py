"""Single keys can be turned off, by whoever speaks to their computer (WCAG 2.1.4)."""

import pytest
from playwright.async_api import expect

from tests.web.desk.house import DeskHouse, furnish
from tests.web.desk.sitting import Sit, Sitting

pytestmark = [pytest.mark.web, pytest.mark.timeout(200)]

MARIA = "Maria Sánchez"
FIRST, SECOND = "Changing systems under load", "Ownership"


async def turn(at: Sitting, *, on: bool) -> None:
    """The switch is found under Help, on every page."""
    page = at.page
    await page.get_by_role("banner").get_by_role("button", name="Help").click()
    dialog = page.get_by_role("dialog", name="Help")
    await dialog.get_by_label("Single keys do something").set_checked(on)
    await at.look(f"help-{'on' if on else 'off'}")
    await dialog.get_by_role("button", name="Close").click()
    await expect(dialog).to_have_count(0)


async def test_keys_that_are_turned_off_do_nothing_and_stay_off(desk: DeskHouse, sit: Sit) -> None:
    await furnish(desk)
    at = await sit("grace@example.com")
    page = at.page
    await turn(at, on=False)
    await page.get_by_role("link", name=MARIA).focus()
    await page.keyboard.press("j")
    assert MARIA == await page.evaluate("document.activeElement.innerText")

    await at.open(f"/interviews/{desk.interviews[MARIA]['id']}/review", MARIA)
    open_one = page.get_by_role("button", expanded=True)
    for key in ("e", "4", "j", "Space"):
        await page.keyboard.press(key)
    await expect(open_one).to_contain_text(FIRST)
    await expect(page.get_by_role("radio", name="4 Takes small steps")).not_to_be_checked()
    await expect(page.get_by_role("button", name="Play")).to_have_text("Play")
    await at.look("off")

    await turn(at, on=True)
    await page.get_by_role("heading", name=MARIA, level=1).focus()
    await page.keyboard.press("4")
    await expect(page.get_by_role("radio", name="4 Takes small steps")).to_be_checked()
    await page.get_by_role("heading", name=MARIA, level=1).focus()
    await page.keyboard.press("e")
    await expect(open_one).to_contain_text(SECOND)
    assert [] == at.wrong
