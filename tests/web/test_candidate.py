"""A whole interview in a real browser: from the link of the invitation to one's own transcript."""

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
WITHIN_MS = 100


async def is_what_sounded(talk: BrowserTalk, *clips: Clip) -> None:
    """Each stored word lies in the recording where the microphone's file has the sound of it."""
    await job_is_finished(talk)
    sides = await recording_of(talk)
    said = zip(clips, await talk.turns(), strict=True)
    off = [off for clip, turn in said for off in words_off(sides, clip, turn)]
    print("words off by", off, "ms")
    assert max(map(abs, off)) < WITHIN_MS


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
    await expect(page.get_by_text("Microphone works")).to_be_visible()
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
    assert [words(clip), words(clip), NO] == await talk.said()
    await is_what_sounded(talk, clip, clip, spoken(clip, NO))
    assert [] == seen.complaints
    assert [] == seen.strangers
