"""Sounds for tests: tones, clicks and the files that they are kept in."""

from io import BytesIO

import av
import numpy as np
import numpy.typing as npt

RATE = 48_000
Samples = npt.NDArray[np.int16]


def tone(hertz: float, seconds: float, level: float = 0.5) -> Samples:
    """A sine wave, mono, 48 kHz."""
    at = np.arange(round(seconds * RATE)) / RATE
    return (np.sin(2 * np.pi * hertz * at) * level * 32_767).astype(np.int16)


def clicks(seconds: float, at_ms: list[int], level: float = 0.5) -> Samples:
    """Silence with short bursts of noise; each burst is the same."""
    samples = np.zeros(round(seconds * RATE), np.int16)
    burst = np.random.default_rng(7).standard_normal(480) * level * 10_000
    for start in at_ms:
        samples[start * 48 : start * 48 + 480] = burst.astype(np.int16)
    return samples


def ogg(samples: Samples) -> bytes:
    """Mono Ogg/Opus."""
    file = BytesIO()
    with av.open(file, "w", format="ogg") as container:
        stream = container.add_stream("libopus", rate=RATE, layout="mono")
        for start in range(0, len(samples), 960):
            frame = av.AudioFrame.from_ndarray(
                samples[None, start : start + 960], format="s16", layout="mono"
            )
            frame.sample_rate, frame.pts = RATE, start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()
