"""Who answers in writing has time for it, and need not watch for the moment to send."""

import pytest
from playwright.async_api import Page, expect

from tests.room.house import Platform, clips, words
from tests.web.browser import Browsers
from tests.web.candidate import FIRST, SECOND, in_first_question

pytestmark = [
    pytest.mark.web,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.timeout(400),
]

WROTE = "I wrote software in a small team for many years, and led it."
SLOWLY_MS = 450
"""A key so often; all of `WROTE` takes longer than silence is left alone."""

SLOW_VOICE_S = 3.0
LONG_GOODBYE = " ".join(["Somebody of ours reads all that you have said, and writes to you."] * 8)
SOON, MOVED_ON = "It is sent as soon as", "The interviewer has gone on"


async def sends_into_our_words(page: Page) -> None:
    """Has the question said again, and sends what is written in the middle of it."""
    await page.get_by_role("button", name="Repeat").click()
    await expect(page.get_by_text("Speaking", exact=True)).to_be_visible()
    await page.get_by_role("button", name="Send the answer").click()


async def test_who_writes_slowly_is_not_told_that_nothing_is_heard(
    platform: Platform, browsers: Browsers
) -> None:
    talk = await in_first_question(platform, browsers, "slowly")
    page = talk.seen.page

    await page.get_by_role("button", name="Type instead").click()
    await page.keyboard.type(WROTE, delay=SLOWLY_MS)
    await page.get_by_role("button", name="Send the answer").click()
    await talk.is_asked(2, SECOND)

    assert [WROTE] == await talk.said()
    assert [] == await talk.facts("silence_noticed")
    await talk.leaves()


async def test_an_answer_that_is_sent_while_the_interviewer_speaks_is_taken_when_it_is_over(
    platform: Platform, browsers: Browsers
) -> None:
    talk = await in_first_question(platform, browsers, "sent-within")
    page, box = talk.seen.page, talk.seen.page.get_by_role("textbox")

    await page.get_by_role("button", name="Type instead").click()
    await page.keyboard.type(WROTE)
    await sends_into_our_words(page)
    await expect(page.get_by_text(SOON)).to_be_visible()
    await expect(box).not_to_be_editable()
    await talk.look("waiting")
    await talk.is_asked(2, SECOND)

    assert [WROTE] == await talk.said()
    await expect(box).to_have_count(0)
    await talk.leaves()


async def test_whoever_would_rather_speak_after_all_sends_nothing(
    platform: Platform, browsers: Browsers
) -> None:
    talk = await in_first_question(platform, browsers, "taken-back")
    page, clip = talk.seen.page, clips()["finished_01"]

    await page.get_by_role("button", name="Type instead").click()
    await page.keyboard.type(WROTE)
    await sends_into_our_words(page)
    await expect(page.get_by_text(SOON)).to_be_visible()
    await page.get_by_role("button", name="Speak instead").click()
    await expect(page.get_by_text(SOON)).to_have_count(0)
    await talk.is_asked(1, FIRST)
    await talk.answers(clip)
    await page.keyboard.press("d")
    await talk.is_asked(2, SECOND)

    assert [words(clip)] == await talk.said()
    await page.get_by_role("button", name="Type instead").click()
    await expect(page.get_by_role("textbox")).to_have_value(WROTE)
    await sends_into_our_words(page)
    await expect(page.get_by_text(MOVED_ON)).to_be_visible()
    await talk.leaves()


async def test_what_was_written_for_one_question_is_not_sent_to_the_next(
    platform: Platform, browsers: Browsers
) -> None:
    """Our next words are long in coming: what was asked last is still what is read."""
    talk = await in_first_question(platform, browsers, "moved-on")
    page, box = talk.seen.page, talk.seen.page.get_by_role("textbox")

    await page.get_by_role("button", name="Type instead").click()
    await page.keyboard.type("Can we skip this question?")
    platform.speech.first_byte_s = SLOW_VOICE_S
    await page.get_by_role("button", name="Send the answer").click()
    await expect(box).to_have_count(0)
    await page.get_by_role("button", name="Type instead").click()
    await page.keyboard.type(WROTE)
    await page.get_by_role("button", name="Send the answer").click()
    await expect(page.get_by_text(SOON)).to_be_visible()
    await expect(page.get_by_text("Question 1 of")).to_be_visible()
    await expect(page.get_by_text(MOVED_ON)).to_be_visible()
    platform.speech.first_byte_s = 0.0
    await talk.look("moved-on")
    await talk.is_asked(2, SECOND)

    assert WROTE not in await talk.said()
    await expect(box).to_have_value(WROTE)
    await talk.leaves()


async def test_nothing_is_promised_to_whoever_sends_into_the_goodbye(
    platform: Platform, browsers: Browsers
) -> None:
    closing = f"That was all. {LONG_GOODBYE}"
    talk = await in_first_question(platform, browsers, "sent-into-goodbye", closing=closing)
    page = talk.seen.page
    open_box = page.get_by_role("button", name="Type instead")
    send = page.get_by_role("button", name="Send the answer")

    for number, question in ((1, FIRST), (2, SECOND)):
        await talk.is_asked(number, question)
        await open_box.click()
        await page.keyboard.type(WROTE)
        await send.click()
    await talk.has("line_started", 4)
    await expect(page.get_by_text("Listening", exact=True)).to_be_visible()
    await open_box.click()
    await page.keyboard.type("No, thank you.")
    await send.click()
    await expect(page.get_by_role("log").get_by_text("That was all.")).to_be_visible()
    await open_box.click()
    await page.keyboard.type(WROTE)
    await send.click()
    await expect(page.get_by_text("Nothing more can be sent")).to_be_visible()
    await talk.leaves()


async def test_a_break_lasts_until_whoever_has_it_says_that_they_are_ready(
    platform: Platform, browsers: Browsers
) -> None:
    talk = await in_first_question(platform, browsers, "break")
    page, box = talk.seen.page, talk.seen.page.get_by_role("textbox")
    send = page.get_by_role("button", name="Send the answer")

    await page.get_by_role("button", name="Type instead").click()
    await page.keyboard.type("Could we take a short break?")
    await send.click()
    await expect(page.get_by_text("Paused. Speak when you are ready")).to_be_visible()
    await talk.look("break")
    await page.get_by_role("button", name="Type instead").click()
    await page.keyboard.type(WROTE)
    await send.click()
    await expect(page.get_by_text("There is a break.")).to_be_visible()
    await expect(box).to_have_value(WROTE)
    assert [] == await talk.facts("resumed")
    await page.get_by_role("button", name="I’m ready").click()
    await talk.is_asked(1, FIRST)
    await send.click()
    await talk.is_asked(2, SECOND)

    assert WROTE == (await talk.said())[-1]
    await talk.leaves()
