"""The figures of a peer: what the last line says, and against which bar."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from bench.latency.corpora import HELD_OUT, STANDARD, Corpus
from bench.latency.measures import Measured, measure
from bench.latency.stored import insides, lost_words, torn_answers
from bench.latency.talk import Talk
from local.demo.result import percentile

Bars = Mapping[str, float]
Figures = dict[str, "Figure"]

ALWAYS: Bars = {"p50_s": 1.2, "p95_s": 2.0, "unanswered": 0.0, "lost_words": 0.0}

BARS: Mapping[str, Bars] = {
    STANDARD.name: {
        **ALWAYS,
        "cut_offs.clause_1.5": 0.0,
        "cut_offs.clause_2.5": 0.1,
        "cut_offs.sentence_1.5": 0.2,
        "yield_s": 0.5,
        "barge_in_s": 0.6,
        "done_s": 0.4,
        "torn_answers": 0.0,
    },
    HELD_OUT.name: ALWAYS,
}
"""What ours must not exceed, by corpus. How rarely somebody is cut off is promised for the standard
one; the held-out one is there to say how much of that promise was learned by heart."""


CUT_OFFS = "cut_offs."


@dataclass(frozen=True)
class Figure:
    """`value` is None when nothing was measured; `n` says of how many."""

    value: float | None
    n: int


def figures(corpus: Corpus, talks: Sequence[Talk]) -> Figures:
    """All figures of one peer's talks, by the names of the last line and some more."""
    return {
        **of_answers(corpus, [m for talk in talks for m in measure(talk.said, talk.sounds)]),
        "first_sound_s": _middle([talk.first_sound_s for talk in talks]),
        **_stored(talks),
    }


def of_answers(corpus: Corpus, measured: Sequence[Measured]) -> Figures:
    """Those that are measured at what was said."""
    finished = _latencies(measured, ("finished",))
    paused = _latencies(measured, corpus.paused)
    yields = [m.yield_s for m in measured if m.yield_s is not None]
    return {
        "turns": Figure(float(sum(one.latency_s is not None for one in measured)), len(measured)),
        "p50_s": _middle(finished),
        "p95_s": Figure(percentile(finished, 95), len(finished)),
        "worst_s": Figure(max(finished, default=None), len(finished)),
        "unanswered": _unanswered(measured),
        "paused_p50_s": _middle(paused),
        "paused_p95_s": Figure(percentile(paused, 95), len(paused)),
        CUT_OFFS + "finished": _cut_offs(measured, "finished"),
        **{CUT_OFFS + kind: _cut_offs(measured, kind) for kind in corpus.paused},
        "yield_s": _middle(yields),
        "yield_worst_s": Figure(max(yields, default=None), len(yields)),
        "barge_in_s": _middle([m.barge_in_s for m in measured if m.barge_in_s is not None]),
        "done_s": _middle([m.done_s for m in measured if m.done_s is not None]),
    }


def _latencies(measured: Sequence[Measured], kinds: Sequence[str]) -> list[float]:
    """After answers that were not cut off."""
    return [
        m.latency_s
        for m in measured
        if m.said.step == "answer"
        and m.said.kind in kinds
        and m.latency_s is not None
        and not m.cut_off
    ]


def _unanswered(measured: Sequence[Measured]) -> Figure:
    """Answers after whose end nothing was heard: they are in no latency, so they are counted."""
    answers = [m for m in measured if m.said.step == "answer"]
    silent = sum(m.latency_s is None for m in answers)
    return Figure(float(silent) if answers else None, len(answers))


def _cut_offs(measured: Sequence[Measured], kind: str) -> Figure:
    of_kind = [m.cut_off for m in measured if m.said.step == "answer" and m.said.kind == kind]
    return Figure(sum(of_kind) / len(of_kind) if of_kind else None, len(of_kind))


def _middle(values: Sequence[float]) -> Figure:
    return Figure(median(values) if values else None, len(values))


def _stored(talks: Sequence[Talk]) -> Figures:
    """Of a peer that keeps a record."""
    kept = [(talk.said, talk.record) for talk in talks if talk.record is not None]
    words = sum(len(one.words) for said, _ in kept for one in said)
    inside = [one for said, record in kept for one in insides(said, record)]
    lost = sum(lost_words(said, record) for said, record in kept)
    torn = sum(len(torn_answers(said, record)) for said, record in kept)
    return {
        "lost_words": Figure(float(lost) if kept else None, words),
        "torn_answers": Figure(float(torn) if kept else None, sum(len(said) for said, _ in kept)),
        "inside_over_s": _middle([one.over_s for one in inside]),
        "inside_line_s": _middle([one.line_s for one in inside]),
    }


def last_line(of: Figures) -> dict[str, object]:
    """One peer's part of the line of JSON."""
    names = ("p50_s", "p95_s")
    more = ("yield_s", "barge_in_s", "done_s", "first_sound_s", "unanswered")
    kinds = [name.removeprefix(CUT_OFFS) for name in of if name.startswith(CUT_OFFS)]
    return {
        "turns": round(of["turns"].value or 0),
        **{name: _rounded(of[name]) for name in names},
        "cut_offs": {k: _rounded(of[CUT_OFFS + k]) for k in kinds if k != "finished"},
        **{name: _rounded(of[name]) for name in more},
    }


def missed(of: Figures, bars: Bars) -> list[str]:
    """The bars that do not hold; what was not measured does not hold either."""
    return [name for name, bar in bars.items() if not holds(of, name, bar)]


def holds(of: Figures, name: str, bar: float) -> bool:
    value = of[name].value
    return value is not None and round(value, 3) <= bar


def _rounded(figure: Figure) -> float | None:
    return None if figure.value is None else round(figure.value, 3)
