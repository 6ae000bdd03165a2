"""Ratings rest on verbatim evidence, and the total follows from the kit's weights."""

from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from interview.errors import EvidenceInvalid
from interview.ids import TurnId
from interview.kit import LEVELS, Competency
from interview.scoring import MAX_SPREAD, Quote, Rating, Run, check_quote, rate, total
from interview.turns import Speaker, Turn
from tests.fakes.turns import turn

pytestmark = pytest.mark.unit

SPOKEN = "We wrote it down in the café, and told them."


def said(number: int, speaker: Speaker = "candidate", spoken: str = SPOKEN) -> Turn:
    return turn(spoken, speaker, number).model_copy(update={"generated": "We wrote it up."})


TURNS = [said(1), said(2, "ai"), said(3, "interviewer")]
BY_ID = {one.turn_id: one for one in TURNS}


def quote(text: str = "wrote it down", start: int = 3, number: int = 1) -> Quote:
    return Quote(turn_id=TurnId(UUID(int=number)), text=text, start=start)


def run(level: int | None, *quotes: Quote) -> Run:
    return Run(level=level, quotes=quotes or ((quote(),) if level else ()), reason=f"saw {level}")


def rating(competency: str, level: int | None) -> Rating:
    return Rating(
        competency=competency,
        level=level,
        not_assessed=None if level else "no_evidence",
        runs=1,
        spread=0,
        quotes=(quote(),) if level else (),
        reason="",
    )


def competency(key: str, weight: str) -> Competency:
    return Competency(
        key=key,
        name=key,
        definition=key,
        weight=Decimal(weight),
        anchors=dict.fromkeys(LEVELS, "anchor"),
    )


levels = st.integers(1, 5)
runs = st.lists(st.one_of(st.none(), levels).map(run), max_size=9)
weights = st.decimals("0.01", "100", places=2)
marks = st.lists(st.tuples(weights, st.one_of(st.none(), levels)), min_size=1, max_size=12)


def test_a_verbatim_span_is_evidence() -> None:
    check_quote(quote(), BY_ID)


def test_a_quote_is_compared_in_nfc() -> None:
    decomposed = said(1, spoken=SPOKEN.replace("é", "e\u0301"))

    check_quote(quote("café, and told", 24), {decomposed.turn_id: decomposed})


@pytest.mark.parametrize(
    "wrong",
    [
        quote("wrote it up", 3),
        quote("wrote it down", 4),
        quote("Wrote it down", 3),
        quote("wrote  it down", 3),
        quote("told them!", 34),
        quote(number=2),
        quote(number=3),
        quote(number=9),
    ],
)
def test_anything_but_the_candidates_own_words_is_refused(wrong: Quote) -> None:
    with pytest.raises(EvidenceInvalid):
        check_quote(wrong, BY_ID)


def test_a_rating_without_evidence_cannot_be_made() -> None:
    with pytest.raises(ValidationError, match="needs at least one quote"):
        Rating.model_validate(rating("care", 3).model_dump() | {"quotes": ()})


def test_a_rating_has_either_a_level_or_a_reason_why_there_is_none() -> None:
    for level, why in ((3, "no_evidence"), (None, None)):
        with pytest.raises(ValidationError, match="either a level"):
            Rating.model_validate(
                rating("care", 3).model_dump() | {"level": level, "not_assessed": why}
            )


def test_runs_whose_quotes_are_not_verbatim_do_not_count() -> None:
    invented = run(5, quote("we did everything", 0))

    assert rate("care", [run(3), invented], TURNS, needed=1).level == 3
    assert rate("care", [run(3), invented], TURNS, needed=2).not_assessed == "too_few_runs"


def test_runs_that_differ_by_more_than_one_level_do_not_agree() -> None:
    assert rate("care", [run(2), run(4), run(4)], TURNS, needed=2).not_assessed == "disagreement"
    assert rate("care", [run(3), run(4), run(4)], TURNS, needed=2).level == 4


