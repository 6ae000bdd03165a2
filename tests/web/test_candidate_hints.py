"""Small things that a candidate relies on: which moment is meant, what this browser wants of them,
and that nothing is said of what they did not do."""

import re

import pytest
from playwright.async_api import Route, expect

from tests.web.browser import Browsers
from tests.web.desk.house import DeskHouse
from tests.web.door import at_check, heading, opened

pytestmark = [pytest.mark.web, pytest.mark.timeout(120)]

SAFARI = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
IPAD = f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {SAFARI} Version/18.0 Safari/605.1.15"
PHONE = f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) {SAFARI}"
WEBSITE_SETTINGS, SETTINGS = "then “Website Settings”", "in your browser’s settings"

TOUCHED = """
Object.defineProperty(Navigator.prototype, "maxTouchPoints", { get: () => %d });
"""
ENDLESS = """
navigator.mediaDevices.getUserMedia = () => new Promise(() => undefined);
"""
INTERRUPTED = """
globalThis.resumed = 0;
Object.defineProperty(BaseAudioContext.prototype, "state", { get: () => "interrupted" });
AudioContext.prototype.resume = async () => { resumed += 1; };
"""
"""As Safari says it after a call."""


async def test_a_moment_says_its_year_and_the_zone_it_is_told_in(
    door: DeskHouse, own_browsers: Browsers
) -> None:
    year = door.house.clock.now().year + 1
    times = {"starts_at": f"{year}-03-02T17:00:00Z", "expires_at": f"{year}-03-03T17:00:00Z"}
    context = await opened(own_browsers, timezone_id="America/Bogota")
    page = await context.new_page()
    await page.goto((await door.invited("Ada", **times))["invitation_url"])
    await heading(page, "An interview led by an AI")

    told = await page.get_by_role("definition").all_inner_texts()
    moments = [one for one in told if str(year) in one]
    assert ["Tuesday", "Wednesday"] == [one.partition(",")[0] for one in moments]
    for one in moments:
        assert re.search(r"12:00.* GMT-5$", one), one
    await page.get_by_role("button", name="I agree and go on").click()
    early = page.get_by_text("The room is not open yet").locator("..")
    await expect(early).to_contain_text(f"{year}")
    await expect(early).to_contain_text("GMT-5")


@pytest.mark.parametrize(
    ("agent", "touches", "hint"),
    [
        (IPAD, 5, WEBSITE_SETTINGS),
        (IPAD, 0, "Choose Safari › Settings for This Website"),
        (f"{PHONE} Version/18.0 Mobile/15E148 Safari/604.1", 5, WEBSITE_SETTINGS),
        (f"{PHONE} CriOS/130.0 Mobile/15E148 Safari/604.1", 5, SETTINGS),
    ],
    ids=["ipad", "mac", "iphone", "iphone-chrome"],
)
async def test_whoever_has_not_allowed_the_microphone_reads_where_their_browser_has_its_switch(
    door: DeskHouse, own_browsers: Browsers, agent: str, touches: int, hint: str
) -> None:
    context = await opened(own_browsers, allows=False, user_agent=agent)
    await context.add_init_script(TOUCHED % touches)
    page = await at_check(context, await door.invited("Ada"))

    await page.get_by_role("button", name="Turn on the microphone").click()

    await expect(page.get_by_text(hint)).to_be_visible()


async def test_as_long_as_the_browser_asks_nothing_has_failed_yet(
    door: DeskHouse, own_browsers: Browsers
) -> None:
    context = await opened(own_browsers)
    await context.add_init_script(ENDLESS)
    page = await at_check(context, await door.invited("Ada"))

    await page.get_by_role("button", name="Turn on the microphone").click()

    await expect(page.get_by_text("Waiting for your permission")).to_be_visible()
    await expect(page.get_by_text("Your browser asks at the top")).to_be_visible()
    # The network's step, to which no SFU answers here, may offer its own.
    waiting = page.get_by_role("listitem").filter(has_text="Waiting for your permission")
    await expect(waiting.get_by_role("button", name="Turn on the microphone")).to_be_visible()
    await expect(waiting.get_by_role("button", name="Try again")).to_have_count(0)


async def test_sound_that_a_call_has_interrupted_is_taken_up_again(
    door: DeskHouse, own_browsers: Browsers
) -> None:
    context = await opened(own_browsers)
    await context.add_init_script(INTERRUPTED)
    page = await at_check(context, await door.invited("Ada"))

    await page.get_by_role("button", name="Play three notes").click()

    assert 1 <= await page.evaluate("resumed")


async def test_what_failed_before_is_not_held_against_another_way_out(
    door: DeskHouse, own_browsers: Browsers
) -> None:
    page = await (await opened(own_browsers)).new_page()
    await page.goto((await door.invited("Ada"))["invitation_url"])
    failed = page.get_by_text("That did not get through")

    async def lose(route: Route) -> None:
        await route.abort()

    for path in ("consent", "person"):
        await page.route(f"**/v1/candidate/{path}", lose)
    await page.get_by_role("button", name="I agree and go on").click()
    await expect(failed).to_have_count(1)
    await page.get_by_role("button", name="I would rather talk to a person").click()
    dialog = page.get_by_role("alertdialog")
    await expect(dialog).to_be_visible()
    await expect(dialog.get_by_text("That did not get through")).to_have_count(0)
    await dialog.get_by_role("button", name="Ask for a person").click()
    await expect(dialog.get_by_text("That did not get through")).to_be_visible()
    await dialog.get_by_role("button", name="Back").click()

    await page.get_by_role("button", name="I do not want to take part").click()

    await expect(dialog.get_by_text("Decline the interview")).to_be_visible()
    await expect(dialog.get_by_text("That did not get through")).to_have_count(0)


async def test_the_meter_does_not_move_for_those_who_want_nothing_to_move(
    door: DeskHouse, own_browsers: Browsers
) -> None:
    page = await at_check(await opened(own_browsers), await door.invited("Ada"))
    await page.emulate_media(reduced_motion="reduce")
    await page.get_by_role("button", name="Turn on the microphone").click()
    meter = page.locator("[class*=meter]:not([class*=metering])")
    await expect(meter).to_be_visible()

    size = """(it) => {
      it.style.setProperty("--level", "0.4");
      return getComputedStyle(it).backgroundSize;
    }"""
    assert "100% 100%" == await meter.evaluate(size)
    await page.emulate_media(reduced_motion="no-preference")
    assert "100% 100%" != await meter.evaluate(size)
