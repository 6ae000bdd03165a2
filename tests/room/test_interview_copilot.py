"""At the interviewers' side, through the real SFU: what they are shown reaches nobody else."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from livekit import rtc

from interview.adapters.system import SystemClock
from local.candidate.candidate import SimulatedCandidate
from local.candidate.received import AttentiveRoom, Received
from local.demo.recruiter import Recruiter
from tests.room.house import Platform, Talk, clips, kit, spoken, until
from tests.room.panel import colleague

pytestmark = [pytest.mark.room, pytest.mark.asyncio(loop_scope="module")]

FIRST, SECOND = "Where did you work before?", "What would you do differently today?"
PROMPT, METER, CAPTION = "viv.prompt", "viv.coverage", "viv.caption"
LATE_S = 0.3
"""Who reads along unseen reads it as soon as those who are seen."""
AWAITED_S = 15
"""As short as the settings allow."""
FORBIDDEN = 1403
PRIVATE = ("Please leave this topic", "You could ask", "competencies", "hint", "prompt")


@asynccontextmanager
async def interviewer(talk: Talk) -> AsyncIterator[SimulatedCandidate]:
    """A person of the tenant in the room, by a key of their own."""
    seat = await talk.platform.recruiter.act(f"/v1/interviews/{talk.id}/join", {"name": "Anna"})
    async with SimulatedCandidate() as anna:
        await anna.connect(str(seat["livekit_url"]), str(seat["token"]))
        yield anna


@asynccontextmanager
async def observer(
    talk: Talk, by: Recruiter | None = None, *, hidden: bool = False
) -> AsyncIterator[tuple[rtc.Room, list[Received]]]:
    """Somebody who looks on, and all that they are sent."""
    seat = await (by or talk.platform.recruiter).act(
        f"/v1/interviews/{talk.id}/join", {"name": "Olga", "role": "observer", "hidden": hidden}
    )
    received: list[Received] = []
    room = AttentiveRoom(received.append)
    await room.enter(str(seat["livekit_url"]), str(seat["token"]))
    yield room, received
    await room.disconnect()


async def calls(who: SimulatedCandidate, method: str, payload: str = "") -> str:
    agent = await who.wait_for_agent()
    return await who.room.local_participant.perform_rpc(
        destination_identity=agent.identity, method=method, payload=payload, response_timeout=10
    )


async def refused(who: SimulatedCandidate, method: str, payload: str) -> int:
    with pytest.raises(rtc.RpcError) as refusal:
        await calls(who, method, payload)
    return refusal.value.code


def private(received: list[Received]) -> list[Received]:
    """What of it is for interviewers, on whatever topic and of whatever kind."""
    return [
        one
        for one in received
        if one.topic in (PROMPT, METER) or any(word in one.content for word in PRIVATE)
    ]


def prompts(who: SimulatedCandidate) -> list[dict[str, object]]:
    return [json.loads(one.content) for one in who.captions.received if one.topic == PROMPT]


async def test_prompts_reach_the_interviewer_and_nobody_else(platform: Platform) -> None:
    async with (
        platform.talk(kit(FIRST, SECOND)) as talk,
        interviewer(talk) as anna,
    ):
        await talk.is_asked(FIRST)
        assert "ok" == await calls(anna, "floor.take")
        slip = spoken(clips()["finished_01"], "do you have children at home")
        await anna.say(talk.will_say(slip))
        await until(lambda: "protected" in [one["kind"] for one in prompts(anna)])
        await talk.candidate.say(talk.will_say(clips()["finished_02"]))
        await until(lambda: any(one.topic == METER for one in anna.captions.received))
        alarm = next(one for one in prompts(anna) if one["kind"] == "protected")
        rating = json.dumps({"id": alarm["id"], "useful": True})
        assert "ok" == await calls(anna, "prompt.rate", rating)
        assert [FORBIDDEN] * 3 == [
            await refused(talk.candidate, method, payload)
            for method, payload in (
                ("prompt.rate", rating),
                ("coverage.tick", '{"question": "q1", "covered": true}'),
                ("ai.ask", ""),
            )
        ]
        # There was time enough for anything to arrive: a question is put by voice meanwhile.
        assert "ok" == await calls(anna, "ai.ask", '{"question": "q2"}')
        await talk.is_asked(SECOND)

        agent = (await anna.wait_for_agent()).identity
        assert {agent} == {one.sender for one in private(anna.captions.received)}
        assert "family and children" in str(alarm["text"])
        assert [] == private(talk.candidate.captions.received)
        (rated,) = await talk.has("hint_rated")
        assert (alarm["id"], True) == (rated["prompt_id"], rated["useful"])
        given = await talk.has("hint_given")
        identity = anna.room.local_participant.identity
        assert all([identity] == fact["readers"] for fact in given)
        assert ["q2"] == [fact["question"] for fact in await talk.has("ai_asked")]
        changed = await talk.facts("floor_changed")
        assert [f"human:{identity.removeprefix('int-')}"] == [fact["floor"] for fact in changed]
        await talk.verified()


async def test_an_observer_is_shown_no_prompt(platform: Platform) -> None:
    async with platform.talk(kit(FIRST)) as talk, observer(talk) as (olga, received):
        await talk.is_asked(FIRST)
        agent = await talk.candidate.wait_for_agent()
        with pytest.raises(rtc.RpcError):  # their token lets them send nothing
            await olga.local_participant.perform_rpc(
                destination_identity=agent.identity, method="ai.ask", payload="", response_timeout=3
            )
        await talk.candidate.say(talk.will_say(clips()["finished_01"]))
        await talk.has("answer_ended")

        assert [] == private(received)


async def test_where_a_person_leads_the_ai_waits_and_closes_when_it_is_asked_to(
    platform: Platform,
) -> None:
    async with (
        platform.talk(kit(FIRST), assist_mode="human_leads") as talk,
        interviewer(talk) as anna,
    ):
        await asyncio.sleep(4)
        assert [] == await talk.lines()
        assert "ok" == await calls(anna, "floor.take")
        assert "ok" == await calls(anna, "ai.ask", "")
        await talk.is_asked(FIRST)
        clip = clips()["finished_01"]
        await talk.candidate.say(talk.will_say(clip))
        await asyncio.sleep(3)
        assert "ok" == await calls(anna, "ai.ask", '{"close": true}')
        await talk.has("interview_ended")

        assert [("question", "q1"), ("closing", None)] == await talk.lines()
        assert {"q1"} == {str(turn["question"]) for turn in await talk.turns("candidate")}
        await talk.verified()


async def test_who_waits_with_an_interviewer_that_does_nothing_is_told_and_people_are_called(
    platform: Platform,
) -> None:
    async with platform.store.transaction(platform.tenant) as tx:
        changed = replace(await tx.settings.get(), interviewer_awaited_s=AWAITED_S)
        await tx.settings.put(changed, SystemClock().now())
    async with (
        platform.talk(kit(FIRST), assist_mode="human_leads") as talk,
        interviewer(talk) as anna,
    ):
        await talk.hears("I have told the people who are here that you are waiting")
        assert [("nobody_leads", None)] == await talk.lines()
        (wanted,) = await talk.has("relief_wanted")
        assert "nobody_came" == wanted["reason"]
        await until(lambda: ["relief"] == [one["kind"] for one in prompts(anna)])
        calls_for = await platform.recruiter.get("/v1/calls")
        assert talk.id in json.dumps(calls_for)
        await talk.verified()


def captions(received: list[Received]) -> dict[str, float]:
    """What could be read, each text with when it came first."""
    read: dict[str, float] = {}
    for one in received:
        if one.topic == CAPTION:
            read.setdefault(json.loads(one.content)["text"], one.at)
    return read


@pytest.mark.exact(LATE_S)
async def test_an_observer_whom_nobody_sees_reads_along_as_soon_as_others_and_stays_unseen(
    platform: Platform,
) -> None:
    async with platform.store.transaction(platform.tenant) as tx:
        changed = replace(await tx.settings.get(), observers_may_hide=True)
        await tx.settings.put(changed, SystemClock().now())
    async with (
        platform.talk(kit(FIRST, SECOND)) as talk,
        colleague(platform) as other,
        interviewer(talk) as anna,
    ):
        await talk.is_asked(FIRST)
        async with observer(talk, other, hidden=True) as (olga, received):
            await until(lambda: any(FIRST in text for text in captions(received)))
            others = talk.candidate.captions.received
            begun = len(others)
            await talk.candidate.say(talk.will_say(clips()["finished_01"]))
            await talk.has("answer_ended")
            await talk.is_asked(SECOND)

            mine, theirs = captions(received), captions(others[begun:])
            await until(lambda: theirs.keys() <= captions(received).keys())
            late = sorted(mine[text] - at for text, at in theirs.items() if text in mine)
            print(
                f"unseen after seen: n={len(late)} p50 {late[len(late) // 2]:.3f} {late[-1]:.3f} s"
            )
            assert len(late) >= 5
            assert late[-1] <= LATE_S
            identity = olga.local_participant.identity
        for reader in (talk.candidate, anna):
            assert identity not in reader.room.remote_participants
            assert not [
                one for one in reader.captions.received if identity in one.content + one.attributes
            ]
        await talk.verified()


async def test_interviewers_alone_are_told_whose_words_are_not_written_down(
    platform: Platform,
) -> None:
    async with platform.talk(kit(FIRST, SECOND)) as talk:
        await talk.is_asked(FIRST)
        platform.speech.stt_trouble = "refuse"
        try:
            async with interviewer(talk) as anna:
                await until(lambda: "unheard" in [one["kind"] for one in prompts(anna)], 20)
                platform.speech.stt_trouble = None
                assert "ok" == await calls(anna, "floor.take")
                clip = clips()["finished_01"]
                await anna.say(talk.will_say(clip))
                await until_said(talk, "interviewer")
                identity = str(anna.room.local_participant.identity)
        finally:
            platform.speech.stt_trouble = None

        told = next(one for one in prompts(anna) if one["kind"] == "unheard")
        assert ("What Anna says is not being written down.", True) == (told["text"], told["alarm"])
        assert [] == [one for one in talk.candidate.captions.received if "written" in one.content]
        (failed,) = [one for one in await talk.facts("provider_failed") if one["identity"]]
        assert ("stt", identity) == (failed["provider"], failed["identity"])
        assert [identity] == [one["identity"] for one in await talk.facts("interviewer_unheard")]
        await talk.verified()


async def test_interviewers_are_told_of_words_that_a_recogniser_takes_and_never_answers(
    platform: Platform,
) -> None:
    async with platform.talk(kit(FIRST, SECOND)) as talk, interviewer(talk) as anna:
        await talk.is_asked(FIRST)
        assert "ok" == await calls(anna, "floor.take")
        platform.speech.stt_trouble = "stall"
        try:
            for clip in ("finished_01", "finished_02", "finished_03", "finished_04"):
                await anna.say(clips()[clip])
            await until(lambda: "unheard" in [one["kind"] for one in prompts(anna)])
        finally:
            platform.speech.stt_trouble = None
        told = next(one for one in prompts(anna) if one["kind"] == "unheard")
        assert [] == over(anna)
        await anna.say(talk.will_say(clips()["finished_01"]))
        await until_said(talk, "interviewer")
        await until(lambda: told["id"] in over(anna))

        identity = str(anna.room.local_participant.identity)
        assert [identity] == [one["identity"] for one in await talk.facts("interviewer_unheard")]
        assert [] == [one for one in await talk.facts("provider_failed") if one["identity"]]
        assert [] == [one for one in talk.candidate.captions.received if "written" in one.content]
        await talk.verified()


def over(who: SimulatedCandidate) -> list[str]:
    """Prompts that are over, as they were told."""
    told = [one.content for one in who.captions.received if one.topic == f"{PROMPT}.over"]
    return [prompt for one in told for prompt in json.loads(one)["ids"]]


async def until_said(talk: Talk, speaker: str) -> None:
    """Returns once a turn of theirs is in the transcript."""
    async with asyncio.timeout(20):
        while not await talk.turns(speaker):
            await asyncio.sleep(0.2)
