"""Where audio lies in time, when the host that hears it stalls."""

from dataclasses import dataclass, field

import pytest

from agent.recording import Piece, Track
from agent.timeline import SETTLES_S, Timeline

pytestmark = pytest.mark.voice

FRAME_S = 0.05
RATE = 16_000
START = 100.0


@dataclass
class Line:
    """Audio on its way: said at `START` and after, heard whenever it comes."""

    timeline: Timeline = field(default_factory=Timeline)
    pieces: list[Piece] = field(default_factory=list)
    track: Track = field(init=False)

    def __post_init__(self) -> None:
        self.track = Track("candidate", self.pieces.append)

    def say(self, said_at: float, *late_s: float, is_silent: bool = False) -> None:
        """Frames one after the other from `said_at`; frame n arrives `late_s[n]` too late."""
        for n, late in enumerate(late_s, 1):
            arrived = START + said_at + n * FRAME_S + late
            placed = self.timeline.push(FRAME_S, arrived, is_silent=is_silent)
            self.track.began_earlier(ms(placed.was) - ms(placed.began))
            pcm = b"\1\0" * round(RATE * FRAME_S)
            self.track.write(ms(placed.start), pcm, RATE)

    def stretches(self) -> list[tuple[int, int]]:
        """What a recording holds: start and length in ms, since `START`."""
        self.track.close()
        return [(p.started_ms - ms(START), p.duration_ms) for p in self.pieces]

    def said(self, position_s: float) -> int:
        return ms(self.timeline.instant(position_s)) - ms(START)


def ms(instant: float) -> int:
    return round(instant * 1000)


def test_what_comes_late_and_then_all_at_once_lies_where_it_was_said() -> None:
    line = Line()
    line.say(0.0, 0.4, 0.35, 0.3, 0.25, 0.2, 0.15, 0.1, 0.05, *[0.0] * 12)

    assert [(0, 1000)] == line.stretches()
    assert [0, 200, 950] == [line.said(at) for at in (0.0, 0.2, 0.95)]


def test_a_stall_in_the_middle_leaves_no_gap_and_no_overlap() -> None:
    line = Line()
    line.say(0.0, *[0.0] * 10, 0.3, 0.25, 0.2, 0.15, 0.1, 0.05, *[0.0] * 4)

    assert [(0, 500), (500, 500)] == line.stretches()
    assert [300, 500, 700] == [line.said(at) for at in (0.3, 0.5, 0.7)]


def test_a_gap_stays_a_gap() -> None:
    line = Line()
    line.say(0.0, *[0.0] * 10)
    line.say(2.0, 0.1, 0.05, *[0.0] * 8)

    assert [(0, 500), (2000, 500)] == line.stretches()
    assert [450, 2000, 2400] == [line.said(at) for at in (0.45, 0.5, 0.9)]


def test_what_a_client_kept_until_it_was_heard_lies_before_it_was_connected() -> None:
    line = Line()
    line.say(-1.0, *(1.0 - n * FRAME_S for n in range(20)), *[0.0] * 10)

    assert [(-1000, 1500)] == line.stretches()


def test_nothing_begins_before_what_came_before_it_has_ended() -> None:
    line = Line()
    line.say(0.0, *[0.0] * 10)
    line.say(0.5, 0.3)
    line.say(0.25, *[0.0] * 10)

    assert [(0, 500), (500, 550)] == line.stretches()


def test_silence_that_may_be_made_up_moves_nothing() -> None:
    line = Line()
    line.say(0.0, 0.1)
    line.say(0.0, 0.0, 0.0, is_silent=True)

    assert [(100, 150)] == line.stretches()


def test_what_has_settled_stays() -> None:
    line = Line()
    line.say(0.0, *[0.1] * round(SETTLES_S / FRAME_S + 2))
    line.say(SETTLES_S + 2 * FRAME_S, *[0.0] * 10)

    assert [(100, round(SETTLES_S * 1000) + 600)] == line.stretches()
