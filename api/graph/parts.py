"""What GraphQL shows of one look: pages, and parts that come with their whole."""

import inspect
from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Generic, Literal, TypeVar, dataclass_transform, get_args
from uuid import UUID

import strawberry
from interview import by_people, events, kit, scoring, turns
from interview.doubt import is_unsure
from interview.errors import Invalid

from api.v1.shapes import MAX_PAGE

T = TypeVar("T")
S = TypeVar("S")
C = TypeVar("C", bound=type)


@dataclass_transform(kw_only_default=True)
def node(cls: C) -> C:
    """A type of the schema; its docstring is its description there."""
    return strawberry.type(cls, description=inspect.cleandoc(cls.__doc__ or ""))


@node
class Page(Generic[T]):
    """Up to `limit` items, oldest first; `next` goes into `after`, null on the last page."""

    items: list[T]
    next: str | None


def page_size(limit: int) -> int:
    """Raises `Invalid`."""
    if not 1 <= limit <= MAX_PAGE:
        raise Invalid(f"limit: expected 1 to {MAX_PAGE}", field="limit")
    return limit


def seen_until(after: int) -> int:
    """Raises `Invalid`."""
    if after < 0:
        raise Invalid("after: expected the seq that is known, or 0", field="after")
    return after


def page(
    found: Sequence[S], limit: int, show: Callable[[S], T], name: Callable[[T], object]
) -> Page[T]:
    """A page from up to `limit + 1` things: the one too many says that there are more."""
    items = [show(each) for each in found[:limit]]
    return Page(items=items, next=str(name(items[-1])) if len(found) > limit else None)


@node
class Anchor:
    """What an answer of this level shows."""

    level: str
    text: str


@node
class Competency:
    """What is assessed."""

    key: str
    name: str
    definition: str
    weight: Decimal
    anchors: list[Anchor]

    @classmethod
    def of(cls, competency: kit.Competency) -> "Competency":
        return cls(
            key=competency.key,
            name=competency.name,
            definition=competency.definition,
            weight=competency.weight,
            anchors=[Anchor(level=at, text=text) for at, text in competency.anchors.items()],
        )


@node
class Question:
    """What everybody is asked; `minutes` is the time an answer with its probes may take."""

    key: str
    text: str
    competencies: list[str]
    probes: list[str]
    max_probes: int
    minutes: float
    rephrasing: str | None

    @classmethod
    def of(cls, question: kit.Question) -> "Question":
        return cls(
            key=question.key,
            text=question.text,
            competencies=list(question.competencies),
            probes=list(question.probes),
            max_probes=question.max_probes,
            minutes=question.minutes,
            rephrasing=question.rephrasing,
        )


@node
class JobFact:
    """What the interviewer may say about the position, to a question that names a phrase."""

    key: str
    phrases: list[str]
    text: str

    @classmethod
    def of(cls, fact: kit.JobFact) -> "JobFact":
        return cls(key=fact.key, phrases=list(fact.phrases), text=fact.text)


@node
class Word:
    """One recognised word; times are ms of the recording. What is `doubtful` is likely wrong."""

    text: str
    start_ms: int
    end_ms: int
    confidence: float
    doubtful: bool

    @classmethod
    def of(cls, word: events.Word) -> "Word":
        return cls(
            text=word.text,
            start_ms=word.start_ms,
            end_ms=word.end_ms,
            confidence=word.confidence,
            doubtful=is_unsure(word),
        )


@node
class By:
    """Who did it: a member by id, a key by its kid; `name` is the person for whom a key spoke."""

    kind: str
    id: str
    name: str | None

    @classmethod
    def of(cls, by: by_people.By) -> "By":
        return cls(**dict(by))


@node
class Correction:
    """What a person heard in the recording instead: event `seq` of the log."""

    seq: int
    text: str
    reason: str
    by: By
    at: datetime

    @classmethod
    def of(cls, correction: turns.Correction) -> "Correction":
        return cls(**dict(correction) | {"by": By.of(correction.by)})


@node
class Filing:
    """To which core question a person says that a turn belongs, and who of the interviewers has put
    it: event `seq` of the log."""

    seq: int
    question: str | None
    asked_by: str | None
    reason: str
    by: By
    at: datetime

    @classmethod
    def of(cls, filing: turns.Filing) -> "Filing":
        return cls(**dict(filing) | {"by": By.of(filing.by)})


