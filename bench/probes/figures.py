"""Which answers count, and against which bars."""

from collections import Counter
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

LEAST_TURNS = 24
PROBES = 5
"""So many to each question."""

NAMES = ("turns", "p50_s", "p95_s", "cut_offs")


def figures(talks: Sequence[Talk], *, probes: bool) -> Figures:
    """Of one peer's talks; with `probes` only of answers that are as long as is expected of the
    others'."""
    measured = [one for talk in talks for one in counted(talk, probes=probes)]
    return of_answers(STANDARD, measured)


def counted(talk: Talk, *, probes: bool) -> list[Measured]:
    """What the recogniser lost, or somebody tore, counts: it may be what is to be found."""
    measured = measure(talk.said, talk.sounds)
    if not probes or talk.record is None:
        return list(measured)
    return [one for one in measured if is_a_models(one.said, talk.record)]


def is_a_models(said: Said, record: Record) -> bool:
    """Whether a model was to say what follows: the answer was to a probe, and another one was
    allowed. What came of it is no matter, or a model that is late would leave the figures."""
    at = _turn_of(said, record)
    if at is None:
        return True
    turns = _kept(record)
    lines = [turn for turn in turns[:at] if turn.speaker == "ai"]
    asked = [turn for turn in lines if turn.line == "probe"]
    if not lines or lines[-1].line != "probe":
        return False
    return sum(turn.question == lines[-1].question for turn in asked) < PROBES


def outcomes(talks: Sequence[Talk]) -> Counter[str]:
    """Of the answers that count: `probe` was a model's, `next` what a model said, `not_asked` where
    no model had said anything, `lost` where the answer is in no turn, else why it was refused."""
    return Counter(
        outcome(one.said, talk.record)
        for talk in talks
        if talk.record is not None
        for one in counted(talk, probes=True)
    )


def outcome(said: Said, record: Record) -> str:
    at = _turn_of(said, record)
    if at is None:
        return "lost"
    name = str(_kept(record)[at].turn_id)
    if is_followed(at, record):
        return "probe"
    if name in record.offered:
        return "next" if record.offered[name] is None else "void"
    return record.refused.get(name, "not_asked")


def is_followed(at: int, record: Record) -> bool:
    """Whether what is said next is what a model offered, and no probe of the kit's."""
    turns = _kept(record)
    offered = record.offered.get(str(turns[at].turn_id))
    line = next((turn for turn in turns[at + 1 :] if turn.speaker == "ai"), None)
    if offered is None or line is None or line.line != "probe":
        return False
    said = words(line.spoken)  # as far as it was heard
    return bool(said) and words(offered)[: len(said)] == said


def _kept(record: Record) -> list[Turn]:
    return [turn for turn in record.turns if not turn.withdrawn]


def _turn_of(said: Said, record: Record) -> int | None:
    """The turn that holds what was said; None where that is not one."""
    spoken = f" {' '.join(words(' '.join(said.words)))} "
    where = [at for at, turn in enumerate(_kept(record)) if _holds(turn, spoken)]
    return where[0] if len(where) == 1 else None


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
    few = [] if has_enough(probe) else ["turns"]
    return few + [name for name, bar in bars(scripted).items() if not holds(probe, name, bar)]


def has_enough(probe: Figures) -> bool:
    """Of a few turns, the good ones perhaps, nothing follows."""
    return (probe["turns"].value or 0) >= LEAST_TURNS


def probes_in(talks: Sequence[Talk]) -> int:
    """How many of a model's were asked; the kit's own are none."""
    kept = [talk.record for talk in talks if talk.record is not None]
    return sum(
        is_followed(at, record)
        for record in kept
        for at, turn in enumerate(_kept(record))
        if turn.speaker == "candidate"
    )
