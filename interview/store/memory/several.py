"""Reads for many at once in memory."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import TypeVar
from uuid import UUID

from interview.accounts import Candidate, Interview, Invitation, Job, KitRecord
from interview.agreement.levels import Levels, Rater
from interview.events import Event
from interview.ids import CandidateId, InterviewId, JobId, KitId
from interview.lifecycle import State
from interview.notes import Note
from interview.ports import Slice, SpokenSlice
from interview.rests import Outline
from interview.scoring import Scorecard, Total
from interview.store.memory.doors import MemoryInvitations
from interview.store.memory.log import MemoryEvents, MemoryScorecards, MemoryTurns
from interview.store.memory.tables import Row, Table
from interview.store.memory.work import Work
from interview.store.sealed import open_candidate
from interview.store.sealed_notes import open_note
from interview.turns import Turn

I = TypeVar("I", bound=UUID)  # noqa: E741 - an id
V = TypeVar("V")


@dataclass
class MemorySeveral:
    work: Work

    async def jobs(self, jobs: Sequence[JobId]) -> Mapping[JobId, Job]:
        return self._found(self.work.tables.jobs, jobs)

    async def kits(self, kits: Sequence[KitId]) -> Mapping[KitId, KitRecord]:
        return self._found(self.work.tables.kits, kits)

    async def candidates(
        self, candidates: Sequence[CandidateId]
    ) -> Mapping[CandidateId, Candidate]:
        sealed = self._found(self.work.tables.candidates, candidates)
        keys = await self.work.vault.load("candidate", candidates)
        tenant = self.work.tenant
        return {of: open_candidate(keys[of], tenant, sealed[of]) for of in sealed if of in keys}

    async def kits_of(
        self, jobs: Sequence[JobId], wanted: Slice
    ) -> Mapping[JobId, tuple[KitRecord, ...]]:
        table = self.work.tables.kits
        return {of: self._slice(table, lambda k: k.job_id, of, wanted) for of in jobs}

    async def interviews_of(
        self, kits: Sequence[KitId], wanted: Slice
    ) -> Mapping[KitId, tuple[Interview, ...]]:
        table = self.work.tables.interviews
        return {of: self._slice(table, lambda i: i.kit_id, of, wanted) for of in kits}

    async def states_of(self, interviews: Sequence[InterviewId]) -> Mapping[InterviewId, State]:
        found = self._found(self.work.tables.interviews, interviews)
        return {of: interview.state for of, interview in found.items()}

    async def turns_of(
        self, interviews: Sequence[InterviewId], wanted: SpokenSlice
    ) -> Mapping[InterviewId, tuple[Turn, ...]]:
        keys = await self.work.vault.load("interview", interviews)
        turns = MemoryTurns(self.work)
        return {of: _part(await turns.of(of), wanted) for of in interviews if of in keys}

    async def outlines_of(
        self, interviews: Sequence[InterviewId]
    ) -> Mapping[InterviewId, tuple[Outline, ...]]:
        turns = sorted(self.work.tables.turns.items(), key=lambda item: item[1].outline.seq)
        found = defaultdict[InterviewId, list[Outline]](list)
        for (tenant, name, _), sealed in turns:
            turn = sealed.outline
            if tenant == self.work.tenant and name in interviews:
                of = InterviewId(name)
                found[of].append(Outline(turn.turn_id, turn.speaker, turn.question, turn.line))
        return {of: tuple(outlines) for of, outlines in found.items()}

    async def scorecards_of(
        self, interviews: Sequence[InterviewId]
    ) -> Mapping[InterviewId, tuple[Scorecard, ...]]:
        keys = await self.work.vault.load("interview", interviews)
        cards = MemoryScorecards(self.work)
        return {of: await cards.of(of) for of in interviews if of in keys}

    async def levels_of(
        self, interviews: Sequence[InterviewId], most: int
    ) -> Mapping[InterviewId, tuple[Levels, ...]]:
        cards = await self.scorecards_of(interviews)
        return {of: _counting(tuple(map(_levels, found)), most) for of, found in cards.items()}

    async def totals_of(
        self, interviews: Sequence[InterviewId]
    ) -> Mapping[InterviewId, Total | None]:
        cards = await self.scorecards_of(interviews)
        return {of: _total(found) for of, found in cards.items()}

    async def decisions_of(
        self, interviews: Sequence[InterviewId]
    ) -> Mapping[InterviewId, Event | None]:
        keys = await self.work.vault.load("interview", interviews)
        events = MemoryEvents(self.work)
        made = {of: await events.of_kind(of, "decision_made") for of in interviews if of in keys}
        return {of: found[-1] if found else None for of, found in made.items()}

    async def notes_of(
        self, interviews: Sequence[InterviewId], wanted: Slice
    ) -> Mapping[InterviewId, tuple[Note, ...]]:
        keys = await self.work.vault.load("interview", interviews)
        table, tenant = self.work.tables.notes, self.work.tenant
        opened = [of for of in interviews if of in keys]
        sealed = {of: self._slice(table, lambda n: n.interview, of, wanted) for of in opened}
        return {
            of: tuple(open_note(keys[of], tenant, note) for note in notes)
            for of, notes in sealed.items()
        }

    async def invitations_of(
        self, interviews: Sequence[InterviewId]
    ) -> Mapping[InterviewId, tuple[Invitation, ...]]:
        links = MemoryInvitations(self.work)
        return {of: await links.of(of) for of in interviews}

    def _found(self, table: Table[Row, V], ids: Sequence[I]) -> dict[I, V]:
        rows = ((of, table.get(self.work.row(of))) for of in ids)
        return {of: row for of, row in rows if row is not None}

    def _slice(
        self, table: Table[Row, V], belongs: Callable[[V], UUID], to: UUID, wanted: Slice
    ) -> tuple[V, ...]:
        mine = (
            (name, row)
            for (tenant, name), row in table.items()
            if tenant == self.work.tenant and belongs(row) == to
        )
        after = wanted.after or UUID(int=0)
        rest = sorted(((name, row) for name, row in mine if name > after), key=itemgetter(0))
        return tuple(row for _, row in rest[: wanted.limit])


def _part(turns: tuple[Turn, ...], wanted: SpokenSlice) -> tuple[Turn, ...]:
    return tuple(turn for turn in turns if turn.seq > wanted.after)[: wanted.limit]


def _counting(cards: tuple[Levels, ...], most: int) -> tuple[Levels, ...]:
    """Of oldest first: the first by people, and the last of each program."""
    people = [card for card in cards if card.rater.is_person]
    programs = {card.rater: card for card in cards if not card.rater.is_person}.values()
    newest = sorted(programs, key=_age, reverse=True)
    return tuple(sorted((*people[:most], *newest[:most]), key=_age))


def _total(cards: tuple[Scorecard, ...]) -> Total | None:
    by_programs = (card for card in reversed(cards) if card.person is None)
    newest = next(by_programs, None)
    return Total(newest.stamp, newest.total, newest.coverage) if newest else None


def _age(card: Levels) -> tuple[datetime, UUID]:
    return card.at, card.scorecard


def _levels(card: Scorecard) -> Levels:
    stamp = card.stamp
    return Levels(
        card.scorecard_id,
        Rater(stamp.rater, stamp.rater_version, stamp.model, card.person),
        card.created_at,
        {rating.competency: rating.level for rating in card.ratings},
    )
