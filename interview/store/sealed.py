"""What is stored in place of what a person said or who they are, the same in every store."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from hmac import compare_digest

from pydantic import TypeAdapter

from interview.accounts import Candidate
from interview.by_people import By
from interview.chain import Link
from interview.errors import IdempotencyMismatch
from interview.events import FACTS, Event, Word
from interview.hostile import Flag
from interview.ids import CandidateId, InterviewId, ScorecardId, TenantId, TurnId
from interview.kit import Frozen
from interview.oidc import Provider
from interview.ports import StoredAnswer
from interview.scoring import NotAssessed, Quote, Rating, Scorecard, Stamp, Verdict
from interview.sealing import Place, SealingKey
from interview.turns import Correction, Filing, Span, Turn

ANSWERS_KEPT_FOR = timedelta(hours=24)


class Speech(Frozen):
    """The sealed part of a turn."""

    spoken: str
    generated: str | None
    words: tuple[Word, ...]
    written: tuple[Span, ...] = ()
    filing: Filing | None = None
    correction: Correction | None = None


FLAGS: TypeAdapter[tuple[Flag, ...]] = TypeAdapter(tuple[Flag, ...])
SPOKEN = set(Speech.model_fields)
SILENT = Speech(spoken="", generated=None, words=())


@dataclass(frozen=True, slots=True)
class SealedTurn:
    """`outline` is the turn without its words; `version` is the event that changed it last."""

    outline: Turn
    version: int
    sealed_speech: bytes


@dataclass(frozen=True, slots=True)
class SealedCandidate:
    candidate_id: CandidateId
    sealed_name: bytes
    sealed_email: bytes
    language: str | None
    created_at: datetime
    revision: int


@dataclass(frozen=True, slots=True)
class SealedQuote:
    turn_id: TurnId
    start: int
    sealed_quote: bytes


@dataclass(frozen=True, slots=True)
class SealedRating:
    competency: str
    level: int | None
    not_assessed: NotAssessed | None
    runs: int
    spread: int
    sealed_reason: bytes
    quotes: tuple[SealedQuote, ...]
    with_flagged_level: int | None
    with_flagged_why: NotAssessed | None
    carried_from: ScorecardId | None


@dataclass(frozen=True, slots=True)
class SealedScorecard:
    scorecard_id: ScorecardId
    interview: InterviewId
    stamp: Stamp
    ratings: tuple[SealedRating, ...]
    total: Decimal | None
    coverage: Decimal
    created_at: datetime
    sealed_person: bytes | None
    sealed_flags: bytes | None
    released: bool | None


@dataclass(frozen=True, slots=True)
class SealedAnswer:
    request_hash: bytes
    status: int
    sealed_body: bytes
    created_at: datetime
    about: CandidateId | None

    def is_kept(self, at: datetime) -> bool:
        """False once it was kept for longer than it may."""
        return self.created_at >= at - ANSWERS_KEPT_FOR


def event_column(tenant: TenantId) -> Place:
    """Where events' payloads lie: each in the row of its id, its version is `seq`."""
    return Place(tenant, "interview_events", "", "payload")


def open_event(key: SealingKey, link: Link) -> Event:
    """Raises `Sealed`."""
    place = event_column(link.tenant)._replace(row=str(link.event_id), version=link.seq)
    clear = key.open(link.sealed_payload, place)
    fact = FACTS.validate_json(clear)
    return Event(seq=link.seq, event_id=link.event_id, epoch=link.epoch, at=link.at, fact=fact)


def open_turn(key: SealingKey, tenant: TenantId, sealed: SealedTurn) -> Turn:
    """Raises `Sealed`."""
    row, version = str(sealed.outline.turn_id), sealed.version
    place = turn_column(tenant)._replace(row=row, version=version)
    speech = Speech.model_validate_json(key.open(sealed.sealed_speech, place))
    return sealed.outline.model_copy(update=dict(speech))


def tell_turns(
    key: SealingKey, tenant: TenantId, turns: Iterable[tuple[str, int, bytes, str]]
) -> list[bytes]:
    """Turns as JSON: their words are JSON already, sealed by us, and go in as they are.

    Of each its id, its version, its sealed speech, and the other fields of a `Turn` as a JSON
    object. Raises `Sealed`.
    """
    opened = key.opener(turn_column(tenant))
    return [
        b"%b,%b" % (outline[:-1].encode(), opened(turn_id, version, speech)[1:])
        for turn_id, version, speech, outline in turns
    ]


