"""Somebody at the desk: a browser's page, with what every page must hold looked after."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, ConsoleMessage, Page, Request

from tests.web.desk.house import PASSWORD, DeskHouse

AXE = Path(__file__).parents[3] / "web" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EXPECTED = ("status of 401", "status of 403", "bluetooth")
"""What a browser writes about answers that are right, and about what it does not know."""


@dataclass
class Sitting:
    """`wrong` is what no page may do: errors, and requests to anybody else."""

    page: Page
    desk: DeskHouse
    shots: Path
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("request", self._asked)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not any(
            each in message.text for each in EXPECTED
        ):
            self.wrong.append(message.text)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.desk.url, "data:", "blob:")):
            self.wrong.append(f"asked {request.url}")

    async def sign_in(self, email: str) -> None:
        await self.page.goto(f"{self.desk.url}/desk")
        await self.page.get_by_label("E-mail address").fill(email)
        await self.page.get_by_label("Password").fill(PASSWORD)
        await self.page.keyboard.press("Enter")
        await self.page.get_by_role("navigation", name="Desk").wait_for()

    async def open(self, path: str, heading: str) -> None:
        await self.page.goto(f"{self.desk.url}/desk{path}")
        await self.page.get_by_role("heading", name=heading, level=1).wait_for()

    async def shoot(self, step: str) -> None:
        """In light and dark, wide and narrow; nothing may stick out on the narrow one."""
        before = self.page.viewport_size
        for width, height in ((1440, 900), (320, 720)):
            await self.page.set_viewport_size({"width": width, "height": height})
            for theme in ("light", "dark"):
                await self.page.emulate_media(color_scheme=theme)
                await self.page.wait_for_timeout(150)
                await self.page.screenshot(path=self.shots / f"{step}-{theme}-{width}.png")
                await self._look(f"{step} {theme} {width}")
            if width < await self.page.evaluate("document.documentElement.scrollWidth"):
                self.wrong.append(f"{step} sticks out at {width}")
        await self.page.emulate_media(color_scheme="light")
        await self.page.set_viewport_size(before or {"width": 1440, "height": 900})

    async def _look(self, where: str) -> None:
        if not await self.page.evaluate("'axe' in globalThis"):
            await self.page.evaluate(AXE.read_text())
        options = {"runOnly": RULES, "resultTypes": ["violations"]}
        found: Any = await self.page.evaluate("(options) => axe.run(document, options)", options)
        self.wrong += [
            f"{where}: {each['id']} {[node['target'] for node in each['nodes']][:3]}"
            for each in found["violations"]
        ]


async def sitting(browser: Browser, desk: DeskHouse, shots: Path, email: str) -> Sitting:
    """Somebody who is signed in."""
    context = await browser.new_context(
        viewport={"width": 1440, "height": 900}, accept_downloads=True
    )
    found = Sitting(await context.new_page(), desk, shots)
    await found.sign_in(email)
    return found
