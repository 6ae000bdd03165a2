"""One stream: from PCM to events, utterance by utterance."""

from collections import deque
from collections.abc import Iterator

from pocketsphinx import Vad

from local.speech.hearing.endpointer import FRAME_MS, Boundary, Endpointer, Patience
from local.speech.hearing.events import (
    Event,
    Heard,
    Listening,
    SpeechBegan,
    SpeechOver,
    StreamEnded,
)
from local.speech.hearing.recognizer import RATE, Recognizer
from local.speech.sound import SAMPLE_BYTES, Resampler

FRAME_S = FRAME_MS / 1000
FRAME_BYTES = RATE * FRAME_MS // 1000 * SAMPLE_BYTES
STRICT = 3
"""WebRTC's VAD at its strictest: it keeps saying "voice" for the shortest time after the end."""

LEAD_FRAMES = 20
"""What the decoder gets of the time before the first voiced frame: soft beginnings."""

INTERIM_FRAMES = 15


class Listener:
    """Turns audio into events; all methods are generators of what became known."""

    def __init__(
        self, recognizer: Recognizer, how: Listening, patience: Patience | None = None
    ) -> None:
        self._recognizer = recognizer
        self._how = how
        self._patience = patience or Patience(pause_ms=how.pause_ms)
        self._endpointer = Endpointer(self._patience)
        self._vad = Vad(STRICT, RATE, FRAME_S)
        plain = how.sample_rate == RATE and how.channels == 1
        self._resampler = None if plain else Resampler(how.sample_rate, RATE, channels=how.channels)
        self._rest = b""
        self._lead: deque[bytes] = deque(maxlen=LEAD_FRAMES)
        self._frames = 0
        self._start_s = 0.0
        self._since_guess = 0
        self._guessed = ""
        self._last_word_end_s: float | None = None

    @property
    def in_speech(self) -> bool:
        return self._endpointer.in_speech

    @property
    def _now_s(self) -> float:
        return self._frames * FRAME_S

    def hear(self, pcm: bytes) -> Iterator[Event]:
        """Audio as the client sent it."""
        pcm = self._resampler.feed(pcm) if self._resampler else pcm
        pcm = self._rest + pcm
        whole = len(pcm) // FRAME_BYTES * FRAME_BYTES
        self._rest = pcm[whole:]
        for at in range(0, whole, FRAME_BYTES):
            yield from self._frame(pcm[at : at + FRAME_BYTES])

    def finish(self, *, asked: bool) -> Iterator[Event]:
        """Make what is heard final now; `asked`: by the client, who gets an answer in any case."""
        if self.in_speech:
            self._endpointer.reset()
            yield self._final(from_finalize=asked)
        elif asked:
            yield Heard((), self._now_s, self._now_s, True, True, from_finalize=True)

    def end(self) -> Iterator[Event]:
        """No more audio will come."""
        if self._resampler and (rest := self._resampler.rest()):
            self._rest += rest
        self._rest += bytes(-len(self._rest) % FRAME_BYTES)
        for at in range(0, len(self._rest), FRAME_BYTES):
            yield from self._frame(self._rest[at : at + FRAME_BYTES])
        yield from self.finish(asked=False)
        yield StreamEnded(self._now_s)

    def _frame(self, frame: bytes) -> Iterator[Event]:
        self._frames += 1
        match self._endpointer.feed(self._vad.is_speech(frame)):
            case Boundary.BEGAN:
                yield self._begin(frame)
            case Boundary.ENDED:
                self._recognizer.feed(frame)
                yield self._final()
            case Boundary.CUT:
                self._recognizer.feed(frame)
                yield self._final(speech_ended=False)
                self._open(self._now_s)
            case None if self.in_speech:
                self._recognizer.feed(frame)
                yield from self._interim()
            case None:
                self._lead.append(frame)
                yield from self._silence()

    def _begin(self, frame: bytes) -> Event:
        heard = [*self._lead, frame]
        self._lead.clear()
        self._open(self._now_s - len(heard) * FRAME_S)
        self._recognizer.feed(b"".join(heard))
        onset_s = self._now_s - self._patience.onset_window * FRAME_S
        return SpeechBegan(max(self._start_s, onset_s))

    def _open(self, start_s: float) -> None:
        """An utterance begins at `start_s`."""
        self._start_s = start_s
        self._since_guess = 0
        self._guessed = ""
        self._recognizer.begin(start_s)

    def _interim(self) -> Iterator[Event]:
        self._since_guess += 1
        if not self._how.interims or self._since_guess < INTERIM_FRAMES:
            return
        self._since_guess = 0
        words = self._recognizer.guess()
        text = " ".join(word.word for word in words)
        if text and text != self._guessed:
            self._guessed = text
            yield Heard(words, self._start_s, self._now_s, is_final=False)

    def _final(self, *, speech_ended: bool = True, from_finalize: bool = False) -> Event:
        words = self._recognizer.end()
        if words:
            self._last_word_end_s = words[-1].end_s
        return Heard(words, self._start_s, self._now_s, True, speech_ended, from_finalize)

    def _silence(self) -> Iterator[Event]:
        last, asked_ms = self._last_word_end_s, self._how.utterance_end_ms
        if last is not None and asked_ms is not None and self._now_s - last >= asked_ms / 1000:
            self._last_word_end_s = None
            yield SpeechOver(last)
