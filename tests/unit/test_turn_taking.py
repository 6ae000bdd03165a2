"""Turn-taking by numbers: what is decided at which instant."""

import pytest

from agent.lexicon import load_lexicon
from interview.patience import THINKING_S, WAITS
from interview.turn_taking import Act, Decision, TurnTaking
from interview.voice import OUTAGE_GRACE_S, OUTAGE_UNHEARD_S, UNHEARD_S

pytestmark = pytest.mark.unit

ENGLISH = load_lexicon("en")
EXPECTED, LIMIT_S = 10, 120.0
WHOLE = "we shipped the whole thing on time and everybody was happy"
STEP_S = 0.01


class Scene:
    """A candidate and a clock of their own; `decided` is everything but None, with its instant."""

    def __init__(self, expected: int = EXPECTED, limit_s: float = LIMIT_S) -> None:
        self.turns = TurnTaking(ENGLISH)
        self.now = 100.0
        self.expected, self.limit_s = expected, limit_s
        self.heard_ms = 0
        self.decided: list[tuple[float, Decision]] = []
        self.turns.listen(self.now, expected, limit_s)

    def passes(self, seconds: float) -> None:
        end = self.now + seconds
        while self.now < end:
            self.now = min(end, self.now + STEP_S)
            decision = self.turns.decide(self.now, self.heard_ms)
            if decision is not None:
                self.decided.append((self.now, decision))

    def says(self, text: str, seconds: float = 2.0, final: bool = True) -> None:
        self.turns.sound_began(self.now)
        self.passes(seconds)
        self.turns.heard_interim(text, self.now)
        self.turns.sound_ended(self.now)
        if final:
            self.turns.heard_final(text, self.now, over_line=False)

    def makes_sound(self, seconds: float) -> None:
        self.turns.sound_began(self.now)
        self.passes(seconds)
        self.turns.sound_ended(self.now)

    def begins_line(self, *, follows: bool = False, interruptible: bool = True) -> None:
        self.turns.line_began(self.now, interruptible=interruptible, follows_patience=follows)

    def listens(self, *, stopped: bool = False) -> None:
        self.turns.listen(self.now, self.expected, self.limit_s, stopped=stopped)

    def finds(self, act: Act, after_s: float) -> Decision:
        """The next decision is `act`, after so many seconds."""
        waited, decision = self.next()
        assert act is decision.act
        assert after_s == pytest.approx(waited, abs=0.1)
        return decision

    def next(self, within_s: float = 300.0) -> tuple[float, Decision]:
        """The next decision, with the seconds until then."""
        began, count = self.now, len(self.decided)
        while len(self.decided) == count:
            assert self.now - began < within_s, "nothing is decided"
            wake = self.turns.wake_at(self.now)
            assert wake is not None, "nobody will ever ask again"
            assert wake - self.now < within_s, "nothing is due"
            self.passes(max(STEP_S, wake - self.now))
        at, decision = self.decided[-1]
        return round(at - began, 2), decision

    def is_silent(self, seconds: float) -> bool:
        count = len(self.decided)
        self.passes(seconds)
        return count == len(self.decided)


def after(text: str, expected: int = EXPECTED) -> float:
    """The wait after an answer."""
    scene = Scene(expected)
    scene.says(text)
    waited, decision = scene.next()
    assert Act.OVER is decision.act
    return waited


# ---- the end of an answer ----


@pytest.mark.parametrize(
    ("text", "expected", "wait"),
    [
        (WHOLE, EXPECTED, WAITS.whole),
        ("we shipped it", EXPECTED, WAITS.short),
        ("we shipped it because", EXPECTED, WAITS.open_clause),
        ("we shipped it and that is all", EXPECTED, WAITS.done),
    ],
)
def test_an_answer_is_over_after_the_wait_that_its_words_deserve(
    text: str, expected: int, wait: float
) -> None:
    assert wait == pytest.approx(after(text, expected), abs=0.02)


@pytest.mark.parametrize("text", ["we shipped it", "No.", "A person.", "Can I talk to a person?"])
def test_an_answer_is_over_by_itself_but_no_wish_is(text: str) -> None:
    scene = Scene()
    scene.says(text)

    assert text.endswith("?") is (scene.turns.over_due() is None)


def test_a_judgement_of_the_voice_makes_the_wait_longer() -> None:
    scene = Scene()
    scene.says(WHOLE)
    scene.turns.judged(0.1)

    assert WAITS.unsure == pytest.approx(scene.next()[0], abs=0.02)


