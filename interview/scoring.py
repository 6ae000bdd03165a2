"""Scores: ratings that rest on verbatim evidence, and a total that code computes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from statistics import median_low
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, model_validator

from interview.by_people import By
from interview.errors import EvidenceInvalid
from interview.hostile import Flag
from interview.ids import ScorecardId, TurnId
from interview.kit import Competency, Frozen
from interview.lexicon import nfc
from interview.turns import Turn

Score = Annotated[int, Field(ge=1, le=5)]
NotAssessed = Literal[
    "no_evidence",
    "disagreement",
    "too_few_runs",
    "transcript",
    "not_asked",
    "not_filed",
    "no_indicators",
]
"""`no_indicators` is about the kit, not about what was said; `not_filed`: a person has asked, and
which words answer it is not known."""
MAX_SPREAD = 1
"""Runs that differ by more than one level do not make a rating."""


class Quote(Frozen):
    """A verbatim span of a candidate turn's spoken text; `start` counts characters in NFC."""

    turn_id: TurnId
    text: Annotated[str, Field(min_length=1)]
    start: Annotated[int, Field(ge=0)]


class Run(Frozen):
    """One independent judgement of one competency; `level` None means not assessed.

    `reason` is the rater's, for the people who read the scorecard.
    """

    level: Score | None
    quotes: tuple[Quote, ...]
    reason: str


class Verdict(Frozen):
    """What runs come to, without their evidence."""

    level: Score | None
    not_assessed: NotAssessed | None


class Rating(Frozen):
    """One competency on the scorecard. A level without a quote cannot exist.

    `reason` is empty where `not_assessed` says it all. Where words were flagged that speak to
    whoever rates, the rating is made without them, and `with_flagged` is what it would be with
    them. `carried_from` is the earlier card that a rating was taken over from, because nothing that
    it rests on was corrected since.
    """

    competency: str
    level: Score | None
    not_assessed: NotAssessed | None
    runs: int
    spread: int
    quotes: tuple[Quote, ...]
    reason: str
    with_flagged: Verdict | None = None
    carried_from: ScorecardId | None = None

    @property
    def lacks_runs(self) -> bool:
        """With the flagged words or without them."""
        sides = (self, self.with_flagged)
        return any(side is not None and side.not_assessed == "too_few_runs" for side in sides)

    @model_validator(mode="after")
    def _level_has_evidence(self) -> "Rating":
        if self.level is not None and not self.quotes:
            raise ValueError("a level needs at least one quote")
        if (self.level is None) == (self.not_assessed is None):
            raise ValueError("either a level or a reason why there is none")
        return self


class Stamp(Frozen):
    """What a scorecard was made from and by. `transcript_seq` is the last event that was read."""

    kit_version: int
    rater: str
    rater_version: str
    model: str | None
    prompt_hash: str | None
    transcript_seq: int


class Scorecard(Frozen):
    """Immutable. `total` is the weighted mean over assessed competencies, two decimals, 1–5.

    `person` is who rated, None for a program. `flags` are the candidate's words that speak to
    whoever rates, where the rater can be talked to. `released`: whether a model's configuration had
    passed the gate when it rated; None where there is no gate.
    """

    scorecard_id: ScorecardId
    stamp: Stamp
    ratings: tuple[Rating, ...]
    total: Decimal | None
    coverage: Decimal
    created_at: AwareDatetime
    person: By | None = None
    flags: tuple[Flag, ...] = ()
    released: bool | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """A scorecard in two numbers, and by whom and from what it was made; no word is opened."""

    stamp: Stamp
    total: Decimal | None
    coverage: Decimal


def locate(turn: Turn, text: str) -> int | None:
    """Where `text` stands in the turn's spoken text for the first time, in characters of NFC."""
    at = nfc(turn.spoken).find(nfc(text))
    return at if at >= 0 else None


def check_quote(quote: Quote, turns: Mapping[TurnId, Turn]) -> None:
    """Raises `EvidenceInvalid` unless the quote is a span of that candidate turn's spoken text.

    Compared after Unicode NFC, nothing looser.
    """
    turn = turns.get(quote.turn_id)
    if turn is None or turn.speaker != "candidate":
        raise EvidenceInvalid(f"turn {quote.turn_id} is not a turn of the candidate")
    spoken, text = nfc(turn.spoken), nfc(quote.text)
    if spoken[quote.start : quote.start + len(text)] != text:
        raise EvidenceInvalid(f"“{quote.text}” is not what was said in turn {quote.turn_id}")


def rate(competency: str, runs: Sequence[Run], turns: Iterable[Turn], *, needed: int) -> Rating:
    """Median of the runs whose every quote is verbatim and whose level has evidence.

    `needed` is the least number of valid runs (1 for a deterministic rater, 2 for a model). Between
    two levels the lower one holds. Nothing is rated when half of the runs or more saw no evidence.
    """
    by_id = {turn.turn_id: turn for turn in turns}
    valid = [run for run in runs if _is_supported(run, by_id)]
    levels = [run.level for run in valid if run.level is not None]
    spread = max(levels) - min(levels) if levels else 0

    def nothing(why: NotAssessed, reason: str = "") -> Rating:
        return unrated(competency, why, reason, runs=len(valid), spread=spread)

    if len(valid) < needed:
        return nothing("too_few_runs")
    if not levels:
        return nothing("no_evidence", valid[0].reason)
    if len(levels) < needed or 2 * len(levels) <= len(valid) or spread > MAX_SPREAD:
        return nothing("disagreement")
    level = median_low(levels)
    best = next(run for run in valid if run.level == level)
    return Rating(
        competency=competency,
        level=level,
        not_assessed=None,
        runs=len(valid),
        spread=spread,
        quotes=best.quotes,
        reason=best.reason,
    )


def unrated(
    competency: str, why: NotAssessed, reason: str, *, runs: int = 0, spread: int = 0
) -> Rating:
    """A rating that says why there is no level."""
    return Rating(
        competency=competency,
        level=None,
        not_assessed=why,
        runs=runs,
        spread=spread,
        quotes=(),
        reason=reason,
    )


def _is_supported(run: Run, turns: Mapping[TurnId, Turn]) -> bool:
    if run.level is not None and not run.quotes:
        return False
    try:
        for quote in run.quotes:
            check_quote(quote, turns)
    except EvidenceInvalid:
        return False
    return True


def total(
    ratings: Sequence[Rating], competencies: Sequence[Competency]
) -> tuple[Decimal | None, Decimal]:
    """The weighted mean over assessed competencies, and the share of weight that was assessed."""
    weights = {c.key: c.weight for c in competencies}
    assessed = [(weights[r.competency], r.level) for r in ratings if r.level is not None]
    weight = sum((w for w, _ in assessed), Decimal(0))
    coverage = _cents(weight / sum(weights.values(), Decimal(0)))
    if not weight:
        return None, coverage
    return _cents(sum((w * level for w, level in assessed), Decimal(0)) / weight), coverage


def _cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), rounding=ROUND_HALF_EVEN)
