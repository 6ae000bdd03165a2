"""Private prompts follow from what was said, one at a time, and from nothing of the rubric."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.hints import (
    EVERY,
    GRAVEST,
    Covered,
    Guide,
    Hint,
    HintKind,
    Queue,
    Said,
    asked_in,
    coverage,
    missing,
    next_question,
    time_left,
    to_verify,
)
from interview.plan import PlannedQuestion, plan_of
from tests.fakes.interviews import KIT

pytestmark = pytest.mark.unit

GUIDE, PLAN = Guide.of(KIT), plan_of(KIT)
ENOUGH = " ".join(["word"] * 200)
S = EVERY.total_seconds()


def said(*questions: str, **answers: str) -> Said:
    """`questions` were asked, and answered with `answers`."""
    told = Said()
    for key in questions:
        told.question(key)
    for key, answer in answers.items():
        told.answer(key, answer)
    return told


def test_interviewers_are_shown_names_and_nothing_of_the_rubric() -> None:
    shown = GUIDE.model_dump_json()

    assert [("Care", ("incident", "pressure")), ("Calm", ("pressure",))] == [
        (one.name, one.questions) for one in GUIDE.competencies
    ]
    assert "anchor" not in shown
    assert "weight" not in shown
    assert "looked at it" not in shown


def test_a_competency_is_covered_by_words_about_its_questions() -> None:
    assert (Covered("Care", 0.0), Covered("Calm", 0.0)) == coverage(GUIDE, PLAN, said())
    assert (Covered("Care", 0.5), Covered("Calm", 1.0)) == coverage(
        GUIDE, PLAN, said("pressure", pressure=ENOUGH)
    )


def test_words_before_a_question_was_asked_cover_nothing() -> None:
    assert [0.0, 0.0] == [one.share for one in coverage(GUIDE, PLAN, said(pressure=ENOUGH))]


def test_the_next_question_is_about_what_is_covered_least() -> None:
    half = said("incident", incident=ENOUGH)

    assert Hint(
        "ask", about="Care", text="What about incident?", share=0.0, question="incident"
    ) == next_question(GUIDE, PLAN, said())
    assert Hint(
        "ask", about="Calm", text="What about pressure?", share=0.0, question="pressure"
    ) == next_question(GUIDE, PLAN, half)


def test_nothing_is_to_be_asked_when_all_was() -> None:
    assert next_question(GUIDE, PLAN, said("incident", "pressure")) is None


QUESTION = PlannedQuestion(
    key="failure",
    text="Tell me about something that failed.",
    probes=("Which customers were affected?", "What would you change today?"),
    max_probes=2,
    minutes=3,
    expected_words=60,
)


def shown(hint: Hint | None) -> list[tuple[str | None, str | None]]:
    return [] if hint is None else [(hint.text, hint.question)]


def test_what_an_answer_names_is_not_missing() -> None:
    answer = "Twelve of our customers were affected by it for an hour."

    assert [("Which customers were affected?", "failure")] == shown(missing(QUESTION, said()))
    assert [("What would you change today?", "failure")] == shown(
        missing(QUESTION, said("failure", failure=answer))
    )


def test_a_probe_that_was_asked_is_not_missing() -> None:
    told = said("failure")
    for probe in QUESTION.probes:
        told.probe("failure", probe)

    assert missing(QUESTION, told) is None


@pytest.mark.parametrize(
    ("answer", "quoted"),
    [
        ("we cut the costs by forty percent in a year", "the costs by forty percent in a year"),
        ("It took 12 people, and then 3.", "12 people, and then 3."),
        ("about half of them left", "about half of them left"),
        ("nothing to count here", None),
        ("", None),
    ],
)
def test_a_figure_is_quoted_with_the_words_around_it(answer: str, quoted: str | None) -> None:
    hint = to_verify(answer, ("percent", "half"))

    assert quoted == (hint.text if hint else None)


@pytest.mark.parametrize(
    ("said_by_anna", "key"),
    [
        ("Could you describe a customer meeting that was difficult?", "meeting"),
        ("And tell me, what was an important decision that failed?", "failed"),
        ("Please tell me more about that.", None),
        ("Was that meeting long?", None),
    ],
)
def test_a_question_is_known_by_what_no_other_question_names(
    said_by_anna: str, key: str | None
) -> None:
    texts = {
        "failed": "Please tell me about an important decision that failed.",
        "meeting": "Please describe a difficult customer meeting.",
    }
    plan = PLAN.model_copy(
        update={
            "questions": tuple(
                QUESTION.model_copy(update={"key": key, "text": text})
                for key, text in texts.items()
            )
        }
    )

    assert key == asked_in(said_by_anna, plan)


@pytest.mark.parametrize(
    ("before_s", "now_s", "minutes"),
    [
        (601, 600, 10),
        (600, 599, None),
        (700, 290, 10),
        (301, 119, 5),
        (121, 100, 2),
        (90, 60, None),
    ],
)
def test_the_time_that_is_left_is_told_at_its_marks(
    before_s: float, now_s: float, minutes: int | None
) -> None:
    hint = time_left(before_s, now_s, 3)

    assert minutes == (hint.minutes if hint else None)
    assert hint is None or hint.open == 3


def test_one_hint_is_told_at_a_time_and_none_twice() -> None:
    queue, one, two = Queue(), Hint("missing", text="one"), Hint("verify", text="two")
    queue.add(one)
    queue.add(two)

    assert two == queue.take(0)
    assert queue.take(S - 0.1) is None
    assert one == queue.take(S)
    queue.add(one)
    assert queue.take(3 * S) is None


def test_an_alarm_waits_for_nothing_and_holds_nothing_up() -> None:
    queue, alarm = Queue(), Hint("protected", about="family")
    queue.add(Hint("time", minutes=5))
    assert queue.take(0) is not None
    queue.add(Hint("missing", text="one"))
    queue.add(alarm)

    assert alarm == queue.take(1)
    assert Hint("missing", text="one") == queue.take(S)


def test_what_is_newer_takes_the_place_of_what_waits() -> None:
    queue = Queue()
    queue.add(Hint("verify", text="old"))
    queue.add(Hint("verify", text="new"))

    assert Hint("verify", text="new") == queue.take(0)
    assert queue.take(S) is None


def test_what_is_about_an_answer_is_forgotten_with_the_next_question() -> None:
    queue = Queue()
    queue.add(Hint("missing", text="one"))
    queue.add(Hint("time", minutes=5))
    queue.forget("missing", "verify")

    assert Hint("time", minutes=5) == queue.take(0)
    assert queue.take(S) is None


@given(
    st.lists(
        st.tuples(st.floats(0, 5), st.sampled_from(GRAVEST), st.integers(0, 3)),
        max_size=60,
    )
)
def test_nobody_is_told_more_than_three_things_a_minute(
    steps: list[tuple[float, HintKind, int]],
) -> None:
    queue, now, told = Queue(), 0.0, list[float]()
    for pause, kind, number in steps:
        now += pause
        queue.add(Hint(kind, text=str(number)))
        hint = queue.take(now)
        if hint and not hint.is_alarm:
            told.append(now)

    assert all(after - before >= S for before, after in pairwise(told))