def turn_column(tenant: TenantId) -> Place:
    """Where what was said lies: each in the row of its turn, its version is the last event's."""
    return Place(tenant, "turns", "", "speech")


def seal_candidate(key: SealingKey, tenant: TenantId, candidate: Candidate) -> SealedCandidate:
    def sealed(column: str, text: str) -> bytes:
        place = _candidate_place(tenant, candidate.candidate_id, column, candidate.revision)
        return key.seal(text.encode(), place)

    return SealedCandidate(
        candidate_id=candidate.candidate_id,
        sealed_name=sealed("name", candidate.name),
        sealed_email=sealed("email", candidate.email),
        language=candidate.language,
        created_at=candidate.created_at,
        revision=candidate.revision,
    )


def open_candidate(key: SealingKey, tenant: TenantId, sealed: SealedCandidate) -> Candidate:
    """Raises `Sealed`."""

    def opened(column: str, value: bytes) -> str:
        place = _candidate_place(tenant, sealed.candidate_id, column, sealed.revision)
        return key.open(value, place).decode()

    return Candidate(
        candidate_id=sealed.candidate_id,
        name=opened("name", sealed.sealed_name),
        email=opened("email", sealed.sealed_email),
        language=sealed.language,
        created_at=sealed.created_at,
        revision=sealed.revision,
    )


def _candidate_place(tenant: TenantId, candidate: CandidateId, column: str, revision: int) -> Place:
    """A name that was corrected cannot be put back in its place."""
    return Place(tenant, "candidates", str(candidate), column, revision)


def seal_scorecard(
    key: SealingKey, tenant: TenantId, interview: InterviewId, scorecard: Scorecard
) -> SealedScorecard:
    def rating(clear: Rating) -> SealedRating:
        row = f"{scorecard.scorecard_id}/{clear.competency}"
        return SealedRating(
            competency=clear.competency,
            level=clear.level,
            not_assessed=clear.not_assessed,
            runs=clear.runs,
            spread=clear.spread,
            sealed_reason=key.seal(clear.reason.encode(), _rating_place(tenant, row)),
            quotes=tuple(_seal_quotes(key, tenant, row, clear.quotes)),
            with_flagged_level=clear.with_flagged.level if clear.with_flagged else None,
            with_flagged_why=clear.with_flagged.not_assessed if clear.with_flagged else None,
            carried_from=clear.carried_from,
        )

    return SealedScorecard(
        scorecard_id=scorecard.scorecard_id,
        interview=interview,
        stamp=scorecard.stamp,
        ratings=tuple(map(rating, scorecard.ratings)),
        total=scorecard.total,
        coverage=scorecard.coverage,
        created_at=scorecard.created_at,
        sealed_person=_seal_person(key, tenant, scorecard),
        sealed_flags=_seal_flags(key, tenant, scorecard),
        released=scorecard.released,
    )


def open_scorecard(key: SealingKey, tenant: TenantId, sealed: SealedScorecard) -> Scorecard:
    """Raises `Sealed`."""

    def rating(shut: SealedRating) -> Rating:
        row = f"{sealed.scorecard_id}/{shut.competency}"
        return Rating(
            competency=shut.competency,
            level=shut.level,
            not_assessed=shut.not_assessed,
            runs=shut.runs,
            spread=shut.spread,
            quotes=tuple(_open_quotes(key, tenant, row, shut.quotes)),
            reason=key.open(shut.sealed_reason, _rating_place(tenant, row)).decode(),
            with_flagged=_verdict(shut),
            carried_from=shut.carried_from,
        )

    return Scorecard(
        scorecard_id=sealed.scorecard_id,
        stamp=sealed.stamp,
        ratings=tuple(map(rating, sealed.ratings)),
        total=sealed.total,
        coverage=sealed.coverage,
        created_at=sealed.created_at,
        person=open_person(key, tenant, sealed.scorecard_id, sealed.sealed_person),
        flags=_open_flags(key, tenant, sealed),
        released=sealed.released,
    )


def _verdict(shut: SealedRating) -> Verdict | None:
    if shut.with_flagged_level is None and shut.with_flagged_why is None:
        return None
    return Verdict(level=shut.with_flagged_level, not_assessed=shut.with_flagged_why)


