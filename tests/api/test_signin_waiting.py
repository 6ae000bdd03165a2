"""An identity provider is a tenant's choice: nobody but who signs in there waits for it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

from api.settings import Settings
from interview.adapters import oidc
from tests.api.house import House, settings_with
from tests.api.test_signin import BEGIN, NEAR, SETTING

pytestmark = pytest.mark.api
PLACES = 2


@pytest.fixture
def settings() -> Settings:
    return settings_with(VIVAVOCE_IN_FLIGHT=str(PLACES), **NEAR)


@dataclass
class Silent:
    """Takes connections and says nothing, until it says that it is away."""

    issuer: str = ""
    asked: int = 0
    heard: asyncio.Event = field(default_factory=asyncio.Event)
    over: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        self.asked += 1
        self.heard.set()
        await self.over.wait()
        writer.write(b"HTTP/1.1 503 Away\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
        writer.close()


@pytest.fixture
async def silent() -> AsyncIterator[Silent]:
    one = Silent()
    server = await asyncio.start_server(one.take, "127.0.0.1", 0)
    one.issuer = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server:
        yield one
        one.over.set()


async def begin(house: House) -> int:
    query = {"tenant_id": str(house.tenants[house.key])}
    answer = await house.call("GET", BEGIN, key="", params=query, allow_redirects=False)
    return answer.status


async def trusted(house: House, silent: Silent) -> None:
    body = {"issuer": silent.issuer, "client_id": "us", "client_secret": "x"}
    answer = await house.call("PUT", SETTING, json=body, headers={"If-Match": "*"})
    assert 200 == answer.status


async def waiting(house: House, silent: Silent, count: int) -> list[asyncio.Task[int]]:
    """So many who are about to sign in."""
    begun = [asyncio.create_task(begin(house)) for _ in range(count)]
    await asyncio.wait_for(silent.heard.wait(), 5)
    return begun


async def test_a_silent_provider_shuts_nobodys_door(house: House, silent: Silent) -> None:
    await trusted(house, silent)
    stranger = await house.new_tenant("Second")
    begun = [*await waiting(house, silent, 1)]
    for _ in range(2 * PLACES):
        begun.append(asyncio.create_task(begin(house)))
        await asyncio.sleep(0.02)

    for key in (house.key, stranger):
        assert [] == (await house.get("/v1/jobs", key=key))["items"]
    assert not any(each.done() for each in begun)
    silent.over.set()

    assert {503} == set(await asyncio.gather(*begun))


async def test_one_asks_a_silent_provider_for_all_and_it_is_left_alone_for_a_while(
    house: House, silent: Silent, monkeypatch: pytest.MonkeyPatch
) -> None:
    await trusted(house, silent)
    begun = await waiting(house, silent, PLACES)
    silent.over.set()
    first = set(await asyncio.gather(*begun))

    assert ({503}, 503, 1) == (first, await begin(house), silent.asked)
    monkeypatch.setattr(oidc, "FAILED_FOR_S", 0.0)
    assert (503, 2) == (await begin(house), silent.asked)


async def test_only_so_many_wait_for_one_provider(
    house: House, silent: Silent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oidc, "MOST_WAITING", 2)
    await trusted(house, silent)
    begun = await waiting(house, silent, 1)

    assert 503 == await asyncio.wait_for(begin(house), 1)
    assert not any(each.done() for each in begun)
    silent.over.set()
    await asyncio.gather(*begun)
