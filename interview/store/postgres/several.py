"""Reads for many at once in PostgreSQL: one statement a noun, however many are asked for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

import asyncpg

from interview.accounts import Candidate, Interview, Invitation, Job, KitRecord
from interview.agreement.levels import Levels, Rater
from interview.chain import Link
from interview.events import Event
from interview.ids import CandidateId, InterviewId, JobId, KitId
from interview.lifecycle import State
from interview.notes import Note
from interview.ports import Slice, SpokenSlice
from interview.rests import Outline
from interview.scoring import Scorecard, Total
from interview.store.postgres import candidates, interviews, kits, log, makings, results
from interview.store.postgres.work import Work
from interview.store.sealed import (
    open_candidate,
    open_event,
    open_person,
    open_scorecard,
    open_turn,
)
from interview.store.sealed_notes import SealedNote, open_note
from interview.turns import Turn

I = TypeVar("I", bound=UUID)  # noqa: E741 - an id
V = TypeVar("V")
FIRST = UUID(int=0)

JOBS_NAMED = """
    SELECT job_id, title, created_at, revision FROM jobs
    WHERE tenant = $1 AND job_id = ANY ($2::uuid[])
"""

KITS_NAMED = """
    SELECT kit_id, job_id, kit, version, created_at, published_at, revision FROM kits
    WHERE tenant = $1 AND kit_id = ANY ($2::uuid[])
"""

CANDIDATES_NAMED = """
    SELECT candidate_id, sealed_name, sealed_email, language, created_at, revision
    FROM candidates
    WHERE tenant = $1 AND candidate_id = ANY ($2::uuid[])
"""

KITS_OF_JOBS = """
    SELECT found.* FROM unnest($2::uuid[]) AS wanted (job_id) CROSS JOIN LATERAL (
        SELECT kit_id, job_id, kit, version, created_at, published_at, revision FROM kits
        WHERE tenant = $1 AND kits.job_id = wanted.job_id AND kit_id > $3
        ORDER BY kit_id LIMIT $4
    ) AS found ORDER BY found.kit_id
"""

INTERVIEWS_OF_KITS = """
    SELECT found.* FROM unnest($2::uuid[]) AS wanted (kit_id) CROSS JOIN LATERAL (
        SELECT interview_id, tenant, kit_id, kit_version, candidate_id, state, created_at,
            starts_at, expires_at, clock_zero, ended_at, last_seq, head, revision, floor, covered,
            assist_mode
        FROM interviews
        WHERE tenant = $1 AND interviews.kit_id = wanted.kit_id AND interview_id > $3
        ORDER BY interview_id LIMIT $4
    ) AS found ORDER BY found.interview_id
"""

STATES_OF_INTERVIEWS = """
    SELECT interview_id, state FROM interviews
    WHERE tenant = $1 AND interview_id = ANY ($2::uuid[])
"""

TURNS_OF_INTERVIEWS = """
    SELECT found.* FROM unnest($2::uuid[]) AS wanted (interview_id) CROSS JOIN LATERAL (
        SELECT interview_id, turn_id, seq, speaker, identity, question, line, started_ms, ended_ms,
            confidence, cut_off, withdrawn, complete, typed, version,
            sealed_speech
        FROM turns
        WHERE tenant = $1 AND turns.interview_id = wanted.interview_id AND seq > $3
        ORDER BY seq LIMIT $4
    ) AS found ORDER BY found.seq
"""

OUTLINES_OF_INTERVIEWS = """
    SELECT interview_id, turn_id, speaker, question, line FROM turns
    WHERE tenant = $1 AND interview_id = ANY ($2::uuid[]) ORDER BY seq
"""

SCORECARDS_OF_INTERVIEWS = """
    SELECT scorecard_id, interview_id, total, coverage, created_at, kit_version, rater,
        rater_version, model, prompt_hash, transcript_seq, sealed_person, sealed_flags,
        released
    FROM scorecards WHERE tenant = $1 AND interview_id = ANY ($2::uuid[])
    ORDER BY created_at, scorecard_id
"""

RATINGS_OF_INTERVIEWS = """
    SELECT scorecard_id, competency, level, not_assessed, runs, spread, sealed_reason,
        with_flagged_level, with_flagged_why, carried_from
    FROM ratings AS r JOIN scorecards AS s USING (tenant, scorecard_id)
    WHERE tenant = $1 AND s.interview_id = ANY ($2::uuid[]) ORDER BY r.position
"""

EVIDENCE_OF_INTERVIEWS = """
    SELECT scorecard_id, competency, turn_id, start, sealed_quote FROM evidence
    WHERE tenant = $1 AND interview_id = ANY ($2::uuid[]) ORDER BY position
