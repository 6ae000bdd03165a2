"""The report of an interview: evidence before scores, what was not assessed and why, and proof.

It says what stands on the cards and in the log, and adds no judgement of its own.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime

from interview.accounts import Candidate, Interview, Job, KitRecord
from interview.by_people import By, DecisionMade, DecisionReason, Opened, Outcome, TurnCorrected
from interview.chain import card_digest
from interview.doubt import is_written, quoted
from interview.events import AgentJoined, ConsentGiven, Event
from interview.ids import TurnId
from interview.kit import LEVELS, Competency, Frozen, Kit, Question
from interview.lexicon import nfc
from interview.lifecycle import State
from interview.parity import AskedBy, ledger
from interview.plan import plan_of
from interview.scoring import NotAssessed, Quote, Rating, Scorecard, Stamp, Verdict
from interview.turns import Turn


class Evidence(Frozen):
    """Words of the candidate, and where they can be heard: ms of the recording.

    `heard_at_ms` is where the first of these words that was heard begins, or else their turn; None
    for words in writing. `typed` when some of their turn was. `corrected` when the rater read the
    turn as a person had heard it, and not as it was recognised.
    """

    turn_id: TurnId
    question: str | None
    text: str
    start: int
    heard_at_ms: int | None
    typed: bool
    corrected: bool = False


class FlaggedWords(Frozen):
    """Words of the candidate that speak to whoever rates, by the rule that found them."""

    turn_id: TurnId
    text: str
    rule: str


class Assessment(Frozen):
    """One competency on one card: what it rests on first, then what follows from it.

    `anchor` is the kit's description of the level that was given; `with_flagged` is what the rating
    would be with the card's flagged words. `carried_from` is the earlier card that it was taken
    over from, for nothing that it rests on was corrected since.
    """

    competency: str
    name: str
    definition: str
    weight: Decimal
    evidence: tuple[Evidence, ...]
    not_assessed: NotAssessed | None
    level: int | None
    anchor: str | None
    reason: str
    runs: int
    spread: int
    with_flagged: Verdict | None = None
    carried_from: UUID | None = None


class ReportedCard(Frozen):
    """One rater's card. `rated_by` is a person's name or address, None for a program; `sha256` is
    what the log vouches for. `replaced_by` is the newest card of the same rater: the same person,
    or the same program in whatever version, with whatever model. `released`: whether a model's
    configuration had passed the gate when it rated; None for people and for raters without a
    model."""

    scorecard_id: UUID
    created_at: AwareDatetime
    stamp: Stamp
    rated_by: str | None
    sha256: str
    assessments: tuple[Assessment, ...]
    total: Decimal | None
    coverage: Decimal
    flags: tuple[FlaggedWords, ...] = ()
    released: bool | None = None
    replaced_by: UUID | None = None


class AskedQuestion(Frozen):
    """A core question of the kit and what became of it; `repeats` are for the candidate's sake.

    `asked_by`: the AI, in the kit's words, or else a person, in their own; None for nobody.
    """

    key: str
    text: str
    asked: bool
    asked_by: AskedBy | None
    probes: tuple[str, ...]
    most_probes: int
    repeats: int
    answer_words: int


class ReportedCorrection(Frozen):
    """`heard` is what a person heard where `recognised` is what the recogniser made of it."""

    turn_id: TurnId
    seq: int
    at: AwareDatetime
    corrected_by: str
    reason: str
    recognised: str
    heard: str


class ReportedDecision(Frozen):
    at: AwareDatetime
    decided_by: str
    outcome: Outcome
    reason_code: DecisionReason
    opened: tuple[Opened, ...]


class Proof(Frozen):
    """What the report was made from: the log with the hash of its last event, the kit's version,
    and the programs and models that agents named when they came."""

    events: int
    head: str
    kit_id: UUID
    kit_version: int
    notice_version: str | None
    agents: tuple[Mapping[str, str], ...]


class Contest(Frozen):
    """Where a candidate turns to who does not agree; None when the tenant has named nobody."""

    reply_to: str | None


class Report(Frozen):
    """Everything about one interview that a decision may rest on. `time_zone` is the tenant's, in
    which the document tells times; here they are told in UTC."""

    form: Literal[1] = 1
    interview_id: UUID
    state: State
    language: str
    company: str
    time_zone: str = "UTC"
    job: str
    kit: str
    candidate_id: UUID
    candidate: str
    began_at: AwareDatetime | None
    ended_at: AwareDatetime | None
    questions: tuple[AskedQuestion, ...]
    cards: tuple[ReportedCard, ...]
    corrections: tuple[ReportedCorrection, ...]
    decision: ReportedDecision | None
    contest: Contest
    proof: Proof


@dataclass(frozen=True, slots=True)
class Sources:
    """What a report is made from; `cards` are oldest first. `names` says how people are called, by
    member id or key."""

    interview: Interview
    company: str
    reply_to: str | None
    time_zone: str
    job: Job
    kit: KitRecord
    candidate: Candidate
    turns: tuple[Turn, ...]
    cards: tuple[Scorecard, ...]
    events: tuple[Event, ...]
    names: Mapping[str, str]


def report_of(known: Sources) -> Report:
    """The report; the same sources always give the same one. It folds the whole log: call it
    beside the event loop."""
    held, kit = known.interview, known.kit.kit
    by_people = {
        given.key
        for given in ledger(plan_of(kit, held.assist), known.events).questions
        if given.by == "person"
    }
    return Report(
        interview_id=held.interview_id,
        state=held.state,
        language=kit.language,
        company=known.company,
        time_zone=known.time_zone,
        job=known.job.title,
        kit=kit.name,
        candidate_id=known.candidate.candidate_id,
        candidate=known.candidate.name,
        began_at=held.clock_zero,
        ended_at=held.ended_at,
        questions=tuple(
            _asked(question, known.turns, by_person=question.key in by_people)
            for question in kit.questions
        ),
        cards=tuple(_card(card, kit, known) for card in known.cards),
        corrections=tuple(_corrections(known)),
        decision=_decision(known),
        contest=Contest(reply_to=known.reply_to),
        proof=_proof(known),
    )


def _asked(question: Question, turns: Sequence[Turn], *, by_person: bool) -> AskedQuestion:
    counted = (turn.corrected for turn in turns)
    mine = [turn for turn in counted if turn.question == question.key and not turn.withdrawn]
    said = [turn for turn in mine if turn.speaker != "candidate" and turn.spoken]
    answers = [turn.spoken for turn in mine if turn.speaker == "candidate"]
    is_by_ai = any(turn.line == "question" for turn in said)
    asked_by: AskedBy | None = "ai" if is_by_ai else "person" if by_person else None
    return AskedQuestion(
        key=question.key,
        text=question.text,
        asked=asked_by is not None,
        asked_by=asked_by,
        probes=tuple(turn.spoken for turn in said if turn.line == "probe"),
        most_probes=question.max_probes,
        repeats=sum(turn.line == "repeat" for turn in said),
        answer_words=len(" ".join(answers).split()),
    )


def _card(card: Scorecard, kit: Kit, known: Sources) -> ReportedCard:
    turns = {turn.turn_id: turn for turn in known.turns}
    seen = _corrected(card, known.events)
    competencies = {competency.key: competency for competency in kit.competencies}
    newest = [each for each in known.cards if _rater(each) == _rater(card)][-1]
    return ReportedCard(
        scorecard_id=card.scorecard_id,
        created_at=card.created_at,
        stamp=card.stamp,
        rated_by=None if card.person is None else called(card.person, known.names),
        sha256=card_digest(card),
        assessments=tuple(
            _assessment(rating, competencies[rating.competency], turns, seen)
            for rating in card.ratings
        ),
        total=card.total,
        coverage=card.coverage,
        flags=tuple(flagged_words(card, known.turns, known.events)),
        released=card.released,
        replaced_by=None if newest is card else newest.scorecard_id,
    )


def _rater(card: Scorecard) -> tuple[str, By | None]:
    return card.stamp.rater, card.person


def flagged_words(
    card: Scorecard, turns: Iterable[Turn], events: Iterable[Event]
) -> Iterable[FlaggedWords]:
    """The words as that card's rater saw them: with what had been corrected by then."""
    said = {turn.turn_id: turn.spoken for turn in turns} | _corrected(card, events)
    for flag in card.flags:
        text = nfc(said.get(flag.turn_id, ""))[flag.start : flag.end]
        yield FlaggedWords(turn_id=flag.turn_id, text=text, rule=flag.rule)


