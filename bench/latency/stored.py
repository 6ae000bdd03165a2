"""What the product kept of a talk, against what was said: words, turns, and where time went."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import jiwer

from bench.latency.measures import Said
from interview.events import FACTS, AnswerEnded
from interview.probe_facts import ProbeOffered, ProbeRefused, Refusal
from interview.turns import Turn
from local.demo.recruiter import Json
from local.demo.result import words


@dataclass(frozen=True)
class Record:
    """The transcript's turns, and when each answer was judged to be over (ms of the recording). By
    the turn of the answer: what a model offered to ask after it (None: nothing), and why what a
    model said was not followed, the last time."""

    turns: tuple[Turn, ...]
    over_ms: dict[str, int]
    offered: dict[str, str | None] = field(default_factory=dict)
    refused: dict[str, Refusal] = field(default_factory=dict)

    @classmethod
    def of(cls, transcript: Json, events: Sequence[Json]) -> "Record":
        """From the answers of the public API."""
        turns, zero = transcript["turns"], datetime.fromisoformat(str(transcript["clock_zero"]))
        assert isinstance(turns, list)
        record = cls(tuple(Turn.model_validate(turn) for turn in turns), {})
        refusal: Refusal | None = None
        for event in events:
            match FACTS.validate_python(event["fact"]):
                case ProbeOffered() as offered:
                    record.offered[str(offered.turn_id)] = offered.text
                case ProbeRefused() as refused:  # of an answer that may have no turn yet
                    refusal = refused.reason
                case AnswerEnded() as ended:
                    since = datetime.fromisoformat(str(event["at"])) - zero
                    record.over_ms[str(ended.turn_id)] = round(since.total_seconds() * 1000)
                    if refusal is not None:
                        record.refused[str(ended.turn_id)] = refusal
                    refusal = None
                case _:
                    pass
        return record

    @property
    def answers(self) -> tuple[tuple[str, ...], ...]:
        """The words of each of the candidate's turns."""
        return tuple(tuple(words(t.spoken)) for t in self.turns if t.speaker == "candidate")

    @property
    def word_count(self) -> int:
        return sum(len(answer) for answer in self.answers)


@dataclass(frozen=True)
class Inside:
    """Of one answer, from its last word's end on: when it was judged to be over, and when our line
    left the agent; seconds."""

    id: str
    over_s: float
    line_s: float


def lost_words(talk: Sequence[Said], record: Record) -> int:
    """Words that were said and are not stored, wherever they might be."""
    said = " ".join(word for one in talk for word in _plain(one.words))
    kept = " ".join(word for answer in record.answers for word in answer)
    if not said or not kept:
        return len(said.split())
    compared = jiwer.process_words(said, kept)
    return int(compared.deletions + compared.substitutions)


def torn_answers(talk: Sequence[Said], record: Record) -> tuple[str, ...]:
    """Which of what was said in one go does not lie whole in one turn."""
    kept = [f" {' '.join(answer)} " for answer in record.answers]
    return tuple(
        one.id
        for one in talk
        if not any(f" {' '.join(_plain(one.words))} " in answer for answer in kept)
    )


def insides(talk: Sequence[Said], record: Record) -> tuple[Inside, ...]:
    """Of the finished answers, each a turn of its own."""
    found = []
    for said in talk:
        turns = [
            n
            for n, turn in enumerate(record.turns)
            if turn.speaker == "candidate" and words(turn.spoken) == _plain(said.words)
        ]
        if said.kind != "finished" or len(turns) != 1:
            continue
        turn, after = record.turns[turns[0]], record.turns[turns[0] + 1 :]
        line = next((t for t in after if t.speaker == "ai"), None)
        over_ms = record.over_ms.get(str(turn.turn_id))
        if line is not None and over_ms is not None and turn.words:
            ended_ms = turn.words[-1].end_ms
            found.append(
                Inside(said.id, (over_ms - ended_ms) / 1000, (line.started_ms - ended_ms) / 1000)
            )
    return tuple(found)


def _plain(said: Sequence[str]) -> list[str]:
    return words(" ".join(said))
