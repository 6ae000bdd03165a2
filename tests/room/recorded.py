"""What was recorded of an interview, and where in it each word is heard."""

import io
from dataclasses import dataclass
from typing import Protocol

import aiohttp
import av
import numpy as np

from interview.turns import Turn
from local.candidate.clips import Clip
from local.candidate.sound import RATE, Pcm
from tests.room.house import Platform, until, words
from tests.standins.following import COARSE, coarse, find, find_torn

SOUGHT_MS, AROUND_MS = 1000, 150
"""A word is sought so far on either side, with so much of what was said before and after it."""


class Held(Protocol):
    """An interview that was held, whoever its candidate was."""

    @property
    def id(self) -> str: ...

    @property
    def platform(self) -> Platform: ...


@dataclass(frozen=True)
class Sides:
    """The recording as two channels at 48 kHz."""

    candidate: Pcm
    ai: Pcm


async def recording_of(talk: Held) -> Sides:
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


async def job_is_finished(talk: Held) -> None:
    """The agent has handed over everything."""
    log = talk.platform.stack.log_of("agent")
    done = ('"job_finished"', talk.id)
    await until(lambda: any(all(d in line for d in done) for line in log.read_text().splitlines()))


def words_off(sides: Sides, clip: Clip, turn: Turn) -> list[int]:
    """Each word's start in the transcript against its sound in the recording, in ms."""
    off = words_found(sides, clip, turn)
    missing = [word.text for word, found in zip(turn.words, off, strict=True) if found is None]
    assert [] == missing, "not heard where they should be"
    return [each for each in off if each is not None]


def words_found(sides: Sides, clip: Clip, turn: Turn) -> list[int | None]:
    """The same, with None for a word whose sound is not found within a second of its place."""
    assert words(clip) == turn.spoken
    assert turn.words[0].start_ms == turn.started_ms
    off: list[int | None] = []
    for stored, (_, start, end) in zip(turn.words, clip.entry.words, strict=True):
        before_ms = round(min(start * 1000, AROUND_MS))
        first, last = start - before_ms / 1000, end + AROUND_MS / 1000
        sound = clip.pcm[round(first * RATE) : round(last * RATE)]
        place_ms = place_of(sound, sides.candidate, stored.start_ms - before_ms)
        found = None if place_ms is None else round(stored.start_ms - before_ms - place_ms)
        off.append(found)
    return off


def place_of(sound: Pcm, side: Pcm, near_ms: int) -> float | None:
    """Where in `side`, in ms, `sound` begins. Sought for itself, for on its way speech is shortened
    and stretched within a sentence."""
    first = max(0, near_ms - SOUGHT_MS) * RATE // 1000
    last = (near_ms + SOUGHT_MS) * RATE // 1000 + len(sound)
    sought, heard = coarse(sound, RATE), coarse(side[first:last], RATE)
    found = find(sought, heard)
    if found is None:
        found = find_torn(sought, heard)
    return None if found is None else first * 1000 / RATE + found * 1000 / COARSE
