"""Where utterances begin and end, told frame by frame whether there was a voice."""

from collections import deque
from dataclasses import dataclass
from enum import Enum

FRAME_MS = 20


class Boundary(Enum):
    """What a frame changed."""

    BEGAN = "began"
    ENDED = "ended"
    CUT = "cut"
    """Long enough for one utterance, though the person still speaks; the next one goes on here."""


@dataclass(frozen=True)
class Patience:
    """How much voice begins an utterance, and how much silence ends it; in milliseconds.

    A long utterance ends at a shorter silence, so that its words come and its cost stays bounded:
    after `long_ms` at `short_pause_ms`; at `longest_ms` it is cut.
    """

    pause_ms: int = 200
    short_pause_ms: int = 80
    long_ms: int = 12_000
    longest_ms: int = 30_000
    onset_voiced: int = 3
    onset_window: int = 5

    def pause_after(self, length_ms: int) -> int:
        """The silence that ends an utterance which is `length_ms` long."""
        if length_ms >= self.long_ms:
            return min(self.pause_ms, self.short_pause_ms)
        return self.pause_ms


class Endpointer:
    """Follows one stream."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._recent: deque[bool] = deque(maxlen=patience.onset_window)
        self._length_ms = 0
        self._silence_ms = 0
        self.in_speech = False

    def feed(self, voiced: bool) -> Boundary | None:
        """One frame of `FRAME_MS`."""
        return self._during(voiced) if self.in_speech else self._before(voiced)

    def reset(self) -> None:
        """Forget the utterance, which somebody else has ended."""
        self.in_speech = False
        self._recent.clear()

    def _before(self, voiced: bool) -> Boundary | None:
        self._recent.append(voiced)
        if sum(self._recent) < self._patience.onset_voiced:
            return None
        self.in_speech = True
        self._length_ms = self._silence_ms = 0
        return Boundary.BEGAN

    def _during(self, voiced: bool) -> Boundary | None:
        self._length_ms += FRAME_MS
        self._silence_ms = 0 if voiced else self._silence_ms + FRAME_MS
        if self._silence_ms >= self._patience.pause_after(self._length_ms):
            self.reset()
            return Boundary.ENDED
        if self._length_ms >= self._patience.longest_ms:
            self._length_ms = 0
            return Boundary.CUT
        return None
