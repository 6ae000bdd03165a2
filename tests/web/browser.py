"""A real Chromium with a real microphone file, and what a test wants to know of a page."""

import wave
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import numpy as np
from playwright.async_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    Playwright,
    async_playwright,
    expect,
)

from local.candidate.clips import Clip
from local.candidate.sound import RATE, Pcm
from local.ports import LOOPBACK, Ports
from local.setup import browser
from tests.standins.line import Line

ROOT = Path(__file__).parents[2]
SCREENSHOTS = ROOT / ".local" / "screenshots"
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LEAD_S = 6.0
"""Silence before the words of a microphone file: time to turn the microphone off again."""

REPEATS = 4
"""So often a key repeats that is held down."""

A_ROOMS_END = ("DataChannel error", "publisher data channel", "subscriber data channel")
"""What LiveKit's client calls an error when a room is closed by its server."""

Theme = Literal["light", "dark"]
WIDTHS = {320: 720, 1440: 900}


@dataclass
class Seen:
    """A page and everything that went wrong on it."""

    page: Page
    context: BrowserContext
    complaints: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    async def look(self, test: str, step: str) -> None:
        """Screenshots, and nobody is kept out by how the page is made."""
        await self.shoot(test, step)
        before = self.page.viewport_size or {"width": 1440, "height": 900}
        found = []
        for width, height in WIDTHS.items():
            await self.page.set_viewport_size({"width": width, "height": height})
            found += [f"{width} {each}" for each in await self.violations()]
        await self.page.set_viewport_size(before)
        assert not found, "\n".join(found)
        assert 0 == await self.overflow()

    async def shoot(self, test: str, step: str) -> None:
        """The page as it is, in both themes, narrow and wide."""
        folder = SCREENSHOTS / test
        folder.mkdir(parents=True, exist_ok=True)
        before = self.page.viewport_size
        for width, height in WIDTHS.items():
            await self.page.set_viewport_size({"width": width, "height": height})
            for theme in ("light", "dark"):
                await self.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
                path = folder / f"{step}-{theme}-{width}.png"
                await self.page.screenshot(path=path, full_page=True)
        assert before is not None
        await self.page.set_viewport_size(before)
        await self.page.emulate_media(color_scheme="light", reduced_motion="no-preference")

    async def violations(self) -> list[str]:
        """What axe finds, in both themes; each as rule and place."""
        found: list[str] = []
        await self.page.evaluate(AXE.read_text(encoding="utf-8"))
        for theme in ("light", "dark"):
            await self.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            options = {"runOnly": RULES, "resultTypes": ["violations"]}
            result: dict[str, Any] = await self.page.evaluate("o => axe.run(document, o)", options)
            found += [
                f"{theme} {rule['id']}: {node['target']} {node['failureSummary']}"
                for rule in result["violations"]
                for node in rule["nodes"]
            ]
        await self.page.emulate_media(color_scheme="light", reduced_motion="no-preference")
        return found

    async def overflow(self, width: int = 320) -> int:
        """How many pixels one would have to scroll sideways at `width`."""
        before = self.page.viewport_size
        await self.page.set_viewport_size({"width": width, "height": 720})
        script = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        wide: int = await self.page.evaluate(script)
        assert before is not None
        await self.page.set_viewport_size(before)
        return wide


@dataclass
class Browsers:
    """Starts browsers; each has one microphone file, which it plays anew whenever a microphone is
    turned on."""

    playwright: Playwright
    folder: Path
    stack: AsyncExitStack

    async def start(
        self,
        *clips: Clip,
        lead_s: float = LEAD_S,
        allows: bool = True,
        line: Line | None = None,
    ) -> Browser:
        """A browser whose microphone hears silence, then `clips`, then silence; `line` is its only
        way to us."""
        file = self.folder / f"{'-'.join(clip.id for clip in clips) or 'silence'}.wav"
        write_wav(file, [np.zeros(int(lead_s * RATE), np.int16), *(c.pcm for c in clips)])
        flags = [
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-audio-capture={file}%noloop",
            "--no-sandbox",
            "--autoplay-policy=user-gesture-required",
            *(line.flags if line else ()),
        ]
        if allows:
            flags.append("--use-fake-ui-for-media-stream")
        return await self._start(flags)

    async def start_deaf(self) -> Browser:
        """A browser without a microphone, for those who only read and listen."""
        return await self._start(["--no-sandbox", "--autoplay-policy=user-gesture-required"])

    async def _start(self, flags: list[str]) -> Browser:
        program = str(browser.installed())
        started = await self.playwright.chromium.launch(executable_path=program, args=flags)
        self.stack.push_async_callback(started.close)
        return started


async def open_page(
    started: Browser, url: str, ours: Ports | str, line: Line | None = None, **options: Any
) -> Seen:
    """A page of a fresh profile; what it complains of and whom it calls are kept."""
    context = await started.new_context(viewport={"width": 1440, "height": 900}, **options)
    if line is not None:
        await context.add_init_script(line.script)
    return await open_tab(context, url, ours)


async def open_tab(context: BrowserContext, url: str, ours: Ports | str) -> Seen:
    """A page; whoever it calls but our API and our SFU is a stranger. Of an installation without
    an SFU `ours` is the API's address."""
    page = await context.new_page()
    seen = Seen(page, context)
    known = (
        {urlsplit(ours).netloc}
        if isinstance(ours, str)
        else {f"{LOOPBACK}:{ours.api}", f"{LOOPBACK}:{ours.sfu}"}
    )

    def calls(url: str) -> None:
        whom = urlsplit(url)
        if whom.scheme not in ("blob", "data", "about") and whom.netloc not in known:
            seen.strangers.append(url)

    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.on(
        "console",
        lambda said: (
            seen.complaints.append(said.text)
            if said.type == "error" and not said.text.startswith(A_ROOMS_END)
            else None
        ),
    )
    page.on("request", lambda asked: calls(asked.url))
    page.on("websocket", lambda opened: calls(opened.url))
    await page.goto(url)
    return seen


@asynccontextmanager
async def running_browsers(folder: Path) -> AsyncIterator[Browsers]:
    async with async_playwright() as playwright, AsyncExitStack() as stack:
        yield Browsers(playwright, folder, stack)


async def hold(page: Page, key: str, opens: Locator | None = None) -> None:
    """Keeps a key down until it has repeated, also into the field that it `opens`."""
    await page.keyboard.down(key)
    if opens is not None:
        await expect(opens).to_be_focused()
    for _ in range(REPEATS):
        await page.keyboard.down(key)
    await page.keyboard.up(key)


def write_wav(path: Path, parts: Sequence[Pcm], tail_s: float = 600.0) -> None:
    """48 kHz mono, as Chromium's fake microphone likes it."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        for part in parts:
            file.writeframes(part.astype(np.int16).tobytes())
        file.writeframes(bytes(int(tail_s * RATE) * 2))
