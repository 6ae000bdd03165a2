"""Tracks cut into segments, and segments on the disk."""

from pathlib import Path
from uuid import uuid4

import pytest

from agent.recording import GAP_MS, Recorder
from agent.segments import Segment, encode, segments_in, write_segment
from tests.fakes.door import FakeDoor

pytestmark = pytest.mark.unit

RATE = 16_000


def audio(ms: int) -> bytes:
    return bytes(2 * RATE * ms // 1000)


def pieces(folder: Path, *writes: tuple[int, int], close: bool = True) -> list[tuple[int, int]]:
    """Start and length of what comes of writes (start and length likewise, in ms)."""
    recorder = Recorder(FakeDoor(), uuid4(), 1, folder)
    track = recorder.track("cand-1")
    for at_ms, ms in writes:
        track.write(at_ms, audio(ms), RATE)
    if close:
        track.close()
    return [(piece.started_ms, piece.duration_ms) for piece in recorder._pieces]


def test_a_long_line_is_cut_into_segments_of_ten_seconds(tmp_path: Path) -> None:
    expected = [(500, 10_000), (10_500, 10_000), (20_500, 5_000)]

    assert expected == pieces(tmp_path, (500, 25_000))


def test_a_segment_is_handed_over_as_soon_as_it_is_full(tmp_path: Path) -> None:
    frames = [(at, 20) for at in range(0, 10_020, 20)]

    assert [(0, 10_000)] == pieces(tmp_path, *frames, close=False)


def test_jitter_opens_no_segment_and_a_gap_does(tmp_path: Path) -> None:
    jitter, gap = 100 + GAP_MS, 200 + GAP_MS + 1

    assert [(0, 200), (gap, 100)] == pieces(tmp_path, (0, 100), (jitter, 100), (gap, 100))


def test_no_word_may_lie_further_off_than_the_recording_promises() -> None:
    assert GAP_MS <= 50


def test_two_segments_of_a_participant_never_have_one_start(tmp_path: Path) -> None:
    starts = [start for start, _ in pieces(tmp_path, (1000, 500), (1000, 500), (0, 500))]

    assert sorted(set(starts)) == starts


def test_a_mute_line_is_closed_after_a_while_and_a_speaking_one_is_not(tmp_path: Path) -> None:
    recorder = Recorder(FakeDoor(), uuid4(), 1, tmp_path)
    track = recorder.track("cand-1")
    track.write(0, audio(100), RATE)
    track.close_if_idle()
    assert 0 == len(recorder._pieces)

    track.close_if_idle()

    assert 1 == len(recorder._pieces)


def test_a_segments_name_says_whose_it_is_of_which_epoch_and_when(tmp_path: Path) -> None:
    later, sooner = Segment("ai-1", 2, 9000, 700, tmp_path), Segment("cand-1", 2, 40, 500, tmp_path)
    for segment in (later, sooner):
        write_segment(segment, encode(audio(segment.duration_ms), RATE))
    (tmp_path / "cand-1.2.700.1.part").write_bytes(b"OggS")
    (tmp_path / "notes.ogg").touch()
    (tmp_path / "cand-1.2.x.1.ogg").touch()

    assert [sooner, later] == segments_in(tmp_path)
    assert "cand-1.2.40.500.ogg" == sooner.path.name
    assert 0o600 == sooner.path.stat().st_mode & 0o777