def test_between_two_levels_the_lower_one_holds() -> None:
    assert rate("care", [run(4), run(3)], TURNS, needed=2).level == 3


def test_nothing_is_rated_when_half_of_the_runs_saw_no_evidence() -> None:
    undecided = [run(3), run(3), run(None), run(None)]

    assert rate("care", undecided, TURNS, needed=2).not_assessed == "disagreement"
    assert rate("care", [*undecided, run(3)], TURNS, needed=2).level == 3


def test_no_evidence_keeps_the_raters_reason() -> None:
    nothing = rate("care", [run(None)], TURNS, needed=1)

    assert (nothing.not_assessed, nothing.reason) == ("no_evidence", "saw None")


@given(runs, st.integers(1, 3))
def test_a_level_is_one_that_a_run_gave_with_verbatim_evidence(given_: list[Run], n: int) -> None:
    found = rate("care", given_, TURNS, needed=n)

    if found.level is not None:
        assert found.level in [one.level for one in given_]
        assert found.spread <= MAX_SPREAD
        assert found.runs >= n
        for one in found.quotes:
            check_quote(one, BY_ID)


@given(runs)
def test_the_order_of_runs_does_not_matter(given_: list[Run]) -> None:
    found = rate("care", given_, TURNS, needed=2)
    turned = rate("care", list(reversed(given_)), TURNS, needed=2)

    assert (found.level, found.not_assessed) == (turned.level, turned.not_assessed)


Mark = tuple[Decimal, int | None]


def totals(given_: list[Mark], factor: int = 1) -> tuple[Decimal | None, Decimal]:
    ratings = [rating(f"c{i}", level) for i, (_, level) in enumerate(given_)]
    kit = [competency(f"c{i}", "1") for i in range(len(given_))]
    weighted = [
        one.model_copy(update={"weight": weight * factor})
        for one, (weight, _) in zip(kit, given_, strict=True)
    ]
    return total(ratings, weighted)


@given(marks)
def test_the_total_lies_between_the_lowest_and_the_highest_level(given_: list[Mark]) -> None:
    score, coverage = totals(given_)

    assessed = [level for _, level in given_ if level is not None]
    assert 0 <= coverage <= 1
    assert (score is None) == (not assessed)
    if score is not None:
        assert min(assessed) <= score <= max(assessed)


@given(marks)
def test_the_total_is_what_anybody_computes_from_the_levels(given_: list[Mark]) -> None:
    """With fractions of whole numbers, and rounding spelled out."""
    cents = [(int(weight * 100), level) for weight, level in given_]
    assessed = [(weight, level) for weight, level in cents if level is not None]
    heard, whole = sum(w for w, _ in assessed), sum(w for w, _ in cents)
    weighed = sum(w * level for w, level in assessed)
    expected = half_even(Fraction(weighed, heard)) if heard else None

    assert (expected, half_even(Fraction(heard, whole))) == totals(given_)


def half_even(of: Fraction) -> Decimal:
    """In hundredths; a half goes to the even one."""
    whole, rest = divmod(of.numerator * 100, of.denominator)
    up = 2 * rest > of.denominator or (2 * rest == of.denominator and whole % 2 == 1)
    return Decimal(whole + up) / 100


@given(marks, st.integers(2, 9))
def test_only_the_proportion_of_weights_matters(given_: list[Mark], factor: int) -> None:
    assert totals(given_) == totals(given_, factor)


@given(marks)
def test_a_competency_that_was_not_assessed_is_no_zero(given_: list[Mark]) -> None:
    with_more = [*given_, (Decimal(10), None)]

    (score, _), (again, _) = totals(given_), totals(with_more)
    assert score == again


def test_the_total_is_rounded_half_to_even_in_cents() -> None:
    kit = [competency("a", "1"), competency("b", "7")]

    assert total([rating("a", 4), rating("b", 3)], kit) == (Decimal("3.12"), Decimal("1.00"))