"""

LEVELS_OF_INTERVIEWS = """
    SELECT card.*, rated.competency, rated.level
    FROM unnest($2::uuid[]) AS wanted (interview_id) CROSS JOIN LATERAL (
        (
            SELECT scorecard_id, interview_id, created_at, rater, rater_version, model,
                sealed_person
            FROM scorecards
            WHERE tenant = $1 AND scorecards.interview_id = wanted.interview_id
                AND sealed_person IS NOT NULL
            ORDER BY created_at, scorecard_id LIMIT $3
        ) UNION ALL (
            SELECT * FROM (
                SELECT DISTINCT ON (rater, rater_version, model)
                    scorecard_id, interview_id, created_at, rater, rater_version, model,
                    sealed_person
                FROM scorecards
                WHERE tenant = $1 AND scorecards.interview_id = wanted.interview_id
                    AND sealed_person IS NULL
                ORDER BY rater, rater_version, model, created_at DESC, scorecard_id DESC
            ) AS last ORDER BY created_at DESC, scorecard_id DESC LIMIT $3
        )
    ) AS card JOIN ratings AS rated ON rated.tenant = $1 AND rated.scorecard_id = card.scorecard_id
    ORDER BY card.created_at, card.scorecard_id, rated.position
"""

TOTALS_OF_INTERVIEWS = """
    SELECT DISTINCT ON (interview_id) interview_id, total, coverage, kit_version, rater,
        rater_version, model, prompt_hash, transcript_seq
    FROM scorecards
    WHERE tenant = $1 AND interview_id = ANY ($2::uuid[]) AND sealed_person IS NULL
    ORDER BY interview_id, created_at DESC, scorecard_id DESC
"""

DECISIONS_OF_INTERVIEWS = """
    SELECT tenant, interview_id, seq, event_id, epoch, kind, at, sealed_payload, prev_hash, hash
    FROM interview_events
    WHERE tenant = $1 AND interview_id = ANY ($2::uuid[]) AND kind = 'decision_made' ORDER BY seq
"""

NOTES_OF_INTERVIEWS = """
    SELECT found.* FROM unnest($2::uuid[]) AS wanted (interview_id) CROSS JOIN LATERAL (
        SELECT note_id, interview_id, author_kind, author, at_ms, turn_id, sealed_note, created_at
        FROM notes
        WHERE tenant = $1 AND notes.interview_id = wanted.interview_id AND note_id > $3
        ORDER BY note_id LIMIT $4
    ) AS found ORDER BY found.note_id
"""

INVITATIONS_OF_INTERVIEWS = """
    SELECT invitation_id, interview_id, digest, created_at, expires_at, redeemed_at, withdrawn_at
    FROM invitations WHERE tenant = $1 AND interview_id = ANY ($2::uuid[])
    ORDER BY created_at, invitation_id
