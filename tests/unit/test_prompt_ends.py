"""What ends a prompt, and what does not."""

from uuid import UUID

import pytest

from interview.by_room import FloorFollowed, FloorOffered, InterviewerLeft, InterviewerUnheard
from interview.copilot_facts import AiAsked, CoverageJudged, QuestionTicked, TurnFiled
from interview.events import Fact, LineKind, LineStarted, Resumed
from interview.hints import Hint
from interview.ids import TurnId
from interview.prompt_ends import is_over, is_replaced
from tests.fakes.side import ANNAS, IS_ANNA

pytestmark = pytest.mark.unit

BERTS = f"human:{2:032x}"
UNHEARD = Hint("unheard", about=IS_ANNA, whom=IS_ANNA)
GONE = Hint("relief", about="gone", whom=IS_ANNA)
SECTION, PERSON = Hint("relief", about="section"), Hint("relief", about="person")
UNLED = Hint("relief", about="nobody_came")
SLIP = Hint("protected", about="family")
TURN = TurnId(UUID(int=1))
ASK, MISSING = Hint("ask", question="craft"), Hint("missing", text="Who?", question="craft")
VERIFY, COVERED = Hint("verify", text="forty"), Hint("coverage", about="Craft", share=1.0)


def line(kind: LineKind, question: str | None) -> LineStarted:
    return LineStarted(
        turn_id=TURN,
        line=kind,
        question=question,
        probe=None,
        text="…",
        identity="ai-1",
        started_ms=0,
    )


def by_words(question: str | None) -> TurnFiled:
    return TurnFiled(turn_id=TURN, question=question, by="words")


def ticked(question: str, *, covered: bool = True) -> QuestionTicked:
    return QuestionTicked(identity=IS_ANNA, question=question, covered=covered)


@pytest.mark.parametrize(
    ("alarm", "fact", "expected"),
    [
        (UNHEARD, InterviewerLeft(identity=IS_ANNA, reason="left"), True),
        (UNHEARD, InterviewerLeft(identity="int-b", reason="left"), False),
        (UNHEARD, InterviewerUnheard(identity=IS_ANNA), False),
        (GONE, FloorFollowed(floor="ai"), True),
        (GONE, FloorFollowed(floor=BERTS), True),
        (GONE, FloorFollowed(floor=ANNAS, covered=("first",)), False),
        (SECTION, FloorOffered(section=None), True),
        (SECTION, FloorOffered(section="Craft"), False),
        (SECTION, FloorFollowed(floor=ANNAS), True),
        (PERSON, FloorOffered(section=None), False),
        (PERSON, FloorFollowed(floor="paused"), False),
        (PERSON, FloorFollowed(floor=BERTS), True),
        (PERSON, Resumed(), False),
        (PERSON, FloorFollowed(floor="ai"), False),
        (UNLED, FloorFollowed(floor="ai"), True),
        (UNLED, FloorFollowed(floor="paused"), False),
        (SLIP, FloorFollowed(floor=ANNAS), False),
    ],
    ids=lambda value: value.kind if isinstance(value, Hint) else None,
)
def test_an_alarm_ends_with_its_cause(alarm: Hint, fact: Fact, *, expected: bool) -> None:
    assert expected == is_over(alarm, fact)


@pytest.mark.parametrize(
    ("proposal", "fact", "expected"),
    [
        (ASK, line("question", "craft"), True),
        (ASK, line("question", "customers"), False),
        (ASK, line("probe", "craft"), False),
        (ASK, by_words("craft"), True),
        (ASK, by_words(None), False),
        (ASK, CoverageJudged(question="craft", turn_id=TURN, model="m"), True),
        (ASK, ticked("craft"), True),
        (ASK, ticked("craft", covered=False), False),
        (ASK, ticked("customers"), False),
        (ASK, FloorFollowed(floor="ai"), True),
        (ASK, FloorFollowed(floor=BERTS), False),
        (ASK, FloorFollowed(floor="paused"), False),
        (ASK, FloorFollowed(floor=BERTS, covered=("craft",)), True),
        (ASK, AiAsked(identity=IS_ANNA, question=None), True),
        (ASK, AiAsked(identity=IS_ANNA, question="customers"), False),
        (Hint("ask"), by_words(None), False),
        (MISSING, line("question", "customers"), True),
        (MISSING, line("probe", "customers"), False),
        (MISSING, by_words("customers"), True),
        (MISSING, by_words("craft"), False),
        (MISSING, TurnFiled(turn_id=TURN, question="customers", by="tick"), False),
        (MISSING, FloorFollowed(floor="ai"), True),
        (MISSING, FloorFollowed(floor=BERTS), False),
        (MISSING, AiAsked(identity=IS_ANNA, question=None), True),
        (MISSING, AiAsked(identity=IS_ANNA, question="craft"), False),
        (MISSING, Resumed(), False),
        (VERIFY, FloorFollowed(floor="ai"), False),
        (VERIFY, line("question", "craft"), False),
        (COVERED, FloorFollowed(floor="ai"), False),
    ],
    ids=lambda value: value.kind if isinstance(value, Hint) else None,
)
def test_a_proposal_ends_once_it_is_of_no_use(
    proposal: Hint, fact: Fact, *, expected: bool
) -> None:
    assert expected == is_over(proposal, fact)


@pytest.mark.parametrize(
    ("shown", "newer", "expected"),
    [
        (Hint("time", minutes=5), Hint("time", minutes=2), True),
        (ASK, Hint("ask", question="craft", share=0.5), True),
        (ASK, Hint("ask", question="customers"), False),
        (ASK, MISSING, False),
        (MISSING, MISSING, False),
        (SECTION, SECTION, True),
        (SECTION, PERSON, False),
        (SLIP, Hint("protected", about="age"), False),
    ],
    ids=lambda value: value.kind if isinstance(value, Hint) else None,
)
def test_what_is_told_anew_takes_the_place_of_what_was_told(
    shown: Hint, newer: Hint, *, expected: bool
) -> None:
    assert expected == is_replaced(shown, newer)
