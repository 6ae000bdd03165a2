"""One platform and one browser for all tests of a module; a desk and a browser for each of a
desk's."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import expect

from interview.store.postgres import open_store
from tests.api.house import PEPPER
from tests.conftest import Database
from tests.room.house import WITHIN_S, Platform, running_platform
from tests.web.browser import Browsers, running_browsers
from tests.web.desk.house import DeskHouse, opened_desk
from tests.web.desk.sitting import Sit, Sitting, sit_down
from tests.web.door import opened_door

expect.set_options(timeout=1000 * WITHIN_S)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def platform(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Platform]:
    """Real SFU, Postgres, API, agent and worker; speech by the stand-in."""
    async with running_platform(tmp_path_factory.mktemp("platform")) as running:
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browsers(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Browsers]:
    async with running_browsers(Path(tmp_path_factory.mktemp("sound"))) as running:
        yield running


@pytest.fixture
async def desk(database: Database) -> AsyncIterator[DeskHouse]:
    """The API over PostgreSQL, with the web app as it was built."""
    async with open_store(database.app_url, PEPPER) as store, opened_desk(store) as desk:
        yield desk


@pytest.fixture
async def door(database: Database) -> AsyncIterator[DeskHouse]:
    async with opened_door(database) as opened:
        yield opened


@pytest.fixture
async def own_browsers(tmp_path: Path) -> AsyncIterator[Browsers]:
    """For one test, which has no room."""
    async with running_browsers(tmp_path) as running:
        yield running


@pytest.fixture
async def sit(
    desk: DeskHouse, tmp_path: Path, request: pytest.FixtureRequest
) -> AsyncIterator[Sit]:
    """Has somebody sit down at the desk: by their address, or without one at its door."""
    async with running_browsers(tmp_path) as browsers:
        browser = await browsers.start_deaf()

        async def sits(email: str | None) -> Sitting:
            return await sit_down(browser, desk.url, str(request.node.name), email)

        yield sits
