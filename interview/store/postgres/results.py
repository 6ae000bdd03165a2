"""What an interview leaves in PostgreSQL: scorecards, recordings, and work for later."""

import json
from dataclasses import astuple, dataclass
from typing import cast

import asyncpg
from pgqueuer.queries import Queries

from interview.errors import Conflict
from interview.ids import InterviewId
from interview.ports import JobKind, RecordedSegment
from interview.scoring import Scorecard, Stamp
from interview.store.evidence import check_evidence
from interview.store.postgres.log import PostgresTurns
from interview.store.postgres.session import translated
from interview.store.postgres.work import Work
from interview.store.sealed import (
    SealedQuote,
    SealedRating,
    SealedScorecard,
    open_scorecard,
    seal_scorecard,
)

ADD_SCORECARD = """
    INSERT INTO scorecards (
        tenant, scorecard_id, interview_id, total, coverage, created_at, kit_version, rater,
        rater_version, model, prompt_hash, transcript_seq, sealed_person, sealed_flags,
        released
    ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
"""

ADD_RATING = """
    INSERT INTO ratings (
        tenant, scorecard_id, position, competency, level, not_assessed, runs, spread,
        sealed_reason, with_flagged_level, with_flagged_why, carried_from
    ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
"""

ADD_EVIDENCE = """
    INSERT INTO evidence (
        tenant, scorecard_id, interview_id, competency, position, turn_id, start, sealed_quote
    ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
"""

SCORECARDS = """
    SELECT scorecard_id, interview_id, total, coverage, created_at, kit_version, rater,
        rater_version, model, prompt_hash, transcript_seq, sealed_person, sealed_flags,
        released
    FROM scorecards WHERE tenant = $1 AND interview_id = $2
    ORDER BY created_at, scorecard_id
"""

RATINGS = """
    SELECT scorecard_id, competency, level, not_assessed, runs, spread, sealed_reason,
        with_flagged_level, with_flagged_why, carried_from
    FROM ratings AS r JOIN scorecards AS s USING (tenant, scorecard_id)
    WHERE tenant = $1 AND s.interview_id = $2 ORDER BY r.position
"""

EVIDENCE = """
    SELECT scorecard_id, competency, turn_id, start, sealed_quote FROM evidence
    WHERE tenant = $1 AND interview_id = $2 ORDER BY position
"""


@dataclass(frozen=True)
class PostgresScorecards:
    work: Work

    async def add(self, interview: InterviewId, scorecard: Scorecard) -> None:
        key = await self.work.vault.key("interview", interview)
        check_evidence(scorecard, await PostgresTurns(self.work).of(interview))
        sealed = seal_scorecard(key, self.work.tenant, interview, scorecard)
        session, tenant = self.work.session, self.work.tenant
        await session.execute(ADD_SCORECARD, tenant, *_scorecard_row(sealed))
        await session.execute_each(ADD_RATING, [(tenant, *row) for row in _rating_rows(sealed)])
        await session.execute_each(ADD_EVIDENCE, [(tenant, *row) for row in _quote_rows(sealed)])

    async def of(self, interview: InterviewId) -> tuple[Scorecard, ...]:
        session, tenant = self.work.session, self.work.tenant
        key = await self.work.vault.key("interview", interview)
        cards = await session.rows(SCORECARDS, tenant, interview)
        ratings = await session.rows(RATINGS, tenant, interview)
        quotes = await session.rows(EVIDENCE, tenant, interview)
        sealed = (as_sealed(card, ratings, quotes) for card in cards)
        return tuple(open_scorecard(key, tenant, card) for card in sealed)


def _scorecard_row(card: SealedScorecard) -> tuple[object, ...]:
    stamp = card.stamp
    return (
        card.scorecard_id,
        card.interview,
        card.total,
        card.coverage,
        card.created_at,
        stamp.kit_version,
        stamp.rater,
        stamp.rater_version,
        stamp.model,
        stamp.prompt_hash,
        stamp.transcript_seq,
        card.sealed_person,
        card.sealed_flags,
        card.released,
    )


