"""Reports as an agent writes them, for what does not care what is in them."""

from uuid import uuid4

from interview.events import LineStarted, Report, SpeechHeard
from interview.ids import EventId, TurnId
from tests.fakes.clock import NOON
from tests.fakes.talk import CANDIDATE


def speech(text: str) -> Report:
    """What the candidate said."""
    fact = SpeechHeard(
        turn_id=TurnId(uuid4()),
        question="first",
        identity=CANDIDATE,
        role="candidate",
        text=text,
        words=(),
        started_ms=0,
        ended_ms=500,
    )
    return Report(event_id=EventId(uuid4()), at=NOON, fact=fact)


def line(text: str) -> Report:
    """What the AI begins to say."""
    fact = LineStarted(
        turn_id=TurnId(uuid4()),
        line="question",
        question="first",
        probe=None,
        text=text,
        identity="ai-1",
        started_ms=0,
    )
    return Report(event_id=EventId(uuid4()), at=NOON, fact=fact)


def texts(reports: list[Report] | tuple[Report, ...]) -> list[str]:
    """The words in them."""
    return [r.fact.text for r in reports if isinstance(r.fact, SpeechHeard | LineStarted)]
