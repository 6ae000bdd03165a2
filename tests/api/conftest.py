"""The HTTP application over the memory store, and the ways in that its callers take."""

from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator

import pytest

from api.settings import Settings
from interview.ports import Store
from interview.store.memory import MemoryStore
from tests.api.house import AGENT_KEY, House, opened

PEPPER = urlsafe_b64encode(bytes(32)).decode()


@pytest.fixture
def settings() -> Settings:
    return Settings.model_validate(
        {
            "DATABASE_URL": "postgresql://nowhere/none",
            "LIVEKIT_URL": "ws://127.0.0.1:7880",
            "LIVEKIT_API_KEY": "key",
            "LIVEKIT_API_SECRET": "a-secret-of-some-length-for-tests",
            "VIVAVOCE_API_URL": "http://127.0.0.1:8080",
            "VIVAVOCE_AGENT_KEY": AGENT_KEY,
            "VIVAVOCE_INSTALLATION_KEY": PEPPER,
            "VIVAVOCE_KEY_PEPPER": PEPPER,
        }
    )


@pytest.fixture
def store() -> Store:
    return MemoryStore()


@pytest.fixture
async def house(settings: Settings, store: Store) -> AsyncIterator[House]:
    async with opened(settings, store) as house:
        yield house
