"""The event log on the wire: pages, and a stream that can be taken up again."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from typing import NoReturn

import pytest
from aiohttp import ClientPayloadError, ClientResponse, web
from structlog.testing import capture_logs

from api import pulse, sse
from api.tags import DESK
from interview.accounts import Scope, parse_api_key
from interview.errors import Sealed, Unavailable
from interview.store.memory import MemoryStore
from interview.store.memory.log import MemoryEvents
from tests.api.house import House, Json

pytestmark = pytest.mark.api
MORE_THAN_THE_KERNEL_HOLDS = 14
STREAM = {"Accept": "text/event-stream"}


async def test_pages_lead_through_the_log_without_a_gap(house: House) -> None:
    interview, _, _ = await house.led()
    path = f"/v1/interviews/{interview['id']}/events"

    seen: list[int] = []
    after: str | None = "0"
    while after is not None:
        page = await house.get(f"{path}?limit=2&after={after}")
        seen += [event["seq"] for event in page["items"]]
        after = page["next"]

    assert list(range(1, len(seen) + 1)) == seen
    assert 6 == len(seen)


async def test_a_page_goes_on_after_the_last_event_that_was_seen(house: House) -> None:
    interview, _, _ = await house.led()
    path = f"/v1/interviews/{interview['id']}/events"

    page = await house.get(path, headers={"Last-Event-ID": "5"})

    assert [6] == [event["seq"] for event in page["items"]]


@asynccontextmanager
async def streaming(
    house: House, interview: Json, key: str | None = None, **headers: str
) -> AsyncIterator[ClientResponse]:
    path = f"/v1/interviews/{interview['id']}/events"
    answer = await house.call("GET", path, key=key, headers=STREAM | headers)
    assert (200, "text/event-stream") == (answer.status, answer.content_type)
    yield answer
    answer.close()


async def frame(answer: ClientResponse) -> dict[str, str]:
    """The next event, or what a comment says."""
    raw = (await asyncio.wait_for(answer.content.readuntil(b"\n\n"), 5)).decode()
    pairs = (line.partition(":") for line in raw.strip().split("\n"))
    return {name or "comment": value.strip() for name, _, value in pairs}


async def frames(answer: ClientResponse, count: int) -> list[tuple[str, str]]:
    """The next events, whatever signs of life are between them."""
    found: list[tuple[str, str]] = []
    while len(found) < count:
        if "comment" not in (each := await frame(answer)):
            found.append((each["id"], each["event"]))
    return found


async def test_a_stream_begins_with_what_was_and_goes_on_with_what_happens(house: House) -> None:
    interview, _, claim = await house.led()

    async with streaming(house, interview) as stream:
        before = await frames(stream, 6)
        await house.tell(claim, house.speech("Hello"))
        [after] = await frames(stream, 1)

    assert ("1", "interview_created") == before[0]
    assert ("7", "speech_heard") == after


async def test_a_stream_goes_on_after_the_last_event_that_was_seen(house: House) -> None:
    interview, _, claim = await house.led()

    async with streaming(house, interview, **{"Last-Event-ID": "5"}) as stream:
        first = await frames(stream, 1)
    await house.tell(claim, house.speech("Hello"))
    async with streaming(house, interview, **{"Last-Event-ID": "6"}) as stream:
        second = await frames(stream, 1)

    assert [("6", "lease_claimed"), ("7", "speech_heard")] == first + second


async def test_a_quiet_stream_gives_signs_of_life(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulse, "KEEP_ALIVE_S", 0.01)
    interview = await house.invited()

    async with streaming(house, interview) as stream:
        await frame(stream)
        assert {"comment": "keep-alive"} == await frame(stream)


async def test_a_reader_that_does_not_keep_up_is_told_to_resync_and_closed(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sse, "SLOW_AFTER_S", 0.05)
    interview, _, claim = await house.led()
    for _ in range(MORE_THAN_THE_KERNEL_HOLDS):
        await house.tell(claim, house.speech("x" * 400_000))

    reader, writer = await asyncio.open_connection(house.client.host, house.client.port)
    path = f"/v1/interviews/{interview['id']}/events"
    said = f"GET {path} HTTP/1.1\r\nHost: here\r\nAccept: text/event-stream\r\n"
    writer.write(f"{said}Authorization: Bearer {house.key}\r\n\r\n".encode())
    await given_up(house)
    heard = await asyncio.wait_for(reader.read(), 5)
    writer.close()

    assert b"event: resync" in heard[-100:]


async def test_a_stream_outlives_a_store_that_is_away_and_misses_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulse, "AGAIN_AFTER_S", 0.01)
    interview, _, claim = await house.led()

    async with streaming(house, interview, **{"Last-Event-ID": "5"}) as stream:
        [before] = await frames(stream, 1)
        with failing(Unavailable):
            await house.tell(claim, house.speech("Hello"))
            while {"comment": "keep-alive"} != await frame(stream):
                pass
        while "id" not in (after := await frame(stream)):
            pass

    assert ("6", "7") == (before[0], after["id"])


async def test_a_refusal_in_the_middle_of_a_stream_is_a_resync_and_not_a_second_answer(
    house: House,
) -> None:
    interview, _, claim = await house.led()

    async with streaming(house, interview, **{"Last-Event-ID": "5"}) as stream:
        await frames(stream, 1)
        with failing(Sealed):
            await house.tell(claim, house.speech("Hello"))
            last = await frame(stream)
            with pytest.raises(ClientPayloadError):
                await asyncio.wait_for(stream.content.read(), 5)

    assert {"event": "resync", "data": "6"} == last


@pytest.mark.parametrize("is_quiet", [False, True], ids=["at the next event", "in silence"])
async def test_a_key_that_was_revoked_is_told_to_resync_and_sees_nothing_more(
    house: House, store: MemoryStore, monkeypatch: pytest.MonkeyPatch, is_quiet: bool
) -> None:
    interview, _, claim = await house.led()
    kid = parse_api_key(key := await house.new_key(Scope.REVIEW_READ))
    if is_quiet:
        monkeypatch.setattr(pulse, "KEEP_ALIVE_S", 0.02)

    async with streaming(house, interview, key, **{"Last-Event-ID": "5"}) as stream:
        await frames(stream, 1)
        store.tables.api_keys[kid] = replace(
            store.tables.api_keys[kid], revoked_at=house.clock.now()
        )
        if not is_quiet:
            await house.tell(claim, house.speech("Hello"))
        while "comment" in (last := await frame(stream)):
            pass
        with pytest.raises(ClientPayloadError):
            await asyncio.wait_for(stream.content.read(), 5)

    assert {"event": "resync", "data": "6"} == last


async def test_a_fault_in_the_middle_of_a_stream_cuts_the_connection(house: House) -> None:
    interview, _, claim = await house.led()

    async with streaming(house, interview, **{"Last-Event-ID": "5"}) as stream:
        await frames(stream, 1)
        with failing(ValueError), capture_logs() as lines:
            await house.tell(claim, house.speech("Hello"))
            with pytest.raises(ClientPayloadError):
                await asyncio.wait_for(stream.content.read(), 5)

    assert "request_failed" in [line["event"] for line in lines]


@contextmanager
def failing(error: type[Exception]) -> Iterator[None]:
    """Whoever reads the log meets `error`."""

    async def read(*_: object, **__: object) -> NoReturn:
        raise error

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MemoryEvents, "read", read)
        yield


async def given_up(house: House) -> None:
    """Waits until the service has begun to close a connection."""
    handler = house.client.server.handler
    assert isinstance(handler, web.Server)
    async with asyncio.timeout(5):
        while not any(c.transport and c.transport.is_closing() for c in handler.connections):
            await asyncio.sleep(0.01)


async def test_streams_end_when_the_service_stops(house: House) -> None:
    interview = await house.invited()

    async with streaming(house, interview) as stream:
        await frame(stream)
        house.client.app[DESK].closing.set()
        assert b"" == await asyncio.wait_for(stream.content.read(), 5)


async def test_who_has_seen_what_the_log_does_not_have_is_told_to_start_over(house: House) -> None:
    """The log was restored from before, or the id is of another interview's."""
    interview, _, claim = await house.led()

    async with streaming(house, interview, **{"Last-Event-ID": "7"}) as stream:
        assert {"id": "0", "event": "resync", "data": "0"} == await frame(stream)
        with pytest.raises(ClientPayloadError):
            await asyncio.wait_for(stream.content.read(), 5)
    async with streaming(house, interview, **{"Last-Event-ID": "6"}) as stream:
        await house.tell(claim, house.speech("Hello"))
        assert [("7", "speech_heard")] == await frames(stream, 1)


@pytest.mark.parametrize("seen", ["x", "-1", "1.5", "9" * 30])
@pytest.mark.parametrize("accept", [STREAM, {}], ids=["stream", "page"])
async def test_a_last_event_that_is_no_number_is_refused(
    house: House, accept: dict[str, str], seen: str
) -> None:
    interview = await house.invited()
    path = f"/v1/interviews/{interview['id']}/events"

    answer = await house.call("GET", path, headers=accept | {"Last-Event-ID": seen})

    assert (422, "Last-Event-ID") == (answer.status, (await answer.json())["field"])


async def test_a_stream_of_an_unknown_interview_is_a_problem_not_a_stream(house: House) -> None:
    stranger = await house.new_tenant("Second")
    interview = await house.invited()
    path = f"/v1/interviews/{interview['id']}/events"

    assert (404, "not_found") == await house.refusal("GET", path, headers=STREAM, key=stranger)
