"""What was said to a person is filed, however they have asked."""

from uuid import uuid4

import pytest

from interview.by_room import FloorFollowed
from interview.copilot_facts import QuestionTicked, TurnFiled
from interview.events import AnswerEnded, Fact, LineEnded, LineStarted, SpeechHeard
from interview.ids import TurnId
from interview.prompting import Prompting
from interview.session import Session
from tests.fakes.side import ANNAS, GUIDE, IS_ANNA, guided

pytestmark = pytest.mark.unit


class Led:
    """Anna leads through a talk, and the co-pilot takes note."""

    def __init__(self) -> None:
        self.prompting = Prompting(GUIDE, guided(), (), lambda _: None)
        self.state = Session(floor=ANNAS)
        self.filed: list[tuple[TurnId, str | None]] = []
        self.notes(FloorFollowed(floor=ANNAS))

    def notes(self, fact: Fact) -> None:
        told = self.prompting.notes(fact, self.state).facts
        self.filed += [(one.turn_id, one.question) for one in told if isinstance(one, TurnFiled)]

    def says(self, text: str) -> TurnId:
        return self._said(IS_ANNA, text)

    def hears(self, text: str, question: str | None = None) -> TurnId:
        return self._said("cand", text, question)

    def _said(self, who: str, text: str, question: str | None = None) -> TurnId:
        turn = TurnId(uuid4())
        heard = SpeechHeard(
            turn_id=turn,
            question=question,
            identity=who,
            role="interviewer" if who == IS_ANNA else "candidate",
            text=text,
            words=(),
            started_ms=0,
            ended_ms=1,
        )
        self.notes(heard)
        return turn

    def gives_back(self, *covered: str) -> None:
        self.state = Session(covered=covered)
        self.notes(FloorFollowed(floor="ai", covered=covered))


def test_two_questions_that_are_ticked_at_once_each_have_the_answer_to_them() -> None:
    led = Led()
    led.says("What went wrong, what has failed you?")
    first = led.hears("The delivery.")
    led.says("And customers?")
    second = led.hears("One shouted at me.")
    led.says("Really?")
    more = led.hears("Yes, for an hour.")

    led.gives_back("first", "second")

    assert [(first, "first"), (second, "second"), (more, "second")] == led.filed


def test_what_may_be_about_either_of_two_questions_is_about_none() -> None:
    led = Led()
    led.says("What has failed you?")
    first = led.hears("The delivery.")
    led.says("Tell me another thing.")
    led.hears("One shouted at me.")

    led.gives_back("first", "second")

    assert [(first, "first")] == led.filed


def test_an_answer_waits_for_its_tick_while_another_question_is_recognised() -> None:
    led = Led()
    led.says("What went wrong?")
    first = led.hears("The delivery.")
    recognised = led.says("So describe a difficult meeting with a customer.")
    led.hears("One shouted at me.", "second")

    led.gives_back("first", "second")

    assert [(recognised, "second"), (first, "first")] == led.filed


def test_an_answer_is_filed_by_a_tick_after_the_floor_was_given_back() -> None:
    led = Led()
    led.says("What went wrong?")
    first = led.hears("The delivery.")
    led.gives_back()

    led.notes(QuestionTicked(identity=IS_ANNA, question="first", covered=True))

    assert [(first, "first")] == led.filed


def test_what_was_said_to_a_person_before_is_not_about_what_they_ask_when_they_lead_again() -> None:
    led = Led()
    led.hears("The delivery.")
    led.gives_back()
    led.state = Session(floor=ANNAS)
    led.notes(FloorFollowed(floor=ANNAS))

    led.gives_back("second")

    assert [] == led.filed


def asked_by_the_ai(key: str) -> LineStarted:
    return LineStarted(
        turn_id=TurnId(uuid4()),
        line="question",
        question=key,
        probe=None,
        text="Tell me.",
        identity="ai",
        started_ms=0,
    )


def test_what_the_ai_has_put_and_a_person_heard_is_filed_by_their_tick() -> None:
    led = Led()
    led.state = Session()
    led.notes(FloorFollowed(floor="ai"))
    led.notes(asked_by_the_ai("first"))
    led.state = Session(floor=ANNAS)
    led.notes(FloorFollowed(floor=ANNAS))
    answer = led.hears("The delivery failed me.")

    led.gives_back("first")

    assert [(answer, "first")] == led.filed
    assert "ai" == led.prompting.by["first"]


def test_what_was_answered_to_the_ai_long_ago_takes_no_answer_to_a_person() -> None:
    led = Led()
    led.state = Session()
    led.notes(FloorFollowed(floor="ai"))
    led.notes(asked_by_the_ai("first"))
    led.notes(asked_by_the_ai("second"))
    led.state = Session(floor=ANNAS)
    led.notes(FloorFollowed(floor=ANNAS))
    led.hears("One shouted at me.")

    led.notes(QuestionTicked(identity=IS_ANNA, question="first", covered=True))

    assert [] == led.filed


@pytest.mark.parametrize("how", ["unticked", "withdrawn"])
def test_a_question_that_is_open_again_is_proposed_again(how: str) -> None:
    led = Led()
    proposed = led.prompting.queue.take(0)
    assert proposed is not None
    led.prompting.proposed(proposed)
    key = proposed.question or ""
    if how == "unticked":
        for covered in (True, False):
            led.notes(QuestionTicked(identity=IS_ANNA, question=key, covered=covered))
    else:
        line = asked_by_the_ai(key)
        led.notes(line)
        led.notes(
            LineEnded(turn_id=line.turn_id, spoken="", ended_ms=1, cut_off=True, withdrawn=True)
        )

    answer = led.hears("One shouted at me.")
    led.notes(AnswerEnded(turn_id=answer, question=None, signal="patience", words=4))

    assert proposed == led.prompting.queue.take(60)
