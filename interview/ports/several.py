"""Reads for many at once: what a nested question needs, one statement a noun."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from interview.accounts import Candidate, Interview, Invitation, Job, KitRecord
from interview.agreement.levels import Levels
from interview.events import Event
from interview.ids import CandidateId, InterviewId, JobId, KitId
from interview.lifecycle import State
from interview.notes import Note
from interview.rests import Outline
from interview.scoring import Scorecard, Total
from interview.turns import Turn


@dataclass(frozen=True, slots=True)
class Slice:
    """Up to `limit` of each, after the id `after`; ids go by age."""

    limit: int
    after: UUID | None = None


@dataclass(frozen=True, slots=True)
class SpokenSlice:
    """Up to `limit` turns of each, with `seq > after`."""

    limit: int
    after: int = 0


class Several(Protocol):
    """What is not there is left out, and so is what cannot be opened any more.

    Those that have nothing are in the mapping with an empty tuple.
    """

    async def jobs(self, jobs: Sequence[JobId]) -> Mapping[JobId, Job]: ...
    async def kits(self, kits: Sequence[KitId]) -> Mapping[KitId, KitRecord]: ...
    async def candidates(
        self, candidates: Sequence[CandidateId]
    ) -> Mapping[CandidateId, Candidate]: ...
    async def kits_of(
        self, jobs: Sequence[JobId], wanted: Slice
    ) -> Mapping[JobId, tuple[KitRecord, ...]]: ...
    async def interviews_of(
        self, kits: Sequence[KitId], wanted: Slice
    ) -> Mapping[KitId, tuple[Interview, ...]]: ...
    async def states_of(self, interviews: Sequence[InterviewId]) -> Mapping[InterviewId, State]: ...
    async def turns_of(
        self, interviews: Sequence[InterviewId], wanted: SpokenSlice
    ) -> Mapping[InterviewId, tuple[Turn, ...]]: ...
    async def outlines_of(
        self, interviews: Sequence[InterviewId]
    ) -> Mapping[InterviewId, tuple[Outline, ...]]:
        """Every turn in order of `seq`; no word is opened. Who has no turns may be left out."""
        ...

    async def scorecards_of(
        self, interviews: Sequence[InterviewId]
    ) -> Mapping[InterviewId, tuple[Scorecard, ...]]:
        """Oldest first."""
        ...

    async def levels_of(
        self, interviews: Sequence[InterviewId], most: int
    ) -> Mapping[InterviewId, tuple[Levels, ...]]:
        """What cards of each say in numbers, oldest first; no word is opened.

        The first `most` by people, and the last of each program in each version with each model,
        the newest `most` of these: however often a program rates again, no person is crowded out.
        """
        ...

    async def totals_of(
        self, interviews: Sequence[InterviewId]
    ) -> Mapping[InterviewId, Total | None]:
        """Those of the newest card by a program; None where there is none. No word is opened."""
        ...

    async def decisions_of(
        self, interviews: Sequence[InterviewId]
    ) -> Mapping[InterviewId, Event | None]:
        """None for those on which nobody has decided."""
        ...

    async def notes_of(
        self, interviews: Sequence[InterviewId], wanted: Slice
    ) -> Mapping[InterviewId, tuple[Note, ...]]: ...
    async def invitations_of(
        self, interviews: Sequence[InterviewId]
    ) -> Mapping[InterviewId, tuple[Invitation, ...]]:
        """Oldest first."""
        ...
