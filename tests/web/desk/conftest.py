"""A desk to sit down at, and a real browser."""

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from interview.store.postgres import open_store
from tests.api.house import PEPPER
from tests.conftest import Database
from tests.web.desk.house import DeskHouse, opened_desk

SOUND = "--autoplay-policy=no-user-gesture-required"


def chromium() -> str:
    """The browser from PATH; `VIVAVOCE_BROWSER` names another."""
    names = (os.environ.get("VIVAVOCE_BROWSER", ""), "chromium", "chromium-browser")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    if found is None:
        pytest.fail("no Chromium: install one, or name it by VIVAVOCE_BROWSER")
    return found


@pytest_asyncio.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=chromium(), args=[SOUND])
        yield opened
        await opened.close()


@pytest.fixture
def shots(request: pytest.FixtureRequest) -> Path:
    """Where this test's pictures go, to be looked at."""
    folder = Path(__file__).parents[3] / ".local" / "screenshots" / str(request.node.name)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
async def desk(database: Database) -> AsyncIterator[DeskHouse]:
    """The API over PostgreSQL, with the web app as it was built."""
    async with open_store(database.app_url, PEPPER) as store, opened_desk(store) as desk:
        yield desk
