"""Sockets of pages: ours with a cookie, others with a key in their first message, by their tenant's
leave."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientWebSocketResponse, WSServerHandshakeError

from api.settings import Settings
from interview.accounts import Role, Scope
from tests.api.house import ORIGIN, House, Json, settings_with
from tests.api.pages import HOSTILE, OURS, THEIRS, allow
from tests.api.test_graphql_socket import (
    PROTOCOL,
    closed,
    connected,
    heard,
    kinds,
    refusal,
    subscribe,
)

pytestmark = pytest.mark.api


@asynccontextmanager
async def page(
    house: House, key: Json, origin: str = OURS, **headers: str
) -> AsyncIterator[ClientWebSocketResponse]:
    """The socket of a page that shows `key` in its first message."""
    said = {"Origin": origin, **headers}
    async with house.client.ws_connect("/graphql", protocols=(PROTOCOL,), headers=said) as ws:
        shown = f"Bearer {key}" if isinstance(key, str) else key
        await ws.send_json({"type": "connection_init", "payload": {"Authorization": shown}})
        yield ws


async def two_tenants(house: House) -> str:
    """The first allows our pages, the second theirs; the second's key."""
    second = await house.new_tenant("Second")
    await allow(house, OURS)
    await allow(house, THEIRS, key=second)
    return second


async def handshake(house: House, **headers: str) -> int:
    """The status with which a socket is refused; 101 when it is opened."""
    try:
        async with house.client.ws_connect("/graphql", protocols=(PROTOCOL,), headers=headers):
            return 101
    except WSServerHandshakeError as refused:
        return refused.status


async def test_a_page_that_the_tenant_allows_follows_with_the_key_in_its_first_message(
    house: House,
) -> None:
    await allow(house, OURS)
    interview, _, claim = await house.led()

    async with page(house, house.key) as ws:
        assert {"type": "connection_ack"} == await heard(ws)
        await subscribe(ws, interview, after=5)
        assert [(6, "lease_claimed")] == await kinds(ws, 1)
        await house.tell(claim, house.speech("Hello"))
        assert [(7, "speech_heard")] == await kinds(ws, 1)


async def test_a_page_that_only_another_tenant_allows_follows_nothing(house: House) -> None:
    second = await two_tenants(house)

    for key, origin in ((house.key, THEIRS), (second, OURS)):
        async with page(house, key, origin) as ws:
            assert 4403 == await closed(ws)
        bearer = {"Authorization": f"Bearer {key}"}
        assert 403 == await handshake(house, Origin=origin, **bearer)
    async with page(house, second, THEIRS) as ws:
        assert {"type": "connection_ack"} == await heard(ws)


async def test_a_page_with_its_key_in_the_header_needs_its_tenants_leave_too(house: House) -> None:
    await allow(house, OURS)
    interview, _, _ = await house.led()

    async with connected(house, Origin=OURS) as ws:
        await subscribe(ws, interview, after=5)
        assert 1 == len(await kinds(ws, 1))


@pytest.mark.parametrize("origin", [each for each in HOSTILE if each])
async def test_a_page_that_nobody_allows_opens_no_socket(house: House, origin: str) -> None:
    await allow(house, OURS)
    cookie = (await house.signed_in(await house.new_member(Role.OWNER)))["Cookie"]
    bearer = {"Authorization": f"Bearer {house.key}"}

    assert {401, 403} >= {await handshake(house, Origin=origin)}
    assert 403 == await handshake(house, Origin=origin, Cookie=cookie)
    assert 403 == await handshake(house, Origin=origin, **bearer)


async def test_a_cookie_opens_a_socket_for_our_own_pages_alone(house: House) -> None:
    await allow(house, OURS)
    interview, _, _ = await house.led()
    signed_in = await house.signed_in(await house.new_member(Role.OWNER))

    async with page(house, None, ORIGIN, Cookie=signed_in["Cookie"]) as ws:
        assert {"type": "connection_ack"} == await heard(ws)
        await subscribe(ws, interview, after=5)
        assert 1 == len(await kinds(ws, 1))
    async with page(house, "", Cookie=signed_in["Cookie"]) as ws:
        assert 4403 == await closed(ws)


@pytest.mark.parametrize("shown", ["", "nonsense", None, 7, ["Bearer"], "ключ"])
async def test_a_first_message_without_a_key_ends_the_socket(house: House, shown: Json) -> None:
    await allow(house, OURS)

    async with page(house, shown) as ws:
        assert 4403 == await closed(ws)


async def test_a_key_without_the_right_or_that_was_revoked_opens_nothing(house: House) -> None:
    await allow(house, OURS)
    keys = [
        await house.new_key(Scope.AUDIT_READ),
        await house.new_key(Scope.INTERVIEWS_READ, revoked_at=house.clock.now()),
    ]

    for key in keys:
        async with page(house, key) as ws:
            assert 4403 == await closed(ws)


async def test_a_page_follows_nothing_before_it_has_shown_its_key(house: House) -> None:
    await allow(house, OURS)
    interview, _, _ = await house.led()

    async with house.client.ws_connect(
        "/graphql", protocols=(PROTOCOL,), headers={"Origin": OURS}
    ) as ws:
        await subscribe(ws, interview)
        assert 4401 == await closed(ws)


async def test_a_page_whose_origin_was_taken_away_sees_nothing_more(house: House) -> None:
    await allow(house, OURS)
    interview, _, claim = await house.led()

    async with page(house, house.key) as ws:
        await heard(ws)
        await subscribe(ws, interview, after=5)
        await kinds(ws, 1)
        await allow(house)
        await house.tell(claim, house.speech("Hello"))
        assert "forbidden" == await refusal(ws)


class TestFewGuesses:
    @pytest.fixture
    def settings(self) -> Settings:
        return settings_with(VIVAVOCE_RATE_GUESS="2", VIVAVOCE_RATE_ADDRESS="9")

    async def test_guesses_on_sockets_are_counted_like_others(self, house: House) -> None:
        """Nine calls of an address: each socket is one, and its first message another."""
        await allow(house, OURS)
        for _ in range(4):
            async with page(house, "nonsense") as ws:
                assert 4403 == await closed(ws)

        assert 101 == await handshake(house, Origin=OURS)
        assert 429 == await handshake(house, Origin=OURS)
