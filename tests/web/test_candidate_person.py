"""Who asks for a person in the middle of the talk: their words stay theirs, and the tab is free."""

from typing import Any

import pytest
from playwright.async_api import Locator, expect

from tests.room.house import Platform, clips, kit, words
from tests.web.browser import Browsers
from tests.web.candidate import FIRST, SECOND, BrowserTalk, in_first_question

pytestmark = [
    pytest.mark.web,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.timeout(400),
]

UNSENT = "Nobody but Acme was to read this."
PERSON = "I would rather talk to a person"


async def test_who_asks_for_a_person_in_the_talk_keeps_their_words_and_takes_nothing_elsewhere(
    platform: Platform, browsers: Browsers
) -> None:
    talk = await in_first_question(platform, browsers, "person-within")
    page, clip = talk.seen.page, clips()["finished_01"]
    await talk.answers(clip)
    await page.keyboard.press("d")
    await talk.is_asked(2, SECOND)
    await page.keyboard.press("w")
    await page.get_by_role("textbox").fill(UNSENT)

    await page.get_by_role("button", name="Help").click()
    await page.get_by_role("button", name=PERSON).click()
    await expect(page.get_by_role("alertdialog")).to_be_visible()
    await talk.look("1-asks")
    await page.get_by_role("button", name="Ask for a person").click()
    title = page.get_by_role("heading", level=1)
    await expect(title).to_have_text("A person will get in touch with you")
    turn = page.get_by_role("listitem").filter(has_text=words(clip))
    await expect(turn).to_be_visible()
    await talk.look("2-gone")
    assert ("human_path", [words(clip)]) == (await talk.state(), await talk.said())

    await _says_what_is_theirs(talk, turn)

    other = await platform.invite(kit(FIRST))
    await page.goto(str(other["invitation_url"]))
    await page.get_by_role("button", name="I agree and go on").click()
    await expect(title).to_have_text("Before you go in")
    await page.get_by_role("button", name="Turn on the microphone").click()
    await page.get_by_role("button", name="Begin the interview").click()
    await expect(page.get_by_text("Question 1 of 1")).to_be_visible()
    assert 0 == await page.get_by_role("textbox").count()
    await page.keyboard.press("w")
    await expect(page.get_by_role("textbox")).to_have_value("")
    await page.get_by_role("textbox").fill("Only for them.")
    await page.reload()
    await expect(page.get_by_role("textbox")).to_have_value("Only for them.")
    assert ([], []) == (talk.seen.complaints, talk.seen.strangers)
    await talk.leaves()


async def _says_what_is_theirs(talk: BrowserTalk, turn: Locator) -> None:
    """Puts a turn right, says how it was, and asks for a copy."""
    page = talk.seen.page
    await turn.get_by_role("button", name="Put this right").click()
    await page.get_by_label("What you said", exact=True).fill("I worked here for three years.")
    await page.get_by_role("button", name="Send the correction").click()
    await expect(turn.get_by_text("sent, not answered yet")).to_be_visible()
    await page.get_by_text("Rather bad").click()
    await page.get_by_role("button", name="Send", exact=True).click()
    await expect(page.get_by_text("Thank you. It was sent")).to_be_visible()
    await page.get_by_label("I ask for").select_option("A copy of my data")
    await page.get_by_role("button", name="Send the request").click()
    await expect(page.get_by_text("A copy of my data: sent, not answered yet")).to_be_visible()
    await talk.look("3-asked")
    found: Any = await talk.platform.recruiter.get("/v1/requests?kind=transcript")
    [asked] = found["items"]
    assert (talk.id, "I worked here for three years.") == (asked["interview_id"], asked["text"])
