"""The HTTP application over the memory store, and the ways in that its callers take."""

from collections.abc import AsyncIterator

import pytest

from api.settings import Settings
from interview.ports import Store
from interview.store.memory import MemoryStore
from interview.store.postgres.session import Session
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


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement, as it is sent; for a house on PostgreSQL."""
    found: list[str] = []
    for name in ("rows", "row_or_none", "execute"):
        send = getattr(Session, name)

        async def note(self: Session, sql: str, *arguments: object, send: object = send) -> object:
            found.append(sql)
            assert callable(send)
            return await send(self, sql, *arguments)

        monkeypatch.setattr(Session, name, note)
    return found
