"""The HTTP application over the memory store, and the ways in that its callers take."""

from collections.abc import AsyncIterator

import pytest

from api.settings import Settings
from interview.ports import Store
from interview.store.memory import MemoryStore
from tests.api.house import House, opened, settings_with


@pytest.fixture
def settings() -> Settings:
    return settings_with()


@pytest.fixture
def store() -> Store:
    return MemoryStore()


@pytest.fixture
async def house(settings: Settings, store: Store) -> AsyncIterator[House]:
    async with opened(settings, store) as house:
        yield house
