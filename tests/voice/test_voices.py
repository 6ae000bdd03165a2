"""A chain of voices over real sockets: a sentence is spoken by whoever is well."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from livekit.agents import APIError

from agent import voices
from agent.recogniser import Site
from agent.voices import Voices
from interview.adapters.running import loop_s
from interview.providers import Provider
from tests.standins.deepgram import Deepgram, Trouble

pytestmark = pytest.mark.voice

Told = list[tuple[str, int]]


@asynccontextmanager
async def speaking(*servers: Deepgram) -> AsyncIterator[tuple[Voices, Told]]:
    told: Told = []
    async with aiohttp.ClientSession() as session:
        chain = [
            Site(Provider(name, server.tts_url, "aura-2", f"key-of-{name}"), session)
            for name, server in zip(("one", "two"), servers, strict=False)
        ]
        made = Voices(chain, 24_000, lambda provider, count: told.append((provider.name, count)))
        try:
            yield made, told
        finally:
            await made.aclose()


async def test_the_first_speaks_and_its_characters_are_told() -> None:
    async with (
        Deepgram() as first,
        Deepgram() as second,
        speaking(first, second) as (chain, told),
    ):
        frame = await chain.say("Hello.")

    assert 24_000 == frame.sample_rate
    assert (["Hello."], []) == (first.spoken, second.spoken)
    assert [("one", 6)] == told


@pytest.mark.parametrize("trouble", ["refuse", "unauthorized", "too_many"])
async def test_the_second_speaks_when_the_first_refuses(trouble: Trouble) -> None:
    async with (
        Deepgram(tts_trouble=trouble) as first,
        Deepgram() as second,
        speaking(first, second) as (chain, told),
    ):
        started = loop_s()
        await chain.say("Hello.")
        await chain.say("Again.")

        assert loop_s() - started < 0.9
    assert ["Hello.", "Again."] == second.spoken
    assert ["two", "two"] == [name for name, _ in told]


async def test_who_takes_a_sentence_and_stays_silent_is_passed_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(voices, "WITHIN_S", 0.3)
    async with (
        Deepgram(tts_trouble="stall") as first,
        Deepgram() as second,
        speaking(first, second) as (chain, _),
    ):
        started = loop_s()
        await chain.say("Hello.")
        assert loop_s() - started < 3

    assert ["Hello."] == second.spoken


async def test_the_first_comes_back_when_it_is_well_and_nobody_waits_for_that() -> None:
    async with (
        Deepgram(tts_trouble="refuse") as first,
        Deepgram() as second,
        speaking(first, second) as (chain, told),
    ):
        await chain.say("One.")
        first.tts_trouble = None
        await asyncio.sleep(1.05)
        await chain.say("Two.")  # the second speaks it, the first is tried with it
        await asyncio.sleep(0.3)
        await chain.say("Three.")

    assert (["Two.", "Three."], ["One.", "Two."]) == (first.spoken, second.spoken)
    assert 4 == len(told)


async def test_when_nobody_speaks_the_last_failure_is_raised() -> None:
    async with (
        Deepgram(tts_trouble="refuse") as first,
        Deepgram(tts_trouble="refuse") as second,
        speaking(first, second) as (chain, told),
    ):
        with pytest.raises(APIError):
            await chain.say("Hello.")

    assert [] == told
