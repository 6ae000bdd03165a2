"""A microphone that is changed in the middle of an answer does not end it."""

import pytest

from interview.patience import WAITS
from interview.turn_taking import Act
from interview.voice import BREATH_S, CHANGED_WITHIN_S
from tests.unit.test_turn_taking import WHOLE, Scene

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("said", [WHOLE, "we had one project and"])
def test_no_silence_ends_an_answer_between_two_microphones(said: str) -> None:
    scene = Scene()
    scene.says(said)
    scene.turns.microphone(scene.now, is_gone=True)
    scene.passes(6)
    assert [] == scene.decided
    scene.turns.microphone(scene.now, is_gone=False)

    assert "patience" == scene.finds(Act.OVER, BREATH_S).signal


def test_a_sound_whose_end_is_told_late_ended_no_later_than_another_microphone_was_there() -> None:
    scene = Scene()
    scene.turns.sound_began(scene.now)
    scene.turns.heard_final("we had one project and", scene.now, over_line=False)
    ended = scene.now
    scene.turns.microphone(scene.now, is_gone=True)
    scene.passes(6)
    scene.turns.microphone(scene.now, is_gone=False)
    scene.turns.sound_ended(ended)

    assert "patience" == scene.finds(Act.OVER, BREATH_S).signal


def test_a_microphone_that_does_not_come_back_is_waited_for_with_a_bound() -> None:
    scene = Scene()
    scene.says(WHOLE)
    scene.turns.microphone(scene.now, is_gone=True)

    assert "patience" == scene.finds(Act.OVER, CHANGED_WITHIN_S).signal


def test_a_microphone_that_never_went_is_no_news() -> None:
    scene = Scene()
    scene.says(WHOLE)
    scene.passes(0.3)
    scene.turns.microphone(scene.now, is_gone=False)

    assert "patience" == scene.finds(Act.OVER, WAITS.whole - 0.3).signal