def test_who_asks_again_when_told_to_misses_nothing() -> None:
    scene = Scene()
    scene.says(WHOLE)

    wake = scene.turns.wake_at(scene.now)

    assert wake == pytest.approx(scene.now + WAITS.whole)


def test_who_goes_on_within_the_wait_has_one_answer() -> None:
    scene = Scene()
    scene.says("we shipped it because")
    assert scene.is_silent(2.5)
    scene.says("the customer had asked for it twice")

    scene.next()

    assert 1 == len(scene.decided)


# ---- over our own voice ----


def test_a_sound_over_our_line_holds_it_and_an_interjection_lets_it_go_on() -> None:
    scene = Scene()
    scene.begins_line()
    scene.turns.sound_began(scene.now)
    held, decision = scene.next()
    assert (Act.HOLD, True) == (decision.act, held <= 0.1)
    scene.turns.heard_interim("mm-hm", scene.now)
    scene.turns.sound_ended(scene.now)

    waited, decision = scene.next()

    assert Act.GO_ON is decision.act
    assert waited == pytest.approx(0.45, abs=0.02)


def test_real_words_over_our_line_stop_it_at_once() -> None:
    scene = Scene()
    scene.begins_line()
    scene.turns.sound_began(scene.now)
    scene.turns.heard_interim("wait a minute", scene.now)

    scene.passes(STEP_S)

    assert [Act.STOP] == [decision.act for _, decision in scene.decided]


@pytest.mark.parametrize(("heard_ms", "act"), [(1500, Act.WITHDRAW), (1700, Act.STOP)])
def test_a_line_that_followed_patience_is_taken_back_while_it_is_young(
    heard_ms: int, act: Act
) -> None:
    scene = Scene()
    scene.begins_line(follows=True)
    scene.heard_ms = heard_ms
    scene.turns.sound_began(scene.now)
    scene.turns.heard_interim("and then we", scene.now)

    assert act is scene.next()[1].act


def test_a_sound_that_nobody_recognises_stops_our_line_after_a_while() -> None:
    scene = Scene()
    scene.begins_line()
    scene.turns.sound_began(scene.now)

    scene.finds(Act.HOLD, 0.1)
    scene.finds(Act.STOP, 1.4)


def test_after_a_mere_sound_that_stopped_our_line_we_go_on_soon_but_only_once() -> None:
    scene = Scene()
    scene.begins_line()
    scene.makes_sound(1.6)
    scene.listens(stopped=True)
    assert 1 == scene.finds(Act.NUDGE, 1.5).times

    scene.begins_line()
    scene.makes_sound(1.6)
    scene.listens(stopped=True)

    assert 2 == scene.finds(Act.NUDGE, WAITS.nudge).times


# ---- silence ----


def test_who_says_nothing_is_asked_twice_and_the_third_time_is_the_last() -> None:
    scene = Scene()

    asked = [scene.next() for _ in range(3)]

    assert [20, 20, 20] == [round(waited) for waited, _ in asked]
    assert [1, 2, 3] == [decision.times for _, decision in asked]
    assert scene.is_silent(300)


def test_a_question_said_again_into_the_silence_does_not_begin_it_anew() -> None:
    scene = Scene()
    scene.next()
    scene.begins_line()
    scene.passes(3)
    scene.listens()

    assert 2 == scene.finds(Act.NUDGE, 20.0).times


@pytest.mark.parametrize("sign", ["words", "click"])
def test_a_sign_of_life_begins_it_anew(sign: str) -> None:
    scene = Scene()
    scene.next()
    if sign == "words":
        scene.says(WHOLE)
        scene.next()
    else:
        scene.turns.shows_life(scene.now)
    scene.begins_line()
    scene.listens()

    assert 1 == scene.next()[1].times


# ---- time to think ----


def test_a_wish_for_time_is_granted_with_one_kind_question_in_between() -> None:
    scene = Scene()
    scene.says("we had a project")
    scene.turns.think(scene.now)

    scene.finds(Act.NUDGE, 60.0)
    scene.finds(Act.OVER, THINKING_S - 60.0)


def test_a_spoken_wish_for_time_is_granted_likewise() -> None:
    scene = Scene()
    scene.says("we had a project")
    scene.passes(1.0)
    scene.says("let me think about that")

    scene.finds(Act.NUDGE, 60.0)


