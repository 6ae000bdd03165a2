"""The director keeps the order through every order of facts."""

from uuid import UUID

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from interview.errors import OutOfOrder
from interview.events import (
    AgentJoined,
    AnswerEnded,
    AnswerResumed,
    CandidateArrived,
    CandidateLeft,
    Fact,
    FinalMinuteBegan,
    LineEnded,
    LineStarted,
    Paused,
    Resumed,
    SignalReceived,
    SilenceNoticed,
    SpeechHeard,
    TimeRanOut,
)
from interview.ids import TurnId
from interview.session import deadline, upcoming
from interview.wishes import OFFERS
from tests.fakes.talk import (
    CANDIDATE,
    SHORT,
    WHOLE,
    Talk,
    check_budget,
    check_what_was_asked,
    plan,
)

pytestmark = pytest.mark.unit

PLAN = plan()
KEYS = ["first", "second", "third"]


# ---- random walks ----

STEPS = """
    say say say barge interrupt withdraw answer answer short repeat mm-hm
    late silent leave return die time press minute
    rephrase skip back pause trouble robot progress person distress job asks has_question yes go_on
    somebody danger no stop
"""
WISHES = [*STEPS.split()[STEPS.split().index("rephrase") :]]
KINDS = st.sampled_from(STEPS.split())


class Walk:
    """What an agent may report, step by step, in any order that can really happen."""

    def __init__(self) -> None:
        self.talk = Talk(PLAN)
        self.talk.joins()
        self.silences = 0

    def step(self, kind: str) -> None:
        if self.talk.is_over():
            return
        act = getattr(self, f"_{kind.replace('-', '_')}", None)
        if act is None:
            self._answer(5, kind)
        else:
            act()

    def _say(self) -> None:
        if self.talk.todo and self.talk.state.present:
            self.talk.says()

    def _barge(self) -> None:
        if self.talk.todo and self.talk.state.present and self.talk.todo.line != "greeting":
            self.talk.ends(self.talk.begins(), cut_off=True)

    def _interrupt(self) -> None:
        if self.talk.todo and self.talk.state.present and self.talk.todo.line != "greeting":
            self.talk.is_cut_off(0.0)

    def _withdraw(self) -> None:
        talk = self.talk
        if talk.todo is None and talk.state.present and talk.state.started_at:
            turn = talk.answers()
            if talk.commands:
                talk.ends(talk.begins(), cut_off=True, withdrawn=True)
                talk.resumes(turn)

    def _answer(self, words: int = WHOLE, intent: str = "answer") -> None:
        if self.talk.todo is None and self.talk.state.present:
            if self.talk.state.paused:
                self.talk.hears()
                self.talk.tell(Resumed())
            else:
                self.talk.answers(words, intent)
            self.silences = 0

    def _short(self) -> None:
        self._answer(SHORT)

    def _repeat(self) -> None:
        self._answer(5, "repeat")

    def _mm_hm(self) -> None:
        self._answer(1, "backchannel")

    def _late(self) -> None:
        if self.talk.state.answered:
            self.talk.hears(self.talk.state.answered)

    def _silent(self) -> None:
        if self.talk.todo is None and self.talk.state.present and not self.talk.state.paused:
            self.silences += 1
            self.talk.tell(SilenceNoticed(times=self.silences, silent_s=20.0 * self.silences))

    def _leave(self) -> None:
        if self.talk.state.present:
            self.talk.todo = None
            self.talk.tell(CandidateLeft(reason="signal_close"))

    def _return(self) -> None:
        if not self.talk.state.present:
            self.talk.tell(CandidateArrived(identity=CANDIDATE))
            if self.talk.state.paused:
                self.talk.tell(Resumed())

    def _die(self) -> None:
        away = not self.talk.state.present
        self.talk = Talk.resumed(PLAN, self.talk.events)
        self.talk.tell(AgentJoined(identity="ai", versions={}))
        self.silences = 0
        if not away:
            self._return()

    def _time(self) -> None:
        self.talk.tell(TimeRanOut(scope="interview"))

    def _minute(self) -> None:
        self.talk.tell(FinalMinuteBegan())

    def _press(self) -> None:
        if self.talk.todo is None and not self.talk.state.paused:
            self.talk.tell(SignalReceived(signal="repeat"))


