"""Which answers count, and against which bars."""

from collections.abc import Mapping, Sequence

from bench.latency.corpora import STANDARD
from bench.latency.figures import BARS, CUT_OFFS, Figure, Figures, holds, last_line, of_answers
from bench.latency.measures import Measured, Said, measure
from bench.latency.stored import Record
from bench.latency.talk import Talk
from interview.turns import Turn
from local.demo.result import words

DEARER_S = 0.2
"""So much longer than after a scripted line may the silence before a model's probe be."""

NAMES = ("turns", "p50_s", "p95_s", "cut_offs")


def figures(talks: Sequence[Talk], *, probes: bool) -> Figures:
    """Of one peer's talks; with `probes` only of the answers between two of them."""
    measured = [one for talk in talks for one in counted(talk, probes=probes)]
    return of_answers(STANDARD, measured)


def counted(talk: Talk, *, probes: bool) -> list[Measured]:
    """What the recogniser lost, or somebody tore, counts: it may be what is to be found."""
    measured = measure(talk.said, talk.sounds)
    if not probes or talk.record is None:
        return list(measured)
    return [one for one in measured if is_between_probes(one.said, talk.record)]


def is_between_probes(said: Said, record: Record) -> bool:
    spoken = f" {' '.join(words(' '.join(said.words)))} "
    turns = [turn for turn in record.turns if not turn.withdrawn]
    where = [at for at, turn in enumerate(turns) if _holds(turn, spoken)]
    if len(where) != 1:
        return True
    before = [turn.line for turn in turns[: where[0]] if turn.speaker == "ai"]
    after = [turn.line for turn in turns[where[0] :] if turn.speaker == "ai"]
    return before[-1:] == ["probe"] and after[:1] in (["probe"], [])


def _holds(turn: Turn, spoken: str) -> bool:
    return turn.speaker == "candidate" and spoken in f" {' '.join(words(turn.spoken))} "


def short(of: Figures) -> dict[str, object]:
    """One peer's part of the line of JSON."""
    whole = last_line({**of, "first_sound_s": Figure(None, 0)})
    return {name: whole[name] for name in NAMES}


def bars(scripted: Figures) -> Mapping[str, float]:
    """What a model's probes must not exceed."""
    promised = BARS[STANDARD.name]
    kept = ["p95_s", "unanswered", *(name for name in promised if name.startswith(CUT_OFFS))]
    median = scripted["p50_s"].value or 0.0
    return {name: promised[name] for name in kept} | {"p50_s": round(median + DEARER_S, 3)}


def missed(probe: Figures, scripted: Figures) -> list[str]:
    """The bars that do not hold; what was not measured does not hold either."""
    return [name for name, bar in bars(scripted).items() if not holds(probe, name, bar)]


def probes_in(talks: Sequence[Talk]) -> int:
    """How many were asked."""
    kept = [turn for talk in talks if talk.record is not None for turn in talk.record.turns]
    return sum(turn.line == "probe" and not turn.withdrawn for turn in kept)
