"""Two people talk at once, and each has said what they said: judged by the sound that arrives."""

import asyncio
import time
from collections.abc import AsyncIterator

import numpy as np
import pytest
import pytest_asyncio

from local.candidate.clips import Clip
from local.candidate.ear import Ear, Sound
from local.candidate.sound import RATE
from tests.room.house import Platform, clips, kit, running_platform, words
from tests.room.panel import interviewer
from tests.standins.deepgram import Deepgram
from tests.standins.following import COARSE, Coarse, Known
from tests.standins.following import Sound as Samples

pytestmark = [pytest.mark.room, pytest.mark.asyncio(loop_scope="module")]

FIRST = "Where did you work before?"
CANDIDATE, PERSON = "finished_08", "finished_11"
"""Of two voices, 7.3 s and 6.7 s long."""

OWN_SHARE, OTHERS_SHARE = 0.8, 0.0
TOGETHER_S = 5.0
BREATH_S = 0.6
"""A shorter gap is none between two things that somebody says."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def platform(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Platform]:
    """With a recogniser that hears in each stream what sounds in it."""
    speech = Deepgram(character_s=0.013, by_sound=True, keeps_audio=True)
    async with running_platform(tmp_path_factory.mktemp("platform"), speech=speech) as running:
        yield running


def shares(streams: list[Coarse], clip: Clip) -> list[float]:
    """How much of `clip` each stream of the recogniser's was given."""
    known = Known(Samples(clip.pcm, RATE))
    return [known.share(stream) for stream in streams]


def heard_of(ear: Ear, since: float) -> Sound:
    """The one sound that arrived of somebody at the ear of who talked to them."""
    (sound,) = (one for one in ear.sounds(BREATH_S) if one.started_at >= since)
    return sound


async def test_who_talks_at_the_same_time_as_somebody_else_has_said_their_own_words_alone(
    platform: Platform,
) -> None:
    theirs, hers = clips()[CANDIDATE], clips()[PERSON]
    async with platform.talk(kit(FIRST)) as talk, interviewer(talk) as anna:
        await talk.is_asked(FIRST)
        await anna.passes("me")
        began = time.monotonic()
        await asyncio.gather(
            talk.candidate.say(talk.will_say(theirs)), anna.client.say(talk.will_say(hers))
        )
        await asyncio.sleep(3.0)

        arrived = [heard_of(anna.client.others, began), heard_of(talk.candidate.others, began)]
        ends = [one.ended_at for one in arrived if one.ended_at is not None]
        together_s = min(ends) - max(one.started_at for one in arrived)
        print(f"both were heard at once for {together_s:.2f} s")
        assert 2 == len(ends)
        assert together_s >= TOGETHER_S
        assert [words(theirs)] == await talk.said()
        assert [words(hers)] == [str(turn["spoken"]) for turn in await talk.turns("interviewer")]
        last = round(12 * COARSE)
        streams = [np.concatenate(kept)[-last:] for kept in platform.speech.heard if kept]
        of_theirs, of_hers = shares(streams, theirs), shares(streams, hers)
        print(f"of the candidate's sound {of_theirs}, of the interviewer's {of_hers}")
        pairs = sorted(zip(of_theirs, of_hers, strict=True))
        assert pairs[0][0] <= OTHERS_SHARE
        assert pairs[0][1] >= OWN_SHARE
        assert pairs[-1][0] >= OWN_SHARE
        assert pairs[-1][1] <= OTHERS_SHARE
        assert 2 == len(pairs)
