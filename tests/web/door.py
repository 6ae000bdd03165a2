"""A candidate's pages without any room: the API alone, and a browser before it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import BrowserContext, Page, expect

from interview.store.postgres import open_store
from tests.api.house import PEPPER, Json
from tests.conftest import Database
from tests.web.browser import Browsers, Seen
from tests.web.desk.house import DeskHouse, opened_desk


@asynccontextmanager
async def opened_door(database: Database) -> AsyncIterator[DeskHouse]:
    """The API over PostgreSQL with a kit to invite to; nobody answers where the room would be."""
    async with open_store(database.app_url, PEPPER) as store, opened_desk(store) as desk:
        await desk.published()
        yield desk


async def opened(browsers: Browsers, *, allows: bool = True, **options: Any) -> BrowserContext:
    """A fresh profile of a browser."""
    started = await browsers.start(allows=allows)
    return await started.new_context(viewport={"width": 1440, "height": 900}, **options)


async def at_check(context: BrowserContext, interview: Json) -> Page:
    """Somebody who has agreed, before they go in."""
    page = await context.new_page()
    await page.goto(interview["invitation_url"])
    await page.get_by_role("button", name="I agree and go on").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Before you go in")
    return page


async def heading(page: Page, text: str) -> None:
    """Returns when that is what the page is called."""
    await expect(page.get_by_role("heading", level=1)).to_have_text(text)


async def look(page: Page, test: str, step: str) -> None:
    """Pictures of a page in both themes and widths; nobody is kept out of it."""
    await Seen(page, page.context).look(test, step)
