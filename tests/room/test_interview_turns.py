"""Who speaks when both begin: real words stop the AI, small ones do not, and none is lost."""

import asyncio

import pytest

from local.candidate.clips import Clip
from local.demo.recruiter import Json
from tests.room.house import Platform, Talk, clips, kit, words

pytestmark = [pytest.mark.room, pytest.mark.asyncio(loop_scope="module")]

LONG = (
    "Please tell me about a project that went badly, what it was about and who was in it, when you "
    "understood that it would not work, and what you did to get it on its way again."
)
FIRST, SECOND = "Where did you work before?", "What would you do differently today?"
STOPS_WITHIN_S = 1.0
LATE_S = 1.5
SOON_S = 0.3
"""Into a line."""
"""So much of the long question is more than 60 % of it, at the pace of room tests."""


async def ai_turn(talk: Talk, question: str, number: int = 0) -> Json:
    return [t for t in await talk.turns("ai") if t["question"] == question][number]


async def test_words_late_in_a_question_stop_it_and_are_the_answer_to_it(
    platform: Platform,
) -> None:
    clip = clips()["barge_in_03"]
    async with platform.talk(kit(LONG, SECOND)) as talk:
        await talk.begins_to_hear(LONG, for_s=0.2)
        await asyncio.sleep(LATE_S)
        asked = await interrupted(talk, clip)
        await talk.is_asked(SECOND)

        (turn,) = await talk.turns("candidate")
        assert (words(clip), "q1") == (turn["spoken"], turn["question"])
        assert len(str(asked["spoken"]).split()) >= 0.6 * len(LONG.split())
        assert [("question", "q1"), ("question", "q2")] == await talk.lines("question")
        assert [] == await talk.lines("repeat")


async def test_words_early_in_a_question_stop_it_and_it_is_said_again_afterwards(
    platform: Platform,
) -> None:
    first, answer = clips()["barge_in_01"], clips()["finished_01"]
    async with platform.talk(kit(LONG, SECOND)) as talk:
        await talk.begins_to_hear(LONG, for_s=0.2)
        await interrupted(talk, first)
        await talk.is_asked(LONG)
        await talk.candidate.say(talk.will_say(answer))
        await talk.is_asked(SECOND)

        assert [words(first), words(answer)] == await talk.said()
        assert [("repeat", "q1")] == await talk.lines("repeat")
        assert [("question", "q1"), ("question", "q2")] == await talk.lines("question")


async def interrupted(talk: Talk, clip: Clip) -> Json:
    """The first question, once the candidate has stopped it by saying `clip`."""
    barge_in = await talk.candidate.interrupt(talk.will_say(clip), after_s=0.0)
    await talk.has("line_ended", times=2)
    print(f"barge-in: silent after {barge_in.stop_s:.2f} s")
    assert barge_in.stop_s is not None
    assert barge_in.stop_s < STOPS_WITHIN_S
    asked = await ai_turn(talk, "q1")
    assert (LONG, True, False) == (asked["generated"], asked["cut_off"], asked["withdrawn"])
    assert LONG.startswith(str(asked["spoken"]))
    assert 0 < len(str(asked["spoken"])) < len(LONG)
    return asked


async def test_mm_hm_does_not_stop_a_question(platform: Platform) -> None:
    clip = clips()["backchannel_01"]
    async with platform.talk(kit(LONG, SECOND)) as talk:
        await talk.begins_to_hear(LONG)
        await talk.candidate.say(talk.will_say(clip))
        await talk.is_asked(LONG)

        asked = await ai_turn(talk, "q1")
        assert (LONG, False) == (asked["spoken"], asked["cut_off"])
        (ended,) = await talk.has("answer_ended")
        assert "backchannel" == ended["intent"]
        (turn,) = await talk.turns("candidate")
        assert (words(clip), True) == (turn["spoken"], turn["complete"])
        await talk.candidate.say(talk.will_say(clips()["finished_01"]))
        await talk.is_asked(SECOND)
        assert [words(clip), words(clips()["finished_01"])] == await talk.said()


@pytest.mark.exact(SOON_S)
async def test_who_goes_on_after_our_first_sound_had_not_finished_and_keeps_every_word(
    platform: Platform,
) -> None:
    first, rest = clips()["finished_01"], clips()["finished_02"]
    async with platform.talk(kit(FIRST, LONG)) as talk:
        await talk.is_asked(FIRST)
        answered = await talk.candidate.answer(talk.will_say(first))
        assert answered.cut_off is None
        interrupted = await talk.candidate.interrupt(talk.will_say(rest), after_s=SOON_S)
        await talk.is_asked(LONG)

        print(f"yield: silent after {interrupted.stop_s:.2f} s")
        assert interrupted.stop_s is not None
        assert interrupted.stop_s < STOPS_WITHIN_S
        (turn,) = await talk.turns("candidate")
        assert words(first, rest) == turn["spoken"]
        early, real = await ai_turn(talk, "q2"), await ai_turn(talk, "q2", 1)
        assert early["withdrawn"]
        assert (False, False) == (real["withdrawn"], real["cut_off"])
        assert 1 == len(await talk.facts("answer_resumed"))
        await talk.verified()
