"""What differs between two kits, field by field; competencies and questions are told by key."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from pydantic import JsonValue
from pydantic_core import to_jsonable_python

from interview.kit import Competency, Frozen, JobFact, Kit, Question

KEYED = ("competencies", "questions", "facts")
Fields = Mapping[str, object]


class ChangeKind(StrEnum):
    """`moved` says that what both kits have stands in another order."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


class Change(Frozen):
    """One difference. `path` names it by keys, as in `questions.outage.text`; `before` and `after`
    are what stands there, null where nothing does."""

    path: str
    kind: ChangeKind
    before: JsonValue = None
    after: JsonValue = None


def changes(old: Kit, new: Kit) -> tuple[Change, ...]:
    """What was changed to come from one to the other, in the order of the kit's fields."""
    return tuple(_changes(old, new))


def _changes(old: Kit, new: Kit) -> Iterator[Change]:
    for name in Kit.model_fields:
        if name not in KEYED:
            yield from _between(name, getattr(old, name), getattr(new, name))
    yield from _keyed("competencies", old.competencies, new.competencies)
    yield from _keyed("questions", old.questions, new.questions)
    yield from _keyed("facts", old.facts, new.facts)


def _keyed(
    name: str,
    old: Sequence[Competency] | Sequence[Question] | Sequence[JobFact],
    new: Sequence[Competency] | Sequence[Question] | Sequence[JobFact],
) -> Iterator[Change]:
    before, after = ({each.key: each.model_dump() for each in of} for of in (old, new))
    stayed = [[key for key in one if key in other] for one, other in _both_ways(before, after)]
    if stayed[0] != stayed[1]:
        yield _change(name, ChangeKind.MOVED, *stayed)
    yield from _within(name, before, after)


def _both_ways(one: Fields, other: Fields) -> tuple[tuple[Fields, Fields], tuple[Fields, Fields]]:
    return (one, other), (other, one)


def _within(path: str, before: Fields, after: Fields) -> Iterator[Change]:
    """What is gone, what was changed, what is new: each in its own order."""
    for name, value in before.items():
        if name not in after:
            yield _change(f"{path}.{name}", ChangeKind.REMOVED, value, None)
    for name, value in after.items():
        where = f"{path}.{name}"
        if name in before:
            yield from _between(where, before[name], value)
        else:
            yield _change(where, ChangeKind.ADDED, None, value)


def _between(path: str, before: object, after: object) -> Iterator[Change]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from _within(path, before, after)
    elif before != after:
        yield _change(path, ChangeKind.CHANGED, before, after)


def _change(path: str, kind: ChangeKind, before: object, after: object) -> Change:
    said = (to_jsonable_python(each) for each in (before, after))
    return Change(path=path, kind=kind, **dict(zip(("before", "after"), said, strict=True)))
