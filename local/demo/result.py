"""What the demo measured, from outside and from the record, as one document."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import jiwer

from local.candidate.talk import Talk
from local.demo.recruiter import Json

MAX_WORD_ERROR_RATE = 0.15
MIN_RATED = 3
"""Of the four competencies of the demo's kit."""


@dataclass(frozen=True)
class Record:
    """What the public API says of the interview after its end, and the check of its log."""

    interview_id: str
    planned: tuple[str, ...]
    turns: tuple[Json, ...]
    scorecard: Json
    events: int
    chain: str


def result(record: Record, talk: Talk, first_sound_s: float | None, wall_s: float) -> Json:
    """The demo's figures; times in seconds, `word_error_rate` as a share of the script's words."""
    script = words(" ".join(clip.text for clip, _ in talk.answers))
    heard = words(" ".join(str(t["spoken"]) for t in record.turns if t["speaker"] == "candidate"))
    latencies = talk.latencies_s
    return {
        "interview_id": record.interview_id,
        "questions_planned": len(record.planned),
        "questions_asked": asked(record.turns),
        "turns": len(record.turns),
        "candidate_script_words": len(script),
        "word_error_rate": round(jiwer.wer(" ".join(script), " ".join(heard)), 4),
        "first_sound_s": _rounded(first_sound_s),
        "turn_latency_s": {
            "p50": _rounded(median(latencies) if latencies else None),
            "p95": _rounded(percentile(latencies, 95)),
        },
        "cut_offs": talk.cut_offs,
        "ended": talk.ended,
        "events": record.events,
        "chain": record.chain,
        "scorecard": record.scorecard,
        "wall_s": round(wall_s, 1),
    }


def shortfalls(figures: Json, record: Record) -> list[str]:
    """What a whole interview must not lack; empty when all is well."""
    rated, competencies = _rated(record.scorecard)
    lacking = {
        "the interviewer did not say goodbye": figures["ended"] != "goodbye",
        "not every planned question was asked once and in order": (
            figures["questions_asked"] != list(record.planned)
        ),
        f"the event log is {record.chain}": record.chain != "verified",
        f"word error rate {figures['word_error_rate']} is above {MAX_WORD_ERROR_RATE}": (
            float(str(figures["word_error_rate"])) > MAX_WORD_ERROR_RATE
        ),
        f"the candidate was cut off {figures['cut_offs']} times": figures["cut_offs"] != 0,
        f"only {rated} of {competencies} competencies were rated": rated < MIN_RATED,
        "a quote is not what the candidate said in its turn": not _quotes_are_verbatim(record),
    }
    return [what for what, is_so in lacking.items() if is_so]


def _rated(card: Json) -> tuple[int, int]:
    ratings = listed(card["ratings"])
    return sum(rating["level"] is not None for rating in ratings), len(ratings)


def _quotes_are_verbatim(record: Record) -> bool:
    spoken = {t["turn_id"]: str(t["spoken"]) for t in record.turns if t["speaker"] == "candidate"}
    quotes = [q for rating in listed(record.scorecard["ratings"]) for q in listed(rating["quotes"])]
    return all(str(quote["text"]) in spoken.get(quote["turn_id"], "") for quote in quotes)


def listed(value: object) -> list[Json]:
    """A list out of a JSON document."""
    assert isinstance(value, list)
    return value


def asked(turns: Sequence[Json]) -> list[object]:
    """The core questions that were put, in order; a line that was taken back was not put."""
    return [t["question"] for t in turns if t["line"] == "question" and not t["withdrawn"]]


def words(text: str) -> list[str]:
    """Lower-case words without punctuation: what a recogniser can be right or wrong about."""
    return re.findall(r"[a-z0-9']+", text.lower())


def percentile(values: Sequence[float], percent: float) -> float | None:
    """The nearest-rank percentile; None without values."""
    if not values:
        return None
    return sorted(values)[max(0, math.ceil(len(values) * percent / 100) - 1)]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
