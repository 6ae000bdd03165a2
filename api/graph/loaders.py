"""Loaders of one question: what many nodes ask for is read for all of them at once."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import TypeVar
from uuid import UUID

from interview.accounts import Candidate, Interview, Invitation, Job, KitRecord
from interview.errors import NotFound, RateFirst, Sealed
from interview.events import Event
from interview.ids import CandidateId, InterviewId, JobId, KitId, TenantId, TurnId
from interview.notes import Note
from interview.ports import Slice, SpokenSlice
from interview.scoring import Scorecard
from interview.turns import Turn
from interview.use_cases import several
from interview.use_cases.blind import blind_to, hidden_from
from interview.use_cases.world import World
from strawberry.dataloader import DataLoader

from api.graph.context import Reads

I = TypeVar("I", bound=UUID)  # noqa: E741 - an id
S = TypeVar("S")
V = TypeVar("V")
Named = Callable[[World, TenantId, Sequence[I]], Awaitable[Mapping[I, V]]]
Sliced = Callable[[World, TenantId, Sequence[I], S], Awaitable[Mapping[I, V]]]


class Loaders:
    """One of each noun. What is missing is `NotFound`, or `Sealed` where it was erased."""

    def __init__(self, reads: Reads) -> None:
        self.job: DataLoader[JobId, Job] = _each(reads, several.jobs, NotFound)
        self.kit: DataLoader[KitId, KitRecord] = _each(reads, several.kits, NotFound)
        self.candidate: DataLoader[CandidateId, Candidate] = _each(
            reads, several.candidates, Sealed
        )
        self.scorecards: DataLoader[InterviewId, tuple[Scorecard, ...]] = _each(
            reads, several.scorecards_of_interviews, Sealed
        )
        self.kits: DataLoader[tuple[JobId, Slice], tuple[KitRecord, ...]] = _slices(
            reads, several.kits_of_jobs, NotFound
        )
        self.interviews: DataLoader[tuple[KitId, Slice], tuple[Interview, ...]] = _slices(
            reads, several.interviews_of_kits, NotFound
        )
        self.turns: DataLoader[tuple[InterviewId, SpokenSlice], tuple[Turn, ...]] = _slices(
            reads, several.turns_of_interviews, Sealed
        )
        self.decision: DataLoader[InterviewId, Event | None] = _each(
            reads, several.decisions_of_interviews, Sealed
        )
        self.notes: DataLoader[tuple[InterviewId, Slice], tuple[Note, ...]] = _slices(
            reads, several.notes_of_interviews, Sealed
        )
        self.invitations: DataLoader[InterviewId, tuple[Invitation, ...]] = _each(
            reads, several.invitations_of_interviews, NotFound
        )
        self.reader = reads.reader
        self.blind: DataLoader[InterviewId, bool] = DataLoader(partial(_blind, reads))
        self.hidden: DataLoader[InterviewId, frozenset[TurnId] | None] = DataLoader(
            partial(_hidden, reads)
        )

    async def require_seen(self, interview: InterviewId) -> None:
        """Raises `RateFirst` for who has to rate first."""
        if self.reader is not None and await self.blind.load(interview):
            raise RateFirst


async def _blind(reads: Reads, ids: list[InterviewId]) -> list[bool]:
    found = await reads.read(blind_to, ids, reads.reader)
    return [found[of] for of in ids]


async def _hidden(reads: Reads, ids: list[InterviewId]) -> list[frozenset[TurnId] | None]:
    found = await reads.read(hidden_from, ids, reads.reader)
    return [found[of] for of in ids]


def _each(reads: Reads, named: Named[I, V], missing: type[NotFound | Sealed]) -> DataLoader[I, V]:
    async def load(ids: list[I]) -> list[V | BaseException]:
        found = await reads.read(named, ids)
        return [found[of] if of in found else missing() for of in ids]

    return DataLoader(load)


def _slices(
    reads: Reads, sliced: Sliced[I, S, V], missing: type[NotFound | Sealed]
) -> DataLoader[tuple[I, S], V]:
    async def load(keys: list[tuple[I, S]]) -> list[V | BaseException]:
        groups: defaultdict[S, list[I]] = defaultdict(list)
        for of, part in keys:
            groups[part].append(of)
        found: dict[tuple[I, S], V] = {}
        for part, ids in groups.items():
            known = await reads.read(sliced, ids, part)
            found |= {(of, part): each for of, each in known.items()}
        return [found[key] if key in found else missing() for key in keys]

    return DataLoader(load)