def _corrected(card: Scorecard, events: Iterable[Event]) -> dict[TurnId, str]:
    """What people had heard by then."""
    return {
        event.fact.turn_id: event.fact.text
        for event in events
        if event.seq <= card.stamp.transcript_seq and isinstance(event.fact, TurnCorrected)
    }


def _assessment(
    rating: Rating,
    competency: Competency,
    turns: Mapping[TurnId, Turn],
    corrected: Container[TurnId],
) -> Assessment:
    anchor = None if rating.level is None else competency.anchors[LEVELS[rating.level - 1]]
    return Assessment(
        competency=competency.key,
        name=competency.name,
        definition=competency.definition,
        weight=competency.weight,
        evidence=tuple(
            _evidence(quote, turns.get(quote.turn_id), corrected=quote.turn_id in corrected)
            for quote in rating.quotes
        ),
        not_assessed=rating.not_assessed,
        level=rating.level,
        anchor=anchor,
        reason=rating.reason,
        runs=rating.runs,
        spread=rating.spread,
        with_flagged=rating.with_flagged,
        carried_from=rating.carried_from,
    )


def _evidence(quote: Quote, turn: Turn | None, *, corrected: bool) -> Evidence:
    return Evidence(
        turn_id=quote.turn_id,
        question=turn.corrected.question if turn else None,
        text=quote.text,
        start=quote.start,
        heard_at_ms=heard_at_ms(quote, turn, corrected=corrected) if turn else None,
        typed=turn is not None and turn.typed,
        corrected=corrected,
    )


