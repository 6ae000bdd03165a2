"""Whole interviews over real WebRTC: what is asked, heard, stored, shown and kept secret."""

import asyncio

import pytest

from interview.use_cases.verify import verify_interview
from local.candidate.clips import Clip
from tests.room.house import ANCHOR, DEFINITION, INDICATOR, NO, Platform, clips, kit

pytestmark = [pytest.mark.room, pytest.mark.asyncio(loop_scope="module")]

FIRST, SECOND = "Where did you work before?", "What happened there?"


async def test_an_interview_is_asked_answered_stored_scored_and_verified(
    platform: Platform,
) -> None:
    first, second = clips()["finished_01"], clips()["finished_03"]
    async with platform.talk(kit(FIRST, SECOND)) as talk:
        for question, clip in ((FIRST, first), (SECOND, second)):
            await talk.is_asked(question)
            answered = await talk.candidate.answer(talk.will_say(clip))
            assert answered.cut_off is None
        await talk.finish()
        await talk.is_in("scored")

        turns = await talk.turns()
        asked = [t["question"] for t in turns if t["line"] == "question"]
        assert ["q1", "q2"] == asked
        said = [t["spoken"] for t in turns if t["speaker"] == "candidate"]
        assert [_words(first), _words(second), NO] == said
        greeting = turns[0]
        assert "greeting" == greeting["line"]
        assert str(greeting["spoken"]).startswith("Hello, I am an AI interviewer.")
        assert "recorded and transcribed" in str(greeting["spoken"])

        (rating,) = await talk.ratings()
        assert 3 == rating["level"]
        assert INDICATOR in str(rating["quotes"])
        used = await talk.has("provider_used", times=2)
        assert {"stt", "tts"} == {fact["purpose"] for fact in used}
        assert all(fact["audio_ms"] or fact["characters"] for fact in used)
        known = await talk.facts()  # the last of the recording may still come
        verified = await verify_interview(platform.store, *platform.interview(talk))
        assert len(known) <= verified.events


async def test_nothing_that_reaches_the_candidate_holds_an_anchor_a_definition_or_a_score(
    platform: Platform,
) -> None:
    clip = clips()["finished_01"]
    async with platform.talk(kit(FIRST)) as talk:
        await talk.is_asked(FIRST)
        await talk.candidate.say(talk.will_say(clip))
        await talk.finish()
        await talk.is_in("scored")
        received = talk.candidate.captions.received

    assert any(FIRST in item.content for item in received), "the question itself is captioned"
    everything = " ".join(f"{item.topic} {item.content} {item.attributes}" for item in received)
    for secret in (ANCHOR, DEFINITION, "indicators", "weight", "not_assessed", "scorecard"):
        assert secret not in everything
    topics = {item.topic for item in received if item.kind in ("text_stream", "byte_stream")}
    assert {"viv.caption", "viv.progress"} == topics


async def test_the_pause_inside_a_clause_is_waited_out_and_makes_one_turn(
    platform: Platform,
) -> None:
    clip = clips()["clause_15_01"]
    async with platform.talk(kit(FIRST, SECOND)) as talk:
        await talk.is_asked(FIRST)
        answered = await talk.candidate.answer(talk.will_say(clip))

        assert answered.cut_off is None
        (turn,) = await talk.turns("candidate")
        assert _words(clip) == turn["spoken"]


async def test_done_is_answered_at_once_and_repeat_says_the_question_again(
    platform: Platform,
) -> None:
    async with platform.talk(kit(FIRST, SECOND, expected_words=60)) as talk:
        await talk.is_asked(FIRST)
        assert "nothing_heard" == (await talk.candidate.press_done()).answer
        assert "ok" == (await talk.candidate.press_repeat()).answer
        await talk.has("line_ended", times=3)
        await talk.candidate.ear.wait_until_quiet(0.3)
        spoken = await talk.candidate.say(talk.will_say(clips()["finished_01"]))
        pressed = await talk.candidate.press_done()
        sound_at = await talk.candidate.ear.wait_for_sound(after=pressed.at)

        assert "ok" == pressed.answer
        assert sound_at - spoken.last_loud_at < 1.4, "a click is not waited out"
        await talk.is_asked(SECOND)
        lines = [(t["line"], t["question"]) for t in await talk.turns("ai")][1:]
        assert [("question", "q1"), ("repeat", "q1"), ("question", "q2")] == lines
        (turn,) = await talk.turns("candidate")
        assert _words(clips()["finished_01"]) == turn["spoken"]


async def test_let_me_think_is_respected_beyond_any_patience(platform: Platform) -> None:
    async with platform.talk(kit(FIRST, SECOND)) as talk:
        await talk.is_asked(FIRST)
        said = await talk.candidate.say(talk.will_say(clips()["finished_01"]))
        assert "ok" == (await talk.candidate.press_think()).answer
        await asyncio.sleep(6.0)  # the pause itself is what is tested

        assert not [s for s in talk.candidate.ear.sounds() if s.started_at > said.last_loud_at]
        await talk.candidate.say(talk.will_say(clips()["finished_04"]))
        await talk.is_asked(SECOND)
        (turn,) = await talk.turns("candidate")
        assert (
            f"{_words(clips()['finished_01'])} {_words(clips()['finished_04'])}" == (turn["spoken"])
        )


def _words(clip: Clip) -> str:
    return " ".join(word for word, _, _ in clip.entry.words)
