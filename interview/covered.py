"""Which core questions people have asked, as an interview's log tells it."""

from collections.abc import Iterable

from interview.by_room import FloorChanged
from interview.copilot_facts import CoverageJudged
from interview.events import Event


def asked_by_people(log: Iterable[Event]) -> frozenset[str]:
    """By their own word, which is whole each time, or as a model finds."""
    ticked: tuple[str, ...] = ()
    judged: set[str] = set()
    for event in log:
        match event.fact:
            case FloorChanged(covered=covered):
                ticked = covered
            case CoverageJudged(question=key):
                judged.add(key)
            case _:
                pass
    return frozenset({*ticked, *judged})
