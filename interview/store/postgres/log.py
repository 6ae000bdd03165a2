"""The event log and its turns in PostgreSQL."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

import asyncpg

from interview.accounts import Interview
from interview.chain import Link
from interview.events import Event, Report
from interview.ids import EventId, InterviewId, TurnId
from interview.sealing import SealingKey
from interview.store.log import Growth, grow, numbered
from interview.store.postgres.interviews import PostgresInterviews
from interview.store.postgres.listening import WAKE
from interview.store.postgres.work import Work
from interview.store.sealed import (
    SILENT,
    SealedTurn,
    open_event,
    open_turn,
    tell_turns,
)
from interview.turns import Turn, touching, turns_after

KNOWN_EVENTS = """
    SELECT known.event_id FROM unnest($3::uuid[]) AS reported(event_id), LATERAL (
        SELECT event_id FROM interview_events AS e
        WHERE e.event_id = reported.event_id AND e.interview_id = $2 AND e.tenant = $1
        LIMIT 1
    ) AS known
"""

ADD_EVENT = """
    INSERT INTO interview_events (
        tenant, interview_id, seq, event_id, epoch, kind, at, sealed_payload, prev_hash, hash
    ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
"""

MOVE_END = """
    UPDATE interviews SET last_seq = $3, head = $4 WHERE tenant = $1 AND interview_id = $2
"""

EVENTS = """
    SELECT tenant, interview_id, seq, event_id, epoch, kind, at, sealed_payload, prev_hash, hash
    FROM interview_events WHERE tenant = $1 AND interview_id = $2 AND seq > $3
    ORDER BY seq LIMIT $4
"""

EVENTS_OF_KINDS = """
    SELECT tenant, interview_id, seq, event_id, epoch, kind, at, sealed_payload, prev_hash, hash
    FROM interview_events
    WHERE tenant = $1 AND interview_id = $2 AND seq > $3 AND kind = ANY ($5::text[])
    ORDER BY seq LIMIT $4
"""

EVENTS_OF_KIND = """
    SELECT tenant, interview_id, seq, event_id, epoch, kind, at, sealed_payload, prev_hash, hash
    FROM interview_events WHERE tenant = $1 AND interview_id = $2 AND kind = $3 ORDER BY seq
"""


@dataclass(frozen=True)
class PostgresEvents:
    work: Work

    async def append(
        self, interview: InterviewId, epoch: int, reports: Sequence[Report]
    ) -> tuple[Event, ...]:
        work = self.work
        held = await PostgresInterviews(work).get(interview, lock=True)
        key = await work.vault.key("interview", interview)
        events = numbered(held, epoch, reports, await self._known(interview, reports))
        if not events:
            return ()
        changes = touching(events)
        turns = turns_after(await self._turns(key, interview, changes), changes)
        growth = grow(held, key, events, turns)
        await self._write(held, growth)
        return events

    async def read(
        self,
        interview: InterviewId,
        after: int = 0,
        limit: int | None = None,
        kinds: Collection[str] | None = None,
    ) -> tuple[Event, ...]:
        key = await self.work.vault.key("interview", interview)
        if kinds is None:
            links = await self._links(interview, after, limit)
        else:
            wanted = self.work.tenant, interview, after, limit, sorted(kinds)
            rows = await self.work.session.rows(EVENTS_OF_KINDS, *wanted)
            links = tuple(Link(*row) for row in rows)
        return tuple(open_event(key, link) for link in links)

    async def of_kind(self, interview: InterviewId, kind: str) -> tuple[Event, ...]:
        key = await self.work.vault.key("interview", interview)
        rows = await self.work.session.rows(EVENTS_OF_KIND, self.work.tenant, interview, kind)
        return tuple(open_event(key, Link(*row)) for row in rows)

    async def links(self, interview: InterviewId) -> tuple[Link, ...]:
        return await self._links(interview, 0, None)

    async def _links(
        self, interview: InterviewId, after: int, limit: int | None
    ) -> tuple[Link, ...]:
        rows = await self.work.session.rows(EVENTS, self.work.tenant, interview, after, limit)
        return tuple(Link(*row) for row in rows)

    async def _write(self, held: Interview, growth: Growth) -> None:
        work, session, interview = self.work, self.work.session, held.interview_id
        await session.execute_each(ADD_EVENT, growth.links)
        end = growth.links[-1]
        await session.execute(MOVE_END, work.tenant, interview, end.seq, end.hash)
        work.locked[interview] = replace(held, last_seq=end.seq, head=end.hash)
        if growth.turns:
            turns = [
                (work.tenant, interview, *_outline(turn), version, speech)
                for turn, version, speech in growth.turns
            ]
            await session.execute_each(SAVE_TURN, turns)
        await session.execute(WAKE, str(interview))

    async def _turns(
        self, key: SealingKey, interview: InterviewId, names: Collection[TurnId]
    ) -> tuple[Turn, ...]:
        if not names:
            return ()
        work = self.work
        rows = await work.session.rows(TURNS_NAMED, work.tenant, interview, list(names))
        return tuple(open_turn(key, work.tenant, as_sealed(row)) for row in rows)

    async def _known(self, interview: InterviewId, reports: Sequence[Report]) -> set[EventId]:
        ids = [report.event_id for report in reports]
        rows = await self.work.session.rows(KNOWN_EVENTS, self.work.tenant, interview, ids)
        return {row["event_id"] for row in rows}


TURNS = """
    SELECT turn_id, seq, speaker, identity, question, line, started_ms, ended_ms, confidence,
        cut_off, withdrawn, complete, typed, version, sealed_speech
    FROM turns WHERE tenant = $1 AND interview_id = $2 ORDER BY seq
"""

TURNS_TOLD = """
    SELECT turn_id::text, version, sealed_speech, (
        SELECT row_to_json(outline) FROM (
            SELECT turn_id, seq, speaker, identity, question, line, started_ms, ended_ms,
                confidence, cut_off, withdrawn, complete, typed
        ) AS outline
    )::text
    FROM turns WHERE tenant = $1 AND interview_id = $2 AND turn_id <> ALL ($3::uuid[]) ORDER BY seq
"""

TURNS_NAMED = """
    SELECT turn_id, seq, speaker, identity, question, line, started_ms, ended_ms, confidence,
        cut_off, withdrawn, complete, typed, version, sealed_speech
    FROM turns WHERE tenant = $1 AND interview_id = $2 AND turn_id = ANY ($3::uuid[])
"""

SAVE_TURN = """
    INSERT INTO turns (
        tenant, interview_id, turn_id, seq, speaker, identity, question, line, started_ms, ended_ms,
        confidence, cut_off, withdrawn, complete, typed, version, sealed_speech
    ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
    ON CONFLICT (tenant, interview_id, turn_id) DO UPDATE SET
        speaker = excluded.speaker, identity = excluded.identity, question = excluded.question,
        line = excluded.line, started_ms = excluded.started_ms, ended_ms = excluded.ended_ms,
        confidence = excluded.confidence, cut_off = excluded.cut_off,
        withdrawn = excluded.withdrawn, complete = excluded.complete, typed = excluded.typed,
        version = excluded.version, sealed_speech = excluded.sealed_speech
    WHERE turns.version < excluded.version
"""

OUTLINE = (
    "turn_id",
    "seq",
    "speaker",
    "identity",
    "question",
    "line",
    "started_ms",
    "ended_ms",
    "confidence",
    "cut_off",
    "withdrawn",
    "complete",
    "typed",
)
_outline = attrgetter(*OUTLINE)


@dataclass(frozen=True)
class PostgresTurns:
    work: Work

    async def of(self, interview: InterviewId) -> tuple[Turn, ...]:
        key = await self.work.vault.key("interview", interview)
        rows = await self.work.session.rows(TURNS, self.work.tenant, interview)
        return tuple(open_turn(key, self.work.tenant, as_sealed(row)) for row in rows)

    async def told(self, interview: InterviewId, without: Collection[TurnId] = ()) -> list[bytes]:
        key = await self.work.vault.key("interview", interview)
        tenant = self.work.tenant
        rows = await self.work.session.rows(TURNS_TOLD, tenant, interview, sorted(without))
        return tell_turns(key, tenant, map(tuple, rows))


def as_sealed(row: asyncpg.Record) -> SealedTurn:
    outline = Turn(**dict(SILENT), **{name: row[name] for name in OUTLINE})
    return SealedTurn(outline, row["version"], row["sealed_speech"])
