"""The recording: where each word lies in it, whose voice is on which side, what lies on disks."""

import io
from dataclasses import dataclass

import aiohttp
import av
import numpy as np
import numpy.typing as npt
import pytest
import pytest_asyncio

from interview.turns import Turn
from local.candidate.sound import RATE, Pcm, loud_spans
from tests.room.house import Platform, Talk, clips, kit, until, words

pytestmark = [pytest.mark.room, pytest.mark.asyncio(loop_scope="module")]

FIRST, SECOND = "Where did you work before?", "What would you do differently today?"
WITHIN_MS = 100
BREATH_MS = 400
SAID = [clips()[name] for name in ("clause_15_02", "finished_03")]
SOUGHT_MS = 1000
STEP = 6
"""Sounds are compared at 8 kHz."""

OGG = b"OggS"


@dataclass(frozen=True)
class Sides:
    """The recording as two channels at 48 kHz."""

    candidate: Pcm
    ai: Pcm


async def recording_of(talk: Talk) -> Sides:
    """As a recruiter plays it."""
    address = f"{talk.platform.stack.api_url}/v1/interviews/{talk.id}/recording"
    key = {"Authorization": f"Bearer {talk.platform.api_key}"}
    async with aiohttp.ClientSession() as http, http.get(address, headers=key) as response:
        assert (200, "audio/ogg") == (response.status, response.content_type)
        body = await response.read()
    with av.open(io.BytesIO(body), "r") as container:
        resampler = av.AudioResampler(format="s16p", layout="stereo", rate=RATE)
        parts = [p.to_ndarray() for f in container.decode(audio=0) for p in resampler.resample(f)]
    whole = np.concatenate(parts, axis=1)
    return Sides(whole[0], whole[1])


def place_of(word: Pcm, side: Pcm, near_ms: int) -> float:
    """Where in `side`, in ms, the first sample of `word` is most probably heard.

    Looked for alone, so that a hold-up of the speaker within a sentence counts as what it is.
    """
    first = max(0, near_ms - SOUGHT_MS) * RATE // 1000
    last = (near_ms + SOUGHT_MS) * RATE // 1000 + len(word)
    heard, said = _coarse(side[first:last]), _coarse(word)
    alike = np.correlate(heard, said, "valid")
    energy = np.convolve(heard**2, np.ones(len(said)), "valid")
    best = int(np.argmax(alike / np.sqrt(energy + 1.0)))
    return (first + best * STEP) * 1000 / RATE


def _coarse(pcm: Pcm) -> npt.NDArray[np.float64]:
    whole = pcm[: len(pcm) // STEP * STEP].astype(np.float64)
    return np.asarray(whole.reshape(-1, STEP).mean(axis=1), dtype=np.float64)


async def job_is_finished(talk: Talk) -> None:
    """The agent has handed over everything."""
    _, interview = talk.platform.interview(talk)
    log = talk.platform.stack.log_of("agent")
    done = ('"job_finished"', str(interview))
    await until(lambda: any(all(d in line for d in done) for line in log.read_text().splitlines()))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def talk(platform: Platform) -> Talk:
    """An interview that is over, whose candidate was away for a moment in the middle."""
    async with platform.talk(kit(FIRST, SECOND)) as talk:
        await talk.is_asked(FIRST)
        await talk.candidate.say(talk.will_say(SAID[0]))
        await talk.is_asked(SECOND)
        await talk.candidate.come_back()
        await talk.is_asked(SECOND, times=2)
        await talk.candidate.say(talk.will_say(SAID[1]))
        await talk.finish()
        await job_is_finished(talk)
        return talk


async def test_words_and_lines_lie_in_the_recording_where_the_transcript_says(talk: Talk) -> None:
    sides = await recording_of(talk)
    turns = [Turn.model_validate(turn) for turn in await talk.turns()]

    of_words = words_off(sides, [turn for turn in turns if turn.speaker == "candidate"])
    of_lines = lines_off(sides, [turn for turn in turns if turn.speaker == "ai"])
    print("words off by", sorted(set(of_words)), "ms; lines off by", of_lines, "ms")
    # The jitter buffer of a busy host stretches the sound itself, and with it a word or two.
    far = [off for off in of_words if abs(off) >= WITHIN_MS]
    assert len(far) <= len(of_words) // 10
    assert max(map(abs, of_words)) < 2 * WITHIN_MS
    assert max(map(abs, of_lines)) < WITHIN_MS


def words_off(sides: Sides, turns: list[Turn]) -> list[int]:
    """Each word's start in the transcript against its sound in the recording, in ms."""
    off: list[int] = []
    for clip, turn in zip(SAID, turns[: len(SAID)], strict=True):
        assert words(clip) == turn.spoken
        # An answer that is over before its first word is final begins with its sound.
        assert abs(turn.words[0].start_ms - turn.started_ms) < WITHIN_MS
        for stored, (_, start, end) in zip(turn.words, clip.entry.words, strict=True):
            sound = clip.pcm[round(start * RATE) : round(end * RATE)]
            place = place_of(sound, sides.candidate, stored.start_ms)
            off.append(round(stored.start_ms - place))
    return off


def lines_off(sides: Sides, turns: list[Turn]) -> list[int]:
    """Starts and ends of the AI's turns against its loud spans, in ms; lines that follow each other
    at once are one sound."""
    sounds: list[tuple[int, int]] = []
    for turn in turns:
        assert turn.ended_ms is not None
        if sounds and turn.started_ms - sounds[-1][1] < BREATH_MS:
            sounds[-1] = (sounds[-1][0], turn.ended_ms)
        else:
            sounds.append((turn.started_ms, turn.ended_ms))
    heard = loud_spans(sides.ai, RATE, join_s=BREATH_MS / 1000)
    return [
        round(stored - seconds * 1000)
        for (start, end), span in zip(sounds, heard, strict=True)
        for stored, seconds in ((start, span.start_s), (end, span.end_s))
    ]


async def test_what_lies_on_disks_after_an_interview_cannot_be_listened_to(talk: Talk) -> None:
    data = talk.platform.stack.data_dir
    objects = [path for path in (data / "objects").rglob("*") if path.is_file()]

    assert len(objects) >= 2
    assert not [path for path in objects if OGG in path.read_bytes()]
    left = [path for path in (data / "spool").rglob("*") if path.is_file()]
    assert [] == left, "nothing stays with the agent"
