"""One platform for all interviews of a module."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.room.house import Platform, running_platform


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def platform(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Platform]:
    """Real SFU, Postgres, API, agent and worker; speech by the stand-in."""
    async with running_platform(tmp_path_factory.mktemp("platform")) as running:
        yield running
