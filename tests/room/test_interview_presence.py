"""Who leaves, reloads or opens a second tab finds the interview where it was."""

import asyncio

import pytest
from livekit import rtc

from local.candidate.candidate import SimulatedCandidate
from tests.room.house import WITHIN_S, Platform, Talk, clips, kit, words

pytestmark = [pytest.mark.room, pytest.mark.asyncio(loop_scope="module")]

FIRST, SECOND = "Where did you work before?", "What would you do differently today?"
THIRD = (
    "Please tell me about a project that went badly, what it was about and who was in it, and what "
    "you did in the end to get it on its way again."
)
WELCOME, GO_ON = "Welcome back. What you said before is saved.", "Please go on with your answer."


async def say(talk: Talk, *names: str) -> None:
    for name in names:
        await talk.candidate.say(talk.will_say(clips()[name]))


async def is_one_interview(talk: Talk, *questions: str) -> None:
    """One greeting by one agent, each question once, and a record in order."""
    assert [("question", key) for key in questions] == await talk.lines("question")
    assert [("greeting", None)] == await talk.lines("greeting")
    assert 1 == len(await talk.facts("agent_joined"))
    await talk.verified()


async def test_a_second_tab_takes_the_place_of_the_first_and_the_interview_goes_on_there(
    platform: Platform,
) -> None:
    async with (
        platform.talk(kit(FIRST, SECOND)) as talk,
        SimulatedCandidate(talk.door) as second,
    ):
        first, put_out = talk.candidate, asyncio.Event()
        reasons: list[object] = []

        def on_disconnected(reason: object) -> None:
            reasons.append(reason)
            put_out.set()

        await talk.is_asked(FIRST)
        first.room.on("disconnected", on_disconnected)
        seat = await talk.door.join()
        await second.connect(seat.livekit_url, seat.token)
        talk.candidate = second
        async with asyncio.timeout(WITHIN_S):
            await put_out.wait()
        await talk.is_asked(f"{WELCOME} {FIRST}")
        await say(talk, "finished_01")
        await talk.is_asked(SECOND)

        assert [rtc.DisconnectReason.DUPLICATE_IDENTITY] == reasons
        assert not first.is_connected
        assert [words(clips()["finished_01"])] == await talk.said()
        agents = [p for p in second.room.remote_participants.values() if "ai-" in p.identity]
        assert 1 == len(agents)
        await is_one_interview(talk, "q1", "q2")


async def test_who_leaves_in_an_answer_and_reloads_in_a_question_goes_on_in_the_same_place(
    platform: Platform,
) -> None:
    async with platform.talk(kit(FIRST, THIRD, SECOND)) as talk:
        await talk.is_asked(FIRST)
        await say(talk, "finished_02")
        await talk.is_understood("release")
        await talk.candidate.leave()
        await talk.has("candidate_left")
        await talk.candidate.come_back()
        await talk.is_asked(f"{WELCOME} {GO_ON}")
        await asyncio.sleep(2.0)  # a person takes breath after such a greeting
        await say(talk, "finished_07")

        await talk.begins_to_hear(THIRD, for_s=0.2)
        await talk.candidate.come_back()  # leaves and joins at once, as a reload does
        await talk.is_asked(f"{WELCOME} {THIRD}")
        await say(talk, "finished_01")
        await talk.is_asked(SECOND)

        both = words(clips()["finished_02"], clips()["finished_07"])
        assert [both, words(clips()["finished_01"])] == await talk.said()
        assert [("repeat", "q2")] == await talk.lines("repeat")
        cut = next(t for t in await talk.turns("ai") if t["question"] == "q2")
        assert cut["cut_off"]
        assert str(cut["generated"]).startswith(str(cut["spoken"]))
        await is_one_interview(talk, "q1", "q2", "q3")
