"""What the speech server hears, told in the protocol's messages, and what it refuses to hear."""

import asyncio
import io
import json
import signal
import socket as sockets
import wave
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path

import aiohttp
import jiwer
import numpy as np
import pytest
from aiohttp import ClientWebSocketResponse, WSMsgType

from local.candidate.clips import decode, load_clips
from local.candidate.script import DEMO_VOICES
from tests.voice.speech_house import AUTHORISED, LISTEN, RATE, Server, serving

pytestmark = pytest.mark.voice

Json = dict[str, object]

CLIP = load_clips(DEMO_VOICES)["broke_main_page"]
SILENCE = bytes(RATE * 2)
"""One second."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("speech") / "log") as running:
        yield running


@pytest.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(headers=AUTHORISED) as session:
        yield session


@pytest.fixture
async def stream(
    server: Server, client: aiohttp.ClientSession
) -> AsyncIterator[ClientWebSocketResponse]:
    async with client.ws_connect(server.url(f"/v1/listen?{LISTEN}")) as socket:
        yield socket


def spoken() -> bytes:
    pcm: np.ndarray[tuple[int], np.dtype[np.int16]] = decode(CLIP.path, RATE)
    return pcm.tobytes()


def as_wav(pcm: bytes) -> bytes:
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(pcm)
    return content.getvalue()


async def everything(socket: ClientWebSocketResponse) -> list[Json]:
    """All messages until the server closes."""
    return [json.loads(message.data) async for message in socket if message.type is WSMsgType.TEXT]


async def heard(
    server: Server, client: aiohttp.ClientSession, query: str, pcm: bytes
) -> list[Json]:
    """What a stream with these samples brings."""
    async with client.ws_connect(server.url(f"/v1/listen?{LISTEN}{query}")) as socket:
        for at in range(0, len(pcm), RATE):
            await socket.send_bytes(pcm[at : at + RATE])
        await socket.send_str('{"type": "CloseStream"}')
        return await everything(socket)


def kinds(messages: Sequence[Json]) -> set[object]:
    return {message["type"] for message in messages}


async def test_the_beginning_and_the_end_of_speech_are_told(
    server: Server, client: aiohttp.ClientSession
) -> None:
    query = "&vad_events=true&utterance_end_ms=1000&endpointing=300"

    messages = await heard(server, client, query, SILENCE + spoken() + SILENCE * 2)

    began = [m for m in messages if m["type"] == "SpeechStarted"]
    over = [m for m in messages if m["type"] == "UtteranceEnd"]
    assert began[0]["timestamp"] == pytest.approx(1.0 + CLIP.entry.words[0][1], abs=0.3)
    assert over[-1]["last_word_end"] == pytest.approx(1.0 + CLIP.entry.words[-1][2], abs=0.4)
    results = [m for m in messages if m["type"] == "Results"]
    assert any(m["is_final"] and m["speech_final"] for m in results)
    assert not any(m["speech_final"] for m in results if not m["is_final"])
    assert "Metadata" == messages[-1]["type"]


async def test_what_was_not_asked_for_is_not_told(
    server: Server, client: aiohttp.ClientSession
) -> None:
    messages = await heard(server, client, "&endpointing=false", spoken() + SILENCE * 2)

    assert {"Results", "Metadata"} == kinds(messages)
    assert not any(m.get("speech_final") for m in messages)


async def test_a_whole_recording_is_answered_at_once(
    server: Server, client: aiohttp.ClientSession
) -> None:
    async with client.post(server.url("/v1/listen"), data=as_wav(spoken())) as answer:
        body = await answer.json()

    (channel,) = body["results"]["channels"]
    said = channel["alternatives"][0]["transcript"]
    script = "".join(c for c in CLIP.text.lower() if c.isalnum() or c in " '")
    assert jiwer.wer(script, said) <= 0.15
    assert body["metadata"]["duration"] == pytest.approx(len(spoken()) / 2 / RATE, abs=0.05)


WAV = as_wav(SILENCE[:3200])


@pytest.mark.parametrize(
    ("query", "content"),
    [
        ("", b""),
        ("", b"no sound"),
        ("", WAV[:30]),
        ("", WAV[:16] + b"\xff\xff\xff\x7f" + WAV[20:]),
        ("", WAV[:4] + b"\x20\x00\x00\x00" + WAV[8:36] + b"LIST\xff\xff\xff\x00" + WAV[44:60]),
        ("", WAV[:22] + b"\x09" + WAV[23:]),
        ("", WAV[:34] + b"\x08" + WAV[35:]),
        ("encoding=linear16", b"odd"),
        ("encoding=mp3", b"ID3"),
        ("language=de", WAV),
    ],
    ids=[
        "nothing",
        "no sound",
        "a torn header",
        "a chunk without end",
        "a second chunk without end",
        "nine channels",
        "eight bits",
        "half a sample",
        "another encoding",
        "another language",
    ],
)
async def test_a_recording_that_is_none_is_refused(
    server: Server, client: aiohttp.ClientSession, query: str, content: bytes
) -> None:
    async with client.post(server.url(f"/v1/listen?{query}"), data=content) as answer:
        body = await answer.json()

    assert 400 == answer.status
    assert "Bad Request" == body["err_code"]


async def test_a_key_that_is_no_text_is_refused_like_any_other(server: Server) -> None:
    def asked() -> bytes:
        with sockets.create_connection(("127.0.0.1", server.port)) as raw:
            raw.sendall(
                b"GET /v1/listen HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                b"Authorization: Token \xff\xfe\r\n\r\n"
            )
            return raw.makefile("rb").readline()

    assert b"HTTP/1.1 401 Unauthorized\r\n" == await asyncio.to_thread(asked)


async def test_one_stream_more_than_there_are_places_for_is_refused_until_one_is_given_back(
    tmp_path: Path, client: aiohttp.ClientSession
) -> None:
    with serving(tmp_path / "log", MAX_STREAMS="1", WARM="0") as small:
        url = small.url(f"/v1/listen?{LISTEN}")
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


@pytest.mark.parametrize("message", ["{", '{"type": "Nonsense"}', '"text"', b"odd"])
async def test_a_malformed_message_closes_this_stream_and_harms_no_other(
    server: Server,
    client: aiohttp.ClientSession,
    stream: ClientWebSocketResponse,
    message: str | bytes,
) -> None:
    async with client.ws_connect(server.url(f"/v1/listen?{LISTEN}")) as other:
        if isinstance(message, bytes):
            await stream.send_bytes(message)
        else:
            await stream.send_str(message)
        ended = await stream.receive(timeout=5)
        await other.send_str('{"type": "CloseStream"}')
        assert {"Metadata"} == kinds(await everything(other))

    assert (WSMsgType.CLOSE, 1008) == (ended.type, ended.data)
    assert str(ended.extra).startswith("DATA-0000: ")


async def test_an_empty_frame_says_close_stream(stream: ClientWebSocketResponse) -> None:
    await stream.send_bytes(SILENCE)
    await stream.send_bytes(b"")

    (summary,) = await everything(stream)

    assert ("Metadata", 1.0) == (summary["type"], summary["duration"])
    assert 1000 == stream.close_code


async def test_finalize_is_answered_and_close_stream_ends_with_a_summary(
    stream: ClientWebSocketResponse,
) -> None:
    await stream.send_bytes(SILENCE)
    for kind in ("KeepAlive", "Finalize", "CloseStream"):
        await stream.send_str(json.dumps({"type": kind}))

    finalized, summary = await everything(stream)

    assert (True, True) == (finalized["from_finalize"], finalized["is_final"])
    assert "Metadata" == summary["type"]


async def test_a_stream_whose_engine_dies_is_closed_and_the_next_one_works(
    server: Server, client: aiohttp.ClientSession, stream: ClientWebSocketResponse
) -> None:
    server.signal_engines("local.speech.hearing", signal.SIGKILL)

    ended = await stream.receive(timeout=5)

    assert (WSMsgType.CLOSE, 1011) == (ended.type, ended.data)
    assert str(ended.extra).startswith("NET-0000")
    assert {"Metadata"} == kinds(await heard(server, client, "", SILENCE))


async def test_a_stream_without_audio_is_closed_after_a_while(
    tmp_path: Path, client: aiohttp.ClientSession
) -> None:
    with serving(tmp_path / "log", IDLE_S="0.1") as impatient:
        async with client.ws_connect(impatient.url(f"/v1/listen?{LISTEN}")) as socket:
            ended = await socket.receive(timeout=5)

    assert (WSMsgType.CLOSE, 1011) == (ended.type, ended.data)
    assert str(ended.extra).startswith("NET-0001")
