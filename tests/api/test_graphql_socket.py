"""Subscriptions: an interview's events as they happen, for those who may still see them."""

import asyncio
import json
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from aiohttp import ClientWebSocketResponse, WSMsgType, WSServerHandshakeError, web
from structlog.testing import capture_logs

from api import pulse
from api.graph import socket
from api.tags import DESK
from interview.accounts import Scope, parse_api_key
from interview.errors import Unavailable
from interview.store.memory import MemoryStore
from tests.api.house import House, Json
from tests.api.test_events import failing

pytestmark = pytest.mark.api
PROTOCOL = "graphql-transport-ws"
EVENTS = """subscription($id: UUID!, $after: Int! = 0) {
    events(interview: $id, after: $after) { seq kind } }"""
MORE_THAN_THE_KERNEL_HOLDS = 40


@asynccontextmanager
async def connected(
    house: House, *, key: str | None = None, init: bool = True, **headers: str
) -> AsyncIterator[ClientWebSocketResponse]:
    """A socket that has been acknowledged."""
    bearer = house.key if key is None else key
    said = ({"Authorization": f"Bearer {bearer}"} if bearer else {}) | headers
    async with house.client.ws_connect("/graphql", protocols=(PROTOCOL,), headers=said) as ws:
        if init:
            await ws.send_json({"type": "connection_init"})
            assert {"type": "connection_ack"} == await heard(ws)
        yield ws


async def heard(ws: ClientWebSocketResponse) -> Json:
    return await asyncio.wait_for(ws.receive_json(), 5)


async def closed(ws: ClientWebSocketResponse) -> int | None:
    """The code with which the service closes."""
    message = await asyncio.wait_for(ws.receive(), 5)
    assert message.type in {WSMsgType.CLOSE, WSMsgType.CLOSED}, message
    return ws.close_code


async def subscribe(
    ws: ClientWebSocketResponse, interview: Json, name: str = "1", query: str = EVENTS, **more: Json
) -> None:
    variables = {"id": interview["id"], **more}
    payload = {"query": query, "variables": variables}
    await ws.send_json({"id": name, "type": "subscribe", "payload": payload})


async def kinds(ws: ClientWebSocketResponse, count: int) -> list[tuple[int, str]]:
    found = [(await heard(ws))["payload"]["data"]["events"] for _ in range(count)]
    return [(event["seq"], event["kind"]) for event in found]


async def refusal(ws: ClientWebSocketResponse) -> str:
    """The code of the error that is heard next."""
    said = await heard(ws)
    errors = said["payload"] if said["type"] == "error" else said["payload"]["errors"]
    return str(errors[0]["extensions"]["code"])


async def test_a_subscription_begins_with_what_was_and_goes_on_with_what_happens(
    house: House,
) -> None:
    interview, _, claim = await house.led()

    async with connected(house) as ws:
        await subscribe(ws, interview)
        before = await kinds(ws, 6)
        await house.tell(claim, house.speech("Hello"))
        after = await kinds(ws, 1)

    assert (1, "interview_created") == before[0]
    assert [(7, "speech_heard")] == after


async def test_a_subscription_goes_on_after_what_was_seen(house: House) -> None:
    interview, _, _ = await house.led()

    async with connected(house) as ws:
        await subscribe(ws, interview, after=5)
        assert [(6, "lease_claimed")] == await kinds(ws, 1)


async def test_who_has_seen_what_the_log_does_not_have_is_told_all_of_it(house: House) -> None:
    interview, _, _ = await house.led()

    async with connected(house) as ws:
        await subscribe(ws, interview, after=7)
        assert (1, "interview_created") == (await kinds(ws, 6))[0]


async def test_a_subscription_that_is_completed_is_followed_no_more(
    house: House, store: MemoryStore
) -> None:
    interview, _, _ = await house.led()

    async with connected(house) as ws:
        await subscribe(ws, interview, after=5)
        await kinds(ws, 1)
        await ws.send_json({"id": "1", "type": "complete"})
        await ws.send_json({"type": "ping"})
        assert {"type": "pong"} == await heard(ws)
        async with asyncio.timeout(5):
            while store._followers._flags:
                await asyncio.sleep(0.01)


