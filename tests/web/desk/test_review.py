"""A whole review in a real browser, on evidence, by somebody who rates blind."""

import asyncio
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Page, Route, expect

from tests.web.desk.house import DeskHouse, furnish
from tests.web.desk.sitting import Sit, Sitting
from tests.web.desk.talk import long_talk

pytestmark = [pytest.mark.web, pytest.mark.timeout(300)]

MARIA = "Maria Sánchez"
LATER = re.compile(r"/(recording|proposals|decision|notes)(\?|$)")


async def choose_words(page: Page, turn: int, first: int, last: int) -> None:
    """By keys alone: to the turn, to the word, and over the words."""
    await page.locator(f"[data-turn='{turn}'] [data-time]").focus()
    for _ in range(first + 1):
        await page.keyboard.press("ArrowRight")
    for _ in range(last - first):
        await page.keyboard.press("Shift+ArrowRight")


async def rate_all(page: Page) -> None:
    """A level with a quote, and three competencies that are not assessed."""
    panel = page.get_by_role("region", name="Competencies and evidence")
    await panel.get_by_role("radio", name="Nothing was said about it").check()
    for _ in range(3):
        await page.locator("[data-turn='0'] [data-time]").focus()
        await page.keyboard.press("e")
        await panel.get_by_role("radio", name="Nothing was said about it").check()


async def test_a_recruiter_finds_hears_rates_compares_decides_and_takes_the_document(
    desk: DeskHouse, sit: Sit
) -> None:
    await furnish(desk)
    at = await sit("grace@example.com")
    page = at.page
    await at.look("1-list")

    await page.get_by_label("State").select_option("To review")
    await page.keyboard.press("Tab")
    await page.get_by_role("link", name=MARIA).click()
    await page.get_by_role("heading", name=MARIA, level=1).wait_for()
    await page.get_by_role("slider", name="Place in the recording").wait_for()
    await page.wait_for_timeout(1500)
    await at.look("2-review")

    assert 0 == await page.get_by_role("table", name="Ratings side by side").count()
    await page.get_by_text("customer", exact=True).first.click()
    await expect(page.get_by_role("button", name="Pause")).to_be_visible()
    await expect(page.locator("[data-word][data-now]")).to_be_visible()
    place = page.get_by_role("slider", name="Place in the recording")
    # A decision names a recording that was heard for some seconds.
    later = re.compile("00:29|00:[3-5]")
    await expect(place).to_have_attribute("aria-valuetext", later)
    await page.keyboard.press("j")
    await page.get_by_role("button", name="Pause").click()
    await page.get_by_role("heading", name=MARIA, level=1).focus()
    await page.keyboard.press("j")
    await expect(page.locator("mark").first).to_be_visible()
    await at.look("3-evidence")

    await _rate_on_evidence(page)
    await at.look("4-rated")
    await page.get_by_role("button", name="Save my rating").click()
    await page.get_by_role("table", name="Ratings side by side").wait_for()
    await page.get_by_role("table", name="Ratings side by side").scroll_into_view_if_needed()
    await at.look("5-compared")

    await _decide(at)
    async with page.expect_download() as download:
        await page.get_by_role("link", name="Download the PDF").click()
    document = Path(await (await download.value).path()).read_bytes()

    assert b"%PDF-" == document[:5]
    assert [] == at.wrong
    decision = await desk.house.get(f"/v1/interviews/{desk.interviews[MARIA]['id']}/decision")
    decided = decision["decision"]
    assert ("advance", "meets_requirements") == (decided["outcome"], decided["reason_code"])
    kinds = {each["kind"] for each in decided["evidence"]}
    assert {"transcript", "recording", "scorecard", "turn"} == kinds


async def _rate_on_evidence(page: Page) -> None:
    await page.get_by_role("button", name="Changing systems under load").click()
    await choose_words(page, 2, 0, 5)
    await page.keyboard.press("q")
    await expect(page.get_by_text("“In my last job we moved”")).to_be_visible()
    await page.keyboard.press("4")
    await expect(page.get_by_role("radio", name="4 Takes small steps")).to_be_checked()
    for name in ("Ownership", "Communication", "Learning"):
        await page.get_by_role("button", name=name).click()
        await page.get_by_role("radio", name="Nothing was said about it").check()


async def _decide(at: Sitting) -> None:
    page = at.page
    await page.get_by_label("New note").fill("Ask about the retry. <script>alert(1)</script>")
    await page.get_by_role("button", name="Add the note").click()
    await page.get_by_text("<script>alert(1)</script>").wait_for()
    await page.get_by_role("radio", name="Advance", exact=True).check()
    await page.get_by_role("button", name="Decide").click()
    await page.get_by_role("alertdialog").wait_for()
    await at.look("6-deciding")
    await page.get_by_role("alertdialog").get_by_role("button", name="Advance").click()
    await page.get_by_text("Decided by you").wait_for()
    await at.look("7-decided")


async def test_whoever_rates_blind_sees_no_evidence_and_no_rating_before_their_own(
    desk: DeskHouse, sit: Sit
) -> None:
    await furnish(desk)
    at = await sit("ravi@example.com")
    page = at.page
    await at.open(f"/interviews/{desk.interviews[MARIA]['id']}/review", MARIA)
    await page.get_by_text("Your own rating comes first.").wait_for()
    await at.look("1-blind")

    before = (await page.locator("mark").count(), await page.get_by_text("Machine").count())
    await rate_all(page)
    await page.get_by_role("button", name="Save my rating").click()
    await page.get_by_role("table", name="Ratings side by side").wait_for()
    await at.look("2-after")

    assert (0, 0) == before
    assert 0 < await page.locator("mark").count()
    assert [] == at.wrong


async def test_a_long_review_is_of_use_before_its_recording_and_what_was_noted_are_there(
    desk: DeskHouse, sit: Sit
) -> None:
    """How soon is measured by `make bench ARGS=web`; here, what it does not wait for."""
    await furnish(desk)
    made = await desk.told("Long Talker", long_talk(200), heard=10)
    await desk.scored(made)
    at = await sit("grace@example.com")
    page, held = at.page, Held()
    await page.route(LATER, held)

    await page.get_by_role("link", name="Long Talker").click()
    await expect(page.locator("[data-turn]")).to_have_count(200)
    await page.locator("[data-turn='0'] [data-time]").focus()
    await page.keyboard.press("ArrowDown")
    await choose_words(page, 1, 0, 5)
    await page.keyboard.press("q")
    await expect(page.get_by_text("“In my last job we moved”")).to_be_visible()
    await page.keyboard.press("4")
    await expect(page.get_by_role("radio", name="4 ")).to_be_checked()
    await at.look("1-long")
    assert {"recording", "proposals", "decision", "notes"} == held.asked

    held.opens.set()
    await page.get_by_role("slider", name="Place in the recording").wait_for()
    assert [] == at.wrong


class Held:
    """A route: requests wait at it until it opens."""

    def __init__(self) -> None:
        self.asked: set[str] = set()
        self.opens = asyncio.Event()

    async def __call__(self, route: Route) -> None:
        self.asked.add(urlsplit(route.request.url).path.rpartition("/")[2])
        await self.opens.wait()
        await route.continue_()
