"""Where the speech server's utterances begin and end."""

import pytest

from local.candidate.clips import decode, load_clips
from local.candidate.script import DEMO_VOICES
from local.speech.hearing.endpointer import FRAME_MS, Boundary, Endpointer, Patience
from local.speech.hearing.events import Event, Heard, Listening, SpeechBegan
from local.speech.hearing.listener import Listener
from local.speech.hearing.recognizer import RATE, Recognizer

pytestmark = pytest.mark.voice


def boundaries(endpointer: Endpointer, voiced: bool, length_ms: int) -> list[Boundary]:
    told = (endpointer.feed(voiced) for _ in range(length_ms // FRAME_MS))
    return [boundary for boundary in told if boundary is not None]


def speaking(patience: Patience) -> Endpointer:
    endpointer = Endpointer(patience)
    assert [Boundary.BEGAN] == boundaries(endpointer, True, 100)
    return endpointer


def test_a_pause_that_is_long_enough_ends_an_utterance() -> None:
    endpointer = speaking(Patience(pause_ms=200))

    assert [] == boundaries(endpointer, False, 180)
    assert [] == boundaries(endpointer, True, 20)
    assert [Boundary.ENDED] == boundaries(endpointer, False, 200)
    assert not endpointer.in_speech


def test_a_long_utterance_ends_at_a_shorter_pause() -> None:
    endpointer = speaking(Patience(pause_ms=200, short_pause_ms=80, long_ms=2_000))
    boundaries(endpointer, True, 2_000)

    assert [Boundary.ENDED] == boundaries(endpointer, False, 80)


@pytest.mark.parametrize("voiced", [True, False])
def test_whoever_speaks_on_is_cut_and_has_not_ended(voiced: bool) -> None:
    endpointer = speaking(Patience(long_ms=1_000, longest_ms=3_000))
    boundaries(endpointer, True, 2_900)

    assert [] == boundaries(endpointer, voiced, 40)
    assert [Boundary.CUT] == boundaries(endpointer, True, 1_000)
    assert endpointer.in_speech
    assert [Boundary.ENDED] == boundaries(endpointer, False, 400)


def test_the_words_of_a_long_speech_come_in_parts_and_only_the_last_ends_it() -> None:
    clip = load_clips(DEMO_VOICES)["broke_main_page"]
    pcm = decode(clip.path, RATE)[: 4 * RATE].tobytes() + bytes(2 * RATE)
    how = Listening(RATE, 1, pause_ms=200, interims=False, min_confidence=0.0)
    patience = Patience(pause_ms=900, short_pause_ms=900, long_ms=1_000, longest_ms=1_500)
    listener = Listener(Recognizer(), how, patience)

    events: list[Event] = [*listener.hear(pcm), *listener.end()]

    parts = [event for event in events if isinstance(event, Heard)]
    assert len(parts) > 2
    assert [False] * (len(parts) - 1) + [True] == [part.speech_ended for part in parts]
    assert all(part.is_final for part in parts)
    assert 1 == sum(isinstance(event, SpeechBegan) for event in events)
    assert [part.end_s for part in parts[:-1]] == [part.start_s for part in parts[1:]]
