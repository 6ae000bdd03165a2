"""What a candidate reads when the interviewer has said goodbye, and after they came back."""

import pytest
from playwright.async_api import expect

from tests.room.house import Platform, clips
from tests.web.browser import Browsers
from tests.web.candidate import FIRST, SECOND, BrowserTalk, in_first_question
from tests.web.cockpit import cockpit

pytestmark = [
    pytest.mark.web,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.timeout(300),
]

AWAY, ASKING = "The interviewer is away for a moment", "Anna Berg is asking now"
WATCHED = """
(away) => {
  globalThis.alarms = 0;
  const look = () => { if (document.body.innerText.includes(away)) alarms += 1; };
  const all = { subtree: true, childList: true, characterData: true };
  new MutationObserver(look).observe(document.body, all);
}
"""
"""How often the page is seen to say so from now on."""


async def writes(talk: BrowserTalk, text: str) -> None:
    page = talk.seen.page
    field = page.get_by_label("Your answer in writing")
    if not await field.count():
        await page.get_by_role("button", name="Type instead").click()
    await field.fill(text)
    await page.get_by_role("button", name="Send the answer").click()


async def test_a_goodbye_is_followed_by_the_end_and_by_no_alarm(
    platform: Platform, browsers: Browsers
) -> None:
    talk = await in_first_question(platform, browsers, "goodbye")
    page = talk.seen.page
    await page.evaluate(WATCHED, AWAY)
    await writes(talk, "At a bakery in the next town, for three years.")
    await talk.is_asked(2, SECOND)
    await writes(talk, "I would ask for help on the first day and not on the last.")
    await expect(page.get_by_text("Is there anything you would like to ask?")).to_be_visible()
    await expect(page.get_by_text("Listening", exact=True)).to_be_visible()
    await writes(talk, "No, that is all. Thank you.")
    await expect(page.get_by_role("heading", level=1)).to_have_text("The interview is over")

    assert 0 == await page.evaluate("alarms")
    await talk.leaves()


async def test_who_comes_back_reads_what_was_said_in_its_order(
    platform: Platform, browsers: Browsers
) -> None:
    talk = await in_first_question(platform, browsers, "order")
    page = talk.seen.page
    await writes(talk, "At a bakery in the next town, for three years.")
    await talk.is_asked(2, SECOND)
    await page.reload()
    log = page.get_by_role("log")
    await expect(log).to_contain_text("Welcome back")
    await expect(log).to_contain_text(FIRST)
    await expect(log).to_contain_text("bakery")

    lines = log.locator("[dir=auto]")
    await expect(lines.first).to_contain_text("I am an AI interviewer")
    await expect(lines.last).to_contain_text("Welcome back")
    await talk.leaves()


async def test_while_the_ai_says_goodbye_for_a_person_nobody_is_said_to_ask(
    platform: Platform, browsers: Browsers
) -> None:
    talk = await in_first_question(platform, browsers, "goodbye-for")
    page = talk.seen.page
    anna = await cockpit(platform, await browsers.start(clips()["finished_02"]), "Anna Berg")
    await anna.comes_in(talk.id)
    await anna.seen.page.keyboard.press("f")
    await anna.floor_is("You have the floor.")
    await expect(page.get_by_text(ASKING)).to_be_visible()
    await anna.seen.page.keyboard.press("f")
    await anna.seen.page.get_by_role("button", name="Have the AI say goodbye").click()
    await expect(page.get_by_text("The AI is saying goodbye")).to_be_visible()
    await page.evaluate(WATCHED, ASKING)
    await expect(page.get_by_role("heading", level=1)).to_have_text("The interview is over")

    assert 0 == await page.evaluate("alarms")
    await talk.leaves()
