"""What goes wrong around an interview, and what the candidate notices of it."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from interview.turns import Turn
from local.candidate.clips import Clip
from tests.room.house import Platform, clips, kit, words

pytestmark = [pytest.mark.room, pytest.mark.asyncio(loop_scope="module")]

FIRST, SECOND = "Where did you work before?", "What would you do differently today?"
INVITED = "Is there anything"
WITHIN_MS = 100
SHOWN_WITHIN_S = 2.5
SOON_MS = 1200
STOCK_GIVES_UP_S = 5.0
"""More than a stock stream of livekit-agents endures; it drops the words it holds then."""

NUDGE = "VIVAVOCE_AGENT_NUDGE_S"


@pytest_asyncio.fixture(loop_scope="module")
async def quick_to_ask(platform: Platform) -> AsyncIterator[None]:
    """An agent that asks a silent candidate after two seconds."""
    variables = platform.stack.variables["agent"]
    variables[NUDGE] = "2"
    platform.stack.kill("agent")
    await platform.stack.start_one("agent")
    yield
    del variables[NUDGE]
    platform.stack.kill("agent")
    await platform.stack.start_one("agent")


@pytest.mark.exact(WITHIN_MS / 1000)
async def test_words_are_heard_and_in_their_place_although_the_recogniser_was_lost_or_away(
    platform: Platform,
) -> None:
    paused, short, speech = clips()["clause_15_01"], clips()["finished_01"], platform.speech
    pause_at = paused.entry.pauses[0][0]
    before = [word for word in paused.entry.words if word[1] < pause_at]
    async with platform.talk(kit(FIRST, SECOND)) as talk:
        await talk.is_asked(FIRST)
        speech.will_hear(before)
        speech.will_hear(paused.entry.words[len(before) :])
        streams = len(speech.connections)
        speaking = talk.speaks(paused)
        await talk.is_understood(before[-1][0])
        await speech.drop_streams()
        await speaking
        await talk.is_asked(SECOND)
        assert streams + 1 == len(speech.connections)

        try:
            speech.stt_trouble = "refuse"
            await speech.drop_streams()
            speech.will_hear(short.entry.words)
            spoken = await talk.candidate.say(short)
            await asyncio.sleep(STOCK_GIVES_UP_S - spoken.seconds)
        finally:
            speech.stt_trouble = None
        await talk.is_asked(INVITED)

        said = [Turn.model_validate(turn) for turn in await talk.turns("candidate")]
        asked = [Turn.model_validate(turn) for turn in await talk.turns("ai")]
        failed = [fact["provider"] for fact in await talk.facts("provider_failed")]
        recovered = [fact["provider"] for fact in await talk.facts("provider_recovered")]
    assert [words(paused), words(short)] == [turn.spoken for turn in said]
    assert ["stt", "stt"] == failed == recovered
    off = words_off(paused, said[0]) + words_off(short, said[1])
    print("words off by", sorted(set(off)), "ms")
    assert max(map(abs, off)) < WITHIN_MS
    for question, answer in zip(asked[1:3], said, strict=True):
        assert question.ended_ms is not None
        assert 0 < answer.started_ms - question.ended_ms < SOON_MS


def words_off(clip: Clip, turn: Turn) -> list[int]:
    """Each word's start against its true distance from the first, in ms."""
    zero_ms = turn.started_ms - clip.entry.words[0][1] * 1000
    return [
        round(stored.start_ms - zero_ms - start * 1000)
        for stored, (_, start, _) in zip(turn.words, clip.entry.words, strict=True)
    ]


async def test_a_line_that_has_no_voice_is_shown_and_said_as_soon_as_there_is_one(
    platform: Platform,
) -> None:
    clip = clips()["finished_01"]
    async with platform.talk(kit(FIRST, SECOND)) as talk:
        try:
            await talk.begins_to_hear("Hello")  # the first question has been made by now
            platform.speech.tts_trouble = "refuse"
            await talk.is_asked(FIRST)
            spoken = await talk.candidate.say(talk.will_say(clip))
            await talk.hears(SECOND)
            shown_s = talk.candidate.captions.shown[-1].at - spoken.last_loud_at
            print(f"shown after {shown_s:.2f} s")
            assert shown_s < SHOWN_WITHIN_S
            await talk.has("provider_failed")
            await asyncio.sleep(2.0)  # it is tried again and again
            assert talk.candidate.ear.quiet_s > 2.0, "the text is there and no voice"
        finally:
            platform.speech.tts_trouble = None
        await talk.has("line_ended", times=3)

        line = (await talk.turns("ai"))[-1]
        assert f"Thank you. {SECOND}" == line["spoken"]
        assert not line["cut_off"]
        (failed,) = await talk.facts("provider_failed")
        (recovered,) = await talk.facts("provider_recovered")
        assert ("tts", "tts") == (failed["provider"], recovered["provider"])
        assert [("question", "q1"), ("question", "q2")] == await talk.lines("question")
        assert [words(clip)] == await talk.said()


async def test_a_muted_microphone_is_told_twice_then_the_interview_waits_and_goes_on(
    platform: Platform, quick_to_ask: None
) -> None:
    clip = clips()["finished_01"]
    async with platform.talk(kit(FIRST, SECOND)) as talk:
        await talk.is_asked(FIRST)
        talk.candidate.voice.mute()
        speaking = talk.speaks(clip)  # to nobody
        await talk.hears("I cannot hear you at the moment.", times=2)
        await talk.hears("I will pause here.")
        await talk.is_in("paused")
        await speaking
        assert [1, 2, 3] == [fact["times"] for fact in await talk.facts("silence_noticed")]

        talk.candidate.voice.unmute()
        await talk.candidate.say(talk.will_say(clip))
        await talk.is_in("live")
        await talk.is_asked(f"Welcome back. What you said before is saved. {FIRST}")
        await talk.candidate.say(talk.will_say(clip))
        await talk.is_asked(SECOND)

        assert [words(clip), words(clip)] == await talk.said()
        assert [("question", "q1"), ("question", "q2")] == await talk.lines("question")
        assert 1 == len(await talk.facts("resumed"))
        await talk.verified()