async def test_nobody_opens_a_socket_without_saying_who(house: House) -> None:
    for key, status in (("", 401), (await house.new_key(Scope.AUDIT_READ), 403)):
        with pytest.raises(WSServerHandshakeError) as refused:
            async with connected(house, key=key):
                pass
        assert status == refused.value.status


async def test_a_key_without_the_scope_sees_no_events(house: House) -> None:
    interview, _, _ = await house.led()
    others = await house.new_key(*(set(Scope) - {Scope.REVIEW_READ}))

    async with connected(house, key=others) as ws:
        await subscribe(ws, interview)
        assert "forbidden" == await refusal(ws)
    enough = await house.new_key(Scope.REVIEW_READ, Scope.INTERVIEWS_READ)
    async with connected(house, key=enough) as ws:
        await subscribe(ws, interview)
        assert 6 == len(await kinds(ws, 6))


async def test_an_interview_of_another_tenant_is_not_found(house: House) -> None:
    interview, _, _ = await house.led()
    stranger = await house.new_tenant("Second")

    async with connected(house, key=stranger) as ws:
        await subscribe(ws, interview)
        assert "not_found" == await refusal(ws)


async def test_a_key_that_was_revoked_sees_nothing_more(house: House, store: MemoryStore) -> None:
    interview, _, claim = await house.led()
    key = await house.new_key(Scope.REVIEW_READ, Scope.INTERVIEWS_READ)

    async with connected(house, key=key) as ws:
        await subscribe(ws, interview, after=5)
        await kinds(ws, 1)
        kid = parse_api_key(key)
        known = store.tables.api_keys[kid]
        store.tables.api_keys[kid] = replace(known, revoked_at=house.clock.now())
        await house.tell(claim, house.speech("Hello"))
        assert "unauthenticated" == await refusal(ws)
        assert "complete" == (await heard(ws))["type"]


async def test_a_key_that_was_revoked_is_noticed_in_silence_too(
    house: House, store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulse, "KEEP_ALIVE_S", 0.02)
    interview, _, _ = await house.led()
    key = await house.new_key(Scope.REVIEW_READ, Scope.INTERVIEWS_READ)

    async with connected(house, key=key) as ws:
        await subscribe(ws, interview, after=6)
        kid = parse_api_key(key)
        known = store.tables.api_keys[kid]
        store.tables.api_keys[kid] = replace(known, revoked_at=house.clock.now())
        assert "unauthenticated" == await refusal(ws)


async def test_questions_are_not_asked_on_a_socket(house: House) -> None:
    interview = await house.invited()

    async with connected(house) as ws:
        await subscribe(ws, interview, query="query($id: UUID!) { interview(id: $id) { id } }")
        assert "invalid" == await refusal(ws)


async def test_a_socket_holds_ten_subscriptions(house: House) -> None:
    interview = await house.invited()

    async with connected(house) as ws:
        for n in range(socket.MAX_SUBSCRIPTIONS + 1):
            await subscribe(ws, interview, name=str(n), after=1)
        refused = await heard(ws)

    assert ("error", "10") == (refused["type"], refused["id"])


async def test_the_limits_of_questions_hold_on_a_socket(house: House) -> None:
    interview = await house.invited()
    aliases = " ".join(f"a{n}: seq" for n in range(31))

    async with connected(house) as ws:
        query = f"subscription($id: UUID!) {{ events(interview: $id) {{ {aliases} }} }}"
        await subscribe(ws, interview, query=query)
        assert "too_large" == await refusal(ws)


async def test_a_page_of_another_origin_opens_no_socket(house: House) -> None:
    with pytest.raises(WSServerHandshakeError) as refused:
        async with connected(house, Origin="https://evil.example"):
            pass
    async with connected(house, Origin="http://127.0.0.1:8080"):
        pass

    assert 403 == refused.value.status


