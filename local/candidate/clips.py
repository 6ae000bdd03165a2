"""Fixture speech: Ogg/Opus files with the text, the true word times and the pauses beside them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

import av
import numpy as np
from pydantic import BaseModel, ConfigDict, TypeAdapter

from local.candidate.sound import RATE, Pcm

INDEX = "index.json"
PauseKind = Literal["clause", "sentence"]


class ClipEntry(BaseModel):
    """One line of an index; all times in seconds from the first sample of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    voice: str
    kind: str
    text: str
    words: tuple[tuple[str, float, float], ...]
    pauses: tuple[tuple[float, float, PauseKind], ...]
    file: str
    duration_s: float
    first_loud_s: float
    last_loud_s: float


ENTRIES = TypeAdapter(tuple[ClipEntry, ...])


@dataclass(frozen=True)
class Clip:
    """A recorded utterance: what is said in it (`entry`) and where its sound is (`path`)."""

    entry: ClipEntry
    path: Path

    @property
    def id(self) -> str:
        return self.entry.id

    @property
    def text(self) -> str:
        return self.entry.text

    @cached_property
    def pcm(self) -> Pcm:
        """48 kHz mono samples, decoded at first use."""
        return decode(self.path)


def read_index(folder: Path) -> tuple[ClipEntry, ...]:
    """The entries of `folder/index.json`; a malformed index raises pydantic's `ValidationError`."""
    return ENTRIES.validate_json((folder / INDEX).read_bytes())


def load_clips(folder: Path) -> dict[str, Clip]:
    """All clips of a set by id, in the order of the index."""
    return {entry.id: Clip(entry, folder / entry.file) for entry in read_index(folder)}


def decode(path: Path, rate: int = RATE) -> Pcm:
    """Mono samples of an audio file at `rate`."""
    return np.concatenate(list(_decoded(path, rate)))


def _decoded(path: Path, rate: int) -> Iterator[Pcm]:
    resampler = av.AudioResampler(format="s16", layout="mono", rate=rate)
    with av.open(str(path)) as container:
        for frame in container.decode(audio=0):
            yield from (part.to_ndarray()[0] for part in resampler.resample(frame))
    yield from (part.to_ndarray()[0] for part in resampler.resample(None))
