"""What ends an alarm, and what does not."""

import pytest

from interview.alarms import is_over
from interview.by_room import FloorFollowed, FloorOffered, InterviewerLeft, InterviewerUnheard
from interview.events import Fact, Resumed
from interview.hints import Hint
from tests.fakes.side import ANNAS, IS_ANNA

pytestmark = pytest.mark.unit

BERTS = f"human:{2:032x}"
UNHEARD = Hint("unheard", about=IS_ANNA, whom=IS_ANNA)
GONE = Hint("relief", about="gone", whom=IS_ANNA)
SECTION, PERSON = Hint("relief", about="section"), Hint("relief", about="person")
SLIP = Hint("protected", about="family")


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
        (SLIP, FloorFollowed(floor=ANNAS), False),
    ],
    ids=lambda value: value.kind if isinstance(value, Hint) else None,
)
def test_an_alarm_ends_with_its_cause(alarm: Hint, fact: Fact, *, expected: bool) -> None:
    assert expected == is_over(alarm, fact)
