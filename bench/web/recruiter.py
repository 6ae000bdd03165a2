"""The recruiter's side: how long a long interview's review page takes to be of use."""

import asyncio

from playwright.async_api import Browser

from bench.web.seed import EMAIL, PASSWORD, TURNS, Long

WITHIN_S = 30.0

USABLE = """(turns) => new Promise((resolve) => {
    const look = () => {
        const word = document.querySelector("[data-word]");
        if (document.querySelectorAll("[data-turn]").length >= turns && word !== null) {
            const { left, top, width, height } = word.getBoundingClientRect();
            const there = document.elementFromPoint(left + width / 2, top + height / 2);
            if (word.contains(there)) return resolve(performance.now() / 1000);
        }
        requestAnimationFrame(look);
    };
    look();
})"""
"""Seconds since the page was asked for, once every turn is there and its first word can be
clicked."""


class Desk:
    """Somebody who signs in on a new profile."""

    def __init__(self, browser: Browser, api_url: str, long: Long) -> None:
        self._browser = browser
        self._api_url = api_url
        self._long = long

    async def open(self) -> float:
        """Opens the page by its address; seconds until it is of use."""
        context = await self._browser.new_context(viewport={"width": 1440, "height": 900})
        try:
            page = await context.new_page()
            await page.goto(f"{self._api_url}/desk")
            await page.get_by_label("E-mail address").fill(EMAIL)
            await page.get_by_label("Password").fill(PASSWORD)
            await page.keyboard.press("Enter")
            await page.get_by_role("navigation", name="Desk").wait_for()
            await page.goto(f"{self._api_url}{self._long.path}", wait_until="commit")
            async with asyncio.timeout(WITHIN_S):
                ready_s = float(await page.evaluate(USABLE, TURNS))
            await page.locator("[data-word]").first.click()
            await page.locator("[data-word][data-now]").wait_for()
            return ready_s
        finally:
            await context.close()
