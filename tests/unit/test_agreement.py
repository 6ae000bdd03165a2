"""Which cards count, what is compared with what, and who stands aside."""

import time
from collections.abc import Mapping
from datetime import timedelta
from random import Random
from uuid import UUID, uuid4

import numpy as np
import pytest

from interview.agreement.compared import Held, Rated, busiest_two, program_in_use
from interview.agreement.figures import FEWEST, Figure, among_people, coincidences, with_people
from interview.agreement.levels import Levels, Rater
from interview.agreement.report import MOST_PARTS, MOST_RATERS, raters, report
from interview.agreement.standing import DRIFT, cusum, standing
from interview.by_people import By
from interview.ids import InterviewId, ScorecardId
from tests.fakes.clock import NOON

pytestmark = pytest.mark.unit


def person(name: str) -> Rater:
    return Rater("person", "1", None, By(kind="member", id=name))


def program(version: str = "1") -> Rater:
    return Rater("judge", version, "a-model")


ADA, BOB, EVE, PROGRAM = person("ada"), person("bob"), person("eve"), program()


def card(rater: Rater, at_h: float = 0, **levels: int | None) -> Levels:
    return Levels(ScorecardId(uuid4()), rater, NOON + timedelta(hours=at_h), levels)


def held(*cards: Levels, version: int = 1, language: str = "en") -> Held:
    return Held(InterviewId(uuid4()), version, language, cards)


def rated(*interviews: Held) -> list[Rated]:
    return [Rated.of(each) for each in interviews]


# ---- which cards count ----


def test_of_a_person_the_first_card_counts() -> None:
    """The second may have been made after a look at the others."""
    [one] = rated(held(card(ADA, 1, care=2), card(BOB, 2, care=5), card(ADA, 3, care=5)))

    assert {ADA: 2, BOB: 5} == {mark.rater: mark.level for mark in one.marks["care"]}


def test_of_a_version_of_a_program_the_last_card_counts() -> None:
    """It was made again when the transcript had been corrected."""
    newer = program("2")
    [one] = rated(held(card(PROGRAM, 1, care=2), card(newer, 2, care=3), card(PROGRAM, 3, care=4)))

    assert {PROGRAM: 4, newer: 3} == {mark.rater: mark.level for mark in one.marks["care"]}


def test_what_was_not_assessed_is_no_level() -> None:
    [one] = rated(held(card(ADA, care=None, calm=3)))

    assert {"calm"} == set(one.marks)


def test_the_program_in_use_is_that_of_the_newest_card() -> None:
    older, newer = program("1"), program("2")
    some = rated(held(card(newer, 1, care=2)), held(card(older, 2, care=2), card(ADA, 9, care=1)))

    assert older == program_in_use(some)
    assert program_in_use(rated(held(card(ADA, care=1)))) is None


def test_the_same_name_behind_another_key_is_another_rater() -> None:
    """A key passes on what it was told; two systems may both know a Grace."""
    first = Rater("person", "1", None, By(kind="key", id="k1", name="Grace"))
    second = Rater("person", "1", None, By(kind="key", id="k2", name="Grace"))
    [one] = rated(held(card(first, care=1), card(second, care=4)))

    assert 2 == len(one.marks["care"])


def test_the_two_who_rated_the_most_together_are_found() -> None:
    both = [held(card(ADA, care=1), card(EVE, care=2)) for _ in range(2)]
    some = rated(held(card(ADA, care=1), card(BOB, care=2)), *both)

    assert (ADA, EVE) == busiest_two(some)
    assert busiest_two(rated(held(card(ADA, care=1)))) is None


# ---- what is compared ----


def test_a_unit_counts_each_pair_for_its_share() -> None:
    [one] = rated(held(card(ADA, care=1), card(BOB, care=1), card(EVE, care=3)))

    table = coincidences(one.marks["care"])

    assert (1.0, 1.0, 1.0, 3.0) == (table[0, 0], table[0, 2], table[2, 0], table.sum())


def test_people_are_not_compared_with_the_program_among_themselves() -> None:
    some = rated(*(held(card(ADA, care=3), card(PROGRAM, care=5)) for _ in range(FEWEST)))

    assert Figure(0, 0, unknown="too_few") == among_people(some).kappa
    assert (FEWEST, FEWEST) == (
        with_people(some, PROGRAM).kappa.interviews,
        with_people(some, PROGRAM).kappa.ratings,
    )


