"""What a cockpit says, and does with the microphone, while nobody answers it."""

import pytest
from playwright.async_api import Route, expect

from tests.room.house import Platform, clips, kit
from tests.room.wreck import kill_job
from tests.web.browser import Browsers
from tests.web.cockpit import cockpit

pytestmark = [
    pytest.mark.web,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.timeout(300),
]

FIRST, SECOND = "Where did you work before?", "What would you do differently today?"
NOT_RESTED = "The service could not be reached: the floor is as it stands above"
NOT_GIVEN = "Neither the service nor the AI could be reached. Nothing has changed"
MINE = "You have the floor. The AI is silent"


async def cuts(route: Route) -> None:
    await route.abort("connectionrefused")


async def test_who_cannot_give_the_floor_away_keeps_it_and_their_microphone_and_reads_why(
    platform: Platform, browsers: Browsers
) -> None:
    async with platform.talk(kit(FIRST, SECOND)) as talk:
        await talk.is_asked(FIRST)
        anna = await cockpit(platform, await browsers.start(clips()["finished_01"]), "Anna Berg")
        await anna.comes_in(talk.id)
        page = anna.seen.page
        here = page.get_by_role("list", name="Who is here")
        dialog = page.get_by_role("dialog", name="Give the floor to the AI")
        await page.keyboard.press("f")
        await anna.floor_is(MINE)
        await expect(here).to_contain_text("You microphone on")
        await page.route("**/v1/interviews/*/floor", cuts)

        await page.keyboard.press("f")
        await dialog.get_by_role("button", name="Let it rest").click()
        await expect(page.get_by_text(NOT_RESTED)).to_be_visible()
        await expect(page.get_by_text(NOT_GIVEN)).to_have_count(0)
        await anna.floor_is(MINE)
        await anna.look("not-rested")

        await page.keyboard.press("f")
        await expect(dialog).to_be_visible()
        kill_job(talk)
        await page.keyboard.press("f")
        await expect(here).to_contain_text("You microphone off")
        await expect(page.get_by_text(NOT_GIVEN)).to_be_visible()
        await anna.floor_is(MINE)
        await expect(here).to_contain_text("You microphone on")
        assert ["asked"] == [fact["reason"] for fact in await talk.facts("floor_changed")]
        await anna.look("not-given")
