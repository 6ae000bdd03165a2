"""The embedded speech server with the unmodified plugin: what it hears, says and refuses."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import jiwer
import numpy as np
import pytest
from livekit import rtc
from livekit.agents import stt
from livekit.plugins import deepgram

from local.candidate.clips import decode, load_clips
from local.candidate.script import DEMO_VOICES
from local.ports import free_port

pytestmark = pytest.mark.voice

KEY = "a-key-for-tests-of-the-speech-server"
RATE = 16_000
CHUNK = RATE // 20
LISTEN = "encoding=linear16&sample_rate=16000&interim_results=true"


@dataclass(frozen=True)
class Server:
    """Where it answers."""

    base: str

    def url(self, path: str) -> str:
        return f"{self.base}{path}"


@asynccontextmanager
async def serving(**more: str) -> AsyncIterator[Server]:
    """The real process, ended at the end; it leaves no child behind."""
    port = free_port()
    settings = {"HOST": "127.0.0.1", "PORT": str(port), "KEY": KEY, **more}
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "local.speech",
        env={f"VIVAVOCE_SPEECH_{name}": value for name, value in settings.items()},
        cwd=Path(__file__).parents[2],
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert child.stdout is not None
        assert b"ready" in await child.stdout.readline()
        yield Server(f"http://127.0.0.1:{port}")
    finally:
        child.terminate()
        assert 0 == await child.wait()


def authorised(key: str = KEY) -> dict[str, str]:
    return {"Authorization": f"Token {key}"}


async def test_the_plugin_hears_words_with_times_while_the_person_speaks() -> None:
    clip = load_clips(DEMO_VOICES)["broke_main_page"]
    pcm = np.concatenate([decode(clip.path, RATE), np.zeros(RATE, dtype=np.int16)])
    finals: list[stt.SpeechData] = []
    interims = 0
    async with serving() as server, aiohttp.ClientSession() as session:
        recogniser = deepgram.STT(
            base_url=server.url("/v1/listen"), api_key=KEY, http_session=session
        )
        async with recogniser.stream() as stream:
            feeding = asyncio.create_task(_feed(stream, pcm))
            async for event in stream:
                if event.type is stt.SpeechEventType.FINAL_TRANSCRIPT:
                    finals.append(event.alternatives[0])
                elif event.type is stt.SpeechEventType.INTERIM_TRANSCRIPT:
                    interims += 1
            await feeding

    heard = " ".join(data.text for data in finals).lower()
    script = "".join(c for c in clip.text.lower() if c.isalnum() or c in " '")
    assert jiwer.wer(script, heard) <= 0.15
    assert interims > len(finals)
    words = [word for data in finals for word in data.words or ()]
    starts = [float(word.start_time) for word in words if isinstance(word.start_time, float)]
    assert starts == sorted(starts)
    assert abs(starts[0] - clip.entry.words[0][1]) < 0.3


async def _feed(
    stream: stt.SpeechStream, pcm: "np.ndarray[tuple[int], np.dtype[np.int16]]"
) -> None:
    for start in range(0, len(pcm), CHUNK):
        chunk = pcm[start : start + CHUNK]
        stream.push_frame(rtc.AudioFrame(chunk.tobytes(), RATE, 1, len(chunk)))
        await asyncio.sleep(0.02)  # faster than real time, but a stream still
    stream.end_input()


async def test_the_plugin_speaks_a_sentence_that_is_loud_and_not_clipped() -> None:
    async with serving() as server, aiohttp.ClientSession() as session:
        voice = deepgram.TTS(base_url=server.url("/v1/speak"), api_key=KEY, http_session=session)
        frame = await voice.synthesize("Tell me about a time when you changed a system.").collect()

    samples = np.abs(np.frombuffer(frame.data, dtype=np.int16).astype(np.int32))
    assert 1.5 < frame.duration < 6.0
    assert 8_000 < samples.max() < 32_767


@pytest.mark.parametrize(
    ("query", "headers", "status"),
    [
        (LISTEN, {}, 401),
        (LISTEN, authorised("wrong"), 401),
        ("encoding=mp3", authorised(), 400),
        ("encoding=linear16&sample_rate=7", authorised(), 400),
    ],
)
async def test_a_stream_is_refused_before_the_upgrade_with_a_reason(
    query: str, headers: dict[str, str], status: int
) -> None:
    async with (
        serving() as server,
        aiohttp.ClientSession() as session,
        session.get(server.url(f"/v1/listen?{query}"), headers=headers) as answer,
    ):
        body = await answer.json(content_type=None)

    assert status == answer.status
    assert body["err_code"]
    assert body["err_msg"]


async def test_one_stream_more_than_the_server_has_places_for_is_refused_clearly() -> None:
    url = f"/v1/listen?{LISTEN}"
    async with (
        serving(MAX_STREAMS="1") as server,
        aiohttp.ClientSession() as session,
        session.ws_connect(server.url(url), headers=authorised()),
    ):
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await session.ws_connect(server.url(url), headers=authorised())

    assert refused.value.status in (429, 503)


@pytest.mark.parametrize("message", ["{", '{"type": "Nonsense"}', '"text"'])
async def test_a_malformed_message_closes_this_stream_and_harms_no_other(message: str) -> None:
    url = f"/v1/listen?{LISTEN}"
    async with (
        serving() as server,
        aiohttp.ClientSession() as session,
        session.ws_connect(server.url(url), headers=authorised()) as other,
        session.ws_connect(server.url(url), headers=authorised()) as socket,
    ):
        await socket.send_str(message)
        ended = await socket.receive(timeout=5)
        while ended.type is aiohttp.WSMsgType.TEXT:
            ended = await socket.receive(timeout=5)
        await other.send_str(json.dumps({"type": "CloseStream"}))
        metadata = await other.receive_json(timeout=5)

    assert ended.type is aiohttp.WSMsgType.CLOSE
    assert socket.close_code in (1003, 1007, 1008, 1011)
    assert "Metadata" == metadata["type"]


async def test_finalize_is_answered_and_close_stream_ends_with_a_summary() -> None:
    url = f"/v1/listen?{LISTEN}"
    async with (
        serving() as server,
        aiohttp.ClientSession() as session,
        session.ws_connect(server.url(url), headers=authorised()) as socket,
    ):
        await socket.send_bytes(bytes(2 * CHUNK))
        await socket.send_str(json.dumps({"type": "KeepAlive"}))
        await socket.send_str(json.dumps({"type": "Finalize"}))
        finalized = await socket.receive_json(timeout=5)
        await socket.send_str(json.dumps({"type": "CloseStream"}))
        summary = await socket.receive_json(timeout=5)

    assert finalized["from_finalize"]
    assert finalized["is_final"]
    assert "Metadata" == summary["type"]


async def test_a_key_must_be_set_and_its_name_is_said() -> None:
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "local.speech",
        env={},
        cwd=Path(__file__).parents[2],
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await child.communicate()

    assert 2 == child.returncode
    assert b"VIVAVOCE_SPEECH_KEY" in said
    assert b"Traceback" not in said
