"""Which answers count for a model's probes, and what must hold of them."""

import json
from dataclasses import replace
from uuid import uuid4

import pytest

from agent.probe_guard import load_guard
from bench.latency.corpora import STANDARD
from bench.latency.figures import CUT_OFFS, Figure, Figures
from bench.latency.measures import Said
from bench.latency.peers import kit
from bench.latency.stored import Record
from bench.latency.talk import Talk
from bench.probes.figures import (
    PROBES,
    bars,
    counted,
    figures,
    is_a_models,
    missed,
    outcome,
    outcomes,
    probes_in,
    short,
)
from bench.probes.run import probing, proposes
from interview.events import FACTS, AnswerEnded, LineKind
from interview.ids import TurnId
from interview.kit import Kit, gaps
from interview.plan import plan_of
from interview.probe_facts import ProbeOffered, ProbeRefused, Refusal
from interview.probing import Admitted
from interview.turns import Turn
from local.candidate.ear import Sound
from local.demo.recruiter import Json
from tests.fakes.turns import turn

pytestmark = pytest.mark.unit


def said(text: str, at: float = 0.0) -> Said:
    words = tuple(text.split())
    return Said("answer", "finished", text, words, began_at=at, last_loud_at=at + 1.0)


def line(kind: LineKind, *, withdrawn: bool = False) -> Turn:
    return turn("", "ai", line=kind, withdrawn=withdrawn)


def record(*turns: Turn) -> Record:
    return Record(turns, {})


ANSWER = turn("It was me.", number=2)
ASKED = {str(ANSWER.turn_id): "Who else was there?"}
OWN = turn("Please tell me more of it, part 0.", "ai", line="probe")
MODELS = turn("Who else was there?", "ai", line="probe")


@pytest.mark.parametrize(
    ("turns", "counts"),
    [
        ((line("probe"), ANSWER, line("probe")), True),
        ((line("probe"), ANSWER), True),
        ((line("question"), ANSWER, line("probe")), False),
        ((line("probe"), ANSWER, line("question")), True),
        ((line("probe"), ANSWER, line("question", withdrawn=True), line("probe")), True),
        ((line("question"), turn("something else"), line("question")), True),
        ((*[line("probe")] * (PROBES - 1), ANSWER, line("question")), True),
        ((*[line("probe")] * PROBES, ANSWER, line("question")), False),
    ],
)
def test_what_counts_is_an_answer_after_which_a_model_was_to_speak_or_one_that_was_lost(
    turns: tuple[Turn, ...], counts: bool
) -> None:
    assert counts is is_a_models(said("it was me"), record(*turns))


def talk(kept: Record | None) -> Talk:
    spoken = (said("it was me", 10.0), said("for a year", 20.0))
    return Talk("probe", spoken, (Sound(12.0, 14.0), Sound(22.5, 24.0)), 0.5, kept)


def test_only_of_a_models_probes_some_answers_do_not_count() -> None:
    kept = record(line("question"), ANSWER, line("probe"), turn("For a year."), line("probe"))

    assert ["for a year"] == [one.said.id for one in counted(talk(kept), probes=True)]
    assert 2 == len(counted(talk(kept), probes=False))
    assert 2 == len(counted(talk(None), probes=True))


@pytest.mark.parametrize("reason", ["late", "unavailable", "protected"])
@pytest.mark.parametrize(("after", "turns"), [("question", 1), ("probe", 2)])
def test_an_answer_for_which_the_model_was_late_or_refused_is_in_the_figures(
    reason: Refusal, after: LineKind, turns: int
) -> None:
    kept = replace(
        record(line("probe"), ANSWER, line(after), turn("For a year.")),
        refused={str(ANSWER.turn_id): reason},
    )

    assert turns == figures([talk(kept)], probes=True)["turns"].value
    assert 1 == outcomes([talk(kept)])[reason]


