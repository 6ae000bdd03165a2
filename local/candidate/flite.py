"""The voices of the fixture speech: flite 2.2 as a command, with the times of its phones."""

import subprocess
import wave
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from local.candidate.sound import Pcm

RATE = 16_000
SILENT = "pau"

Phone = tuple[str, float, float]
"""Name, start and end in seconds."""


def speak(voice: str, text: str) -> tuple[Pcm, list[Phone]]:
    """Sound at 16 kHz and its phones, pauses included."""
    return _run(voice, "-t", text)


def sound_out(voice: str, phones: str) -> tuple[Pcm, list[Phone]]:
    """As `speak`, for a sound that has no spelling: `phones` are names of flite's phones."""
    return _run(voice, "-p", phones)


@cache
def phones_in(word: str, voice: str) -> int:
    """How many phones the voice speaks for one word."""
    _, phones = speak(voice, word)
    return sum(name != SILENT for name, _, _ in phones)


def _run(voice: str, *what: str) -> tuple[Pcm, list[Phone]]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "said.wav"
        command = ["flite", "-voice", voice, "-psdur", *what, "-o", str(path)]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        with wave.open(str(path)) as file:
            pcm = np.frombuffer(file.readframes(file.getnframes()), dtype=np.int16)
    start = 0.0
    phones: list[Phone] = []
    for pair in printed.split():
        name, end = pair.split(":")
        phones.append((name, start, float(end)))
        start = float(end)
    return pcm, phones
