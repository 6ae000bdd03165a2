"""The engine: reads what to say from the server, answers with samples, ends with the server."""

import signal

import numpy as np

from local.speech.frames import EnginePipe, Frame, Kind, private_output
from local.speech.sound import Resampler
from local.speech.talking.espeak import Espeak, EspeakFailed
from local.speech.talking.request import Utterance, unpacked

PEAK = 10 ** (-3 / 20) * 32767
"""-3 dBFS; some voices of espeak-ng reach full scale."""


def samples_of(espeak: Espeak, wanted: Utterance) -> bytes:
    """PCM at the wanted rate, its peak at most -3 dBFS."""
    spoken = espeak.say(wanted.text, wanted.voice, wanted.words_per_minute)
    resampler = Resampler(espeak.rate, wanted.sample_rate)
    pcm = np.frombuffer(resampler.feed(spoken) + resampler.rest(), dtype="<i2").astype(np.float32)
    peak = float(np.abs(pcm).max(initial=0.0))
    return (pcm * min(1.0, PEAK / max(peak, 1.0))).astype("<i2").tobytes()


def main() -> None:
    # Ctrl-C reaches the whole group; the server decides when we end, by closing our input.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pipe = EnginePipe(outgoing=private_output())
    espeak = Espeak()
    try:
        pipe.send(Frame(Kind.READY))
        while (frame := pipe.receive()) is not None:
            try:
                answer = Frame(Kind.PCM, samples_of(espeak, unpacked(frame.payload)))
            except EspeakFailed as error:
                answer = Frame(Kind.FAULT, str(error).encode())
            pipe.send(answer)
    except (EOFError, BrokenPipeError):
        return


if __name__ == "__main__":
    main()
