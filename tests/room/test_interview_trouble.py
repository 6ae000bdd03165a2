"""What goes wrong around an interview, and what the candidate notices of it."""

import pytest

from interview.turns import Turn
from tests.room.house import Platform, clips, kit, until, words

pytestmark = [pytest.mark.room, pytest.mark.asyncio(loop_scope="module")]

FIRST, SECOND = "Where did you work before?", "What would you do differently today?"
WITHIN_MS = 150


async def test_words_after_the_recogniser_was_lost_in_an_answer_are_heard_and_in_their_place(
    platform: Platform,
) -> None:
    clip = clips()["clause_25_02"]
    spoken, pause_at = clip.entry.words, clip.entry.pauses[0][0]
    before = [word for word in spoken if word[1] < pause_at]
    after = spoken[len(before) :]
    async with platform.talk(kit(FIRST, SECOND)) as talk:
        await talk.is_asked(FIRST)
        platform.speech.will_hear(before)
        platform.speech.will_hear(after)
        streams = len(platform.speech.connections)
        speaking = talk.speaks(clip)
        await talk.is_understood(before[-1][0])
        await platform.speech.drop_streams()
        await speaking
        await talk.is_asked(SECOND)

        assert streams + 1 == len(platform.speech.connections)
        (turn,) = [Turn.model_validate(turn) for turn in await talk.turns("candidate")]
        assert words(clip) == turn.spoken
        (failed,) = await talk.facts("provider_failed")
        assert "stt" == failed["provider"]
        zero_ms = turn.started_ms - spoken[0][1] * 1000
        off = [
            round(stored.start_ms - zero_ms - start * 1000)
            for stored, (_, start, _) in zip(turn.words, spoken, strict=True)
        ]
        print("words off by", sorted(set(off)), "ms")
        assert max(map(abs, off)) < WITHIN_MS


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
            assert talk.candidate.ear.quiet_s > 1.0, "the text is there and no voice"
            shown_s = talk.candidate.captions.shown[-1].at - spoken.last_loud_at
            print(f"shown after {shown_s:.2f} s")
        finally:
            platform.speech.tts_trouble = None
        await until(lambda: talk.candidate.ear.is_hearing)
        await talk.has("line_ended", times=3)

        line = (await talk.turns("ai"))[-1]
        assert f"Thank you. {SECOND}" == line["spoken"]
        assert not line["cut_off"]
        (failed,) = await talk.facts("provider_failed")
        assert "tts" == failed["provider"]
        assert [("question", "q1"), ("question", "q2")] == await talk.lines("question")
        assert [words(clip)] == await talk.said()
