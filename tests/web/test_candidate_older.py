"""The browser of an old laptop: what it lacks is done by what it has, from the link to the room."""

import pytest
from playwright.async_api import expect

from tests.room.house import Platform, clips, kit, words
from tests.web.browser import Browsers
from tests.web.candidate import FIRST, SECOND, invited

pytestmark = [
    pytest.mark.web,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.timeout(300),
]

OLDER = """
for (const [owner, names] of [
  [AbortSignal, ["timeout", "any"]],
  [Navigator.prototype, ["permissions", "wakeLock"]],
  [Array.prototype, ["toSorted", "toReversed", "toSpliced", "with"]],
  [Array, ["fromAsync"]],
  [Promise, ["withResolvers", "try"]],
  [Object, ["groupBy"]],
  [Map, ["groupBy"]],
  [URL, ["canParse", "parse"]],
  [String.prototype, ["isWellFormed", "toWellFormed"]],
  [Set.prototype, ["union", "intersection", "difference", "isSubsetOf"]],
  [Element.prototype, ["checkVisibility", "setHTMLUnsafe"]],
  [globalThis, ["requestIdleCallback", "cancelIdleCallback", "scheduler", "navigation"]],
]) for (const name of names) delete owner[name];
"""
"""What came after Safari 15.6, the last one of macOS Catalina."""


async def test_an_old_browser_leads_into_the_room_and_through_a_denied_microphone(
    platform: Platform, browsers: Browsers
) -> None:
    clip = clips()["finished_01"]
    started = await browsers.start(clip, allows=False)
    talk = await invited(platform, started, kit(FIRST, SECOND), "older")
    page = talk.seen.page
    await talk.seen.context.add_init_script(OLDER)
    await expect(page.get_by_role("button", name="I agree and go on")).to_be_visible()
    await page.reload()
    assert await page.evaluate("AbortSignal.timeout === undefined && !('permissions' in navigator)")
    await page.get_by_role("button", name="What would help you take part?").click()
    await page.get_by_role("button", name="I agree and go on").click()

    await page.get_by_role("button", name="Turn on the microphone").click()
    await expect(page.get_by_text("Not allowed")).to_be_visible()
    await talk.seen.context.grant_permissions(["microphone"])
    await page.get_by_role("button", name="Try again").first.click()
    await expect(page.get_by_text("On; nothing heard yet")).to_be_visible()
    await expect(page.get_by_text("Connection works")).to_be_visible()
    await page.get_by_role("button", name="Begin the interview").click()

    await talk.goes_in_silently()
    await talk.is_asked(1, FIRST)
    await talk.answers(clip)
    await page.keyboard.press("d")
    await talk.is_asked(2, SECOND)
    assert [words(clip)] == await talk.said()
    assert ([], []) == (talk.seen.complaints, talk.seen.strangers)
    await talk.leaves()
