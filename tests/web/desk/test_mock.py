"""A draft tried out by voice in a real browser: the whole talk, and nothing of it anywhere."""

import pytest
from playwright.async_api import expect

from local.candidate.clips import Clip
from local.demo.recruiter import Json
from tests.room.house import NO, Platform, clips, kit, spoken, words
from tests.web.browser import Browsers
from tests.web.desk.house import PASSWORD
from tests.web.desk.sitting import Sitting, sit_down

pytestmark = [
    pytest.mark.web,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.timeout(300),
]

FIRST, SECOND = "Where did you work before?", "What did you build there?"


async def drafted(platform: Platform) -> Json:
    """A draft of which a recruiter may make what they like."""
    recruiter = platform.recruiter
    job = await recruiter.post("/v1/jobs", {"title": "Engineer"})
    return await recruiter.post("/v1/kits", {**kit(FIRST), "job_id": job["id"]})


async def member(platform: Platform, email: str) -> None:
    made = await platform.recruiter.act("/v1/members", {"email": email, "role": "recruiter"})
    token = str(made["setup_url"]).partition("#")[2]
    await platform.recruiter.act("/v1/setup", {"token": token, "password": PASSWORD})


async def says(at: Sitting, platform: Platform, clip: Clip) -> None:
    """Turns the microphone on, is understood, and turns it off."""
    page = at.page
    platform.speech.will_hear(clip.entry.words)
    await page.keyboard.press("m")
    log = page.get_by_role("log")
    await expect(log.get_by_text(words(clip))).to_be_visible()
    await page.keyboard.press("m")


async def test_a_draft_is_tried_by_voice_from_the_editor_and_nothing_of_it_is_kept(
    platform: Platform, browsers: Browsers
) -> None:
    platform.speech.forget()
    await member(platform, "grace@example.com")
    draft = await drafted(platform)
    before = await everything(platform)
    clip = clips()["finished_01"]
    url, ports = platform.stack.api_url, platform.stack.ports
    at = await sit_down(await browsers.start(clip), url, "test_mock", "grace@example.com", ports)
    page = at.page
    await at.open(f"/kits/{draft['id']}", "Room test")
    await page.get_by_role("textbox", name="Question 1").fill(SECOND)
    await page.get_by_role("button", name="Save and try it by voice").click()
    await page.get_by_role("heading", name="Mock interview", level=1).wait_for()
    await at.look("1-before")
    await page.get_by_role("button", name="Begin").click()
    await expect(page.get_by_text("Listening", exact=True)).to_be_visible()
    await page.keyboard.press("m")
    await expect(page.get_by_role("region", name="The question")).to_contain_text(SECOND)
    await at.look("2-asked")
    await says(at, platform, clip)
    await page.keyboard.press("d")
    await expect(page.get_by_text("Is there anything you would like to ask?")).to_be_visible()
    await says(at, platform, spoken(clip, NO))
    await page.keyboard.press("d")
    await expect(page.get_by_text("The mock interview is over.")).to_be_visible()
    await at.look("3-over")

    assert before == await everything(platform)
    assert [] == at.wrong


async def everything(platform: Platform) -> list[Json]:
    """All that a list shows of interviews and of people."""
    paths = ("/v1/interviews", "/v1/candidates", "/v1/requests")
    return [await platform.recruiter.get(path) for path in paths]
