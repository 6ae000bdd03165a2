"""Each step of a candidate's way in the other languages: laid out, and nobody is kept out of it."""

import json
from functools import cache
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.room.house import Platform, kit
from tests.web.browser import Browsers
from tests.web.candidate import FIRST, BrowserTalk, invited

pytestmark = [
    pytest.mark.web,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.timeout(400),
]

MESSAGES = Path(__file__).parents[2] / "web" / "messages"
NOTHING_MORE = {
    "es": "No, eso es todo, gracias.",
    "de": "Nein, das ist alles, danke.",
    "fr": "Non, c’est tout, merci.",
}


@cache
def said(language: str) -> dict[str, str]:
    """The messages of a language."""
    found: dict[str, str] = json.loads((MESSAGES / f"{language}.json").read_text(encoding="utf-8"))
    return found


async def presses(talk: BrowserTalk, name: str) -> None:
    await talk.seen.page.get_by_role("button", name=name, exact=True).click()


async def writes(talk: BrowserTalk, words: dict[str, str], answer: str) -> None:
    """Answers in writing, once the interviewer listens."""
    page = talk.seen.page
    await expect(page.get_by_text(words["presence.listening"], exact=True)).to_be_visible()
    await page.keyboard.press("w")
    await page.get_by_role("textbox").fill(answer)
    await presses(talk, words["typing.send"])


@pytest.mark.parametrize("language", sorted(NOTHING_MORE))
async def test_every_step_speaks_the_language_of_the_interview_and_finds_room_for_it(
    platform: Platform, browsers: Browsers, language: str
) -> None:
    words = said(language)
    questions = {**kit(FIRST), "language": language}
    talk = await invited(platform, await browsers.start(), questions, f"steps-{language}")
    page, title = talk.seen.page, talk.seen.page.get_by_role("heading", level=1)
    await expect(title).to_have_text(words["before.title"])
    await presses(talk, words["help.title"])
    await talk.look("1-before")
    await presses(talk, words["before.agree"])

    await expect(title).to_have_text(words["check.title"])
    await talk.look("2-check-off")
    await presses(talk, words["mic.turn_on"])
    await expect(page.get_by_text(words["network.ok"], exact=True)).to_be_visible()
    await talk.look("3-check-on")
    await presses(talk, words["check.enter"])

    await expect(page.get_by_text(words["room.recording"], exact=True)).to_be_visible()
    await page.keyboard.press("m")
    await expect(page.get_by_text(words["muted.title"], exact=True)).to_be_visible()
    question = page.get_by_role("region", name=words["room.question.label"])
    await expect(question).to_contain_text(FIRST)
    await expect(page.get_by_text(words["presence.listening"], exact=True)).to_be_visible()
    await talk.look("4-room")
    await presses(talk, words["room.help"])
    await expect(page.get_by_role("dialog", name=words["room.help"])).to_be_visible()
    await talk.look("5-help")
    await presses(talk, words["back_to_interview"])
    await page.keyboard.press("p")
    await expect(title).to_have_text(words["paused.title"])
    await talk.look("6-paused")
    await presses(talk, words["paused.back"])

    await writes(talk, words, "42")
    await expect(page.get_by_text(words["room.your_questions"], exact=True)).to_be_visible()
    await writes(talk, words, NOTHING_MORE[language])
    await expect(title).to_have_text(words["after.title"])
    await expect(page.get_by_text("42", exact=True)).to_be_visible()
    assert language == await page.evaluate("document.documentElement.lang")
    await talk.look("7-after")
    assert ([], []) == (talk.seen.complaints, talk.seen.strangers)
    await talk.leaves()
