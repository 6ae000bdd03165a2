"""A chain of recognisers over real sockets: words survive a change, and the first comes back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
import numpy as np
import pytest
from livekit import rtc
from livekit.agents import APIConnectOptions, stt

from agent.interview_job import NEVER_GIVE_UP
from agent.recogniser import Recogniser, Site
from interview.providers import Provider
from tests.standins.deepgram import Deepgram, Said, Trouble

pytestmark = pytest.mark.voice

RATE, FRAME_MS = 16_000, 20
HELLO: Said = (("hello", 0.0, 0.2), ("there", 0.25, 0.4))
AGAIN: Said = (("once", 0.0, 0.2), ("more", 0.25, 0.4))
QUICKLY = APIConnectOptions(max_retry=100, retry_interval=0.1)


@dataclass
class Talk:
    """A candidate at a microphone, and what was recognised."""

    recogniser: Recogniser
    stream: stt.SpeechStream
    heard: list[str] = field(default_factory=list)

    async def says(self, loud_ms: int = 400, quiet_ms: int = 400) -> None:
        for level, ms in ((4000, loud_ms), (0, quiet_ms)):
            for _ in range(ms // FRAME_MS):
                pcm = np.full(RATE * FRAME_MS // 1000, level, np.int16)
                self.stream.push_frame(rtc.AudioFrame(pcm.tobytes(), RATE, 1, len(pcm)))
                await asyncio.sleep(FRAME_MS / 1000)

    async def until(self, *heard: str) -> None:
        async with asyncio.timeout(8):
            while self.heard != list(heard):
                await asyncio.sleep(0.02)

    async def listen(self) -> None:
        async for event in self.stream:
            if event.type is stt.SpeechEventType.FINAL_TRANSCRIPT:
                self.heard.append(event.alternatives[0].text)

    @property
    def name(self) -> str:
        return self.recogniser.site.provider.name


@asynccontextmanager
async def talk(first: Deepgram, second: Deepgram | None) -> AsyncIterator[Talk]:
    servers = [server for server in (first, second) if server]
    async with aiohttp.ClientSession() as session:
        chain = [
            Site(Provider(name, server.stt_url, "nova-3", f"key-of-{name}"), session)
            for name, server in zip(("one", "two"), servers, strict=False)
        ]
        recogniser = Recogniser(chain, "en-US")
        held = Talk(recogniser, recogniser.stream(conn_options=QUICKLY))
        tasks = [asyncio.create_task(held.listen()), asyncio.create_task(recogniser.watch())]
        try:
            yield held
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await held.stream.aclose()


async def test_the_first_hears_as_long_as_it_is_well() -> None:
    async with Deepgram() as first, Deepgram() as second, talk(first, second) as held:
        first.will_hear(HELLO)
        await held.says()
        await held.until("hello there")

        assert ("one", 0) == (held.name, len(second.connections))


@pytest.mark.parametrize("trouble", ["refuse", "unauthorized", "too_many"])
async def test_the_second_hears_what_was_said_while_the_first_refused(trouble: Trouble) -> None:
    async with (
        Deepgram(stt_trouble=trouble) as first,
        Deepgram() as second,
        talk(first, second) as held,
    ):
        second.will_hear(HELLO)
        await held.says()
        await held.until("hello there")

        assert "two" == held.name


async def test_a_first_that_drops_in_the_middle_is_followed_by_the_second() -> None:
    async with Deepgram() as first, Deepgram() as second, talk(first, second) as held:
        first.will_hear(HELLO)
        await held.says()
        await held.until("hello there")
        first.stt_trouble = "refuse"
        await first.drop_streams()
        second.will_hear(AGAIN)
        await held.says()
        await held.until("hello there", "once more")

        assert "two" == held.name


async def test_the_first_comes_back_when_it_is_well_again_and_nobody_speaks() -> None:
    async with (
        Deepgram(stt_trouble="refuse") as first,
        Deepgram() as second,
        talk(first, second) as held,
    ):
        second.will_hear(HELLO)
        await held.says()
        await held.until("hello there")
        first.stt_trouble = None
        async with asyncio.timeout(8):
            while held.name != "one":
                await asyncio.sleep(0.05)
        first.will_hear(AGAIN)
        await held.says()
        await held.until("hello there", "once more")

        assert "one" == held.name


async def test_who_takes_connections_and_drops_them_rests_longer_each_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sites = [Site(Provider(name, "http://127.0.0.1:9/", "m")) for name in ("one", "two")]
    recogniser = Recogniser(sites, "en-US")
    for _ in range(3):
        recogniser.connected()
        recogniser.lost()
    assert 3 == recogniser.healths[0].failures

    monkeypatch.setattr("agent.recogniser.HOLDS_S", 0.0)
    recogniser.connected()
    recogniser.lost()
    assert 1 == recogniser.healths[0].failures


async def test_one_alone_is_tried_again_for_ever() -> None:
    async with Deepgram(stt_trouble="refuse") as only, talk(only, None) as held:
        only.will_hear(HELLO)
        await held.says()
        only.stt_trouble = None
        await held.until("hello there")


async def test_a_wrong_key_without_anybody_else_ends_the_stream_as_before() -> None:
    async with Deepgram(stt_trouble="unauthorized") as only, talk(only, None) as held:
        errors: list[bool] = []
        held.recogniser.on("error", lambda error: errors.append(error.recoverable))
        await asyncio.sleep(0.5)

    assert [] != errors


def test_the_job_never_gives_a_stream_up() -> None:
    assert NEVER_GIVE_UP.stt_conn_options.max_retry > 10_000
