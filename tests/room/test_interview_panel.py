"""What goes wrong while people lead: two at once, one vanishes, a dead agent, no API, a storm."""

import asyncio
import json
import random
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

import pytest
from livekit import rtc

from interview.adapters.system import SystemClock
from local.candidate.ear import Sound
from local.demo.recruiter import Json, Recruiter
from local.errors import LocalError
from tests.room.house import Platform, Talk, clips, kit, until
from tests.room.panel import (
    Interviewer,
    calls,
    colleague,
    followed,
    interviewer,
    says,
    silent_since,
    sound_after,
)
from tests.room.wreck import kill_job

pytestmark = [pytest.mark.room, pytest.mark.asyncio(loop_scope="module")]

FIRST = (
    "Please tell me about a project that went badly, what it was about and who was in it, and what "
    "you did in the end to get it on its way again."
)
SECOND, THIRD = "Where did you work before?", "What would you do differently today?"
GONE = "Your interviewer seems to have lost the connection."
RETURNS_AFTER_S = 5
AWAY_S = 30.0
CHANGES, STORM_S = 100, 10.0
CLOSE_S = 0.4


async def shown(talk: Talk, floor: str) -> None:
    """Returns once every client reads it in the room's metadata."""
    await until(lambda: json.loads(talk.candidate.room.metadata)["floor"] == floor)


async def has_one_story(talk: Talk) -> list[Json]:
    """The changes in the log, each from the one before; the AI spoke only while it led."""
    changed = await talk.facts("floor_changed")
    assert ["ai", *(fact["floor"] for fact in changed[:-1])] == [f["before"] for f in changed]
    floor, begun = "ai", []
    for fact in await talk.facts():
        if fact["kind"] == "floor_followed":
            floor = str(fact["floor"])
        elif fact["kind"] == "line_started":
            begun.append(floor)
    assert {"ai"} == set(begun)
    await talk.verified()
    return changed


async def test_of_two_who_press_at_once_one_leads_and_the_other_is_told(
    platform: Platform,
) -> None:
    async with (
        platform.talk(kit(FIRST, SECOND)) as talk,
        colleague(platform) as other,
        interviewer(talk) as anna,
        interviewer(talk, "Bert", other) as bert,
    ):
        await talk.begins_to_hear(FIRST[:40])
        in_room = await asyncio.gather(
            anna.calls("floor.take"), bert.calls("floor.take"), return_exceptions=True
        )
        first = anna if isinstance(in_room[0], float) else bert
        await shown(talk, first.floor)
        await first.calls("floor.give")
        await shown(talk, "ai")
        by_api = await asyncio.gather(anna.passes("me"), bert.passes("me"), return_exceptions=True)
        second = anna if isinstance(by_api[0], float) else bert
        await shown(talk, second.floor)
        await followed(talk, second.floor)

        [refused] = [one for one in in_room if isinstance(one, rtc.RpcError)]
        [told] = [one for one in by_api if isinstance(one, LocalError)]
        assert 1409 == refused.code
        assert "floor_taken" in str(told)
        holders = [fact["floor"] for fact in await has_one_story(talk)]
        assert [first.floor, "ai", second.floor] == holders


async def test_a_floor_whose_holder_vanished_is_a_colleagues_to_take_and_then_the_ais(
    platform: Platform,
) -> None:
    async with platform.store.transaction(platform.tenant) as tx:
        changed = replace(await tx.settings.get(), floor_returns_after_s=RETURNS_AFTER_S)
        await tx.settings.put(changed, SystemClock().now())
    async with (
        platform.talk(kit(FIRST, SECOND)) as talk,
        colleague(platform) as other,
        interviewer(talk) as anna,
        interviewer(talk, "Bert", other) as bert,
    ):
        await talk.begins_to_hear(FIRST[:40])
        await silent_since(talk, await anna.calls("floor.take"))
        holders = [anna.floor, bert.floor, "ai"]
        await anna.client.leave()
        await talk.has("interviewer_left")
        await bert.calls("floor.take")
        await shown(talk, bert.floor)
        await bert.client.leave()
        left_at = time.monotonic()
        sound_s = await sound_after(talk, left_at)
        await talk.hears(GONE)

        assert RETURNS_AFTER_S <= sound_s <= RETURNS_AFTER_S + 2.0
        await shown(talk, "ai")
        changes = await has_one_story(talk)
        assert holders == [fact["floor"] for fact in changes]
        assert ["asked", "asked", "gone"] == [fact["reason"] for fact in changes]


async def test_an_agent_killed_while_it_looks_on_has_an_heir_that_is_silent(
    platform: Platform,
) -> None:
    async with platform.talk(kit(FIRST, SECOND)) as talk, interviewer(talk) as anna:
        await talk.begins_to_hear(FIRST[:40])
        await silent_since(talk, await anna.calls("floor.take"))
        await talk.has("floor_changed")
        died_at = time.monotonic()
        kill_job(talk)
        await talk.has("agent_joined", times=2)
        await says(talk, talk.candidate, clips()["finished_02"])
        await asyncio.sleep(3.0)
        heard_since = [s for s in talk.candidate.ear.sounds() if s.started_at > died_at + 0.5]
        assert [] == heard_since

        await sound_after(talk, await anna.calls("floor.give", '{"covered": ["q1"]}'))
        await talk.is_asked(SECOND)

        assert [("question", "q1"), ("question", "q2")] == await talk.lines("question")
        assert [anna.floor, "ai"] == [fact["floor"] for fact in await has_one_story(talk)]


