"""PCM at the rate somebody needs: 16 bit, little endian, mono."""

import io
import wave
from dataclasses import dataclass

SAMPLE_BYTES = 2


class NotAudio(Exception):
    """The bytes are not 16-bit PCM in a RIFF/WAVE file."""


@dataclass(frozen=True)
class Recording:
    """Raw interleaved samples and how to read them."""

    pcm: bytes
    sample_rate: int
    channels: int


class Resampler:
    """From interleaved samples of `channels` at `source` Hz to mono at `target` Hz; a stream."""

    def __init__(self, source: int, target: int, channels: int = 1) -> None:
        # Not at the top: engines whose rate fits already start without these libraries.
        import av
        import numpy as np

        self._frame_of = av.AudioFrame.from_ndarray
        self._numbers = np.frombuffer
        self._source = source
        self._layout = "mono" if channels == 1 else "stereo"
        self._resampler = av.AudioResampler(format="s16", layout="mono", rate=target)

    def feed(self, pcm: bytes) -> bytes:
        """What is ready; whole samples of all channels only."""
        if not pcm:
            return b""
        samples = self._numbers(pcm, dtype="<i2").reshape(1, -1)
        frame = self._frame_of(samples, format="s16", layout=self._layout)
        frame.sample_rate = self._source
        return b"".join(out.to_ndarray().tobytes() for out in self._resampler.resample(frame))

    def rest(self) -> bytes:
        """The last samples; nothing may be fed afterwards."""
        return b"".join(out.to_ndarray().tobytes() for out in self._resampler.resample(None))


def read_wav(content: bytes) -> Recording:
    """Raises `NotAudio`."""
    try:
        with wave.open(io.BytesIO(content)) as file:
            if file.getsampwidth() != SAMPLE_BYTES:
                raise NotAudio("only 16-bit samples are understood")
            return Recording(
                file.readframes(file.getnframes()), file.getframerate(), file.getnchannels()
            )
    except (wave.Error, EOFError, ValueError, RuntimeError) as error:
        # RuntimeError: a chunk that claims to end beyond its file.
        raise NotAudio("this is no PCM WAVE file") from error


def as_wav(pcm: bytes, sample_rate: int) -> bytes:
    """Mono samples with a header."""
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(SAMPLE_BYTES)
        file.setframerate(sample_rate)
        file.writeframes(pcm)
    return content.getvalue()
