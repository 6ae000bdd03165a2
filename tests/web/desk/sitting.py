"""Somebody at the desk: a browser's page, with what every page must hold looked after."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.async_api import Browser, ConsoleMessage, Page, Request, expect

from local.ports import Ports
from tests.web.browser import WIDTHS, Seen, open_page
from tests.web.desk.house import PASSWORD

EXPECTED = ("status of 401", "status of 403", "status of 404", "bluetooth")
"""What a browser writes about answers that are right, and about what it does not know."""

LONGEST_TAB = 120


@dataclass
class Sitting:
    """`wrong` is what no page may do: errors, barriers, and requests to anybody else."""

    seen: Seen
    url: str
    test: str
    barriers: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    asked: set[Request] = field(default_factory=set)
    """Of GraphQL, and not answered yet."""

    def __post_init__(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("request", lambda each: self.asked.add(each) if is_graphql(each) else None)
        for end in ("requestfinished", "requestfailed"):
            self.page.on(end, self.asked.discard)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "warning":
            self.warnings.append(message.text)

    @property
    def page(self) -> Page:
        return self.seen.page

    @property
    def wrong(self) -> list[str]:
        said = (*self.seen.complaints, *self.warnings)
        unexpected = [text for text in said if not any(each in text for each in EXPECTED)]
        return [*unexpected, *self.seen.strangers, *self.barriers]

    async def sign_in(self, email: str) -> None:
        await self.page.get_by_label("E-mail address").fill(email)
        await self.page.get_by_label("Password").fill(PASSWORD)
        await self.page.keyboard.press("Enter")
        await self.page.get_by_role("navigation", name="Desk").wait_for()

    async def open(self, path: str, heading: str) -> None:
        await self.answered()
        await self.page.goto(f"{self.url}/desk{path}")
        await self.page.get_by_role("heading", name=heading, level=1).wait_for()

    async def answered(self) -> None:
        """Whoever leaves a page in the middle of a question of GraphQL leaves coroutines of its
        library that were never awaited, which the tests take for a fault."""
        await expect(self.page.locator("[aria-busy=true]")).to_have_count(0)
        while self.asked:
            await asyncio.sleep(0.05)

    async def look(self, step: str) -> None:
        """Pictures to be looked at; nobody is kept out, and nothing sticks out on a telephone."""
        await self.seen.shoot(self.test, step)
        before = self.page.viewport_size or {"width": 1440, "height": 900}
        for width, height in WIDTHS.items():
            await self.page.set_viewport_size({"width": width, "height": height})
            self.barriers += [f"{step} {width} {each}" for each in await self.seen.violations()]
        await self.page.set_viewport_size(before)
        if wide := await self.seen.overflow():
            self.barriers.append(f"{step} sticks out by {wide} px")

    async def tab_to(self, name: str, role: str = "", *, back: bool = False) -> None:
        """Goes by the keyboard alone to what is called `name`; one sees where one is."""
        passed: list[str] = []
        for _ in range(LONGEST_TAB):
            await self.page.keyboard.press("Shift+Tab" if back else "Tab")
            called, what = await self.page.evaluate(NAME_OF_FOCUS)
            passed.append(called)
            if called.startswith(name) and role in ("", what):
                assert await self.page.evaluate("document.activeElement.matches(':focus-visible')")
                return
        raise AssertionError(f"no way by the keyboard to {name}, only to {passed}")


def is_graphql(request: Request) -> bool:
    return urlsplit(request.url).path == "/graphql"


NAME_OF_FOCUS = """() => {
    const at = document.activeElement;
    const label = at.getAttribute("aria-label")
        ?? at.labels?.[0]?.textContent
        ?? document.getElementById(at.getAttribute("aria-labelledby") ?? "")?.textContent
        ?? at.innerText;
    const what = at.type ?? at.tagName.toLowerCase();
    return [label.trim().replace(/\\s+/g, " "), what];
}"""

Sit = Callable[[str | None], Awaitable[Sitting]]


async def sit_down(
    browser: Browser, url: str, test: str, email: str | None, ours: Ports | None = None
) -> Sitting:
    """Somebody in a profile of their own; who gives an address is signed in."""
    seen = await open_page(browser, f"{url}/desk", ours or url, accept_downloads=True)
    found = Sitting(seen, url, test)
    if email is not None:
        await found.sign_in(email)
    return found
