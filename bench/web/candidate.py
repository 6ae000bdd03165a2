"""The candidate's side: what the page weighs, and how long it takes to hear the interviewer."""

import asyncio
import gzip
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

from playwright.async_api import Browser, Page, Response, expect

from bench.platform import Platform
from tests.web.browser import open_page

LISTEN = Path(__file__).with_name("listen.js")
HEARD_WITHIN_MS = 30_000
LOOK_EVERY_S = 0.25
KIT: Any = {
    "name": "Bench",
    "language": "en",
    "minutes": 10,
    "competencies": [
        {
            "key": "experience",
            "name": "Experience",
            "definition": "Has done it.",
            "weight": 1,
            "anchors": {level: f"Level {level}" for level in "12345"},
        }
    ],
    "questions": [
        {
            "key": "work",
            "text": "Where did you work before?",
            "competencies": ["experience"],
            "minutes": 2,
        }
    ],
}


@dataclass
class Scripts:
    """The scripts that a page has fetched, by name, as gzip makes them."""

    sizes: dict[str, int] = field(default_factory=dict)

    async def take(self, response: Response) -> None:
        name = urlparse(response.url).path
        if name.endswith(".js") and name not in self.sizes:
            self.sizes[name] = 0
            self.sizes[name] = len(gzip.compress(await response.body()))

    @property
    def kb(self) -> float:
        return sum(self.sizes.values()) / 1024


@dataclass(frozen=True)
class Entered:
    """KB of scripts at the notice and at the end of the check; seconds from the press to sound."""

    entry_kb: float
    check_kb: float
    first_sound_s: float


async def enter(platform: Platform, browser: Browser) -> Entered:
    """A new candidate on a new profile: notice, check, and the interviewer's first sound."""
    interview = await platform.recruiter.prepare_interview(
        KIT, "Engineer", "Robin Sample", "robin@bench.example"
    )
    seen = await open_page(browser, "about:blank", platform.stack.ports)
    page, scripts = seen.page, Scripts()
    page.on("response", scripts.take)
    await page.add_init_script(path=LISTEN)
    try:
        await page.goto(str(interview["invitation_url"]))
        agree = page.get_by_role("button", name="I agree and go on")
        await expect(agree).to_be_visible()
        await page.wait_for_load_state("networkidle")
        entry_kb = scripts.kb
        await agree.click()
        await page.get_by_role("button", name="Turn on the microphone").click()
        await expect(page.get_by_text("On; nothing heard yet")).to_be_visible()
        await expect(page.get_by_text("Connection works")).to_be_visible(timeout=HEARD_WITHIN_MS)
        await page.wait_for_load_state("networkidle")
        check_kb = scripts.kb
        await page.get_by_role("button", name="Begin the interview").click()
        return Entered(entry_kb, check_kb, await _first_sound_s(page))
    finally:
        await seen.context.close()


async def _first_sound_s(page: Page) -> float:
    async with asyncio.timeout(HEARD_WITHIN_MS / 1000):
        while not await page.evaluate("heard.sound"):
            await asyncio.sleep(LOOK_EVERY_S)
    return float(await page.evaluate("(heard.sound - heard.pressed) / 1000"))