def _seal_flags(key: SealingKey, tenant: TenantId, card: Scorecard) -> bytes | None:
    if not card.flags:
        return None
    return key.seal(FLAGS.dump_json(card.flags), _flags_place(tenant, card.scorecard_id))


def _open_flags(key: SealingKey, tenant: TenantId, card: SealedScorecard) -> tuple[Flag, ...]:
    if card.sealed_flags is None:
        return ()
    place = _flags_place(tenant, card.scorecard_id)
    return FLAGS.validate_json(key.open(card.sealed_flags, place))


def _seal_person(key: SealingKey, tenant: TenantId, card: Scorecard) -> bytes | None:
    if card.person is None:
        return None
    clear = card.person.model_dump_json().encode()
    return key.seal(clear, _person_place(tenant, card.scorecard_id))


def open_person(
    key: SealingKey, tenant: TenantId, card: ScorecardId, sealed: bytes | None
) -> By | None:
    """Who rated; None for a program. Raises `Sealed`."""
    if sealed is None:
        return None
    return By.model_validate_json(key.open(sealed, _person_place(tenant, card)))


def _seal_quotes(
    key: SealingKey, tenant: TenantId, row: str, quotes: Sequence[Quote]
) -> list[SealedQuote]:
    return [
        SealedQuote(q.turn_id, q.start, key.seal(q.text.encode(), _quote_place(tenant, row, at)))
        for at, q in enumerate(quotes)
    ]


def _open_quotes(
    key: SealingKey, tenant: TenantId, row: str, quotes: Sequence[SealedQuote]
) -> list[Quote]:
    texts = [key.open(q.sealed_quote, _quote_place(tenant, row, at)) for at, q in enumerate(quotes)]
    return [
        Quote(turn_id=q.turn_id, text=text.decode(), start=q.start)
        for q, text in zip(quotes, texts, strict=True)
    ]


def _person_place(tenant: TenantId, card: ScorecardId) -> Place:
    return Place(tenant, "scorecards", str(card), "person")


def _flags_place(tenant: TenantId, card: ScorecardId) -> Place:
    return Place(tenant, "scorecards", str(card), "flags")


def _rating_place(tenant: TenantId, row: str) -> Place:
    return Place(tenant, "ratings", row, "reason")


def _quote_place(tenant: TenantId, row: str, position: int) -> Place:
    return Place(tenant, "evidence", f"{row}/{position}", "quote")


def answer_name(tenants: SealingKey, tenant: TenantId, key: str) -> str:
    """What an answer is found by: a caller may well have put an address into the key."""
    return tenants.mark(key.encode(), Place(tenant, "answers", "", "key")).hex()


def seal_answer(
    key: SealingKey, tenant: TenantId, name: str, answer: StoredAnswer, at: datetime
) -> SealedAnswer:
    return SealedAnswer(
        request_hash=key.mark(answer.request_hash, _answer_place(tenant, name, "request_hash")),
        status=answer.status,
        sealed_body=key.seal(answer.body, _answer_place(tenant, name, "body")),
        created_at=at,
        about=answer.about,
    )


def open_answer(
    key: SealingKey, tenant: TenantId, name: str, sealed: SealedAnswer, request_hash: bytes
) -> StoredAnswer:
    """Raises `Sealed`, and `IdempotencyMismatch` when it answered another request."""
    expected = key.mark(request_hash, _answer_place(tenant, name, "request_hash"))
    if not compare_digest(expected, sealed.request_hash):
        raise IdempotencyMismatch
    body = key.open(sealed.sealed_body, _answer_place(tenant, name, "body"))
    return StoredAnswer(request_hash, sealed.status, body, sealed.about)


def _answer_place(tenant: TenantId, name: str, column: str) -> Place:
    return Place(tenant, "answers", name, column)


def seal_provider_secret(key: SealingKey, tenant: TenantId, provider: Provider) -> bytes:
    return key.seal(provider.client_secret.encode(), _provider_place(tenant))


def open_provider_secret(key: SealingKey, tenant: TenantId, sealed: bytes) -> str:
    """Raises `Sealed`."""
    return key.open(sealed, _provider_place(tenant)).decode()


def _provider_place(tenant: TenantId) -> Place:
    return Place(tenant, "identity_providers", str(tenant), "client_secret")
