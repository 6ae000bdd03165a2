"""What a candidate tells the interviewer by a button, and what the room says of its own accord."""

import pytest
from playwright.async_api import expect

from tests.room.house import Platform, clips, words
from tests.web.browser import Browsers
from tests.web.candidate import FIRST, SECOND, in_first_question

pytestmark = [
    pytest.mark.web,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.timeout(400),
]

RESTS = "Listening. Take your time"
AWAY = "The interviewer is away for a moment"
SILENT = "Your browser holds back the sound"

HELD = """
let held = true;
addEventListener("click", () => { held = false; }, true);
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () {
  return held ? Promise.reject(new DOMException("no click", "NotAllowedError")) : play.call(this);
};
"""
"""A browser that plays nothing before it was clicked into, also when the page was loaded again."""


async def test_who_wants_to_think_is_left_alone_until_they_say_that_they_are_ready(
    platform: Platform, browsers: Browsers
) -> None:
    talk = await in_first_question(platform, browsers, "thinking")
    page, clip = talk.seen.page, clips()["finished_01"]

    await page.get_by_role("button", name="Let me think").click()
    await expect(page.get_by_text(RESTS, exact=True)).to_be_visible()
    await talk.look("resting")
    await page.get_by_role("button", name="I’m ready").click()
    await expect(page.get_by_text("Listening", exact=True)).to_be_visible()
    await expect(page.get_by_role("button", name="Let me think")).to_be_visible()

    await page.keyboard.press("t")
    await expect(page.get_by_text(RESTS, exact=True)).to_be_visible()
    await page.keyboard.press("t")
    await expect(page.get_by_text("Listening", exact=True)).to_be_visible()
    await talk.answers(clip)
    await page.keyboard.press("d")
    await talk.is_asked(2, SECOND)
    assert [words(clip)] == await talk.said()
    signals = [fact["signal"] for fact in await talk.facts("signal_received")]
    assert ["think", "resume", "think", "resume", "done"] == signals
    await talk.leaves()


async def test_without_single_keys_none_is_named_none_works_and_every_button_is_reached_by_tab(
    platform: Platform, browsers: Browsers
) -> None:
    talk = await in_first_question(platform, browsers, "keys-off")
    page, keys = talk.seen.page, talk.seen.page.keyboard
    named = page.locator("[aria-keyshortcuts]")
    await expect(named).not_to_have_count(0)

    await keys.press("h")
    await expect(page.get_by_role("dialog", name="Help")).to_be_visible()
    await expect(page.get_by_text("My answer is over")).to_be_visible()
    await talk.tab_to("Single keys work in the interview")
    await keys.press("Space")
    await expect(page.get_by_text("My answer is over")).to_have_count(0)
    await talk.look("help")
    await keys.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(named).to_have_count(0)
    await talk.look("room")
    for key in "mwth":
        await keys.press(key)
    await expect(page.get_by_text("Your microphone is off")).to_be_visible()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(page.get_by_role("textbox")).to_have_count(0)

    await talk.tab_to("Turn on")
    await keys.press("Enter")
    await expect(page.get_by_text("Microphone works")).to_be_visible()
    await talk.tab_to("Turn off")
    await keys.press("Enter")
    await talk.tab_to("Pause")
    await keys.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Paused")
    await talk.tab_to("Go on")
    await keys.press("Enter")
    await talk.is_asked(1, FIRST)
    await talk.tab_to("Type instead")
    await keys.press("Enter")
    await expect(page.get_by_role("textbox")).to_be_focused()
    await keys.type("I wrote software.")
    await talk.tab_to("Send the answer")
    await keys.press("Enter")
    await talk.is_asked(2, SECOND)
    assert ["I wrote software."] == await talk.said()
    await talk.leaves()


@pytest.mark.parametrize("by", ["button", "key"])
async def test_a_question_is_said_again_to_whoever_asks_for_it(
    platform: Platform, browsers: Browsers, by: str
) -> None:
    talk = await in_first_question(platform, browsers, f"again-by-{by}")
    page = talk.seen.page
    before = len(await talk.facts("line_started"))

    if by == "button":
        await page.get_by_role("button", name="Repeat").click()
    else:
        await page.keyboard.press("r")

    again = (await talk.has("line_started", before + 1))[-1]
    assert ("repeat", "q1") == (again["line"], again["question"])
    assert FIRST in again["text"]
    await talk.has("line_ended", before + 1)
    await talk.is_asked(1, FIRST)
    await talk.leaves()


async def test_an_interviewer_who_goes_is_missed_and_comes_back_to_the_same_question(
    platform: Platform, browsers: Browsers
) -> None:
    talk = await in_first_question(platform, browsers, "agent-gone")
    page, clip = talk.seen.page, clips()["finished_01"]

    platform.stack.kill("agent")
    try:
        await expect(page.get_by_text(AWAY)).to_be_visible()
        await expect(page.get_by_text("What you said until then is saved")).to_be_visible()
        await expect(page.get_by_text("standing still")).to_be_visible()
        await talk.look("gone")
    finally:
        await platform.stack.start_one("agent")

    await expect(page.get_by_text(AWAY)).to_be_hidden()
    await talk.is_asked(1, FIRST)
    await talk.answers(clip)
    await page.keyboard.press("d")
    await talk.is_asked(2, SECOND)
    assert [words(clip)] == await talk.said()
    await talk.leaves()


async def test_sound_that_a_browser_holds_back_after_a_reload_is_let_out_by_one_click(
    platform: Platform, browsers: Browsers
) -> None:
    talk = await in_first_question(platform, browsers, "sound")
    page = talk.seen.page

    await page.add_init_script(HELD)
    await page.reload()
    await expect(page.get_by_text(SILENT)).to_be_visible()
    await talk.look("held-back")
    await page.get_by_role("button", name="Let me hear").click()

    await expect(page.get_by_text(SILENT)).to_be_hidden()
    playing = "[...document.querySelectorAll('audio')].some((one) => !one.paused && !one.muted)"
    await page.wait_for_function(f"() => {playing}")
    await talk.leaves()
