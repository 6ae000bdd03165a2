"""A question for practice by the interviewer's own voice: it asks, it hears; nothing is kept."""

import asyncio

import pytest
from playwright.async_api import Route, expect

from tests.room.house import Platform, clips, kit, words
from tests.web.browser import Browsers
from tests.web.candidate import FIRST, invited

pytestmark = [
    pytest.mark.web,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.timeout(200),
]

ASKED = "What did you do yesterday that you enjoyed?"
OVER = "I understood you."
LEAD_S = 12.0
"""The voice of the practice begins after its question."""


async def test_the_interviewer_asks_for_practice_hears_the_answer_and_keeps_nothing(
    platform: Platform, browsers: Browsers
) -> None:
    clip = clips()["finished_01"]
    started = await browsers.start(clip, lead_s=LEAD_S)
    talk = await invited(platform, started, kit(FIRST), "practice")
    page = talk.seen.page
    await page.get_by_role("button", name="I agree and go on").click()
    platform.speech.will_hear(clip.entry.words)
    await page.get_by_role("button", name="Turn on the microphone").click()
    await expect(page.get_by_text("Connection works")).to_be_visible()
    before = await talk.kinds()

    await page.get_by_role("button", name="Practise with the interviewer").click()
    await expect(page.get_by_text(ASKED)).to_be_visible()
    await expect(page.get_by_text(words(clip))).to_be_visible()
    await talk.look("answering")
    await expect(page.get_by_text(OVER)).to_be_visible()
    await expect(page.get_by_text("Practised", exact=True)).to_be_visible()
    await talk.look("over")

    assert before == await talk.kinds()
    assert "ready" == await talk.state()
    assert [] == await talk.said()
    assert not [*platform.stack.data_dir.glob("**/spool/*")]
    await page.get_by_role("button", name="Begin the interview").click()
    await expect(page.get_by_text(FIRST).first).to_be_visible()
    assert ([], []) == (talk.seen.complaints, talk.seen.strangers)
    await talk.leaves()


async def test_a_practice_that_was_stopped_on_the_way_does_not_begin_behind_the_interview(
    platform: Platform, browsers: Browsers
) -> None:
    talk = await invited(platform, await browsers.start(), kit(FIRST), "practice-stopped")
    page, arrives = talk.seen.page, asyncio.Event()
    await page.get_by_role("button", name="I agree and go on").click()
    await page.get_by_role("button", name="Turn on the microphone").click()
    await expect(page.get_by_text("Connection works")).to_be_visible()
    rooms: list[str] = []
    page.on("websocket", lambda opened: rooms.append(opened.url))

    async def late(route: Route) -> None:
        answer = await route.fetch()
        await arrives.wait()
        await route.fulfill(response=answer)

    await page.route("**/v1/candidate/practice", late)
    async with page.expect_request("**/v1/candidate/practice") as asked:
        await page.get_by_role("button", name="Practise with the interviewer").click()
    named = (await asked.value).headers["x-interview-id"]
    await page.get_by_role("button", name="Stop practising").click()
    await expect(page.get_by_role("button", name="Practise with the interviewer")).to_be_visible()
    async with page.expect_response("**/v1/candidate/practice"):
        arrives.set()

    await page.get_by_role("button", name="Begin the interview").click()
    await expect(page.get_by_text(FIRST).first).to_be_visible()
    assert talk.id == named
    assert 1 == len(rooms), "one room, and it is the interview's"
    assert 0 == await page.get_by_text(ASKED).count()
    await talk.leaves()


async def test_an_interviewer_who_does_not_come_is_no_obstacle(
    platform: Platform, browsers: Browsers
) -> None:
    talk = await invited(platform, await browsers.start(), kit(FIRST), "practice-alone")
    page = talk.seen.page
    await page.get_by_role("button", name="I agree and go on").click()
    await page.get_by_role("button", name="Turn on the microphone").click()
    await page.route("**/v1/candidate/practice", lambda route: route.abort())

    await page.get_by_role("button", name="Practise with the interviewer").click()

    await expect(page.get_by_text("The interviewer did not come")).to_be_visible()
    await talk.look("failed")
    await expect(page.get_by_role("button", name="Begin the interview")).to_be_enabled()
    await talk.leaves()
