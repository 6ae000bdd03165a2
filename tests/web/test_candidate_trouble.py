"""What breaks around a candidate: each has an outcome that the page tells, and no word is lost."""

import pytest
from playwright.async_api import expect

from tests.room.house import Platform, clips, kit, words
from tests.web.browser import Browsers, hold, open_tab
from tests.web.candidate import FIRST, SECOND, in_first_question, invited

pytestmark = [
    pytest.mark.web,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.timeout(400),
]

ELSEWHERE = "The interview goes on elsewhere"


async def test_after_five_reloads_the_candidate_is_at_the_same_question(
    platform: Platform, browsers: Browsers
) -> None:
    talk = await in_first_question(platform, browsers, "reloads")
    page = talk.seen.page
    for _ in range(5):
        await page.reload()
        await expect(page.get_by_text("Question 1 of 2")).to_be_visible()
        # Nobody is recorded because a page was loaded again, and what was said can be read again.
        await expect(page.get_by_text("Your microphone is off")).to_be_visible()
        await expect(page.get_by_role("log")).to_contain_text(FIRST)
    await talk.is_asked(1, FIRST)
    await talk.look("after-reloads")

    await talk.answers(clips()["finished_01"])
    await page.keyboard.press("d")
    await talk.is_asked(2, SECOND)
    lines = await talk.facts("line_started")
    assert ["q1", "q2"] == [line["question"] for line in lines if line["line"] == "question"]
    assert [words(clips()["finished_01"])] == await talk.said()
    await talk.leaves()


async def test_a_second_tab_takes_the_interview_over_and_the_first_can_take_it_back(
    platform: Platform, browsers: Browsers
) -> None:
    talk = await in_first_question(platform, browsers, "tabs")
    first = talk.seen.page

    second = await open_tab(talk.seen.context, talk.url.partition("#")[0], platform.stack.ports)
    await expect(second.page.get_by_role("heading", level=1)).to_have_text("Your interview goes on")
    await second.shoot("tabs", "second-tab")
    await second.page.get_by_role("button", name="Turn on the microphone").click()
    await second.page.get_by_role("button", name="Go back in").click()
    await expect(second.page.get_by_text("Question 1 of 2")).to_be_visible()

    await expect(first.get_by_role("heading", level=1)).to_have_text(ELSEWHERE)
    await talk.look("first-tab")
    await first.get_by_role("button", name="Go on here").click()
    await expect(first.get_by_text("Question 1 of 2")).to_be_visible()
    await expect(second.page.get_by_role("heading", level=1)).to_have_text(ELSEWHERE)
    await second.page.close()
    await talk.leaves()


async def test_a_pause_leaves_the_room_and_comes_back_to_the_same_question(
    platform: Platform, browsers: Browsers
) -> None:
    talk = await in_first_question(platform, browsers, "pause")
    page = talk.seen.page

    await page.keyboard.press("p")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Paused")
    await talk.look("paused")
    await page.get_by_role("button", name="Go on").click()

    await expect(page.get_by_text("Question 1 of 2")).to_be_visible()
    await talk.leaves()


async def test_a_microphone_that_was_denied_and_then_allowed_turns_itself_on(
    platform: Platform, browsers: Browsers
) -> None:
    started = await browsers.start(allows=False)
    talk = await invited(platform, started, kit(FIRST), "denied")
    page = talk.seen.page
    await page.get_by_role("button", name="I agree and go on").click()

    await page.get_by_role("button", name="Turn on the microphone").click()
    await expect(page.get_by_text("Not allowed")).to_be_visible()
    await expect(page.get_by_text("Click the sign to the left of the address")).to_be_visible()
    await expect(page.get_by_role("button", name="Begin the interview")).to_be_disabled()
    await talk.look("denied")

    await talk.seen.context.grant_permissions(["microphone"])
    await expect(page.get_by_text("On; nothing heard yet")).to_be_visible()
    await expect(page.get_by_role("button", name="Begin the interview")).to_be_enabled()


async def test_an_answer_in_writing_counts_and_help_says_what_there_is(
    platform: Platform, browsers: Browsers
) -> None:
    talk = await in_first_question(platform, browsers, "typed")
    page = talk.seen.page

    await hold(page, "w", opens=page.get_by_role("textbox"))
    await page.keyboard.type("I wrote software in a small team for many years.")
    await talk.look("typing")
    await page.get_by_role("button", name="Send the answer").click()
    await talk.is_asked(2, SECOND)
    assert ["I wrote software in a small team for many years."] == await talk.said()

    await page.keyboard.press("h")
    await expect(page.get_by_role("dialog", name="Help")).to_be_visible()
    await talk.look("help")
    await talk.leaves()
