"""What was said is found in what arrives, shortened, stretched, torn or buried as it may be."""

from itertools import pairwise

import numpy as np
import pytest

from tests.room.house import clips
from tests.standins.following import (
    COARSE,
    Followed,
    Known,
    Samples,
    Sound,
    coarse,
    find,
    find_torn,
)

pytestmark = pytest.mark.unit

CLIP = clips()["clause_15_02"]
RATE, STREAM_RATE, BEGAN = 48_000, 16_000, 3.0
CLOSE_S = 0.03


def followed(arrived: Samples) -> list[float]:
    """How far from its place in the clip each word was heard, in s."""
    follower = Followed(Sound(CLIP.pcm, RATE), STREAM_RATE, BEGAN)
    follower.hear(arrived[:: RATE // STREAM_RATE])
    zero, zeros = BEGAN, []
    for _, start, end in CLIP.entry.words:
        zero = follower.zero(start, end, zero)
        zeros.append(zero - BEGAN)
    return zeros


def test_what_arrives_as_it_was_said_is_heard_where_it_was_said() -> None:
    assert max(map(abs, followed(CLIP.pcm))) < CLOSE_S


def shortened(pcm: Samples) -> Samples:
    """Of every tenth of a second something is left out."""
    pieces = [pcm[at : at + RATE // 10] for at in range(0, len(pcm), RATE // 10)]
    return np.concatenate([piece[: RATE * 93 // 1000] for piece in pieces])


def test_what_is_shortened_on_its_way_is_heard_earlier() -> None:
    kept = shortened(CLIP.pcm)
    lost_s = (len(CLIP.pcm) - len(kept)) / RATE

    zeros = followed(kept)

    ends_at = CLIP.entry.words[-1][2] * RATE / len(CLIP.pcm)
    assert abs(zeros[-1] + lost_s * ends_at) < 2 * CLOSE_S
    assert all(later < earlier + CLOSE_S for earlier, later in pairwise(zeros))


def test_what_is_torn_is_heard_on_either_side_of_the_gap() -> None:
    _, start, _ = CLIP.entry.words[6]
    at = round((start - 0.02) * RATE)
    gap = np.zeros(RATE // 20, np.int16)

    zeros = followed(np.concatenate([CLIP.pcm[:at], gap, CLIP.pcm[at:]]))

    assert max(map(abs, zeros[:6])) < CLOSE_S
    assert max(abs(zero - 0.05) for zero in zeros[7:]) < CLOSE_S


def test_what_is_not_heard_at_all_moves_nothing() -> None:
    noise = np.random.default_rng(1).normal(0, 3000, len(CLIP.pcm)).astype(np.int16)

    assert [0.0] == sorted(set(followed(noise)))


def known(clip: str) -> Known:
    return Known(Sound(clips()[clip].pcm, RATE))


def heard(*arrived: Samples) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """What arrives at the same time."""
    whole = np.zeros(max(map(len, arrived)))
    for one in arrived:
        whole[: len(one)] += one
    return coarse(np.clip(whole, -32768, 32767).astype(np.int16), RATE)


@pytest.mark.parametrize("torn_s", [0.0, 0.4])
def test_a_sound_is_known_by_what_is_heard_of_it(torn_s: float) -> None:
    late_s, pcm = 0.3, CLIP.pcm[round(torn_s * RATE) : RATE]
    arrived = np.concatenate([np.zeros(round((late_s + torn_s) * RATE), np.int16), pcm])

    began = known(CLIP.id).begins(heard(arrived))

    assert began is not None
    assert abs(began / COARSE - late_s) < CLOSE_S


@pytest.mark.parametrize("other", ["finished_01", "finished_03", "clause_15_03", "clause_15_05"])
def test_another_voice_is_not_taken_for_it_and_hides_it_from_nobody(other: str) -> None:
    alone, both = heard(clips()[other].pcm), heard(clips()[other].pcm, CLIP.pcm)

    assert known(CLIP.id).begins(alone) is None
    assert 0.0 == known(CLIP.id).share(alone)
    assert 1.0 == known(CLIP.id).share(heard(CLIP.pcm))
    assert known(CLIP.id).share(both) > 0.5


PAIR = ("finished_03", "finished_04")


@pytest.mark.parametrize(("own", "other"), [PAIR, PAIR[::-1]])
def test_a_sound_is_known_though_it_was_shortened_within_and_no_other_voice_is_taken_for_it(
    own: str, other: str
) -> None:
    mine, theirs = shortened(clips()[own].pcm), shortened(clips()[other].pcm)

    assert known(own).share(heard(mine)) >= 0.9
    assert 0.0 == known(own).share(heard(theirs)) == known(own).share(heard(clips()[other].pcm))


def test_a_word_that_a_buffer_shortened_once_is_found_by_its_halves() -> None:
    word = coarse(CLIP.pcm[round(0.3 * RATE) : round(1.0 * RATE)], RATE)
    torn = np.concatenate([word[: len(word) // 2], word[len(word) // 2 + COARSE // 50 :]])
    buried = torn + np.random.default_rng(7).normal(0, torn.std(), len(torn))
    heard = np.concatenate([np.zeros(COARSE // 4), buried, np.zeros(COARSE // 4)])

    assert find(word, heard) is None
    found = find_torn(word, heard)
    assert found is not None
    assert abs(found / COARSE - 0.25) < CLOSE_S


def test_another_word_is_not_found_by_its_halves() -> None:
    word = coarse(CLIP.pcm[round(0.3 * RATE) : round(1.0 * RATE)], RATE)
    other = coarse(clips()["finished_01"].pcm, RATE)

    assert find_torn(word, other) is None