"""


@dataclass(frozen=True)
class PostgresSeveral:
    work: Work

    async def jobs(self, jobs: Sequence[JobId]) -> Mapping[JobId, Job]:
        rows = await self._rows(JOBS_NAMED, jobs)
        return {row["job_id"]: makings.as_job(row) for row in rows}

    async def kits(self, named: Sequence[KitId]) -> Mapping[KitId, KitRecord]:
        rows = await self._rows(KITS_NAMED, named)
        return {row["kit_id"]: kits.as_kit(row) for row in rows}

    async def candidates(self, named: Sequence[CandidateId]) -> Mapping[CandidateId, Candidate]:
        rows = await self._rows(CANDIDATES_NAMED, named)
        keys = await self.work.vault.load("candidate", named)
        sealed = (candidates.as_sealed(row) for row in rows)
        return {
            CandidateId(of): open_candidate(keys[of], self.work.tenant, each)
            for each in sealed
            if (of := each.candidate_id) in keys
        }

    async def kits_of(
        self, jobs: Sequence[JobId], wanted: Slice
    ) -> Mapping[JobId, tuple[KitRecord, ...]]:
        rows = await self._rows(KITS_OF_JOBS, jobs, wanted.after or FIRST, wanted.limit)
        return _grouped(jobs, ((row["job_id"], kits.as_kit(row)) for row in rows))

    async def interviews_of(
        self, of: Sequence[KitId], wanted: Slice
    ) -> Mapping[KitId, tuple[Interview, ...]]:
        rows = await self._rows(INTERVIEWS_OF_KITS, of, wanted.after or FIRST, wanted.limit)
        return _grouped(of, ((row["kit_id"], interviews.as_interview(row)) for row in rows))

    async def states_of(self, of: Sequence[InterviewId]) -> Mapping[InterviewId, State]:
        rows = await self._rows(STATES_OF_INTERVIEWS, of)
        return {row["interview_id"]: State(row["state"]) for row in rows}

    async def turns_of(
        self, of: Sequence[InterviewId], wanted: SpokenSlice
    ) -> Mapping[InterviewId, tuple[Turn, ...]]:
        keys = await self.work.vault.load("interview", of)
        opened = [each for each in of if each in keys]
        rows = await self._rows(TURNS_OF_INTERVIEWS, opened, wanted.after, wanted.limit)
        turns = (
            (name, open_turn(keys[name], self.work.tenant, log.as_sealed(row)))
            for row in rows
            if (name := row["interview_id"])
        )
        return _grouped(opened, turns)

    async def outlines_of(
        self, of: Sequence[InterviewId]
    ) -> Mapping[InterviewId, tuple[Outline, ...]]:
        found = defaultdict[InterviewId, list[Outline]](list)
        for row in await self._rows(OUTLINES_OF_INTERVIEWS, of):
            name, *outline = row
            found[name].append(Outline(*outline))
        return {name: tuple(outlines) for name, outlines in found.items()}

    async def scorecards_of(
        self, of: Sequence[InterviewId]
    ) -> Mapping[InterviewId, tuple[Scorecard, ...]]:
        keys = await self.work.vault.load("interview", of)
        opened = [each for each in of if each in keys]
        cards = await self._rows(SCORECARDS_OF_INTERVIEWS, opened)
        ratings = _by_card(await self._rows(RATINGS_OF_INTERVIEWS, opened))
        quotes = _by_card(await self._rows(EVIDENCE_OF_INTERVIEWS, opened))
        found = (
            (name, results.as_sealed(card, ratings[at], quotes[at]))
            for card in cards
            if (name := card["interview_id"]) and (at := card["scorecard_id"])
        )
        tenant = self.work.tenant
        return _grouped(
            opened, ((name, open_scorecard(keys[name], tenant, card)) for name, card in found)
        )

    async def levels_of(
        self, of: Sequence[InterviewId], most: int
    ) -> Mapping[InterviewId, tuple[Levels, ...]]:
        keys = await self.work.vault.load("interview", of)
        opened = [each for each in of if each in keys]
        rows = _by_card(await self._rows(LEVELS_OF_INTERVIEWS, opened, most))
        tenant = self.work.tenant

        def levels(card: list[asyncpg.Record]) -> Levels:
            row = card[0]
            name, key = row["scorecard_id"], keys[row["interview_id"]]
            person = open_person(key, tenant, name, row["sealed_person"])
            rater = Rater(row["rater"], row["rater_version"], row["model"], person)
            given = {each["competency"]: each["level"] for each in card}
            return Levels(name, rater, row["created_at"], given)

        return _grouped(opened, ((card[0]["interview_id"], levels(card)) for card in rows.values()))

    async def totals_of(self, of: Sequence[InterviewId]) -> Mapping[InterviewId, Total | None]:
        keys = await self.work.vault.load("interview", of)
        opened = [each for each in of if each in keys]
        rows = await self._rows(TOTALS_OF_INTERVIEWS, opened)
        found = {
            row["interview_id"]: Total(results.as_stamp(row), row["total"], row["coverage"])
            for row in rows
        }
        return {name: found.get(name) for name in opened}

    async def decisions_of(self, of: Sequence[InterviewId]) -> Mapping[InterviewId, Event | None]:
        keys = await self.work.vault.load("interview", of)
        opened = [each for each in of if each in keys]
        links = [Link(*row) for row in await self._rows(DECISIONS_OF_INTERVIEWS, opened)]
        last = {link.interview: link for link in links}
        return {
            name: open_event(keys[name], last[name]) if name in last else None for name in opened
        }

    async def notes_of(
        self, of: Sequence[InterviewId], wanted: Slice
    ) -> Mapping[InterviewId, tuple[Note, ...]]:
        keys = await self.work.vault.load("interview", of)
        opened = [each for each in of if each in keys]
        after = wanted.after or FIRST
        rows = await self._rows(NOTES_OF_INTERVIEWS, opened, after, wanted.limit)
        tenant = self.work.tenant
        found = (
            (note.interview, open_note(keys[note.interview], tenant, note))
            for note in (SealedNote(*row) for row in rows)
        )
        return _grouped(opened, found)

    async def invitations_of(
        self, of: Sequence[InterviewId]
    ) -> Mapping[InterviewId, tuple[Invitation, ...]]:
        rows = await self._rows(INVITATIONS_OF_INTERVIEWS, of)
        return _grouped(of, ((row["interview_id"], Invitation(*row)) for row in rows))

    async def _rows(
        self, sql: str, ids: Sequence[UUID], *arguments: object
    ) -> list[asyncpg.Record]:
        return await self.work.session.rows(sql, self.work.tenant, ids, *arguments)


def _grouped(ids: Iterable[I], found: Iterable[tuple[I, V]]) -> dict[I, tuple[V, ...]]:
    groups: dict[I, list[V]] = {of: [] for of in ids}
    for of, each in found:
        groups[of].append(each)
    return {of: tuple(group) for of, group in groups.items()}


def _by_card(rows: list[asyncpg.Record]) -> defaultdict[UUID, list[asyncpg.Record]]:
    groups: defaultdict[UUID, list[asyncpg.Record]] = defaultdict(list)
    for row in rows:
        groups[row["scorecard_id"]].append(row)
    return groups
