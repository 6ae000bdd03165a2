"""What a candidate sees of the room when it is not as it should be: words out of sight, a
microphone that cannot be published, an interviewer who does not come."""

import pytest
from playwright.async_api import Page, expect

from tests.room.house import Platform, clips, kit
from tests.web.browser import Browsers
from tests.web.candidate import FIRST, SECOND, in_first_question, invited

pytestmark = [
    pytest.mark.web,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.timeout(300),
]

LONG = (
    "Please tell me about a project that went badly, from its first day to its last, what it was "
    "about and who was in it, what you yourself did when it could be seen where it was going, and "
    "what you would tell somebody today who stands at the beginning of such a project and asks you "
    "for one piece of advice only."
)
BUSY = "The microphone does not start"
LATE = "The interviewer has not come yet"

REFUSED = """
globalThis.refusals = Infinity;
const added = RTCPeerConnection.prototype.addTransceiver;
RTCPeerConnection.prototype.addTransceiver = function (what, ...more) {
  if (what?.kind === "audio" && refusals-- > 0) throw new Error("not today");
  return added.call(this, what, ...more);
};
"""
"""A browser that publishes no sound until it is allowed to."""


async def is_at_its_end(page: Page) -> bool:
    log = page.get_by_role("log")
    left = "(it) => it.scrollHeight - it.scrollTop - it.clientHeight"
    return int(await log.evaluate(left)) < 2


async def enters(page: Page) -> None:
    await page.get_by_role("button", name="I agree and go on").click()
    await page.get_by_role("button", name="Turn on the microphone").click()
    await page.get_by_role("button", name="Begin the interview").click()


async def test_captions_are_followed_past_a_line_that_is_longer_than_what_is_shown_of_them(
    platform: Platform, browsers: Browsers
) -> None:
    assert 300 <= len(LONG)
    started = await browsers.start(clips()["finished_01"])
    talk = await invited(platform, started, kit(FIRST, LONG, SECOND), "captions")
    page = talk.seen.page
    await page.set_viewport_size({"width": 320, "height": 720})
    await enters(page)
    await talk.goes_in_silently()
    await talk.is_asked(1, FIRST)
    for _ in range(2):
        await page.get_by_role("button", name="Larger captions").click()

    await page.keyboard.press("w")
    await page.get_by_role("textbox").fill("I wrote software. " * 30)
    await page.get_by_role("button", name="Send the answer").click()
    await talk.is_asked(2, "one piece of advice only")
    log = page.get_by_role("log")
    await expect(log).to_contain_text("one piece of advice only")
    tall = await log.evaluate("(it) => it.lastElementChild.offsetHeight")
    assert tall > 240, "the line is not long enough to lose sight of the end"
    assert await is_at_its_end(page)

    await page.keyboard.press("w")
    await page.get_by_role("textbox").fill("Begin small.")
    await page.get_by_role("button", name="Send the answer").click()
    await talk.is_asked(3, SECOND)
    await expect(log).to_contain_text(SECOND)
    assert await is_at_its_end(page)

    await log.evaluate("(it) => it.scrollTo(0, 0)")
    await page.keyboard.press("w")
    await page.get_by_role("textbox").fill("Nothing.")
    await page.get_by_role("button", name="Send the answer").click()
    await expect(log).to_contain_text("Nothing.")
    assert 0 == await log.evaluate("(it) => it.scrollTop"), "whoever reads back is left alone"
    await talk.leaves()


async def test_a_microphone_that_cannot_be_published_is_said_and_works_when_it_can(
    platform: Platform, browsers: Browsers
) -> None:
    talk = await invited(platform, await browsers.start(), kit(FIRST), "unpublished")
    page = talk.seen.page
    await page.add_init_script(REFUSED)
    await expect(page.get_by_role("button", name="I agree and go on")).to_be_visible()
    await page.reload()
    await enters(page)

    await expect(page.get_by_text(BUSY)).to_be_visible()
    await expect(page.get_by_text("Microphone off")).to_be_visible()
    await expect(page.get_by_role("button", name="Turn on")).to_be_visible()
    await talk.look("unpublished")
    await page.evaluate("refusals = 0")
    await page.get_by_role("button", name="Try again").click()

    await expect(page.get_by_text("Microphone works")).to_be_visible()
    await expect(page.get_by_text(BUSY)).to_be_hidden()
    await talk.leaves()


async def test_a_microphone_whose_first_try_was_lost_is_tried_again_without_a_word(
    platform: Platform, browsers: Browsers
) -> None:
    talk = await invited(platform, await browsers.start(), kit(FIRST), "unpublished-once")
    page = talk.seen.page
    await page.add_init_script(f"{REFUSED} refusals = 1;")
    await expect(page.get_by_role("button", name="I agree and go on")).to_be_visible()
    await page.reload()
    await enters(page)

    await expect(page.get_by_text("Microphone works")).to_be_visible()
    assert 0 == await page.evaluate("Math.max(0, refusals)")
    await expect(page.get_by_text(BUSY)).to_be_hidden()
    await talk.leaves()


async def test_whoever_waits_for_an_interviewer_in_vain_is_told_what_is_safe_and_what_to_do(
    platform: Platform, browsers: Browsers
) -> None:
    talk = await invited(platform, await browsers.start(), kit(FIRST), "nobody-comes")
    page = talk.seen.page
    platform.stack.kill("agent")
    try:
        await enters(page)
        await expect(page.get_by_text("The interviewer is on the way")).to_be_visible()
        await expect(page.get_by_text(LATE)).to_be_hidden()

        await expect(page.get_by_text(LATE)).to_be_visible()
        await expect(page.get_by_text("Your time does not run")).to_be_visible()
        await talk.look("late")
        await page.get_by_role("button", name="Help").click()
        person = page.get_by_role("button", name="I would rather talk to a person")
        await expect(person).to_be_enabled()
        await page.get_by_role("button", name="Back to the interview").click()
    finally:
        await platform.stack.start_one("agent")

    await expect(page.get_by_text(LATE)).to_be_hidden()
    await talk.is_asked(1, FIRST)
    await talk.leaves()


async def test_the_level_of_a_voice_does_not_move_for_those_who_want_nothing_to_move(
    platform: Platform, browsers: Browsers
) -> None:
    talk = await in_first_question(platform, browsers, "still-level")
    page = talk.seen.page
    await page.emulate_media(reduced_motion="reduce")
    await page.keyboard.press("m")
    bar = page.locator("footer [aria-hidden]").first
    wide = "(it) => getComputedStyle(it).backgroundSize"

    levels = set()
    for _ in range(20):
        levels.add(await bar.evaluate("(it) => it.style.getPropertyValue('--level')"))
        assert "100% 100%" == await bar.evaluate(wide)
        await page.wait_for_timeout(500)
    assert len(levels) > 2, "the level was heard to change"
    await page.emulate_media(reduced_motion="no-preference")
    assert "100% 100%" != await bar.evaluate(wide)
    await talk.leaves()
