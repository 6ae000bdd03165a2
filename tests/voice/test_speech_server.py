"""The embedded speech server with the unmodified plugin: what it hears, says and refuses."""

import asyncio
import socket as sockets
import sys
from collections.abc import Iterator

import aiohttp
import jiwer
import numpy as np
import pytest
from livekit import rtc
from livekit.agents import stt
from livekit.plugins import deepgram

from local.candidate.clips import decode, load_clips
from local.candidate.script import DEMO_VOICES
from tests.voice.speech_house import AUTHORISED, KEY, LISTEN, RATE, ROOT, Server, serving, variables

pytestmark = pytest.mark.voice

CHUNK = RATE // 20


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("speech") / "log") as running:
        yield running


async def test_the_plugin_hears_words_with_times_while_the_person_speaks(server: Server) -> None:
    clip = load_clips(DEMO_VOICES)["broke_main_page"]
    pcm = np.concatenate([decode(clip.path, RATE), np.zeros(RATE, dtype=np.int16)])
    finals: list[stt.SpeechData] = []
    interims = 0
    async with aiohttp.ClientSession() as session:
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


async def test_the_plugin_speaks_a_sentence_that_is_loud_and_not_clipped(server: Server) -> None:
    async with aiohttp.ClientSession() as session:
        voice = deepgram.TTS(base_url=server.url("/v1/speak"), api_key=KEY, http_session=session)
        frame = await voice.synthesize("Tell me about a time when you changed a system.").collect()

    samples = np.abs(np.frombuffer(frame.data, dtype=np.int16).astype(np.int32))
    assert 1.5 < frame.duration < 6.0
    assert 8_000 < samples.max() < 32_767


@pytest.mark.parametrize(
    ("query", "headers", "status"),
    [
        (LISTEN, {}, 401),
        (LISTEN, {"Authorization": "Token wrong"}, 401),
        (LISTEN, {"Authorization": f"Bearer {KEY}"}, 401),
        ("encoding=mp3", AUTHORISED, 400),
        ("encoding=linear16&sample_rate=7", AUTHORISED, 400),
    ],
)
async def test_a_stream_is_refused_before_the_upgrade_with_a_reason(
    server: Server, query: str, headers: dict[str, str], status: int
) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.get(server.url(f"/v1/listen?{query}"), headers=headers) as answer,
    ):
        body = await answer.json(content_type=None)

    assert status == answer.status
    assert body["err_code"]
    assert body["err_msg"]


async def refusal(told: dict[str, str]) -> str:
    """The one line with which the server does not start."""
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "local.speech", env=told, cwd=ROOT, stderr=asyncio.subprocess.PIPE
    )
    _, said = await child.communicate()
    assert 2 == child.returncode
    (line,) = said.decode().splitlines()
    return line


async def test_a_key_must_be_set_and_its_name_is_said() -> None:
    assert "VIVAVOCE_SPEECH_KEY" in await refusal({})


async def test_a_taken_port_is_one_line_with_its_setting() -> None:
    with sockets.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        line = await refusal(variables(port))

    assert f"speech: VIVAVOCE_SPEECH_PORT: cannot listen on 127.0.0.1:{port}" in line
