"""A job that dies while the API is away: what it had on its disk gets to the log all the same."""

import asyncio
from pathlib import Path

import pytest

from agent.segments import Segment, segments_in
from agent.spool import Spool
from interview.events import SpeechHeard
from local.candidate.clips import Clip
from tests.room.house import Platform, Talk, clips, kit, until, words
from tests.room.wreck import kill_job

pytestmark = [pytest.mark.room, pytest.mark.asyncio(loop_scope="module")]

FIRST, SECOND = "Where did you work before?", "What would you do differently today?"
INVITED = "Is there anything"
SWEPT_WITHIN_S = 40.0


def folder_of(talk: Talk, epoch: int = 1) -> Path:
    """What the agent of an epoch keeps on its disk."""
    return talk.platform.stack.data_dir / "spool" / f"{talk.id}-{epoch}"


async def says(talk: Talk, name: str) -> Clip:
    clip = clips()[name]
    await talk.candidate.say(talk.will_say(clip))
    return clip


async def parts_on_disk(talk: Talk, at_least: int) -> list[Segment]:
    """What was recorded so far, once it is so much."""
    folder = folder_of(talk)
    await until(lambda: len(segments_in(folder)) >= at_least)
    return segments_in(folder)


async def spoken_on_disk(talk: Talk) -> str:
    """The candidate's words that the API does not have."""
    spool = await asyncio.to_thread(Spool.load, folder_of(talk))
    facts = [report.fact for report in spool.next_batch()]
    return " ".join(fact.text for fact in facts if isinstance(fact, SpeechHeard))


async def is_swept(talk: Talk) -> None:
    """Nothing of the dead job is on the disk any more."""
    await until(lambda: not folder_of(talk).exists(), SWEPT_WITHIN_S)


async def parts_kept(talk: Talk) -> list[tuple[str, int, int]]:
    """Participant, epoch and start of each stored part."""
    tenant, interview = talk.platform.interview(talk)
    async with talk.platform.store.transaction(tenant) as tx:
        found = await tx.recordings.of(interview)
    return sorted((part.participant, part.epoch, part.started_ms) for part in found)


def names(parts: list[Segment]) -> set[tuple[str, int, int]]:
    return {(part.participant, part.epoch, part.started_ms) for part in parts}


async def test_a_job_killed_while_the_api_was_away_leaves_its_words_and_its_sound_to_the_log(
    platform: Platform,
) -> None:
    async with platform.talk(kit(FIRST, SECOND)) as talk:
        await talk.is_asked(FIRST)
        platform.stack.kill("api")
        first = await says(talk, "finished_10")
        await talk.is_asked(SECOND)
        second = await says(talk, "finished_03")
        await talk.is_asked(INVITED)
        left = await parts_on_disk(talk, at_least=3)
        kill_job(talk)
        await platform.stack.start_one("api")
        await is_swept(talk)

        kept = await parts_kept(talk)
        assert names(left) <= set(kept)
        assert sorted(set(kept)) == kept
        assert [words(first), words(second)] == await talk.said()
        await talk.has("agent_joined", times=2)
        assert [("question", "q1"), ("question", "q2")] == await talk.lines("question")
        await talk.verified()


async def test_what_a_host_left_is_brought_when_its_agent_starts_again_though_nobody_comes(
    platform: Platform,
) -> None:
    async with platform.talk(kit(FIRST, SECOND)) as talk:
        await talk.is_asked(FIRST)
        platform.stack.kill("api")
        said = await says(talk, "finished_03")
        await talk.is_asked(SECOND)
        left = await parts_on_disk(talk, at_least=1)
        assert words(said) == await spoken_on_disk(talk)
        platform.stack.kill("agent")
        await talk.candidate.leave()
        await platform.stack.start_one("api")
        assert [] == await talk.said()

        await platform.stack.start_one("agent")
        await is_swept(talk)

        assert [words(said)] == await talk.said()
        assert names(left) <= set(await parts_kept(talk))
        assert 1 == len(await talk.facts("lease_claimed"))
        await talk.verified()
