"""The difference between two kits: everything that differs, and nothing else."""

from decimal import Decimal

import pytest

from interview.kit import Kit
from interview.kit_changes import Change, ChangeKind, changes
from tests.fakes.interviews import KIT

pytestmark = pytest.mark.unit


def with_competency(**fields: object) -> Kit:
    """The kit with its first competency changed."""
    first, *others = KIT.competencies
    changed = first.model_copy(update=fields)
    return KIT.model_copy(update={"competencies": (changed, *others)})


def test_a_kit_does_not_differ_from_itself() -> None:
    assert () == changes(KIT, Kit.model_validate_json(KIT.model_dump_json()))


def test_a_field_that_differs_is_told_with_both_values() -> None:
    longer = KIT.model_copy(update={"minutes": 55.0, "intro": "Hello."})

    assert (
        Change(path="intro", kind=ChangeKind.CHANGED, before=KIT.intro, after="Hello."),
        Change(path="minutes", kind=ChangeKind.CHANGED, before=KIT.minutes, after=55.0),
    ) == changes(KIT, longer)


def test_equal_weights_do_not_differ_however_they_are_written() -> None:
    weight = KIT.competencies[0].weight

    assert () == changes(KIT, with_competency(weight=weight.quantize(Decimal("1.000"))))


def test_anchors_are_told_level_by_level() -> None:
    first = KIT.competencies[0]
    anchors = dict(first.anchors) | {"2": "Another."}
    gone = anchors.pop("5")
    where = f"competencies.{first.key}.anchors"

    assert (
        Change(path=f"{where}.5", kind=ChangeKind.REMOVED, before=gone),
        Change(
            path=f"{where}.2",
            kind=ChangeKind.CHANGED,
            before=first.anchors["2"],
            after="Another.",
        ),
    ) == changes(KIT, with_competency(anchors=anchors))


def test_questions_come_and_go_by_their_key() -> None:
    first, second = KIT.questions
    new = first.model_copy(update={"key": "brand_new"})
    changed = KIT.model_copy(update={"questions": (new, second)})

    assert (
        Change(
            path=f"questions.{first.key}",
            kind=ChangeKind.REMOVED,
            before=first.model_dump(mode="json"),
        ),
        Change(
            path="questions.brand_new", kind=ChangeKind.ADDED, after=new.model_dump(mode="json")
        ),
    ) == changes(KIT, changed)


@pytest.mark.parametrize("name", ["questions", "competencies"])
def test_another_order_is_told_once_and_is_no_other_change(name: str) -> None:
    keys = [each.key for each in getattr(KIT, name)]
    changed = KIT.model_copy(update={name: getattr(KIT, name)[::-1]})

    assert (Change(path=name, kind=ChangeKind.MOVED, before=keys, after=keys[::-1]),) == changes(
        KIT, changed
    )


def test_the_way_back_tells_the_same_differences_the_other_way_round() -> None:
    changed = with_competency(name="Another", anchors={"1": "One."})

    there, back = changes(KIT, changed), changes(changed, KIT)

    assert {(c.path, str(c.before), str(c.after)) for c in there} == {
        (c.path, str(c.after), str(c.before)) for c in back
    }
