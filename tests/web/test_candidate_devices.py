"""A microphone that goes in the middle of a sentence, and a room that everybody can read."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.room.house import Platform, clips, kit, words
from tests.web.browser import SCREENSHOTS, Browsers
from tests.web.candidate import SECOND, BrowserTalk, in_first_question, invited

pytestmark = [
    pytest.mark.web,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.timeout(300),
]

DEVICES = Path(__file__).with_name("devices.js")
GONE = "The microphone is gone"
FORBIDDEN = "The microphone is no longer allowed"
MARKUP = "<img src=x onerror='globalThis.hacked=1'><script>globalThis.hacked=2</script>"
RTL = "\u202e\u2066שלום"
LONG = "w" * 10_000
CHANGE_S = 1.0
"""The silence with which a microphone begins."""


async def speaking(platform: Platform, browsers: Browsers, name: str) -> BrowserTalk:
    """A candidate in the middle of a sentence, whose microphone can be unplugged."""
    talk = await in_first_question(platform, browsers, name, script=DEVICES, lead_s=CHANGE_S)
    clip = clips()["finished_01"]
    platform.speech.will_hear(clip.entry.words)
    platform.speech.will_hear(clip.entry.words)
    await talk.seen.page.keyboard.press("m")
    begun = " ".join(word for word, _, _ in clip.entry.words[:2])
    said = talk.seen.page.get_by_role("log").get_by_text(begun)
    await expect(said.last).to_be_visible()
    return talk


async def test_a_microphone_unplugged_in_mid_sentence_gives_way_to_another(
    platform: Platform, browsers: Browsers
) -> None:
    talk = await speaking(platform, browsers, "unplugged")
    page, clip = talk.seen.page, clips()["finished_01"]

    await page.evaluate("unplug(false)")
    await expect(page.get_by_text("Microphone works")).to_be_visible()
    # The other microphone plays the whole sentence.
    await talk.reads_what_was_said(words(clip))

    await page.keyboard.press("d")
    await talk.is_asked(2, SECOND)
    (answer,) = await talk.said()
    assert answer.endswith(words(clip))
    await expect(page.get_by_text(GONE)).to_have_count(0)
    await talk.leaves()


async def test_the_last_microphone_unplugged_is_said_and_works_again_when_it_is_back(
    platform: Platform, browsers: Browsers
) -> None:
    talk = await speaking(platform, browsers, "last-unplugged")
    page, clip = talk.seen.page, clips()["finished_01"]

    await page.evaluate("unplug(true)")
    await expect(page.get_by_text(GONE)).to_be_visible()
    await talk.look("gone")
    await page.evaluate("plug()")

    await expect(page.get_by_text(GONE)).to_be_hidden()
    await talk.reads_what_was_said(words(clip))
    await talk.leaves()


async def test_the_microphone_that_is_chosen_in_the_room_is_the_one_that_is_heard(
    platform: Platform, browsers: Browsers
) -> None:
    talk = await in_first_question(platform, browsers, "chosen", script=DEVICES)
    page, clip = talk.seen.page, clips()["finished_01"]
    await page.keyboard.press("m")
    await expect(page.get_by_text("Microphone works")).to_be_visible()
    [before] = await page.evaluate("inUse()")

    await page.get_by_role("button", name="Help").click()
    which = page.get_by_label("Which microphone")
    there = await which.evaluate("(it) => [...it.options].map((one) => one.value)")
    assert before in there
    chosen = next(one for one in reversed(there) if one != before)
    await page.evaluate("(one) => hearOnly(one)", chosen)
    await which.select_option(value=chosen)

    await page.wait_for_function("(one) => inUse().join() === one", arg=chosen)
    await page.get_by_role("button", name="Back to the interview").click()
    await page.keyboard.press("m")
    await expect(page.get_by_text("Your microphone is off")).to_be_visible()
    assert [] == await page.evaluate("inUse()")
    await talk.answers(clip)
    await page.keyboard.press("d")
    await talk.is_asked(2, SECOND)
    assert [words(clip)] == await talk.said()
    await talk.leaves()


async def test_a_microphone_that_is_no_longer_allowed_is_said_and_works_when_it_is_again(
    platform: Platform, browsers: Browsers
) -> None:
    talk = await in_first_question(platform, browsers, "revoked", script=DEVICES)
    page, clip = talk.seen.page, clips()["finished_01"]
    await page.keyboard.press("m")
    await expect(page.get_by_text("Microphone works")).to_be_visible()

    await page.evaluate("revoke()")
    await expect(page.get_by_text(FORBIDDEN)).to_be_visible()
    await expect(page.get_by_text("Microphone off")).to_be_visible()
    await talk.look("revoked")
    await page.get_by_role("button", name="Try again").click()
    await expect(page.get_by_text(FORBIDDEN)).to_be_visible()
    await page.evaluate("allow()")
    await page.get_by_role("button", name="Try again").click()

    await expect(page.get_by_text("Microphone works")).to_be_visible()
    await expect(page.get_by_text(FORBIDDEN)).to_be_hidden()
    await page.keyboard.press("m")
    await expect(page.get_by_text("Your microphone is off")).to_be_visible()
    await talk.answers(clip)
    await page.keyboard.press("d")
    await talk.is_asked(2, SECOND)
    assert [words(clip)] == await talk.said()
    await talk.leaves()


async def test_a_room_is_read_at_twice_the_size_without_motion_and_whatever_was_said(
    platform: Platform, browsers: Browsers
) -> None:
    hostile = f"Where did you {MARKUP} {RTL} {LONG[:200]} work?"
    talk = await invited(platform, await browsers.start(), kit(hostile, SECOND), "readable")
    page = talk.seen.page
    await page.get_by_role("button", name="I agree and go on").click()
    await page.get_by_role("button", name="Turn on the microphone").click()
    await page.get_by_role("button", name="Begin the interview").click()
    await talk.goes_in_silently()
    await talk.is_asked(1, "work?")
    await page.keyboard.press("w")
    await page.get_by_role("textbox").fill(f"{MARKUP} {RTL} {LONG}")
    await page.get_by_role("button", name="Send the answer").click()
    await talk.is_asked(2, SECOND)
    await talk.look("hostile-captions")

    await page.emulate_media(reduced_motion="reduce")
    moving = "document.getAnimations().filter((one) => one.playState === 'running').length"
    assert 0 == await page.evaluate(moving)
    for size, width, height in (("zoomed", 720, 450), ("zoomed-narrow", 320, 360)):
        await page.set_viewport_size({"width": width, "height": height})
        await _can_be_read(talk)
        await talk.seen.shoot("readable", size)
    await page.set_viewport_size({"width": 1440, "height": 900})
    await page.evaluate("document.documentElement.style.fontSize = '200%'")
    await _can_be_read(talk, 640)
    assert [] == await talk.seen.violations()
    await page.screenshot(path=SCREENSHOTS / "readable" / "doubled-light-1440.png", full_page=True)

    assert await page.evaluate("globalThis.hacked") is None
    assert 0 == await page.locator("main :is(img, script)").count()
    assert ([], []) == (talk.seen.complaints, talk.seen.strangers)
    await talk.leaves()


async def _can_be_read(talk: BrowserTalk, narrowest: int = 320) -> None:
    """The captions need no scrolling sideways, and a line of them fits into what is seen."""
    log = talk.seen.page.get_by_role("log")
    await log.scroll_into_view_if_needed()
    assert await log.evaluate("(it) => it.scrollWidth <= it.clientWidth")
    lines = "(it) => it.clientHeight / parseFloat(getComputedStyle(it).lineHeight)"
    assert 3 <= await log.evaluate(lines)
    assert 0 == await talk.seen.overflow(narrowest)
