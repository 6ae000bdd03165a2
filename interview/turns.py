"""Turns: who said what, when, in answer to what. A projection of the event log."""

from collections.abc import Iterable
from typing import Literal

from pydantic import AwareDatetime

from interview.by_people import By, TurnCorrected
from interview.copilot_facts import TurnFiled
from interview.errors import OutOfOrder
from interview.events import (
    AnswerEnded,
    AnswerResumed,
    Event,
    Fact,
    LineEnded,
    LineKind,
    LineStarted,
    SpeechHeard,
    Word,
)
from interview.ids import TurnId
from interview.kit import Frozen

Speaker = Literal["ai", "candidate", "interviewer"]


class Correction(Frozen):
    """What a person heard in the recording instead, and who: event `seq` of the log."""

    seq: int
    text: str
    reason: str
    by: By
    at: AwareDatetime


class Turn(Frozen):
    """`spoken` is what was heard; `generated` is what was meant to be said (AI only).

    `seq` is the event that opened it. Times are ms of the recording; `ended_ms` is None while it
    goes on. `confidence` is the mean over words, None without words. `cut_off`: our line was
    stopped before its end, or the time budget ended the candidate's answer. `correction` is the
    latest one; earlier ones stand in the log. `typed`: some of it came in writing, and cannot be
    heard.
    """

    turn_id: TurnId
    seq: int
    speaker: Speaker
    identity: str
    question: str | None
    line: LineKind | None
    spoken: str
    generated: str | None
    words: tuple[Word, ...]
    started_ms: int
    ended_ms: int | None
    confidence: float | None
    cut_off: bool
    withdrawn: bool
    complete: bool
    typed: bool = False
    correction: Correction | None = None

    @property
    def corrected(self) -> "Turn":
        """The turn as it counts: with the words of the correction, of which no times are known."""
        if self.correction is None:
            return self
        words = {"spoken": self.correction.text, "words": (), "confidence": None}
        return self.model_copy(update=words)


def as_corrected(turns: Iterable[Turn]) -> tuple[Turn, ...]:
    """The turns as they count: what a person heard goes before what was recognised."""
    return tuple(turn.corrected for turn in turns)


def touched(fact: Fact) -> TurnId | None:
    """The turn that a fact changes, or None."""
    match fact:
        case LineStarted() | LineEnded() | SpeechHeard() | AnswerEnded() | AnswerResumed():
            return fact.turn_id
        case TurnCorrected() | TurnFiled():
            return fact.turn_id
        case _:
            return None


def turn_after(turn: Turn | None, event: Event) -> Turn:
    """The turn as it stands after `event`.

    Raises `OutOfOrder` when it has not been opened, or is another speaker's: nobody's words become
    somebody else's.
    """
    fact = event.fact
    match fact:
        case LineStarted() if turn is None:
            return _line(event.seq, fact)
        case SpeechHeard() if turn is None or turn.speaker == fact.role:
            return _heard(turn, event.seq, fact)
        case _ if turn is None:
            raise OutOfOrder(f"{fact.kind} names a turn that was never opened")
        case LineStarted() | LineEnded() if turn.speaker != "ai":
            raise OutOfOrder(f"{fact.kind} names a turn of the {turn.speaker}")
        case TurnFiled() if turn.speaker == "ai":
            raise OutOfOrder(f"{fact.kind} names a turn of the ai, which knows what it asks")
        case TurnCorrected() if turn.speaker == "ai":
            raise OutOfOrder(f"{fact.kind} names a turn of the ai, whose words are known")
        case SpeechHeard():
            raise OutOfOrder(f"{fact.kind} by the {fact.role} names a turn of the {turn.speaker}")
        case _:
            return _changed(turn, event)


def _changed(turn: Turn, event: Event) -> Turn:
    """An open turn after a fact that may follow in it."""
    fact = event.fact
    match fact:
        case LineStarted():
            return turn
        case LineEnded():
            return turn.model_copy(
                update={
                    "spoken": fact.spoken,
                    "ended_ms": fact.ended_ms,
                    "cut_off": fact.cut_off,
                    "withdrawn": fact.withdrawn,
                    "complete": True,
                }
            )
        case AnswerEnded():
            return turn.model_copy(update={"complete": True, "cut_off": fact.signal == "time"})
        case AnswerResumed():
            return turn.model_copy(update={"complete": False, "cut_off": False})
        case TurnCorrected():
            return turn.model_copy(update={"correction": _correction(fact, event)})
        case TurnFiled():
            return turn.model_copy(update={"question": fact.question})
        case _:
            raise OutOfOrder(f"{fact.kind} does not belong to a turn")


def _correction(fact: TurnCorrected, event: Event) -> Correction:
    return Correction(seq=event.seq, text=fact.text, reason=fact.reason, by=fact.by, at=event.at)


def _line(seq: int, fact: LineStarted) -> Turn:
    return Turn(
        turn_id=fact.turn_id,
        seq=seq,
        speaker="ai",
        identity=fact.identity,
        question=fact.question,
        line=fact.line,
        spoken="",
        generated=fact.text,
        words=(),
        started_ms=fact.started_ms,
        ended_ms=None,
        confidence=None,
        cut_off=False,
        withdrawn=False,
        complete=False,
    )


def _heard(turn: Turn | None, seq: int, fact: SpeechHeard) -> Turn:
    if turn is not None:
        return _heard_more(turn, fact)
    return Turn(
        turn_id=fact.turn_id,
        seq=seq,
        speaker=fact.role,
        identity=fact.identity,
        question=fact.question,
        line=None,
        spoken=fact.text,
        generated=None,
        words=fact.words,
        started_ms=fact.started_ms,
        ended_ms=fact.ended_ms,
        confidence=_confidence(fact.words),
        cut_off=False,
        withdrawn=False,
        complete=False,
        typed=fact.typed,
    )


def _heard_more(turn: Turn, fact: SpeechHeard) -> Turn:
    """The last words of an answer are often recognised after it was over: it stays so. Who has
    corrected the turn has heard all of it, also what was recognised late."""
    words = (*turn.words, *fact.words)
    return turn.model_copy(
        update={
            "identity": fact.identity,
            "spoken": f"{turn.spoken} {fact.text}".strip(),
            "words": words,
            "started_ms": _begins(turn, fact),
            "ended_ms": max(turn.ended_ms or 0, fact.ended_ms),
            "confidence": _confidence(words),
            "typed": turn.typed or fact.typed,
        }
    )


def _begins(turn: Turn, fact: SpeechHeard) -> int:
    """A turn that was over before its first word was final was opened by its sound alone, and
    begins with its first word once that is known."""
    if fact.words and not turn.words and not turn.spoken:
        return fact.started_ms
    return min(turn.started_ms, fact.started_ms)


def _confidence(words: tuple[Word, ...]) -> float | None:
    return round(sum([word.confidence for word in words]) / len(words), 4) if words else None
