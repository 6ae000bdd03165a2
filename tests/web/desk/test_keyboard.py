"""The whole desk by keyboard alone: from the door to a decision, an invitation, webhook and key."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.web.desk.house import PASSWORD, DeskHouse, furnish
from tests.web.desk.sitting import Sit, Sitting

pytestmark = [pytest.mark.web, pytest.mark.timeout(400)]

MARIA = "Maria Sánchez"
LOADS_MS = 90_000
"""A recording is joined of its parts when it is first asked for."""

FOCUS = "() => document.activeElement?.closest('[data-turn]')?.dataset.turn ?? null"
NO_POINTER = """() => {
    for (const kind of ["pointerdown", "mousedown", "touchstart"]) {
        addEventListener(kind, () => { globalThis.pointed = true; }, true);
    }
}"""


async def keys(page: Page, *pressed: str) -> None:
    for key in pressed:
        await page.keyboard.press(key)


async def goes_to(at: Sitting, link: str, heading: str) -> None:
    """From wherever one is, by a link that the keyboard finds."""
    await at.tab_to(link)
    await keys(at.page, "Enter")
    await at.page.get_by_role("heading", name=heading, level=1).wait_for()


async def test_everything_at_the_desk_is_done_by_keyboard_alone(desk: DeskHouse, sit: Sit) -> None:
    await furnish(desk)
    at = await sit(None)
    await at.page.evaluate(f"({NO_POINTER})()")

    await _signs_in(at)
    await _finds_the_interview(at)
    await _listens(at)
    await _rates(at)
    await _compares_and_decides(at)
    await _takes_the_document(at)
    await _invites(at)
    await _makes_a_webhook(at)
    await _makes_and_revokes_a_key(at)

    decision = await desk.house.get(f"/v1/interviews/{desk.interviews[MARIA]['id']}/decision")
    assert "advance" == decision["decision"]["outcome"]
    assert [True, False] == [
        each["revoked_at"] is None for each in (await desk.house.get("/v1/keys"))["items"]
    ]
    assert 1 == len((await desk.house.get("/v1/webhooks"))["items"])
    assert None is await at.page.evaluate("globalThis.pointed ?? null")
    assert [] == at.wrong


async def _signs_in(at: Sitting) -> None:
    await at.tab_to("E-mail address")
    await at.page.keyboard.type("olga@example.com")
    await at.tab_to("Password")
    await at.page.keyboard.type(PASSWORD)
    await keys(at.page, "Enter")
    await at.page.get_by_role("heading", name="Interviews", level=1).wait_for()


async def _finds_the_interview(at: Sitting) -> None:
    """By the filter, then down the list."""
    page = at.page
    await at.tab_to("State")
    await page.keyboard.type("To r")
    await expect(page.get_by_role("combobox", name="State")).to_have_value("scored")
    await page.get_by_role("link", name=MARIA).wait_for()
    await at.tab_to(MARIA)
    await keys(page, "j", "k")
    assert MARIA == await page.evaluate("document.activeElement.innerText")
    await keys(page, "Enter")
    await page.get_by_role("heading", name=MARIA, level=1).wait_for()


async def _listens(at: Sitting) -> None:
    """Plays, stops, walks from evidence to evidence, and hears one word."""
    page = at.page
    place = page.get_by_role("slider", name="Place in the recording")
    await place.wait_for()
    await keys(page, "Space")
    await expect(page.get_by_role("button", name="Pause")).to_be_visible()
    await expect(place).to_have_attribute(
        "aria-valuetext", re.compile(r"00:0[1-9]"), timeout=LOADS_MS
    )
    await keys(page, "Space")
    await expect(page.get_by_role("button", name="Play")).to_be_visible()
    await keys(page, "j", "j", "k")
    await expect(page.locator("mark").first).to_be_visible()
    await expect(place).to_have_attribute("aria-valuetext", re.compile(r"00:2\d"), timeout=LOADS_MS)
    await at.tab_to("Hear AI from 00:01")
    await keys(page, "ArrowDown", "ArrowDown")
    assert "2" == await page.evaluate(FOCUS)
    await keys(page, *["ArrowRight"] * 14, "Enter")
    await expect(page.locator("[data-turn='2'] [data-now]").first).to_be_visible()
    await expect(place).to_have_attribute(
        "aria-valuetext", re.compile(r"00:2[12]"), timeout=LOADS_MS
    )
    await keys(page, "Space", "Escape")


async def _rates(at: Sitting) -> None:
    """Words become evidence, a digit is a level; and what nothing was said about says so."""
    page = at.page
    panel = page.get_by_role("region", name="Competencies and evidence")
    await at.tab_to("Changing systems under load evidence 3 · to rate", back=True)
    await at.tab_to("Hear Maria Sánchez from 00:17")
    await keys(page, "ArrowRight", *["Shift+ArrowRight"] * 5, "q")
    await expect(panel.get_by_text("“In my last job we moved”")).to_be_visible()
    await keys(page, "4")
    await expect(panel.get_by_role("radio", name="4 Takes small steps")).to_be_checked()
    for name in ("Ownership", "Communication", "Learning"):
        await keys(page, "e")
        await expect(panel.get_by_role("button", name=name)).to_have_attribute(
            "aria-expanded", "true"
        )
        await at.tab_to(name)
        await at.tab_to("1", "radio")
        nothing = panel.get_by_role("radio", name="Nothing was said about it")
        for _ in range(8):
            if await nothing.is_checked():
                break
            await keys(page, "ArrowDown")
        await expect(nothing).to_be_checked()
    await at.tab_to("Save my rating")
    await at.look("1-rated")
    await keys(page, "Enter")


async def _compares_and_decides(at: Sitting) -> None:
    page = at.page
    await page.get_by_role("table", name="Ratings side by side").wait_for()
    await at.tab_to("New note")
    await page.keyboard.type("Ask about the retry.")
    await at.tab_to("Add the note")
    await keys(page, "Enter")
    await page.get_by_text("Ask about the retry.").wait_for()
    await at.tab_to("Advance")
    await keys(page, "Space")
    await at.tab_to("Decide")
    await keys(page, "Enter")
    await page.get_by_role("alertdialog").wait_for()
    await at.tab_to("Advance")
    await keys(page, "Enter")
    await page.get_by_text("Decided by you").wait_for()
    await at.look("2-decided")


async def _takes_the_document(at: Sitting) -> None:
    await at.tab_to("Download the PDF", back=True)
    async with at.page.expect_download() as download:
        await keys(at.page, "Enter")
    assert b"%PDF-" == Path(await (await download.value).path()).read_bytes()[:5]


async def _invites(at: Sitting) -> None:
    page = at.page
    await goes_to(at, "Candidates", "Candidates")
    await goes_to(at, "Invite candidates", "Invite candidates")
    await at.tab_to("Candidates", "textarea")
    await page.keyboard.insert_text("Nadia Haddad,nadia@example.com\nNobody,not-an-address\n")
    await page.get_by_text("That is not an e-mail address.").wait_for()
    await at.tab_to("Invite 1 candidate")
    await keys(page, "Enter")
    await page.get_by_text("1 candidate invited").wait_for()
    await at.look("3-invited")


async def _makes_a_webhook(at: Sitting) -> None:
    page = at.page
    await page.keyboard.press("Home")
    await goes_to(at, "House", "Members")
    await goes_to(at, "Webhooks", "Webhooks")
    await at.tab_to("Address")
    await page.keyboard.type("https://hooks.example.com")
    await at.tab_to("started")
    await keys(page, "Space")
    await at.tab_to("Add the webhook")
    await keys(page, "Enter")
    await page.get_by_text("The signing secret").wait_for()


async def _makes_and_revokes_a_key(at: Sitting) -> None:
    page = at.page
    await goes_to(at, "Keys", "Keys")
    await at.tab_to("What it is for")
    await page.keyboard.type("The applicant tracker")
    await keys(page, "Enter")
    await page.get_by_text("It is shown this once").wait_for()
    await at.tab_to("Revoke The applicant tracker")
    await keys(page, "Enter")
    await page.get_by_role("alertdialog").wait_for()
    await at.tab_to("Revoke")
    await keys(page, "Enter")
    await expect(page.get_by_role("cell", name="revoked")).to_be_visible()
    await at.look("4-revoked")