def test_one_rater_with_whoever_else_rated_has_no_icc() -> None:
    """It would pool as many raters as there are people, whose leniency it has to tell apart."""
    people = [ADA, BOB, EVE]
    some = rated(
        *(
            held(card(PROGRAM, care=1 + n % 5), card(people[n % 3], care=1 + (n + n % 2) % 5))
            for n in range(30)
        )
    )

    for rater in (PROGRAM, ADA):
        found = with_people(some, rater)
        assert (None, None) == (found.icc, found.two)
    assert with_people(some, PROGRAM).kappa.value is not None


def test_one_interview_short_of_enough_has_no_figure_and_says_so() -> None:
    levels = [(1, 2), (3, 3), (5, 4), (2, 2)]
    some = rated(
        *(
            held(card(ADA, care=a), card(BOB, care=b))
            for a, b in (levels[n % 4] for n in range(FEWEST))
        )
    )

    enough, few = among_people(some), among_people(some[1:])

    for found in (few.kappa, few.alpha, few.icc):
        assert found is not None
        assert Figure(FEWEST - 1, FEWEST - 1, unknown="too_few") == found
    for found in (enough.kappa, enough.alpha, enough.icc):
        assert found is not None
        assert found.value is not None
        assert found.low is not None
        assert found.high is not None
        assert found.low <= found.value <= found.high
    assert (ADA, BOB) == enough.two


def test_levels_that_never_differ_have_no_figure_and_say_so() -> None:
    some = rated(*(held(card(ADA, care=3), card(BOB, care=3)) for _ in range(FEWEST)))

    assert "no_variation" == among_people(some).kappa.unknown


def test_competencies_are_told_apart() -> None:
    """They agree on one and contradict one another on the other."""
    some = rated(
        *(
            held(
                card(ADA, care=1 + n % 5, calm=1 + n % 5), card(BOB, care=1 + n % 5, calm=5 - n % 5)
            )
            for n in range(25)
        )
    )

    values = [among_people(some, key).kappa.value for key in ("care", "calm")]

    assert [1.0, -1.0] == values


def test_parts_are_all_competencies_languages_and_versions() -> None:
    some = [
        held(card(ADA, care=1), card(PROGRAM, calm=2), version=2, language="de"),
        held(card(ADA, care=1), version=1),
    ]

    found = report(some)

    assert PROGRAM == found.program
    assert [
        ("all", None),
        ("competency", "calm"),
        ("competency", "care"),
        ("language", "de"),
        ("language", "en"),
        ("kit_version", "2"),
        ("kit_version", "1"),
    ] == [(part.of, part.name) for part in found.parts]


def test_nobody_has_rated_is_a_report_too() -> None:
    found = report([held(), held()])

    assert (0, None, ["all"]) == (found.interviews, found.program, [p.of for p in found.parts])
    assert ((), 0) == (raters([held()]).standings, raters([held()]).more)


# ---- how a rater stands ----


def panel(count: int, **shift: int) -> list[Held]:
    """Interviews that three people rate nearly alike, but for who is shifted by so many levels."""
    dice, named = Random(5), {"ada": ADA, "bob": BOB, "eve": EVE}

    def levels(name: str, true: int) -> int:
        return max(1, min(5, true + shift.get(name, 0) + dice.choice((0, 0, 0, 1, -1))))

    return [
        held(*(card(who, n * 24, care=levels(name, true)) for name, who in named.items()))
        for n in range(count)
        if (true := dice.choice((2, 3, 3, 4)))
    ]


@pytest.mark.parametrize(("shift", "sign"), [(1, "lenient"), (-1, "severe")])
def test_who_is_a_level_apart_from_the_others_stands_aside(shift: int, sign: str) -> None:
    found = standing(rated(*panel(40, ada=shift)), ADA)

    assert (sign,) == found.signs
    assert found.deviation.value is not None
    assert shift == pytest.approx(found.deviation.value, abs=0.3)


def test_who_rates_like_the_others_has_no_sign() -> None:
    some = rated(*panel(60))

    assert [(), (), ()] == [standing(some, who).signs for who in (ADA, BOB, EVE)]


def test_too_few_interviews_make_no_sign() -> None:
    found = standing(rated(*panel(FEWEST - 1, ada=2)), ADA)

    assert ((), "too_few", None, None) == (
        found.signs,
        found.deviation.unknown,
        found.spread,
        found.drift,
    )


def scattered(levels: Mapping[int, int]) -> list[Rated]:
    """Ada gives `levels[n % 4]` where Bob gives 1, 5, 1, 5."""
    return rated(
        *(
            held(card(BOB, care=1 if n % 2 else 5), card(ADA, n, care=levels[n % len(levels)]))
            for n in range(40)
        )
    )


def test_who_contradicts_the_others_now_and_then_is_unsteady() -> None:
    assert ("unsteady",) == standing(scattered({0: 5, 1: 5, 2: 1, 3: 1}), ADA).signs


