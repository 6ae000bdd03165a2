"""Who speaks while they come back into the room is heard from the first word on."""

import asyncio
from collections.abc import AsyncIterator

import numpy as np
import pytest
import pytest_asyncio
from playwright.async_api import Route, expect

from local.candidate.sound import RATE, Pcm
from tests.room.house import HASTE_S, Platform, clips, running_platform, words
from tests.standins.deepgram import Deepgram
from tests.standins.following import Known, Sound
from tests.web.browser import Browsers
from tests.web.candidate import FIRST, BrowserTalk, in_first_question

pytestmark = [
    pytest.mark.web,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.timeout(400),
]

ON_THE_WAY_S = 1.5
FIRST_S = 0.6
CLIP = clips()["finished_01"]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def platform(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Platform]:
    """Words are heard where their sound arrives, and nowhere else."""
    speech = Deepgram(character_s=HASTE_S, by_sound=True, keeps_audio=True)
    async with running_platform(tmp_path_factory.mktemp("platform"), speech=speech) as running:
        yield running


async def comes_back_speaking(
    platform: Platform, browsers: Browsers, name: str
) -> tuple[BrowserTalk, asyncio.Event]:
    """A candidate who loads the page again, microphone on, and speaks at once; the way into the
    room is closed until the event is set."""
    talk = await in_first_question(platform, browsers, name, lead_s=0.0)
    page, opens = talk.seen.page, asyncio.Event()

    async def hold(route: Route) -> None:
        await opens.wait()
        await route.continue_()

    await page.route("**/v1/candidate/join", hold)
    talk.will_say(CLIP)
    for stream in platform.speech.heard:
        stream.clear()
    await page.evaluate("sessionStorage.removeItem('viv.muted')")
    async with page.expect_request("**/v1/candidate/join"):
        await page.reload()
    # What is kept is recorded, and the page says so.
    await expect(page.get_by_text("Recording", exact=True)).to_be_visible()
    await expect(page.get_by_role("button", name="Turn off")).to_be_visible()
    return talk, opens


def heard_of(platform: Platform, sound: Pcm) -> float:
    """How much of a sound the recogniser was sent: 1 is all of it."""
    heard = [part for stream in platform.speech.heard for part in stream]
    return Known(Sound(sound, RATE)).share(np.concatenate([np.zeros(1), *heard]))


async def test_who_comes_back_speaking_is_heard_from_the_first_word_on(
    platform: Platform, browsers: Browsers
) -> None:
    talk, opens = await comes_back_speaking(platform, browsers, "first-words")

    await asyncio.sleep(ON_THE_WAY_S)
    opens.set()
    await talk.reads_what_was_said(words(CLIP))
    await talk.seen.page.keyboard.press("m")
    await expect(talk.seen.page.get_by_text("Your microphone is off")).to_be_visible()

    assert 1.0 == heard_of(platform, CLIP.pcm[: round(FIRST_S * RATE)])
    await talk.has_said(words(CLIP))
    assert [words(CLIP)] == await talk.said()
    assert [] == talk.seen.complaints
    await talk.leaves()


async def test_who_turns_the_microphone_off_on_the_way_back_is_not_heard(
    platform: Platform, browsers: Browsers
) -> None:
    talk, opens = await comes_back_speaking(platform, browsers, "unsaid")
    page = talk.seen.page

    await asyncio.sleep(ON_THE_WAY_S)
    await page.keyboard.press("m")
    await expect(page.get_by_text("Not recording")).to_be_visible()
    opens.set()
    await expect(page.get_by_text("Your microphone is off")).to_be_visible()
    await talk.has("candidate_arrived", 2)
    await talk.is_asked(1, FIRST)
    await talk.has("line_ended", len(await talk.facts("line_started")))

    assert [] == await talk.said()
    assert 0.0 == heard_of(platform, CLIP.pcm)
    await talk.leaves()
