"""A person leads for a while: silence, everybody's words their own, nothing asked twice.

How soon is measured on a machine of its own (`make bench ARGS=floor`)."""

import asyncio
import json

import pytest
from livekit import rtc

from tests.room.house import Platform, clips, kit, until, words
from tests.room.panel import (
    calls,
    interviewer,
    says,
    silent_since,
    sound_after,
)

pytestmark = [pytest.mark.room, pytest.mark.asyncio(loop_scope="module")]

FIRST = (
    "Please tell me about a project that went badly, what it was about and who was in it, and what "
    "you did in the end to get it on its way again."
)
SECOND, THIRD = "Where did you work before?", "What would you do differently today?"


async def test_a_person_leads_for_a_while_and_nothing_is_asked_twice(platform: Platform) -> None:
    async with platform.talk(kit(FIRST, SECOND, THIRD)) as talk, interviewer(talk) as anna:
        await talk.begins_to_hear(FIRST[:40])
        with pytest.raises(rtc.RpcError) as refusal:
            await calls(talk.candidate, "floor.take")
        silence_s = await silent_since(talk, await anna.passes("me"))

        asked, answer = clips()["finished_01"], clips()["finished_02"]
        await anna.says(asked)
        await says(talk, talk.candidate, answer)
        both = [clips()["finished_03"], clips()["finished_04"]]
        talk.will_say(both[0])
        first = talk.speaks(both[0])
        await asyncio.sleep(0.5)
        talk.will_say(both[1])
        await anna.client.say(both[1])
        await first
        await asyncio.sleep(3.0)
        assert not talk.candidate.ear.is_hearing
        begun = len(await talk.facts("line_started"))

        clicked = await anna.passes("ai", covered_questions=["q1", "q2"])
        sound_s = await sound_after(talk, clicked)
        await talk.is_asked(THIRD)

        print(f"take-over to silence {silence_s:.3f} s, hand-back to sound {sound_s:.3f} s")
        assert 1403 == refusal.value.code
        assert [("question", "q1"), ("question", "q3")] == await talk.lines("question")
        assert begun + 1 == len(await talk.facts("line_started"))
        [cut] = [f for f in await talk.facts("line_ended") if f["cut_off"]]
        [line] = [f for f in await talk.facts("line_started") if f["turn_id"] == cut["turn_id"]]
        assert 0 < len(str(cut["spoken"])) < len(str(line["text"]))
        assert str(line["text"]).startswith(str(cut["spoken"]))
        assert words(asked) + " " + words(both[1]) == " ".join(
            str(turn["spoken"]) for turn in await talk.turns("interviewer")
        )
        assert words(answer) + " " + words(both[0]) == " ".join(await talk.said())
        assert all(turn["complete"] for turn in await talk.turns("interviewer"))
        kinds = [fact["kind"] for fact in await talk.facts()]
        assert "floor_refused" in kinds
        assert 2 == kinds.count("floor_changed") == kinds.count("floor_followed")
        assert {"seat_taken", "interviewer_arrived"} <= set(kinds)
        await talk.verified()


async def test_the_fast_path_is_acknowledged_and_confirmed(platform: Platform) -> None:
    async with platform.talk(kit(FIRST, SECOND)) as talk, interviewer(talk) as anna:
        await talk.begins_to_hear(FIRST[:40])
        silence_s = await silent_since(talk, await anna.calls("floor.take"))
        await talk.has("floor_changed")
        floor = anna.floor
        await until(lambda: json.loads(talk.candidate.room.metadata)["floor"] == floor)

        clicked = await anna.calls("floor.give", '{"covered": ["q1"]}')
        sound_s = await sound_after(talk, clicked)
        await talk.is_asked(SECOND)

        print(f"take-over to silence {silence_s:.3f} s, hand-back to sound {sound_s:.3f} s")
        assert [("question", "q1"), ("question", "q2")] == await talk.lines("question")
        changed = await talk.has("floor_changed", times=2)
        assert [floor, "ai"] == [fact["floor"] for fact in changed]
        await until(lambda: json.loads(talk.candidate.room.metadata)["floor"] == "ai")


async def test_who_is_in_the_room_is_seen_by_name_and_heard_on_a_track_of_their_own(
    platform: Platform,
) -> None:
    async with platform.talk(kit(SECOND)) as talk, interviewer(talk) as anna:
        await talk.is_asked(SECOND)
        identity = anna.identity
        await until(lambda: identity in talk.candidate.room.remote_participants)
        seen = talk.candidate.room.remote_participants[identity]
        await anna.passes("me")
        await anna.says(clips()["finished_01"])
        await anna.client.leave()
        await talk.has("interviewer_left")
        stored = await talk.facts("recording_stored")

        assert ("Anna", "interviewer") == (seen.name, seen.attributes["role"])
        async with asyncio.timeout(20):
            while identity not in {fact["participant"] for fact in stored}:
                await asyncio.sleep(0.5)
                stored = await talk.facts("recording_stored")