@settings(max_examples=300, deadline=None)
@given(st.lists(KINDS, max_size=40), st.sampled_from([SHORT, WHOLE]))
def test_no_walk_loses_the_order_or_ends_in_silence(kinds: list[str], words: int) -> None:
    walk = Walk()
    for kind in kinds:
        walk.step(kind)
    out_of_time = walk.talk.state.over_time

    end(walk, words)

    asked = walk.talk.asked()
    assert KEYS[: len(asked)] == asked
    assert asked == list(walk.talk.state.asked)
    assert [say.line for say in walk.talk.started()].count("greeting") <= 1
    check_budget(walk.talk)
    if not out_of_time and not walk.talk.state.is_for_people:
        check_what_was_asked(walk.talk)


def end(walk: Walk, words: int = WHOLE) -> None:
    """The candidate comes back and answers until the interview is over."""
    for _ in range(30):
        if walk.talk.is_over():
            return
        walk.step("return")
        if walk.talk.todo:
            walk.step("say")
        else:
            walk.step("answer" if words == WHOLE else "short")
    raise AssertionError("the interview does not end")


UNTIL_GOODBYE = st.sampled_from(["answer", "short", "repeat", "silent", "skip", "back", "robot"])


@settings(max_examples=300, deadline=None)
@example(["say", "danger"], ["answer", "repeat", "repeat", "answer"])
@given(st.lists(KINDS, max_size=25), st.lists(UNTIL_GOODBYE, min_size=4, max_size=4))
def test_whatever_is_said_when_the_time_is_up_only_the_goodbye_follows(
    kinds: list[str], then: list[str]
) -> None:
    walk = Walk()
    walk.step("say")
    for kind in kinds:
        walk.step(kind)
    walk.step("return")
    if walk.talk.state.paused:
        walk.step("answer")
    walk.step("time")
    while walk.talk.todo:
        walk.step("say")

    before = len(walk.talk.started())
    for kind in then:
        walk.step(kind)
        walk.step("say")

    lines = [say.line for say in walk.talk.started()[before:]]
    # Whoever is in danger is not sent away: the line stays open, and nothing more is asked.
    stays = walk.talk.state.paused and walk.talk.state.wished.in_danger
    assert walk.talk.is_over() or walk.talk.state.wished.offer or stays, lines
    assert {*lines} <= {"closing", "person_closing", "pausing", *OFFERS.values()}


TURNS = st.integers(1, 4).map(lambda n: TurnId(UUID(int=n)))
FACTS: st.SearchStrategy[Fact] = st.one_of(
    st.just(AgentJoined(identity="ai", versions={})),
    st.just(CandidateArrived(identity=CANDIDATE)),
    st.just(CandidateLeft(reason="gone")),
    st.builds(
        LineStarted,
        turn_id=TURNS,
        line=st.sampled_from(["greeting", "question", "probe", "repeat", "closing", "paused"]),
        question=st.sampled_from([None, *KEYS]),
        probe=st.sampled_from([None, 0]),
        text=st.just("text"),
        identity=st.just("ai"),
        started_ms=st.just(0),
    ),
    st.builds(
        LineEnded,
        turn_id=TURNS,
        spoken=st.just("te"),
        ended_ms=st.just(1),
        cut_off=st.booleans(),
        withdrawn=st.booleans(),
    ),
    st.builds(
        SpeechHeard,
        turn_id=TURNS,
        question=st.none(),
        identity=st.just(CANDIDATE),
        role=st.sampled_from(["candidate", "interviewer"]),
        text=st.just("well"),
        words=st.just(()),
        started_ms=st.just(0),
        ended_ms=st.just(1),
    ),
    st.builds(
        AnswerEnded,
        turn_id=TURNS,
        question=st.none(),
        signal=st.sampled_from(["patience", "done", "time", "left"]),
        words=st.integers(0, 300),
        intent=st.sampled_from(["answer", "repeat", "backchannel", "nothing", *WISHES]),
        topic=st.none(),
    ),
    st.builds(AnswerResumed, turn_id=TURNS),
    st.builds(SignalReceived, signal=st.sampled_from(["done", "think", "repeat"])),
    st.builds(SilenceNoticed, times=st.integers(1, 4), silent_s=st.just(20.0)),
    st.builds(Paused, reason=st.sampled_from(["silence", "absent", "asked"])),
    st.just(FinalMinuteBegan()),
    st.just(Resumed()),
    st.builds(TimeRanOut, scope=st.sampled_from(["question", "interview"])),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(FACTS, max_size=40))
def test_no_order_of_facts_raises_anything_but_out_of_order(facts: list[Fact]) -> None:
    talk = Talk(PLAN)
    for fact in facts:
        if talk.is_over():
            break
        try:
            talk.tell(fact)
        except OutOfOrder:
            continue
        upcoming(PLAN, talk.state)
        deadline(PLAN, talk.state)