def test_who_stays_in_the_middle_uses_little_of_the_scale() -> None:
    assert "narrow" in standing(scattered({0: 3}), ADA).signs


def beside_four(seed: int) -> tuple[list[Rated], list[int], list[int]]:
    """Ada keeps to the middle where up to four others, who leave some out, use all of the scale;
    her levels, and theirs where she gave one."""
    dice, four = Random(seed), [person(f"other-{n}") for n in range(4)]
    some, hers, theirs = list[Held](), list[int](), list[int]()
    for hour in range(60):
        own = dice.choice([2, 3, 3, 3, 3, 4, None])
        levels = [dice.choice([1, 2, 3, 4, 5, None]) for _ in four]
        given = [level for level in levels if level is not None]
        if own is not None and given:
            hers, theirs = [*hers, own], [*theirs, *given]
        others = (card(who, hour, care=level) for who, level in zip(four, levels, strict=True))
        some.append(held(card(ADA, hour, care=own), *others))
    return rated(*some), hers, theirs


@pytest.mark.parametrize("seed", range(5))
def test_the_spread_of_several_others_is_that_of_their_levels(seed: int) -> None:
    """Not of their means, which differ less the more of them there are."""
    some, hers, theirs = beside_four(seed)

    found = standing(some, ADA)

    expected = np.std(hers), np.std(theirs)
    assert pytest.approx(expected, abs=0.001) == (found.own_spread, found.others_spread)
    assert expected[0] < expected[1] / 2
    assert "narrow" in found.signs


def test_who_uses_as_much_of_the_scale_as_several_others_is_not_narrow() -> None:
    some, _, _ = beside_four(0)

    assert "narrow" not in standing(some, person("other-0")).signs


def test_who_changes_over_time_drifts_and_the_months_show_it() -> None:
    early, late = panel(25), panel(60, ada=1)[25:]

    found = standing(rated(*early, *late), ADA)

    assert "drifting" in found.signs
    assert found.drift is not None
    assert found.drift > DRIFT
    months = [month.deviation for month in found.months if month.deviation is not None]
    assert months[-1] - months[0] > 0.5


def test_a_month_with_few_interviews_has_no_value() -> None:
    found = standing(rated(*panel(3)), ADA)

    assert [(3, None)] == [(month.interviews, month.deviation) for month in found.months]


def test_the_cusum_of_a_step_in_the_middle_is_half_the_root_of_the_number() -> None:
    assert 5.0 == cusum([0.0] * 50 + [1.0] * 50)
    assert cusum([0.5] * 30) is None


def test_steady_noise_is_called_drift_as_often_as_the_level_says() -> None:
    dice = Random(2)
    called = sum((cusum([dice.gauss(0, 1) for _ in range(60)]) or 0) > DRIFT for _ in range(400))

    assert called / 400 < 0.06


def test_a_program_is_a_rater_like_others() -> None:
    some = [
        Held(each.interview, 1, "en", (*each.cards, card(PROGRAM, care=5))) for each in panel(30)
    ]

    found = {each.rater: each for each in raters(some).standings}

    assert {ADA, BOB, EVE, PROGRAM} == set(found)
    assert "lenient" in found[PROGRAM].signs
    assert () == found[ADA].signs


# ---- bounds ----


def test_parts_and_raters_are_bounded_and_the_rest_is_counted() -> None:
    many = [held(card(person(f"p{n}"), **{f"c{n:03}": 3}), version=n + 1) for n in range(80)]

    assert 1 + 2 * MOST_PARTS + 1 == len(report(many).parts)
    assert 2 * (80 - MOST_PARTS) == report(many).more
    assert (MOST_RATERS, 80 - MOST_RATERS) == (len(raters(many).standings), raters(many).more)


def test_as_many_interviews_as_may_be_asked_for_take_seconds() -> None:
    dice = Random(1)
    who = [person(f"p{n}") for n in range(12)]
    keys = [f"c{n}" for n in range(12)]
    many = [
        held(
            *(
                card(rater, n, **{key: dice.randint(1, 5) for key in keys})
                for rater in (*dice.sample(who, 3), PROGRAM)
            )
        )
        for n in range(500)
    ]

    began = time.process_time()
    first, standings = report(many), raters(many)

    assert time.process_time() - began < 30
    assert (500, 13) == (first.interviews, len(standings.standings))
    assert first == report(many)


def test_ids_do_not_decide_anything() -> None:
    """The same ratings under other names of interviews and cards give the same figures."""
    one, two = panel(30), panel(30)

    assert report(one).parts == report(two).parts
    assert {UUID(str(each.interview)) for each in one}.isdisjoint(each.interview for each in two)