@pytest.mark.parametrize(
    ("follows", "offered", "refused", "expected"),
    [
        (MODELS, ASKED, {}, "probe"),
        (OWN, ASKED, {}, "void"),
        (OWN, {}, {str(ANSWER.turn_id): "late"}, "late"),
        (OWN, {}, {}, "not_asked"),
        (line("question"), {str(ANSWER.turn_id): None}, {}, "next"),
    ],
)
def test_what_came_of_an_answer_is_told_and_the_kits_own_probe_is_no_models(
    follows: Turn,
    offered: dict[str, str | None],
    refused: dict[str, Refusal],
    expected: str,
) -> None:
    kept = Record((line("probe"), ANSWER, follows), {}, offered, refused)

    assert expected == outcome(said("it was me"), kept)
    assert (expected == "probe") == bool(probes_in([talk(kept)]))


def test_an_answer_that_is_in_no_turn_is_lost() -> None:
    assert "lost" == outcome(said("something else"), record(line("probe"), ANSWER))


def test_a_record_keeps_what_the_log_says_of_the_model() -> None:
    zero, name = "2026-03-02T12:00:00+00:00", str(ANSWER.turn_id)
    other = TurnId(uuid4())
    late = ProbeRefused(turn_id=None, question="q", reason="late").model_dump(mode="json")
    over = AnswerEnded(turn_id=ANSWER.turn_id, question="q", signal="patience", words=3)
    ended = FACTS.dump_python(over, mode="json")
    offer = ProbeOffered(turn_id=other, question="q", text="Why?", model="m").model_dump(
        mode="json"
    )
    events: list[Json] = [{"fact": each, "at": zero} for each in (late, ended, offer)]

    kept = Record.of({"turns": [], "clock_zero": zero}, events)

    assert ({name: "late"}, {str(other): "Why?"}) == (kept.refused, kept.offered)


def test_the_last_line_has_turns_latencies_and_cut_offs() -> None:
    found = short(figures([talk(None)], probes=False))

    assert ["turns", "p50_s", "p95_s", "cut_offs"] == list(found)
    assert (2, 1.25) == (found["turns"], found["p50_s"])


def good() -> Figures:
    names = ("p50_s", "p95_s", "unanswered", *(CUT_OFFS + kind for kind in STANDARD.paused))
    some = {"p50_s": Figure(1.0, 24), "turns": Figure(24.0, 24)}
    return {name: Figure(0.0, 24) for name in names} | some


def test_a_models_probe_may_cost_a_fifth_of_a_second_more_than_a_scripted_line() -> None:
    assert [] == missed(good() | {"p50_s": Figure(1.2, 24)}, good())
    assert ["p50_s"] == missed(good() | {"p50_s": Figure(1.21, 24)}, good())


def test_of_fewer_than_24_turns_nothing_follows() -> None:
    assert ["turns"] == missed(good() | {"turns": Figure(23.0, 23)}, good())


@pytest.mark.parametrize("name", sorted(bars(good())))
def test_what_was_not_measured_does_not_hold(name: str) -> None:
    assert [name] == missed(good() | {name: Figure(None, 0)}, good())


def test_the_models_probes_are_all_new_and_may_be_asked() -> None:
    guard = load_guard(plan_of(Kit.model_validate(probing(20))))
    assert guard is not None
    propose = proposes()

    judged = [guard.judge(propose([]), budget=1, said=()) for _ in range(60)]

    assert all(isinstance(one, Admitted) and one.text for one in judged)
    assert 60 == len({json.dumps(str(one)) for one in judged})


def test_after_a_probe_as_much_is_expected_as_of_the_others() -> None:
    ours, others = (Kit.model_validate(of) for of in (probing(20), kit(20)))

    assert [] == list(gaps(ours))
    assert {40} == {asked.expected_words for asked in ours.questions}
    assert {20} == {asked.expected_words for asked in others.questions}
    assert ("model", "kit") == (ours.probing, others.probing)