def _rating_rows(card: SealedScorecard) -> list[tuple[object, ...]]:
    return [
        (
            card.scorecard_id,
            position,
            rating.competency,
            rating.level,
            rating.not_assessed,
            rating.runs,
            rating.spread,
            rating.sealed_reason,
            rating.with_flagged_level,
            rating.with_flagged_why,
            rating.carried_from,
        )
        for position, rating in enumerate(card.ratings)
    ]


def _quote_rows(card: SealedScorecard) -> list[tuple[object, ...]]:
    names = (card.scorecard_id, card.interview)
    return [
        (*names, rating.competency, position, quote.turn_id, quote.start, quote.sealed_quote)
        for rating in card.ratings
        for position, quote in enumerate(rating.quotes)
    ]


def as_sealed(
    card: asyncpg.Record, ratings: list[asyncpg.Record], quotes: list[asyncpg.Record]
) -> SealedScorecard:
    mine = [row for row in ratings if row["scorecard_id"] == card["scorecard_id"]]
    return SealedScorecard(
        scorecard_id=card["scorecard_id"],
        interview=card["interview_id"],
        stamp=as_stamp(card),
        ratings=tuple(_rating(row, quotes) for row in mine),
        total=card["total"],
        coverage=card["coverage"],
        created_at=card["created_at"],
        sealed_person=card["sealed_person"],
        sealed_flags=card["sealed_flags"],
        released=card["released"],
    )


def as_stamp(card: asyncpg.Record) -> Stamp:
    return Stamp(**{name: card[name] for name in Stamp.model_fields})


def _rating(row: asyncpg.Record, quotes: list[asyncpg.Record]) -> SealedRating:
    name = (row["scorecard_id"], row["competency"])
    return SealedRating(
        competency=row["competency"],
        level=row["level"],
        not_assessed=row["not_assessed"],
        runs=row["runs"],
        spread=row["spread"],
        sealed_reason=row["sealed_reason"],
        quotes=tuple(
            SealedQuote(q["turn_id"], q["start"], q["sealed_quote"])
            for q in quotes
            if (q["scorecard_id"], q["competency"]) == name
        ),
        with_flagged_level=row["with_flagged_level"],
        with_flagged_why=row["with_flagged_why"],
        carried_from=row["carried_from"],
    )


ADD_SEGMENT = """
    INSERT INTO recordings (
        tenant, interview_id, participant, index, epoch, started_ms, duration_ms, sha256, object_key
    ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT (tenant, interview_id, participant, epoch, index) DO NOTHING
    RETURNING sha256
"""

SEGMENT_DIGEST = """
    SELECT sha256 FROM recordings
    WHERE tenant = $1 AND interview_id = $2 AND participant = $3 AND epoch = $4 AND index = $5
"""

SEGMENTS = """
    SELECT interview_id, participant, index, epoch, started_ms, duration_ms, sha256, object_key
    FROM recordings WHERE tenant = $1 AND interview_id = $2 ORDER BY participant, epoch, index
"""


@dataclass(frozen=True)
class PostgresRecordings:
    work: Work

    async def add(self, segment: RecordedSegment) -> bool:
        session, tenant = self.work.session, self.work.tenant
        if await session.row_or_none(ADD_SEGMENT, tenant, *astuple(segment)):
            return True
        name = (segment.interview, segment.participant, segment.epoch, segment.index)
        known = await session.row(SEGMENT_DIGEST, tenant, *name)
        if known["sha256"] != segment.sha256:
            raise Conflict("This part of the recording was stored with other content.")
        return False

    async def of(self, interview: InterviewId) -> tuple[RecordedSegment, ...]:
        rows = await self.work.session.rows(SEGMENTS, self.work.tenant, interview)
        return tuple(RecordedSegment(*row) for row in rows)


@dataclass(frozen=True)
class PostgresOutbox:
    """pgqueuer's queue, on the connection and in the transaction of the change."""

    work: Work

    async def put(self, kind: JobKind, interview: InterviewId) -> None:
        payload = {"tenant": str(self.work.tenant), "interview": str(interview)}
        # The pool's proxy has every method of a connection, its class is not one.
        connection = cast(asyncpg.Connection, self.work.session.connection)
        queue = Queries.from_asyncpg_connection(connection)
        with translated():
            await queue.enqueue(kind, json.dumps(payload).encode())
