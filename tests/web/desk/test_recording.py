"""What is said of a recording that cannot be heard is why, and what to do."""

import json

import pytest
from playwright.async_api import Route, expect

from tests.web.desk.house import DeskHouse
from tests.web.desk.sitting import Sit

pytestmark = [pytest.mark.web, pytest.mark.timeout(200)]

MARIA = "Maria Sánchez"
NONE = "There is no recording to hear."
BUSY = {"code": "unavailable", "title": "Unavailable", "detail": "Try later.", "status": 503}
DEAF = "HTMLMediaElement.prototype.canPlayType = () => ''"
EXPECTED = ("status of 503", "ERR_FAILED")


async def reviewed(desk: DeskHouse, *, heard: int) -> str:
    await desk.member("grace@example.com", "recruiter")
    await desk.published()
    return f"/interviews/{(await desk.told(MARIA, heard=heard))['id']}/review"


@pytest.mark.parametrize("trouble", ["busy", "unreachable"])
async def test_a_recording_that_did_not_come_is_asked_for_again(
    desk: DeskHouse, sit: Sit, trouble: str
) -> None:
    path = await reviewed(desk, heard=3)
    at = await sit("grace@example.com")
    page = at.page

    async def fails(route: Route) -> None:
        if trouble == "busy":
            kind = "application/problem+json"
            await route.fulfill(status=503, content_type=kind, body=json.dumps(BUSY))
        else:
            await route.abort()

    await page.route("**/recording", fails)
    await at.open(path, MARIA)
    again = page.get_by_role("region", name="What was said").get_by_role("button", name="Try again")
    await again.wait_for()
    await at.look("1-failed")
    assert 0 == await page.get_by_text(NONE).count()
    await page.unroute("**/recording")
    await again.click()

    await page.get_by_role("slider", name="Place in the recording").wait_for()
    await expect(again).to_have_count(0)
    assert [] == [each for each in at.wrong if not any(said in each for said in EXPECTED)]


async def test_where_none_was_made_it_says_so(desk: DeskHouse, sit: Sit) -> None:
    path = await reviewed(desk, heard=0)
    at = await sit("grace@example.com")
    await at.open(path, MARIA)

    await at.page.get_by_text(NONE).wait_for()
    assert [] == at.wrong


async def test_a_browser_that_cannot_play_it_offers_the_file(desk: DeskHouse, sit: Sit) -> None:
    path = await reviewed(desk, heard=3)
    at = await sit("grace@example.com")
    page = at.page
    await page.add_init_script(DEAF)
    await at.open(path, MARIA)
    await page.get_by_text("This browser cannot play the recording.").wait_for()
    await at.look("1-deaf")
    async with page.expect_download() as download:
        await page.get_by_role("link", name="download the recording").click()

    assert (await download.value).suggested_filename.endswith(".ogg")
    assert [] == at.wrong


async def test_keys_go_on_working_after_a_click_into_the_picture_and_arrows_move_it(
    desk: DeskHouse, sit: Sit
) -> None:
    path = await reviewed(desk, heard=5)
    at = await sit("grace@example.com")
    page = at.page
    await at.open(path, MARIA)
    place = page.get_by_role("slider", name="Place in the recording")
    await place.click()
    await expect(place).to_be_focused()
    await page.keyboard.press("Space")
    await expect(page.get_by_role("button", name="Pause")).to_be_visible()
    await page.keyboard.press("Space")
    await expect(page.get_by_role("button", name="Play")).to_be_visible()
    await page.keyboard.press("e")
    second = page.get_by_role("button", name="Ownership")
    await expect(second).to_have_attribute("aria-expanded", "true")
    await page.keyboard.press("4")
    rated = page.get_by_role("region", name="Competencies and evidence").get_by_role("radio")
    await expect(rated.nth(3)).to_be_checked()
    await expect(place).to_be_focused()
    await page.keyboard.press("Home")
    await expect(place).to_have_value("0")
    for _ in range(3):
        await page.keyboard.press("ArrowRight")
    await expect(place).to_have_value("300")
    await page.keyboard.press(".")

    await expect(place).to_have_value("5300")
    await expect(place).to_be_focused()
    assert [] == at.wrong
