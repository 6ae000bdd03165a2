"""A member of the tenant at a browser, in the room of an interview."""

from dataclasses import dataclass, field
from uuid import uuid4

import aiohttp
from playwright.async_api import Browser, Locator, expect

from local.candidate.clips import Clip
from tests.room.house import Platform, words
from tests.web.browser import SCREENSHOTS, Seen, open_page

PASSWORD = "a password of some length"
WIDTHS = {1440: 900, 1280: 800, 640: 800, 320: 720}
"""A screen, a laptop, half a screen beside one's notes, and a telephone."""

EXPECTED = ("status of 401", "status of 403", "status of 409", "bluetooth")
"""What a browser writes about answers that are right, and about what it does not know."""

FIRST_SEEN = """
    globalThis.firstSeen = new Map();
    const look = () => {
      for (const line of document.querySelectorAll("[role=log] [dir=auto]")) {
        const text = line.textContent;
        if (!globalThis.firstSeen.has(text)) globalThis.firstSeen.set(text, Date.now() / 1000);
      }
    };
    addEventListener("DOMContentLoaded", () => {
      const all = { subtree: true, childList: true, characterData: true };
      new MutationObserver(look).observe(document.body, all);
    });
"""
"""When which words were on the page first."""


async def new_member(platform: Platform, name: str) -> str:
    """The address of an interviewer who can sign in with `PASSWORD`."""
    email = f"{name.split(maxsplit=1)[0].lower()}-{uuid4().hex[:8]}@example.com"
    made = await platform.recruiter.act("/v1/members", {"email": email, "role": "interviewer"})
    token = str(made["setup_url"]).partition("#")[2]
    async with aiohttp.ClientSession() as session:
        body = {"token": token, "password": PASSWORD}
        answer = await session.post(f"{platform.stack.api_url}/v1/setup", json=body)
        assert answer.ok, await answer.text()
    return email


@dataclass
class Cockpit:
    """One member's page. `wrong` is what no page may do: errors, barriers, calls elsewhere."""

    seen: Seen
    platform: Platform
    name: str
    barriers: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> list[str]:
        said = [t for t in self.seen.complaints if not any(each in t for each in EXPECTED)]
        return [*said, *self.seen.strangers, *self.barriers]

    @property
    def log(self) -> Locator:
        return self.seen.page.get_by_role("log", name="What is said")

    async def comes_in(
        self, interview: str, role: str = "Interviewer", *, hidden: bool = False
    ) -> None:
        """From the interview's page through the door."""
        page = self.seen.page
        await page.goto(f"{self.platform.stack.api_url}/desk/interviews/{interview}")
        await page.get_by_role("link", name="Come into the room").click()
        await page.get_by_label("Your name in the room").fill(self.name)
        await page.get_by_role("radio", name=role).check()
        if hidden:
            await page.get_by_label("The candidate does not see me").check()
        await self.look(f"door-{role.lower()}")
        await page.get_by_role("button", name="Come in").click()
        await expect(page.get_by_label("Who is here")).to_contain_text("AI here")

    async def floor_is(self, words: str) -> None:
        """So it stands there, and nothing is under way: until then no key does anything."""
        strip = self.seen.page.get_by_role("region", name="The floor")
        await expect(strip).to_contain_text(words)
        await expect(strip.locator("[aria-disabled=true]")).to_have_count(0)

    async def has_read(self, name: str, text: str) -> None:
        """`text` stands in the transcript under `name`."""
        said = self.log.locator("div").filter(has_text=text)
        await expect(said.last).to_contain_text(name)

    async def speaks(self, clip: Clip) -> None:
        """The words that the microphone says once it is on, which it is with the floor."""
        await self.has_read("You", words(clip))

    async def look(self, step: str) -> None:
        """Pictures to be looked at; nobody is kept out, and nothing sticks out."""
        page, folder = self.seen.page, SCREENSHOTS / "cockpit"
        folder.mkdir(parents=True, exist_ok=True)
        before = page.viewport_size or {"width": 1440, "height": 900}
        for width, height in WIDTHS.items():
            await page.set_viewport_size({"width": width, "height": height})
            for theme in ("light", "dark"):
                await page.emulate_media(color_scheme=theme, reduced_motion="reduce")
                path = folder / f"{self.name.split()[0].lower()}-{step}-{theme}-{width}.png"
                await page.screenshot(path=path, full_page=width == min(WIDTHS))
            script = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            if wide := await page.evaluate(script):
                self.barriers.append(f"{step} sticks out by {wide} px at {width}")
        await page.set_viewport_size(before)
        self.barriers += [f"{step} {each}" for each in await self.seen.violations()]


async def cockpit(platform: Platform, started: Browser, name: str) -> Cockpit:
    """Somebody who has signed in at the desk."""
    email = await new_member(platform, name)
    seen = await open_page(started, f"{platform.stack.api_url}/desk", platform.stack.ports)
    await seen.context.add_init_script(FIRST_SEEN)
    page = seen.page
    await page.get_by_label("E-mail address").fill(email)
    await page.get_by_label("Password").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await page.get_by_role("navigation", name="Desk").wait_for()
    return Cockpit(seen, platform, name)
