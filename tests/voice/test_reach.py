"""A page that falls silent is away; nobody else is taken for it."""

import pytest

from agent.messages import Came, Message, SoundBegan, SoundEnded, Went
from agent.reach import APART_S, SILENT_S, SILENT_WITH_SOUND_S, STEADY_S, Reach

pytestmark = pytest.mark.voice

ME = "cand-1"


class Scene:
    """A reach, the clock it looks at, and what it posts."""

    def __init__(self) -> None:
        self.now = 100.0
        self.posted: list[Message] = []
        self.reach = Reach(ME, self.posted.append, lambda: self.now)

    def passes(self, seconds: float) -> None:
        self.now += seconds
        self.reach.look()


def test_a_page_that_falls_silent_went_at_its_last_word() -> None:
    scene = Scene()
    scene.reach.here()
    scene.passes(SILENT_S - 0.1)
    assert [] == scene.posted

    scene.passes(0.1)
    scene.passes(60.0)

    assert [Went("unreachable", since=100.0)] == scene.posted


def test_a_page_that_is_heard_again_has_come() -> None:
    scene = Scene()
    scene.reach.here()
    scene.passes(SILENT_S)
    scene.reach.here()
    assert [Went("unreachable", since=100.0)] == scene.posted
    scene.passes(STEADY_S)
    scene.reach.here()
    scene.reach.here()

    assert [Went("unreachable", since=100.0), Came(ME)] == scene.posted


def test_a_page_that_speaks_before_its_former_self_has_left_comes_once() -> None:
    scene = Scene()
    scene.reach.here()
    scene.passes(SILENT_S)
    scene.reach.here()
    for told in (Went("duplicate_identity"), Came(ME)):
        scene.reach.tell(told)
    scene.passes(1.0)
    scene.reach.here()

    left = Went("unreachable", since=100.0)
    assert [left, Went("duplicate_identity"), Came(ME)] == scene.posted


def test_whoever_never_said_to_be_there_is_left_alone() -> None:
    scene = Scene()
    scene.passes(600.0)

    assert [] == scene.posted


def test_a_silent_page_whose_voice_is_heard_is_there_until_its_last_sound() -> None:
    scene = Scene()
    scene.reach.here()
    scene.reach.tell(SoundBegan(101.0))
    scene.passes(10.0)
    scene.reach.tell(SoundEnded(109.5))
    assert [SoundBegan(101.0), SoundEnded(109.5)] == scene.posted

    scene.passes(SILENT_S - 0.5)

    assert Went("unreachable", since=109.5) == scene.posted[-1]


def test_a_sound_whose_end_is_never_heard_keeps_nobody_for_ever() -> None:
    scene = Scene()
    scene.reach.here()
    scene.reach.tell(SoundBegan(101.0))
    scene.passes(SILENT_WITH_SOUND_S)

    assert Went("unreachable", since=100.0) == scene.posted[-1]


def test_a_client_that_only_speaks_is_left_alone() -> None:
    scene = Scene()
    scene.reach.tell(SoundBegan(100.0))
    scene.reach.tell(SoundEnded(101.0))
    scene.passes(600.0)

    assert [SoundBegan(100.0), SoundEnded(101.0)] == scene.posted


def test_who_comes_in_anew_is_not_missed_before_the_page_has_said_a_word() -> None:
    scene = Scene()
    scene.reach.here()
    scene.reach.tell(Went("client_initiated"))
    scene.reach.tell(Came(ME))
    scene.passes(600.0)

    assert [Went("client_initiated"), Came(ME)] == scene.posted


def test_who_comes_in_anew_over_a_line_that_was_dead_went_when_they_were_heard_last() -> None:
    scene = Scene()
    scene.reach.here()
    scene.passes(APART_S)
    scene.reach.tell(Went("duplicate_identity"))

    assert [Went("duplicate_identity", since=100.0)] == scene.posted


def test_a_page_that_is_quicker_than_the_news_of_its_former_self_hides_no_silence() -> None:
    scene = Scene()
    scene.reach.here()
    scene.passes(APART_S)
    scene.reach.here()
    scene.passes(0.5)
    scene.reach.here()
    scene.reach.tell(Went("duplicate_identity"))
    scene.reach.tell(Came(ME))
    scene.reach.here()
    scene.passes(1.0)
    scene.reach.tell(Went("client_initiated"))

    assert [Went("duplicate_identity", since=100.0), Came(ME), Went("client_initiated")] == (
        scene.posted
    )


@pytest.mark.parametrize("silent_s", [0.0, APART_S - 0.1])
def test_who_leaves_went_just_now(silent_s: float) -> None:
    scene = Scene()
    scene.reach.here()
    scene.passes(silent_s)
    scene.reach.tell(Went("client_initiated"))

    assert [Went("client_initiated")] == scene.posted


def test_a_silence_of_long_ago_is_no_absence() -> None:
    scene = Scene()
    scene.reach.here()
    scene.passes(APART_S)
    for _ in range(round(SILENT_S)):
        scene.reach.here()
        scene.passes(1.0)
    scene.reach.tell(Went("client_initiated"))

    assert [Went("client_initiated")] == scene.posted


def test_who_leaves_while_they_are_heard_went_just_now() -> None:
    scene = Scene()
    scene.reach.here()
    scene.reach.tell(SoundBegan(101.0))
    scene.passes(APART_S)
    scene.reach.tell(Went("client_initiated"))

    assert Went("client_initiated") == scene.posted[-1]


def test_a_new_page_is_no_return_of_the_one_that_was_lost() -> None:
    scene = Scene()
    scene.reach.here(b"old")
    scene.passes(SILENT_S)
    for _ in range(3):
        scene.reach.here(b"new")
        scene.passes(1.0)
    for told in (Went("duplicate_identity"), Came(ME)):
        scene.reach.tell(told)
    scene.reach.here(b"new")
    scene.passes(SILENT_S)

    left = Went("unreachable", since=100.0)
    then = Went("unreachable", since=107.0)
    assert [left, Went("duplicate_identity"), Came(ME), then] == scene.posted
