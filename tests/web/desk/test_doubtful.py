"""What was hardly understood is told in words: in a legend, to screen readers, at a quote."""

import re

import pytest
from playwright.async_api import expect

from tests.web.desk.house import DeskHouse
from tests.web.desk.sitting import Sit
from tests.web.desk.talk import TALK
from tests.web.desk.test_review import MARIA, choose_words

pytestmark = [pytest.mark.web, pytest.mark.timeout(200)]

TURN = 6
UNCLEAR = TALK[TURN].unclear
PLACE = TALK[TURN].text.split().index(UNCLEAR)
LEGEND = "is under words that were hardly understood"


async def test_a_doubtful_word_and_a_quote_that_rests_on_it_say_so(
    desk: DeskHouse, sit: Sit
) -> None:
    await desk.member("grace@example.com", "recruiter")
    await desk.published()
    made = await desk.told(MARIA, heard=0)
    at = await sit("grace@example.com")
    page = at.page
    await at.open(f"/interviews/{made['id']}/review", MARIA)
    await page.get_by_text(LEGEND).wait_for()
    word = page.locator(f"[data-turn='{TURN}'] [data-word='{PLACE}']")
    await expect(word).to_have_text(f"{UNCLEAR} (hardly understood)")
    await expect(word).to_have_attribute("title", "Hardly understood")
    clear = page.locator(f"[data-turn='{TURN}'] [data-word='{PLACE - 1}']")
    await expect(clear).to_have_text("the")
    said = page.get_by_text(re.compile("^Hardly understood:"))
    await page.locator("[data-turn='0'] [data-time]").focus()
    for turn in range(1, TURN + 1):
        await page.keyboard.press("ArrowDown")
        await expect(page.locator(f"[data-turn='{turn}']")).to_have_attribute(
            "aria-current", "true"
        )
    await choose_words(page, TURN, PLACE - 2, PLACE - 1)
    await page.keyboard.press("q")
    await page.get_by_text("“tested the”").wait_for()
    assert 0 == await said.count()
    await choose_words(page, TURN, PLACE - 1, PLACE)
    await page.keyboard.press("q")

    await expect(said).to_contain_text(UNCLEAR)
    await at.look("1-doubtful")
    assert [] == at.wrong


async def test_where_all_was_understood_there_is_no_legend(desk: DeskHouse, sit: Sit) -> None:
    await desk.member("grace@example.com", "recruiter")
    await desk.published()
    made = await desk.told(MARIA, TALK[:4], heard=0)
    at = await sit("grace@example.com")
    await at.open(f"/interviews/{made['id']}/review", MARIA)
    await at.page.locator("[data-turn='2'] [data-word='3']").wait_for()

    assert 0 == await at.page.get_by_text(LEGEND).count()
    assert [] == at.wrong
