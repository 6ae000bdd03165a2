"""What is made of levels: moves, agreement, retest."""

import pytest

from lab.interviews import Relation, Said, Twin, Twins
from lab.measures import agreement, demanded, kappa, moves_of, noticed, same
from lab.replay import Seen

pytestmark = pytest.mark.unit

SAID = (Said(question="q", text="Said."),)


def twins(relation: Relation, *bases: str, only_irrelevant: bool = True) -> Twins:
    return Twins(
        relation=relation,
        only_irrelevant=only_irrelevant,
        twins=tuple(Twin(base=base, said=SAID) for base in bases),
    )


def test_a_twin_has_moved_with_another_level_and_with_one_where_there_was_none() -> None:
    before = {"a": 3, "b": 3, "c": 4, "d": None, "e": None}
    after = [Seen(3), Seen(5), Seen(None), Seen(1), Seen(None)]

    found = moves_of(twins("length", *before), before, after)

    assert (5, 2, 1) == (found.twins, found.moved, found.abstained)
    assert 1.0 == found.mean_shift


def test_no_shift_is_said_where_no_twin_has_a_level() -> None:
    assert moves_of(twins("length", "a"), {"a": 3}, [Seen(None)]).mean_shift is None


def test_what_would_have_been_another_level_is_counted_apart() -> None:
    found = moves_of(twins("flattery", "a", "b"), {"a": 3, "b": 3}, [Seen(3, swayed=True), Seen(3)])

    assert (0, 1) == (found.moved, found.swayed)


def test_only_twins_with_irrelevant_changes_are_held_against_a_rater() -> None:
    before = {"a": 3}
    irrelevant = moves_of(twins("length", "a"), before, [Seen(4)])
    relevant = moves_of(twins("asr_30", "a", only_irrelevant=False), before, [Seen(4)])

    assert (1, 1) == demanded([irrelevant, relevant])


def test_who_does_not_notice_that_the_evidence_is_gone_is_found_out() -> None:
    control = twins("without_evidence", "a", "b", "c", only_irrelevant=False)
    before = {"a": 3, "b": 4, "c": None}

    assert 0.5 == noticed(control, before, [Seen(3), Seen(None), Seen(None)])
    assert noticed(control, dict.fromkeys(before), [Seen(None)] * 3) is None


def test_kappa_weighs_by_the_square_of_the_distance() -> None:
    # 1 - 6 / (81 / 5): each pair's squared distance over that of every level with every other.
    pairs = [(1, 1), (2, 2), (3, 4), (4, 3), (5, 3)]
    by_chance = sum((a - b) ** 2 for a, _ in pairs for _, b in pairs) / len(pairs)

    assert round(1 - 6 / by_chance, 3) == kappa(pairs)
    assert 1.0 == kappa([(1, 1), (5, 5)])
    assert -1.0 == kappa([(1, 5), (5, 1)])


def test_kappa_is_not_defined_where_everybody_always_says_the_same() -> None:
    assert kappa([(3, 3), (3, 3)]) is None
    assert kappa([]) is None


def test_who_always_says_the_same_agrees_by_chance_alone() -> None:
    assert 0.0 == kappa([(4, 1), (4, 3), (4, 5)])


def test_agreement_is_over_what_both_have_rated_and_says_how_much_that_is() -> None:
    found = agreement("care", [(3, 3), (None, 5), (1, 2)])

    assert ("care", 3, 2, 0.5) == (found.competency, found.of, found.assessed, found.exact)


def test_a_retest_counts_equal_levels_and_no_level_is_one() -> None:
    first = {"a": 3, "b": None, "c": 2, "d": 1}

    assert 0.5 == same(first, {"a": 3, "b": None, "c": 3, "d": None})