Version = Literal["original", "corrected"]
VERSIONS: tuple[Version, ...] = get_args(Version)


def version_named(version: str) -> Version:
    """Raises `Invalid`."""
    for known in VERSIONS:
        if version == known:
            return known
    raise Invalid(f"version: expected one of {', '.join(VERSIONS)}", field="version")


@node
class Span:
    """Characters of a turn's text in Unicode NFC, from `start` to before `end`."""

    start: int
    end: int


@node
class Turn:
    """Who said what, when; `spoken` of the corrected version is what is rated.

    Of a turn with a `correction`, `recognised` is what was recognised; the words of the corrected
    version have no times of their own, those of the original one do.
    """

    id: UUID
    seq: int
    speaker: str
    identity: str
    question: str | None
    line: str | None
    spoken: str
    recognised: str | None
    correction: Correction | None
    filing: Filing | None
    generated: str | None
    words: list[Word]
    started_ms: int
    ended_ms: int | None
    confidence: float | None
    cut_off: bool
    withdrawn: bool
    complete: bool
    typed: bool
    written: list[Span]

    @classmethod
    def of(cls, turn: turns.Turn, version: Version) -> "Turn":
        shown = turn.corrected if version == "corrected" else turn
        said = dict(shown) | {"words": [Word.of(word) for word in shown.words]}
        said["written"] = [Span(start=each.start, end=each.end) for each in shown.written]
        said["correction"] = Correction.of(turn.correction) if turn.correction else None
        said["filing"] = Filing.of(turn.filing) if turn.filing else None
        recognised = turn.spoken if turn.correction else None
        return cls(id=said.pop("turn_id"), recognised=recognised, **said)


@node
class Quote:
    """A verbatim span of what the candidate said in a turn."""

    turn_id: UUID
    text: str
    start: int

    @classmethod
    def of(cls, quote: scoring.Quote) -> "Quote":
        return cls(**dict(quote))


@node
class Verdict:
    """What runs come to, without their evidence."""

    level: int | None
    not_assessed: str | None


@node
class Flag:
    """Words of a candidate's turn that speak to whoever rates, by a rule: `start` to `end` count
    characters of the turn's text in NFC."""

    turn_id: UUID
    start: int
    end: int
    rule: str


@node
class Rating:
    """One competency on a scorecard: a level with its evidence, or why there is none.

    `withFlagged` is what it would be with words that speak to the rater, without which it was made;
    `carriedFrom` the card that it was taken over from.
    """

    competency: str
    level: int | None
    not_assessed: str | None
    runs: int
    spread: int
    reason: str
    evidence: list[Quote]
    with_flagged: Verdict | None
    carried_from: UUID | None

    @classmethod
    def of(cls, rating: scoring.Rating) -> "Rating":
        said = dict(rating)
        verdict = said.pop("with_flagged")
        said["with_flagged"] = Verdict(**dict(verdict)) if verdict else None
        return cls(evidence=[Quote.of(quote) for quote in said.pop("quotes")], **said)


@node
class Stamp:
    """What a scorecard was made from and by."""

    kit_version: int
    rater: str
    rater_version: str
    model: str | None
    prompt_hash: str | None
    transcript_seq: int


@node
class Scorecard:
    """One rater's card; `total` is the weighted mean over assessed competencies, 1 to 5.

    `person` is who rated; null for a program.
    """

    id: UUID
    created_at: datetime
    stamp: Stamp
    ratings: list[Rating]
    total: Decimal | None
    coverage: Decimal
    person: By | None
    flags: list[Flag]
    released: bool | None

    @classmethod
    def of(cls, card: scoring.Scorecard) -> "Scorecard":
        return cls(
            id=card.scorecard_id,
            created_at=card.created_at,
            stamp=Stamp(**dict(card.stamp)),
            ratings=[Rating.of(rating) for rating in card.ratings],
            total=card.total,
            coverage=card.coverage,
            person=By.of(card.person) if card.person else None,
            flags=[Flag(**dict(flag)) for flag in card.flags],
            released=card.released,
        )