async def test_the_older_protocol_is_not_spoken(house: House) -> None:
    headers = {"Authorization": f"Bearer {house.key}"}

    async with house.client.ws_connect(
        "/graphql", protocols=("graphql-ws",), headers=headers
    ) as ws:
        assert 4406 == await closed(ws)


@pytest.mark.parametrize(
    ("sent", "code"),
    [("nonsense", 4400), ('{"type": "start"}', 4400), ("{}", 4400), ("x" * 70_000, 1009)],
)
async def test_a_message_that_makes_no_sense_ends_the_socket(
    house: House, sent: str, code: int
) -> None:
    async with connected(house) as ws:
        await ws.send_str(sent)
        assert code == await closed(ws)


async def test_a_subscription_before_the_greeting_ends_the_socket(house: House) -> None:
    interview = await house.invited()

    async with connected(house, init=False) as ws:
        await subscribe(ws, interview)
        assert 4401 == await closed(ws)


async def test_a_subscription_outlives_a_store_that_is_away_and_misses_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulse, "AGAIN_AFTER_S", 0.01)
    interview, _, claim = await house.led()

    async with connected(house) as ws:
        await subscribe(ws, interview, after=5)
        await kinds(ws, 1)
        with failing(Unavailable):
            await house.tell(claim, house.speech("Hello"))
            await asyncio.sleep(0.05)
        assert [(7, "speech_heard")] == await kinds(ws, 1)


async def test_a_fault_in_the_middle_says_nothing_of_itself(house: House) -> None:
    interview, _, claim = await house.led()

    async with connected(house) as ws:
        await subscribe(ws, interview, after=5)
        await kinds(ws, 1)
        with failing(ValueError), capture_logs() as lines:
            await house.tell(claim, house.speech("Hello"))
            assert "internal" == await refusal(ws)
    assert "graphql_failed" in [line["event"] for line in lines]


async def test_a_reader_that_does_not_keep_up_is_cut_off(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "SLOW_AFTER_S", 0.05)
    interview, _, claim = await house.led()
    for _ in range(MORE_THAN_THE_KERNEL_HOLDS):
        await house.tell(claim, house.speech("x" * 400_000))

    handler = house.client.server.handler
    assert isinstance(handler, web.Server)
    before = set(handler.connections)
    reader, writer = await asyncio.open_connection(house.client.host, house.client.port)
    writer.write(handshake(house.key))
    await reader.readuntil(b"\r\n\r\n")
    assert set(handler.connections) > before
    query = "subscription($id: UUID!) { events(interview: $id) { fact } }"
    payload = {"query": query, "variables": {"id": interview["id"]}}
    writer.write(frame({"type": "connection_init"}))
    writer.write(frame({"id": "1", "type": "subscribe", "payload": payload}))
    ours = set(handler.connections) - before
    try:
        async with asyncio.timeout(5):
            while ours & set(handler.connections):
                await asyncio.sleep(0.01)
    finally:
        writer.transport.abort()
        await asyncio.sleep(0)


def handshake(key: str) -> bytes:
    lines = (
        "GET /graphql HTTP/1.1",
        "Host: here",
        f"Authorization: Bearer {key}",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        f"Sec-WebSocket-Key: {b64encode(bytes(16)).decode()}",
        f"Sec-WebSocket-Protocol: {PROTOCOL}",
    )
    return "\r\n".join((*lines, "", "")).encode()


def frame(message: Json) -> bytes:
    """A text frame of a client (RFC 6455 § 5.2), masked with nothing."""
    raw = json.dumps(message).encode()
    return (
        bytes((0x81, 0xFE)) + len(raw).to_bytes(2) + bytes(4) + raw
        if len(raw) > 125
        else (bytes((0x81, 0x80 | len(raw))) + bytes(4) + raw)
    )


async def test_sockets_end_when_the_service_stops(house: House) -> None:
    interview = await house.invited()

    async with connected(house) as ws:
        await subscribe(ws, interview)
        await kinds(ws, 1)
        house.client.app[DESK].closing.set()
        said = []
        while not ws.closed:
            said.append(await asyncio.wait_for(ws.receive(), 5))

    assert 1001 == ws.close_code
