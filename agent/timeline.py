"""Where pushed audio lies in time, told from when it arrived."""

import math
import time
from dataclasses import dataclass

JUMP_S = 0.15
"""Audio that arrives this much off its place means that the stream stood still in between."""

SETTLES_S = 5.0
"""So much audio into a stretch it still counts when some arrives sooner than the first did."""


@dataclass(frozen=True, slots=True)
class Placed:
    """`start` is the instant of a frame's first sample, as we heard it. Its stretch, thought to
    have begun at `was`, now is known to have begun at `began`."""

    start: float
    was: float
    began: float


class Timeline:
    """Maps seconds of the pushed audio to monotonic instants, also across gaps.

    Whatever is late on its way comes late, and nothing comes early: of a stretch without a gap the
    piece that arrived soonest tells where all of it lies. A host that stalls delivers late first
    and then all at once; taken at its first word, a stretch would lie late by the whole stall.
    """

    def __init__(self) -> None:
        self.pushed_s = 0.0
        self._anchors: list[tuple[float, float]] = []
        self._end = self._floor = -math.inf
        self._is_torn = True

    def is_early(self, duration_s: float, arrived: float) -> bool:
        """No microphone can have made so much sound since the last."""
        if not self._anchors:
            return False
        return arrived - duration_s < self.instant(self.pushed_s) - JUMP_S

    def pad(self, duration_s: float) -> None:
        """Sound was pushed that took no time."""
        self.pushed_s += duration_s
        self._is_torn = True

    def push(self, duration_s: float, arrived: float, *, is_silent: bool = False) -> Placed:
        """Says where this frame lies. Silence moves nothing: it may be made up."""
        start = arrived - duration_s
        early = math.nan if self._is_torn else self.instant(self.pushed_s) - start
        was = began = self._anchors[-1][1] if self._anchors else start
        if early > 0 and not is_silent and self.pushed_s - self._anchors[-1][0] <= SETTLES_S:
            began = self._move(early)
        elif not abs(early) <= JUMP_S:
            was = began = self._begin(start)
        expected = self.instant(self.pushed_s)
        self.pushed_s += duration_s
        self._end = expected + duration_s
        return Placed(expected, was, began)

    def instant(self, position_s: float) -> float:
        before = [a for a in self._anchors if a[0] <= position_s]
        base, at = before[-1] if before else (self._anchors or [(0.0, time.monotonic())])[0]
        return at + position_s - base

    def _begin(self, start: float) -> float:
        """A stretch, after a gap."""
        self._floor, self._is_torn = self._end, False
        self._anchors.append((self.pushed_s, start))
        return start

    def _move(self, early: float) -> float:
        """The stretch began earlier than was thought, but not before the one before it ended."""
        base, at = self._anchors[-1]
        self._anchors[-1] = (base, max(at - early, min(at, self._floor)))
        return self._anchors[-1][1]
