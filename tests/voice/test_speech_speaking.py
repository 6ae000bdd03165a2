"""What the speech server says, over both ways in, and what it refuses to say."""

import asyncio
import json
import signal
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest
from aiohttp import ClientWebSocketResponse, WSMsgType

from tests.voice.speech_house import AUTHORISED, Server, serving

pytestmark = pytest.mark.voice

SPEAK = "model=aura-2-andromeda-en&encoding=linear16&sample_rate=16000&container=none"
LONG = "a " * 1_001
"""2002 characters."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("speech") / "log", WARM="0") as running:
        yield running


@pytest.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(headers=AUTHORISED) as session:
        yield session


@pytest.fixture
async def stream(
    server: Server, client: aiohttp.ClientSession
) -> AsyncIterator[ClientWebSocketResponse]:
    """A synthesis stream that has been greeted."""
    async with client.ws_connect(server.url(f"/v1/speak?{SPEAK}")) as socket:
        greeting = await socket.receive_json(timeout=5)
        assert ("Metadata", "aura-2-andromeda-en") == (greeting["type"], greeting["model_name"])
        yield socket


async def say(socket: ClientWebSocketResponse, text: str) -> None:
    await socket.send_json({"type": "Speak", "text": text})
    await socket.send_json({"type": "Flush"})


async def until(socket: ClientWebSocketResponse, kind: str) -> int:
    """How many bytes of sound came before that message."""
    sound = 0
    while (message := await socket.receive(timeout=10)).type is not WSMsgType.TEXT:
        assert message.type is WSMsgType.BINARY
        sound += len(message.data)
    assert kind == json.loads(message.data)["type"]
    return sound


async def test_text_is_spoken_until_it_is_flushed_and_the_stream_stays_open(
    stream: ClientWebSocketResponse,
) -> None:
    await say(stream, "Good morning. How are you?")
    first = await until(stream, "Flushed")
    await say(stream, "Yes.")
    second = await until(stream, "Flushed")

    assert 1.0 < first / 32_000 < 5.0
    assert 0.2 < second / 32_000 < 2.0


async def test_clear_is_answered_and_what_was_not_sent_yet_is_not_sent(
    stream: ClientWebSocketResponse,
) -> None:
    await stream.send_json({"type": "Speak", "text": "One sentence follows another. " * 30})
    await stream.send_json({"type": "Clear"})
    before = await until(stream, "Cleared")
    await say(stream, "Yes.")
    after = await until(stream, "Flushed")

    assert before / 32_000 < 30.0
    assert after / 32_000 < 2.0


async def test_close_speaks_what_is_left_and_ends(stream: ClientWebSocketResponse) -> None:
    await stream.send_json({"type": "Speak", "text": "Goodbye"})
    await stream.send_json({"type": "Close"})

    assert await until(stream, "Flushed") > 0
    assert WSMsgType.CLOSE is (await stream.receive(timeout=5)).type
    assert 1000 == stream.close_code


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("{", 1008),
        ('{"type": "Shout", "text": "a"}', 1008),
        (json.dumps({"type": "Speak", "text": LONG}), 1008),
        (b"sound", 1003),
    ],
)
async def test_what_is_no_message_closes_the_stream_with_a_reason(
    stream: ClientWebSocketResponse, message: str | bytes, code: int
) -> None:
    if isinstance(message, bytes):
        await stream.send_bytes(message)
    else:
        await stream.send_str(message)

    ended = await stream.receive(timeout=5)

    assert (WSMsgType.CLOSE, code) == (ended.type, ended.data)
    assert str(ended.extra).startswith("DATA-0000: ")


async def test_one_speaker_more_than_there_are_places_for_is_refused_until_one_is_given_back(
    tmp_path: Path, client: aiohttp.ClientSession
) -> None:
    with serving(tmp_path / "log", MAX_SPEAKERS="1", WARM="0") as small:
        url = small.url(f"/v1/speak?{SPEAK}")
        async with client.ws_connect(url):
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                await client.ws_connect(url)
        async with asyncio.timeout(5):
            while not await enters(client, url):
                await asyncio.sleep(0.01)

    assert 429 == refused.value.status


async def enters(client: aiohttp.ClientSession, url: str) -> bool:
    """Whether there is a place."""
    try:
        async with client.ws_connect(url):
            return True
    except aiohttp.WSServerHandshakeError:
        return False


@pytest.mark.parametrize("query", ["model=whisper-1", "model=aura-asteria-xx", "sample_rate=7"])
async def test_a_voice_that_is_not_here_is_refused_on_both_ways(
    server: Server, client: aiohttp.ClientSession, query: str
) -> None:
    url = server.url(f"/v1/speak?{query}")

    async with client.post(url, json={"text": "Hello"}) as answer:
        assert 400 == answer.status
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await client.ws_connect(url)
    assert 400 == refused.value.status


@pytest.mark.parametrize(
    ("body", "status"), [('{"text": ""}', 400), ("{", 400), (json.dumps({"text": LONG}), 413)]
)
async def test_a_text_that_cannot_be_spoken_is_refused(
    server: Server, client: aiohttp.ClientSession, body: str, status: int
) -> None:
    async with client.post(server.url("/v1/speak"), data=body) as answer:
        assert status == answer.status
        assert (await answer.json())["err_msg"]


async def test_the_stream_that_was_speaking_ends_with_the_engine_and_the_next_one_speaks(
    server: Server, client: aiohttp.ClientSession, stream: ClientWebSocketResponse
) -> None:
    server.signal_engines("local.speech.talking", signal.SIGSTOP)
    await say(stream, "Good morning.")
    server.signal_engines("local.speech.talking", signal.SIGKILL)

    ended = await stream.receive(timeout=5)

    assert (WSMsgType.CLOSE, 1011) == (ended.type, ended.data)
    assert str(ended.extra).startswith("NET-0000")
    async with client.post(server.url("/v1/speak"), json={"text": "Hello."}) as answer:
        assert 200 == answer.status
        assert b"RIFF" == (await answer.read())[:4]


async def test_a_client_that_goes_without_a_word_harms_nobody(tmp_path: Path) -> None:
    with serving(tmp_path / "log") as own:
        async with (
            aiohttp.ClientSession(headers=AUTHORISED) as hasty,
            hasty.ws_connect(own.url(f"/v1/speak?{SPEAK}")) as socket,
        ):
            await say(socket, "One sentence follows another. " * 20)
            await socket.receive(timeout=5)
            assert hasty.connector is not None
            await hasty.connector.close()
        async with (
            aiohttp.ClientSession(headers=AUTHORISED) as other,
            other.post(own.url("/v1/speak"), json={"text": "Hello."}) as answer,
        ):
            assert 200 == answer.status