async def test_the_room_obeys_while_the_api_is_away_and_the_log_says_so_afterwards(
    platform: Platform,
) -> None:
    async with platform.talk(kit(FIRST, SECOND, THIRD)) as talk, interviewer(talk) as anna:
        await talk.begins_to_hear(FIRST[:40])
        platform.stack.kill("api")
        away_since = time.monotonic()
        await silent_since(talk, await anna.calls("floor.take"))
        await says(talk, talk.candidate, clips()["finished_02"])
        await sound_after(talk, await anna.calls("floor.give", '{"covered": ["q1"]}'))
        await talk.begins_to_hear(SECOND[:20], for_s=0.2)
        await silent_since(talk, await anna.calls("floor.take"))
        await asyncio.sleep(max(0.0, away_since + AWAY_S - time.monotonic()))
        assert talk.candidate.ear.quiet_s > 10.0
        await platform.stack.start_one("api")
        await shown(talk, anna.floor)

        holders = [fact["floor"] for fact in await has_one_story(talk)]
        assert [anna.floor, "ai", anna.floor] == holders
        assert 1 == len(await talk.facts("agent_joined"))
        now = await platform.recruiter.get(f"/v1/interviews/{talk.id}")
        assert "live" == now["state"]


async def storm(*people: Interviewer) -> None:
    """So many clicks of everybody in so long, one way and the other; refusals are no news."""
    drawn = random.Random(7)

    async def click(who: Interviewer, number: int) -> None:
        with suppress(rtc.RpcError, LocalError):
            if number % 3:
                await who.calls(drawn.choice(("floor.take", "floor.give")))
            else:
                await who.passes(drawn.choice(("me", "ai", "ai")))

    async with asyncio.TaskGroup() as group:
        for number in range(CHANGES):
            group.create_task(click(drawn.choice(people), number))
            await asyncio.sleep(STORM_S / CHANGES)


async def spoken(talk: Talk) -> list[tuple[float, float]]:
    """When the AI's lines sounded, as the log has it, on the clock of our ears."""
    transcript = await talk.platform.recruiter.get(f"/v1/interviews/{talk.id}/transcript")
    zero = datetime.fromisoformat(str(transcript["clock_zero"]))
    offset = time.monotonic() - (time.time() - zero.timestamp())
    return [
        (offset + int(str(turn["started_ms"])) / 1000, offset + int(str(turn["ended_ms"])) / 1000)
        for turn in await talk.turns("ai")
    ]


def unmatched(
    ones: Iterable[tuple[float, float]], others: list[tuple[float, float]]
) -> list[tuple[float, float]]:
    """Of `ones` those that no other is about at the same time."""
    return [
        (start, end)
        for start, end in ones
        if not any(start < until + CLOSE_S and end > since - CLOSE_S for since, until in others)
    ]


def told(spans: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{start:.2f}-{end:.2f}" for start, end in spans)


def span(sound: Sound) -> tuple[float, float]:
    return sound.started_at, sound.ended_at or time.monotonic()


@pytest.mark.exact(CLOSE_S)
async def test_a_storm_leaves_one_holder_and_a_log_that_tells_what_was_heard(
    platform: Platform,
) -> None:
    async with (
        platform.talk(kit(FIRST, SECOND)) as talk,
        colleague(platform) as other,
        interviewer(talk) as anna,
        interviewer(talk, "Bert", other) as bert,
    ):
        await talk.begins_to_hear(FIRST[:40])
        await storm(anna, bert)
        await asyncio.sleep(3.0)
        [last] = (await talk.facts("floor_followed"))[-1:]
        await shown(talk, str(last["floor"]))
        if last["floor"] == "ai":
            await anna.calls("floor.take")
        await talk.candidate.ear.wait_until_quiet(1.0)
        await asyncio.sleep(2.5)

        changes = await has_one_story(talk)
        followed_last = (await talk.facts("floor_followed"))[-1]["floor"]
        assert followed_last == changes[-1]["floor"]
        await shown(talk, str(followed_last))
        heard = [span(sound) for sound in talk.candidate.ear.sounds()]
        lines = await spoken(talk)
        print(f"{len(changes)} changes, lines {told(lines)}, sounds {told(heard)}")
        assert len(changes) > 10
        assert [] == unmatched(heard, lines)
        assert [] == [each for each in unmatched(lines, heard) if each[1] - each[0] > CLOSE_S]
        lengths = [sum(end - start for start, end in each) for each in (heard, lines)]
        assert abs(lengths[0] - lengths[1]) < 0.1 * len(lines) + 0.5


async def test_a_candidate_who_reaches_for_the_floor_gets_nothing_and_it_is_written_down(
    platform: Platform,
) -> None:
    async with platform.talk(kit(FIRST, SECOND)) as talk, interviewer(talk):
        await talk.begins_to_hear(FIRST[:40])
        me = talk.candidate.room.local_participant
        await me.set_attributes({"role": "interviewer"})
        await me.set_metadata('{"role": "interviewer"}')
        codes = []
        for method in ("floor.take", "floor.give"):
            with pytest.raises(rtc.RpcError) as refused:
                await calls(talk.candidate, method)
            codes.append(refused.value.code)
        async with Recruiter(platform.stack.api_url, str(talk.door.access_token)) as candidate:
            with pytest.raises(LocalError, match="unauthenticated"):
                await candidate.act(f"/v1/interviews/{talk.id}/floor", {"holder": "me"})
        await talk.is_asked(FIRST)

        assert [1403, 1403] == codes
        refusals = await talk.has("floor_refused", times=3)
        assert [me.identity] * 3 == [fact["identity"] for fact in refusals]
        assert ["give", "take", "take"] == sorted(str(fact["wanted"]) for fact in refusals)
        assert [] == await talk.facts("floor_changed") == await talk.facts("floor_followed")
