"""A line that is really cut: packets are lost, nobody is told, and the candidate loses no time."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import datetime
from uuid import UUID

import pytest
import pytest_asyncio
from playwright.async_api import expect

from interview.ids import InterviewId
from interview.use_cases.verify import verify_interview
from local.candidate.sound import RATE
from tests.room.house import Platform, clips, words
from tests.standins.following import Sound
from tests.standins.line import Line, line_to
from tests.web.browser import Browsers
from tests.web.candidate import FIRST, SECOND, BrowserTalk, in_first_question

pytestmark = [
    pytest.mark.web,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.timeout(400),
]

OFFLINE_S = 20.0
KNOWN_WITHIN_S = 8.0
BACK_WITHIN_S = 15.0
NEWS_EVERY_S = 2.0
DROPPED = "The connection dropped"
WELCOME = "Welcome back. What you said before is saved."
BEGUN = 4
"""Words of a sentence of nine."""

CUT_OFF = 6

ON_LEAD_S = 3.0
"""The silence with which the microphone begins: who is back and is asked to go on with an answer
has seven and a half seconds to do so, and the interviewer goes on
(`interview.patience.Waits.invited`)."""


@pytest_asyncio.fixture(loop_scope="module")
async def line(platform: Platform) -> AsyncIterator[Line]:
    async with line_to(platform.stack.ports) as line:
        yield line


async def away_s(talk: BrowserTalk) -> float:
    """What the plan's clock gives back for the candidate's one absence."""
    _, left, came = await talk.events("candidate_arrived", "candidate_left")
    assert "candidate_left" == left["fact"]["kind"]
    return (instant(came["at"]) - instant(left["at"])).total_seconds()


def instant(told: str) -> datetime:
    return datetime.fromisoformat(told)


async def test_offline_for_twenty_seconds_is_said_and_given_back(
    platform: Platform, browsers: Browsers, line: Line
) -> None:
    talk = await in_first_question(platform, browsers, "offline", line)
    page, began, left_s = talk.seen.page, time.monotonic(), await talk.left_s()
    lines = len(await talk.facts("line_started"))

    line.cut()
    cut_at = time.monotonic()
    await expect(page.get_by_text(DROPPED)).to_be_visible(timeout=KNOWN_WITHIN_S * 1000)
    await expect(page.get_by_text("standing still")).to_be_visible()
    await talk.look("offline")
    assert ["unreachable"] == [fact["reason"] for fact in await talk.facts("candidate_left")]
    await asyncio.sleep(OFFLINE_S - (time.monotonic() - cut_at))
    assert lines == len(await talk.facts("line_started")), "the agent spoke to nobody"
    line.mend()
    cut_s = time.monotonic() - cut_at

    await expect(page.get_by_text(DROPPED)).to_be_hidden(timeout=BACK_WITHIN_S * 1000)
    await talk.has("line_ended", lines + 1)
    again = (await talk.facts("line_started"))[lines:]
    assert [f"Welcome back. What you said before is saved. {FIRST}"] == [
        one["text"] for one in again
    ]
    assert ["q1"] == [one["question"] for one in again]
    assert [] == await talk.facts("silence_noticed")
    given_s = await away_s(talk)
    print(f"offline for {cut_s:.1f} s, given back {given_s:.1f} s")
    assert cut_s <= given_s <= cut_s + BACK_WITHIN_S
    await asyncio.sleep(NEWS_EVERY_S)
    ran_s, lasted_s = left_s - await talk.left_s(), time.monotonic() - began
    print(f"the clock ran {ran_s} s of {lasted_s:.1f} s")
    assert lasted_s - given_s == pytest.approx(ran_s, abs=1.5)

    await talk.answers(clips()["finished_01"])
    await page.keyboard.press("d")
    await talk.is_asked(2, SECOND)
    assert [words(clips()["finished_01"])] == await talk.said()
    assert [] == talk.seen.strangers
    await talk.leaves()


async def test_words_said_before_the_line_broke_in_mid_sentence_are_stored_and_no_more_is_promised(
    platform: Platform, browsers: Browsers, line: Line
) -> None:
    talk = await in_first_question(
        platform, browsers, "cut-in-mid-sentence", line, lead_s=ON_LEAD_S
    )
    page, clip = talk.seen.page, clips()["finished_01"]
    # The recogniser is given no more of the sentence than arrives.
    heard = clip.entry.words[:BEGUN]
    begun = " ".join(word for word, _, _ in heard)
    platform.speech.will_hear(heard, Sound(clip.pcm, RATE))
    await page.keyboard.press("m")
    await talk.reads_what_was_said(begun)

    line.cut()
    await expect(page.get_by_text(DROPPED)).to_be_visible(timeout=KNOWN_WITHIN_S * 1000)
    await expect(page.get_by_text("What you said until then is saved.")).to_be_visible()
    await expect(page.get_by_text("your last words may be missing")).to_be_visible()
    await talk.look("cut")
    line.mend()

    await expect(page.get_by_text(DROPPED)).to_be_hidden()
    await expect(page.get_by_text("Microphone works")).to_be_visible()
    await page.keyboard.press("m")
    await expect(page.get_by_text("Your microphone is off")).to_be_visible()
    await talk.has("candidate_arrived", 2)
    assert [begun] == await talk.said()
    await expect(page.get_by_role("log")).to_contain_text(WELCOME)
    await talk.has("line_ended", len(await talk.facts("line_started")))
    await talk.answers(clip)
    await talk.has_said(f"{begun} {words(clip)}")
    seen = [item["seq"] for item in await talk.log()]
    assert [*range(1, len(seen) + 1)] == seen
    await verify_interview(platform.store, platform.tenant, InterviewId(UUID(talk.id)))
    await talk.leaves()


async def test_a_question_said_into_a_dead_line_is_said_again_on_another_network(
    platform: Platform, browsers: Browsers, line: Line
) -> None:
    talk = await in_first_question(platform, browsers, "network", line)
    page, clip = talk.seen.page, clips()["finished_01"]
    await talk.answers(clip)
    await page.keyboard.press("d")
    await talk.has("answer_ended", 1)

    line.cut()
    await talk.has("line_started", 3)
    await expect(page.get_by_text(DROPPED)).to_be_visible(timeout=KNOWN_WITHIN_S * 1000)
    await line.move()
    line.mend()

    await expect(page.get_by_text(DROPPED)).to_be_hidden(timeout=BACK_WITHIN_S * 1000)
    again = (await talk.has("line_started", 4))[-1]
    assert (f"{WELCOME} {SECOND}", "q2") == (
        again["text"],
        again["question"],
    )
    await talk.has("line_ended", 4)
    await talk.is_asked(2, SECOND)
    await talk.answers(clip)
    await page.keyboard.press("d")
    await expect(page.get_by_text("Is there anything you would like to ask?")).to_be_visible()
    assert [words(clip), words(clip)] == await talk.said()
    lines = await talk.facts("line_started")
    assert ["q1", "q2"] == [line["question"] for line in lines if line["line"] == "question"]
    await talk.leaves()


async def test_an_answer_that_a_dead_line_cut_off_goes_on_when_its_candidate_is_back(
    platform: Platform, browsers: Browsers, line: Line
) -> None:
    talk = await in_first_question(platform, browsers, "cut-off", line, lead_s=ON_LEAD_S)
    page, clip = talk.seen.page, clips()["finished_01"]
    heard = clip.entry.words[:CUT_OFF]
    begun = " ".join(word for word, _, _ in heard)
    platform.speech.will_hear(heard, Sound(clip.pcm, RATE))
    await page.keyboard.press("m")
    await talk.reads_what_was_said(begun)

    line.cut()
    await talk.has("line_started", 3)
    await expect(page.get_by_text(DROPPED)).to_be_visible()
    line.mend()

    await expect(page.get_by_text(DROPPED)).to_be_hidden()
    again = (await talk.has("line_started", 4))[-1]
    assert (f"{WELCOME} Please go on with your answer.", "q1") == (again["text"], again["question"])
    await expect(page.get_by_text("Microphone works")).to_be_visible()
    await page.keyboard.press("m")
    await expect(page.get_by_text("Your microphone is off")).to_be_visible()
    await talk.has("line_ended", 4)
    await talk.is_asked(1, FIRST)
    await talk.answers(clip)
    await page.keyboard.press("d")
    await talk.is_asked(2, SECOND)
    assert [f"{begun} {words(clip)}"] == await talk.said()
    await talk.leaves()
