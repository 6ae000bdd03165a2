"""What the last line says of a measurement, and against which bars."""

from collections.abc import Sequence

from bench.floor.measures import Measured
from local.demo.result import percentile

Figures = dict[str, float | None]

AT_MOST = {
    "silence_p95_s": 0.3,
    "sound_p95_s": 0.7,
    "utterances": 0.0,
    "repeated": 0.0,
}
AT_LEAST = {"takeovers": 40.0, "attributed": 1.0, "confirmed": 1.0}


def figures(of: Measured) -> Figures:
    """By the names of the table."""
    return {
        "takeovers": float(of.takeovers),
        "in_line": float(len(of.silence_s)),
        "silence_p50_s": _percentile(of.silence_s, 50),
        "silence_p95_s": _percentile(of.silence_s, 95),
        "silence_worst_s": _percentile(of.silence_s, 100),
        "sound_p50_s": _percentile(of.sound_s, 50),
        "sound_p95_s": _percentile(of.sound_s, 95),
        "sound_worst_s": _percentile(of.sound_s, 100),
        "utterances": float(of.utterances),
        "turns": float(of.turns),
        "attributed": of.attributed / of.turns if of.turns else None,
        "repeated": float(of.repeated),
        "confirmed": of.confirmed / (2 * of.takeovers) if of.takeovers else None,
    }


def last_line(of: Figures) -> dict[str, object]:
    """The line of JSON."""
    return {
        "takeovers": round(of["takeovers"] or 0),
        "takeover_silence_s": {"p50": of["silence_p50_s"], "p95": of["silence_p95_s"]},
        "handback_sound_s": {"p50": of["sound_p50_s"], "p95": of["sound_p95_s"]},
        "agent_utterances_while_human_holds": round(of["utterances"] or 0),
        "turns": round(of["turns"] or 0),
        "turns_attributed": of["attributed"],
        "questions_repeated": round(of["repeated"] or 0),
    }


def holds(of: Figures, name: str) -> bool | None:
    """None for what has no bar; what was not measured does not hold."""
    value = of[name]
    if name in AT_MOST:
        return value is not None and value <= AT_MOST[name]
    if name in AT_LEAST:
        return value is not None and value >= AT_LEAST[name]
    return None


def missed(of: Figures) -> list[str]:
    return [name for name in of if holds(of, name) is False]


def _percentile(values: Sequence[float], percent: float) -> float | None:
    found = percentile(values, percent)
    return None if found is None else round(found, 3)