def heard_at_ms(quote: Quote, turn: Turn, *, corrected: bool = False) -> int | None:
    """Where the first quoted word that was heard begins, or else its turn: corrected words have no
    times of their own. None for words in writing, of which there is nothing to hear; where the card
    rests on a correction it is not known which of them were."""
    if turn.is_all_written:
        return None
    text = nfc(quote.text)
    end = quote.start + len(text)
    is_original = nfc(turn.spoken)[quote.start : end] == text
    words = quoted(quote, turn) if is_original else None
    if words is None:
        return turn.started_ms
    if (first := next((word for word in words if word is not None), None)) is not None:
        return turn.words[first].start_ms
    return None if is_written(turn, quote.start, end) and not corrected else turn.started_ms


def _corrections(known: Sources) -> Iterable[ReportedCorrection]:
    recognised = {turn.turn_id: turn.spoken for turn in known.turns}
    for event in known.events:
        if isinstance(fact := event.fact, TurnCorrected):
            yield ReportedCorrection(
                turn_id=fact.turn_id,
                seq=event.seq,
                at=event.at,
                corrected_by=called(fact.by, known.names),
                reason=fact.reason,
                recognised=recognised[fact.turn_id],
                heard=fact.text,
            )


def _decision(known: Sources) -> ReportedDecision | None:
    for event in reversed(known.events):
        if isinstance(fact := event.fact, DecisionMade):
            return ReportedDecision(
                at=event.at,
                decided_by=called(fact.by, known.names),
                outcome=fact.outcome,
                reason_code=fact.reason_code,
                opened=fact.opened,
            )
    return None


def _proof(known: Sources) -> Proof:
    consents = [e.fact.notice_version for e in known.events if isinstance(e.fact, ConsentGiven)]
    joined = [dict(e.fact.versions) for e in known.events if isinstance(e.fact, AgentJoined)]
    return Proof(
        events=known.interview.last_seq,
        head=known.interview.head.hex(),
        kit_id=known.kit.kit_id,
        kit_version=known.interview.kit_version,
        notice_version=consents[-1] if consents else None,
        agents=tuple(each for at, each in enumerate(joined) if each not in joined[:at]),
    )


def called(by: By, names: Mapping[str, str]) -> str:
    """The person for whom a key spoke, or else how the member or the key is called."""
    return by.name or names.get(by.id, by.id)
