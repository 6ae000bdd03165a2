"""Turns: who said what, when, in answer to what. A projection of the event log."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal

from pydantic import AwareDatetime, TypeAdapter

from interview.by_people import By, TurnCorrected, TurnRefiled
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
from interview.lexicon import nfc

Speaker = Literal["ai", "candidate", "interviewer"]


class Correction(Frozen):
    """What a person heard in the recording instead, and who: event `seq` of the log."""

    seq: int
    text: str
    reason: str
    by: By
    at: AwareDatetime


class Filing(Frozen):
    """To which core question a person says that a turn belongs, None for none, and who has put it
    in the AI's place: event `seq` of the log."""

    seq: int
    question: str | None
    asked_by: str | None
    reason: str
    by: By
    at: AwareDatetime


class Span(Frozen):
    """Characters of a turn's text in NFC, from `start` to before `end`."""

    start: int
    end: int


class Turn(Frozen):
    """`spoken` is what was heard; `generated` is what was meant to be said (AI only).

    `seq` is the event that opened it. Times are ms of the recording; `ended_ms` is None while it
    goes on. `confidence` is the mean over words, None without words. `cut_off`: our line was
    stopped before its end, or the time budget ended the candidate's answer. `correction` and
    `filing` are the latest ones; earlier ones stand in the log. `typed`: some of it came in
    writing, and cannot be heard; `written` is where that stands, but for turns of older versions,
    which do not know it. The other words of the text are `words`, one for one, unless
    the recogniser wrote them in another way (“20” for “twenty”).
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
    written: tuple[Span, ...] = ()
    filing: Filing | None = None
    correction: Correction | None = None

    @property
    def is_all_written(self) -> bool:
        """There is nothing of it to hear. Recognisers may give words without their times."""
        covered = sum(span.end - span.start for span in self.written)
        between = max(len(self.written) - 1, 0)
        is_covered = not self.written or covered + between == len(nfc(self.spoken))
        return self.typed and not self.words and is_covered

    @property
    def corrected(self) -> "Turn":
        """The turn as it counts: with the words of the correction, of which no times are known, and
        under the question that a person has filed it under."""
        changed: dict[str, object] = {}
        if self.correction is not None:
            text = self.correction.text
            changed |= {"spoken": text, "words": (), "confidence": None}
            if text != self.spoken:
                whole = (Span(start=0, end=len(nfc(text))),)
                changed["written"] = whole if self.is_all_written else ()
        if self.filing is not None:
            changed["question"] = self.filing.question
        return self.model_copy(update=changed) if changed else self


TURNS: TypeAdapter[list[Turn]] = TypeAdapter(list[Turn])


def as_corrected(turns: Iterable[Turn]) -> tuple[Turn, ...]:
    """The turns as they count: what a person heard goes before what was recognised, and where they
    file a turn before where the room did."""
    return tuple(turn.corrected for turn in turns)


def touched(fact: Fact) -> TurnId | None:
    """The turn that a fact changes, or None."""
    match fact:
        case LineStarted() | LineEnded() | SpeechHeard() | AnswerEnded() | AnswerResumed():
            return fact.turn_id
        case TurnCorrected() | TurnFiled() | TurnRefiled():
            return fact.turn_id
        case _:
            return None


def touching(events: Iterable[Event]) -> dict[TurnId, list[Event]]:
    """Those of the events that change turns, by the turn."""
    by_turn: dict[TurnId, list[Event]] = {}
    for event in events:
        if (name := touched(event.fact)) is not None:
            by_turn.setdefault(name, []).append(event)
    return by_turn


def turn_after(turn: Turn | None, event: Event) -> Turn:
    """The turn as it stands after `event`. Raises what `turns_after` raises."""
    return Turn(**vars(_drafted(turn, [event])))


def turns_from(events: Iterable[Event]) -> tuple[Turn, ...]:
    """The turns by a fold over the whole log, in order of `seq`. Stored turns say what they said to
    the version that stored them; these say what the log says."""
    turns: dict[TurnId, Turn] = {}
    for event in events:
        if (name := touched(event.fact)) is not None:
            turns[name] = turn_after(turns.get(name), event)
    return tuple(sorted(turns.values(), key=attrgetter("seq")))


def turns_after(
    turns: Iterable[Turn], changes: Mapping[TurnId, Sequence[Event]]
) -> tuple[tuple[Turn, int], ...]:
    """The turns that `changes` name, each with the `seq` that changed it last.

    Raises `OutOfOrder` when one has not been opened, or is another speaker's: nobody's words become
    somebody else's.
    """
    known = {turn.turn_id: turn for turn in turns}
    drafts = [vars(_drafted(known.get(name), events)) for name, events in changes.items()]
    versions = (events[-1].seq for events in changes.values())
    return tuple(zip(TURNS.validate_python(drafts), versions, strict=True))


def _drafted(turn: Turn | None, events: Iterable[Event]) -> "_Draft":
    """`turn` after one or more events."""
    draft = None if turn is None else _Draft(**dict(turn))
    for event in events:
        draft = _after(draft, event)
    assert draft is not None, "there is an event, and it opens a turn"
    if turn is None or draft.words is not turn.words:  # once, however many pieces it came in
        draft.confidence = _confidence(draft.words)
    return draft


# Changed in place, for a batch changes dozens of turns, and each of them several times.
@dataclass
class _Draft:
    """A turn while facts change it; its fields are those of `Turn`."""

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
    written: tuple[Span, ...] = ()
    filing: Filing | None = None
    correction: Correction | None = None


def _after(draft: _Draft | None, event: Event) -> _Draft:
    """The draft after `event`: a new one, or the same one changed."""
    if draft is None:
        return _opened(event)
    match event.fact:
        case SpeechHeard() as fact if draft.speaker == fact.role:
            _hear_more(draft, fact)
        case LineEnded() as fact if draft.speaker == "ai":
            draft.spoken, draft.ended_ms = fact.spoken, fact.ended_ms
            draft.cut_off, draft.withdrawn = fact.cut_off, fact.withdrawn
            draft.complete = True
        case AnswerEnded() as fact:
            draft.complete, draft.cut_off = True, fact.signal == "time"
        case AnswerResumed():
            draft.complete = draft.cut_off = False
        case TurnCorrected() as fact if draft.speaker != "ai":
            draft.correction = _correction(fact, event)
        case TurnFiled() as fact if draft.speaker != "ai":
            draft.question = fact.question
        case TurnRefiled() as fact if draft.speaker != "ai":
            draft.filing = _filing(fact, event)
        case LineStarted() if draft.speaker == "ai":
            pass
        case fact:
            raise OutOfOrder(_mismatch(draft, fact))
    return draft


def _opened(event: Event) -> _Draft:
    match event.fact:
        case LineStarted() as fact:
            return _line(event.seq, fact)
        case SpeechHeard() as fact:
            return _heard(event.seq, fact)
        case fact:
            raise OutOfOrder(f"{fact.kind} names a turn that was never opened")


def _mismatch(draft: _Draft, fact: Fact) -> str:
    """Why an open turn cannot go on with `fact`."""
    match fact:
        case SpeechHeard():
            return f"{fact.kind} by the {fact.role} names a turn of the {draft.speaker}"
        case LineStarted() | LineEnded():
            return f"{fact.kind} names a turn of the {draft.speaker}"
        case TurnFiled() | TurnRefiled():
            return f"{fact.kind} names a turn of the ai, which knows what it asks"
        case TurnCorrected():
            return f"{fact.kind} names a turn of the ai, whose words are known"
        case _:
            return f"{fact.kind} does not belong to a turn"


def _correction(fact: TurnCorrected, event: Event) -> Correction:
    return Correction(seq=event.seq, text=fact.text, reason=fact.reason, by=fact.by, at=event.at)


def _filing(fact: TurnRefiled, event: Event) -> Filing:
    return Filing(
        seq=event.seq,
        question=fact.question,
        asked_by=fact.asked_by,
        reason=fact.reason,
        by=fact.by,
        at=event.at,
    )


def _line(seq: int, fact: LineStarted) -> _Draft:
    return _Draft(
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


def _heard(seq: int, fact: SpeechHeard) -> _Draft:
    return _Draft(
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
        confidence=None,
        cut_off=False,
        withdrawn=False,
        complete=False,
        typed=fact.typed,
        written=_written(fact.text, fact),
    )


def _hear_more(draft: _Draft, fact: SpeechHeard) -> None:
    """The last words of an answer are often recognised after it was over: it stays so. Who has
    corrected the turn has heard all of it, also what was recognised late."""
    draft.started_ms = _begins(draft, fact)
    draft.ended_ms = max(draft.ended_ms or 0, fact.ended_ms)
    draft.identity = fact.identity
    draft.spoken = f"{draft.spoken} {fact.text}".strip()
    draft.words = (*draft.words, *fact.words)
    if draft.written or not draft.typed:  # else it is an old one, of which nobody knows all
        draft.written = (*draft.written, *_written(draft.spoken, fact))
    draft.typed = draft.typed or fact.typed


def _written(text: str, fact: SpeechHeard) -> tuple[Span, ...]:
    """Where a fact whose words end `text` stands in it, if it came in writing: then no recogniser
    knows a word of it."""
    length = len(nfc(fact.text.strip())) if fact.typed and not fact.words else 0
    end = len(nfc(text)) if length else 0
    return (Span(start=end - length, end=end),) if length else ()


def _begins(draft: _Draft, fact: SpeechHeard) -> int:
    """A turn that was over before its first word was final was opened by its sound alone, and
    begins with its first word once that is known."""
    if fact.words and not draft.words and not draft.spoken:
        return fact.started_ms
    return min(draft.started_ms, fact.started_ms)


_sureness = attrgetter("confidence")


def _confidence(words: tuple[Word, ...]) -> float | None:
    return round(sum(map(_sureness, words)) / len(words), 4) if words else None
