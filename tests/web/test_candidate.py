"""A whole interview in a real browser: from the link of the invitation to one's own transcript."""

from typing import Any

import pytest
from playwright.async_api import expect

from local.candidate.clips import Clip
from tests.room.house import NO, Platform, clips, kit, spoken, words
from tests.room.recorded import job_is_finished, recording_of, words_off
from tests.web.browser import Browsers
from tests.web.candidate import BrowserTalk, invited

pytestmark = [
    pytest.mark.web,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.timeout(400),
]

FIRST, SECOND = "Where did you work before?", "What would you do differently today?"
RIGHT = "I worked here for three years."
WITHIN_MS = 100


async def is_what_sounded(talk: BrowserTalk, *clips: Clip) -> None:
    """Each stored word lies in the recording where the microphone's file has the sound of it."""
    await job_is_finished(talk)
    sides = await recording_of(talk)
    said = zip(clips, await talk.turns(), strict=True)
    off = [off for clip, turn in said for off in words_off(sides, clip, turn)]
    print("words off by", off, "ms")
    assert max(map(abs, off)) < WITHIN_MS


async def puts_right_says_and_asks(talk: BrowserTalk) -> None:
    """All that there is to do afterwards, by keys alone."""
    page, keys = talk.seen.page, talk.seen.page.keyboard
    await talk.tab_to("Put this right")
    await keys.press("Enter")
    await expect(page.get_by_label("What you said", exact=True)).to_be_focused()
    await keys.press("Control+A")
    await keys.type(RIGHT)
    await talk.tab_to("Send the correction")
    await keys.press("Enter")
    await expect(page.get_by_text("sent, not answered yet")).to_be_visible()
    await talk.tab_to("Bad")
    await keys.press("ArrowRight")
    await expect(page.get_by_role("radio", name="Rather bad")).to_be_checked()
    await talk.tab_to("What should be different?")
    await keys.type("Shorter.")
    await talk.tab_to("Send")
    await keys.press("Enter")
    await expect(page.get_by_text("Thank you. It was sent")).to_be_visible()
    await talk.tab_to("I ask for")
    await keys.type("A copy")
    await talk.tab_to("In your words")
    await keys.type("Please.")
    await talk.tab_to("Send the request")
    await keys.press("Enter")
    await expect(page.get_by_text("A copy of my data: sent, not answered yet")).to_be_visible()
    found: Any = await talk.platform.recruiter.get("/v1/requests")
    asked = {(one["kind"], one["text"]) for one in found["items"]}
    assert {("transcript", RIGHT), ("access", "Please.")} == asked


@pytest.mark.exact(WITHIN_MS / 1000)
async def test_a_whole_interview_by_keyboard_from_the_link_to_the_own_transcript(
    platform: Platform, browsers: Browsers
) -> None:
    clip = clips()["finished_01"]
    started = await browsers.start(clip)
    talk = await invited(platform, started, kit(FIRST, SECOND))
    seen, page = talk.seen, talk.seen.page

    await expect(page.get_by_role("heading", level=1)).to_have_text("An interview led by an AI")
    assert "#" not in page.url, "the token does not stay in the address"
    await talk.look("1-before")
    await talk.tab_to("I agree and go on")
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("heading", level=1)).to_have_text("Before you go in")
    await talk.look("2-check-off")
    await talk.tab_to("Turn on the microphone")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("On; nothing heard yet")).to_be_visible()
    await expect(page.get_by_text("If the bar stays still")).to_be_visible()
    await expect(page.get_by_text("Microphone works")).to_be_visible()
    await expect(page.get_by_text("If the bar stays still")).to_be_hidden()
    await expect(page.get_by_text("Connection works")).to_be_visible()
    await talk.look("3-check-on")
    await talk.tab_to("Begin the interview")
    await page.keyboard.press("Enter")

    await talk.goes_in_silently()
    await talk.is_asked(1, FIRST)
    await talk.answers(clip)
    await talk.look("4-room-answering")
    await page.keyboard.press("d")
    await talk.is_asked(2, SECOND)
    await talk.look("5-room-muted")
    await talk.answers(clip)
    await page.keyboard.press("d")
    await expect(page.get_by_text("Is there anything you would like to ask?")).to_be_visible()
    await talk.look("6-room-your-questions")
    await talk.answers(spoken(clip, NO))
    await page.keyboard.press("d")

    await expect(page.get_by_role("heading", level=1)).to_have_text("The interview is over")
    await expect(page.get_by_text(words(clip)).first).to_be_visible()
    await talk.look("7-after")
    await puts_right_says_and_asks(talk)
    await talk.look("8-after-asked")
    assert [words(clip), words(clip), NO] == await talk.said()
    await is_what_sounded(talk, clip, clip, spoken(clip, NO))
    assert [] == seen.complaints
    assert [] == seen.strangers
