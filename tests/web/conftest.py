"""One platform and one browser for all tests of a module."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.room.house import Platform, running_platform
from tests.web.browser import Browsers, running_browsers


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def platform(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Platform]:
    """Real SFU, Postgres, API, agent and worker; speech by the stand-in."""
    async with running_platform(tmp_path_factory.mktemp("platform")) as running:
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browsers(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Browsers]:
    async with running_browsers(Path(tmp_path_factory.mktemp("sound"))) as running:
        yield running
