"""The joined recording: one clock, exact within 20 ms."""

from io import BytesIO

import av
import numpy as np
import numpy.typing as npt
import pytest

from api.playback import SILENCE_KEPT_MS, Cut, Piece, join_pieces
from tests.sounds import RATE, clicks, ogg, tone

pytestmark = pytest.mark.unit
WITHIN_MS = 20
QUIET = 0.01
Heard = npt.NDArray[np.float32]


def heard(file: bytes) -> Heard:
    """Two channels at 48 kHz."""
    with av.open(BytesIO(file), "r") as container:
        return np.concatenate([f.to_ndarray() for f in container.decode(audio=0)], axis=1)


def lag_ms(channel: Heard, expected: npt.NDArray[np.int16]) -> float:
    """How much later than expected the sounds come, by cross-correlation."""
    length = max(len(channel), len(expected))
    spectrum = np.fft.rfft(channel, 2 * length) * np.conj(np.fft.rfft(expected, 2 * length))
    best = int(np.argmax(np.fft.irfft(spectrum)))
    return (best if best < length else best - 2 * length) * 1000 / RATE


def placed(seconds: float, parts: list[tuple[int, npt.NDArray[np.int16]]]) -> npt.NDArray[np.int16]:
    """What should be heard."""
    whole = np.zeros(round(seconds * RATE), np.int16)
    for started_ms, samples in parts:
        whole[started_ms * 48 : started_ms * 48 + len(samples)] += samples
    return whole


def test_clicks_come_at_their_time_in_many_parts_with_gaps() -> None:
    mine = [(ms, clicks(4.0, [30 + n * 7, 1500 + n * 11])) for n, ms in enumerate((0, 4000, 9137))]
    theirs = [(ms, clicks(2.0, [13 + n])) for n, ms in enumerate((700, 5003, 12_001))]

    joined = join_pieces(
        [Piece(True, ms, ogg(samples)) for ms, samples in mine]
        + [Piece(False, ms, ogg(samples)) for ms, samples in theirs]
    )
    left, right = heard(joined.ogg)

    assert len(left) == pytest.approx(14_001 * 48, abs=WITHIN_MS * 48)
    assert abs(lag_ms(left, placed(14.1, mine))) < WITHIN_MS
    assert abs(lag_ms(right, placed(14.1, theirs))) < WITHIN_MS


def test_every_part_alone_stands_at_its_time() -> None:
    starts = (0, 10_000, 20_003, 30_017)
    parts = [(ms, clicks(9.5, [100])) for ms in starts]

    left, _ = heard(join_pieces([Piece(True, ms, ogg(samples)) for ms, samples in parts]).ogg)

    one = clicks(1.0, [100])
    lags = [lag_ms(left[ms * 48 : ms * 48 + RATE], one) for ms in starts]
    assert [] == [lag for lag in lags if abs(lag) >= 2]


def test_what_nobody_recorded_is_silence() -> None:
    parts = [Piece(True, 2000, ogg(tone(440, 1.0))), Piece(True, 5000, ogg(tone(440, 1.0)))]

    left, right = heard(join_pieces(parts).ogg)

    assert np.abs(left[: 1950 * 48]).max() < QUIET
    assert np.abs(left[3050 * 48 : 4950 * 48]).max() < QUIET
    assert np.abs(right).max() < QUIET


def test_two_at_once_on_the_right_are_both_heard_and_loud_ones_do_not_wrap() -> None:
    loud = ogg(tone(440, 1.0, level=0.9))

    _, right = heard(join_pieces([Piece(False, 0, loud), Piece(False, 0, loud)]).ogg)

    middle = right[RATE // 4 : RATE // 2]
    assert np.abs(middle).max() > 0.9
    assert np.abs(np.diff(middle)).max() < 0.3


def test_a_damaged_part_counts_as_far_as_it_can_be_read() -> None:
    whole = ogg(tone(440, 4.0))
    parts = [
        Piece(True, 0, whole[: len(whole) * 2 // 3]),
        Piece(True, 5000, b"not a file"),
        Piece(True, 6000, ogg(tone(440, 1.0))),
    ]

    left, _ = heard(join_pieces(parts).ogg)

    assert np.abs(left[: 1000 * 48]).max() > 0.1
    assert np.abs(left[6500 * 48 : 6600 * 48]).max() > 0.1


def test_a_night_between_two_sittings_is_cut_and_every_moment_is_found_again() -> None:
    night, evening, morning = 12 * 3600 * 1000, tone(440, 1.0), clicks(1.0, [100])
    parts = [(0, evening), (night, morning), (night + 50_000, morning), (2 * night, morning)]

    joined = join_pieces([Piece(True, ms, ogg(samples)) for ms, samples in parts])
    left, _ = heard(joined.ogg)

    kept = 1000 + SILENCE_KEPT_MS
    second = night + 51_000 + SILENCE_KEPT_MS
    assert (Cut(kept, night - kept), Cut(second, 2 * night - second)) == joined.cuts
    assert len(left) < 120 * RATE
    for clock_ms, samples in parts[1:]:
        at = clock_ms - sum(c.length_ms for c in joined.cuts if c.from_ms < clock_ms)
        assert abs(lag_ms(left[at * 48 : at * 48 + RATE], samples)) < 2


def test_a_silence_of_a_minute_is_left_as_it_was() -> None:
    parts = [Piece(True, 0, ogg(tone(440, 1.0))), Piece(True, 61_000, ogg(tone(440, 1.0)))]

    joined = join_pieces(parts)

    assert () == joined.cuts
    assert 62_000 == pytest.approx(len(heard(joined.ogg)[0]) / 48, abs=WITHIN_MS)