def test_an_answer_that_ends_on_one_second_does_not_wish_for_time() -> None:
    assert after("in the end the whole job was done in one second") <= WAITS.longest


def test_a_wish_for_time_over_our_line_is_granted_after_it() -> None:
    scene = Scene()
    scene.begins_line()
    scene.turns.think(scene.now)
    scene.passes(3)
    scene.listens()

    scene.finds(Act.NUDGE, 60.0)


def test_who_wished_for_time_and_spoke_at_once_is_answered_promptly() -> None:
    scene = Scene()
    scene.begins_line()
    scene.turns.think(scene.now)
    scene.turns.sound_began(scene.now)
    scene.turns.heard_interim(WHOLE, scene.now)
    scene.next()
    scene.listens(stopped=True)
    scene.turns.sound_ended(scene.now)
    scene.turns.heard_final(WHOLE, scene.now, over_line=False)

    assert WAITS.whole == pytest.approx(scene.next()[0], abs=0.02)


# ---- done, and the time budget ----


def test_done_is_answered_at_once() -> None:
    scene = Scene()
    scene.says("we shipped it because")
    assert scene.turns.done(scene.now)

    waited, decision = scene.next()

    assert ("done", True) == (decision.signal, waited <= 0.02)


def test_nothing_can_be_done_before_a_word() -> None:
    assert not Scene().turns.done(100.0)


def test_the_budget_ends_an_answer_at_its_next_pause() -> None:
    scene = Scene(limit_s=10.0)
    scene.says("word " * 40 + "because", seconds=11.0)

    assert "time" == scene.finds(Act.OVER, WAITS.done).signal


def test_the_budget_ends_an_answer_without_a_pause_a_little_later() -> None:
    scene = Scene(limit_s=10.0)
    scene.turns.sound_began(scene.now)
    scene.turns.heard_interim("word " * 40, scene.now)

    assert "time" == scene.finds(Act.OVER, 12.5).signal


def test_the_budget_stands_still_while_the_candidate_is_away() -> None:
    scene = Scene(limit_s=20.0)
    scene.says("we had one project and")
    scene.turns.went(scene.now)
    scene.now += 100.0
    scene.turns.came(scene.now)
    scene.begins_line()
    scene.passes(2)
    scene.turns.listen_on(scene.now, invited=True)

    assert "patience" == scene.finds(Act.OVER, WAITS.invited).signal


# ---- a recogniser that fails ----


def test_a_voice_that_gives_no_words_becomes_noise() -> None:
    scene = Scene()
    scene.says(WHOLE)
    scene.turns.sound_began(scene.now)

    assert UNHEARD_S == pytest.approx(scene.next()[0], abs=0.1)


def test_nobody_is_talked_over_while_the_recogniser_fails() -> None:
    scene = Scene()
    scene.says(WHOLE)
    scene.turns.sound_began(scene.now)
    for _ in range(40):
        scene.turns.not_recognised(scene.now)
        assert scene.is_silent(1.0)

    assert OUTAGE_UNHEARD_S - 1 == pytest.approx(scene.next()[0], abs=0.1)


def test_the_words_that_a_failing_recogniser_owes_are_waited_for() -> None:
    scene = Scene()
    scene.says(WHOLE)
    scene.turns.not_recognised(scene.now)
    scene.makes_sound(5.0)
    assert scene.is_silent(OUTAGE_GRACE_S - 0.1)
    scene.turns.heard_final("and the rest of it", scene.now, over_line=False)

    waited, decision = scene.next()

    assert (Act.OVER, True) == (decision.act, waited <= 1.1)


def test_words_that_never_come_are_not_waited_for_without_end() -> None:
    scene = Scene()
    scene.says(WHOLE)
    scene.turns.not_recognised(scene.now)
    scene.makes_sound(5.0)

    assert OUTAGE_GRACE_S == pytest.approx(scene.next()[0], abs=0.1)


def test_who_waits_out_a_long_outage_is_spoken_to() -> None:
    scene = Scene()
    scene.turns.not_recognised(scene.now)
    scene.makes_sound(5.0)

    scene.finds(Act.NUDGE, 20.0)


def test_an_answer_that_was_recognised_before_the_failure_is_answered_as_ever() -> None:
    scene = Scene()
    scene.turns.not_recognised(scene.now)
    scene.says(WHOLE)

    assert WAITS.whole == pytest.approx(scene.next()[0], abs=0.02)
