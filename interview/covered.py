"""Which core questions people have asked, as an interview's log tells it."""

from collections.abc import Iterable

from interview.by_people import TurnRefiled
from interview.by_room import FloorChanged
from interview.copilot_facts import CoverageJudged
from interview.events import Event
from interview.ids import TurnId


def asked_by_people(log: Iterable[Event]) -> frozenset[str]:
    """By their own word, which is whole each time, as a model finds, or as a person says after the
    end, whose last word on a turn counts."""
    ticked: tuple[str, ...] = ()
    judged: set[str] = set()
    filed: dict[TurnId, str] = {}
    for event in log:
        match event.fact:
            case FloorChanged(covered=covered):
                ticked = covered
            case CoverageJudged(question=key):
                judged.add(key)
            case TurnRefiled(turn_id=turn, question=str() as key, asked_by=str()):
                filed[turn] = key
            case TurnRefiled(turn_id=turn):
                filed.pop(turn, None)
            case _:
                pass
    return frozenset({*ticked, *judged, *filed.values()})
