"""Accommodations in memory."""
# ruff: noqa: ARG002 (nobody asks when they were changed)

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from interview.accommodations import Needs
from interview.by_people import By
from interview.ids import InterviewId
from interview.store.memory.work import Work
from interview.store.sealed_needs import open_needs, seal_needs


@dataclass
class MemoryAccommodations:
    work: Work

    async def of(self, interview: InterviewId) -> Needs:
        key = await self.work.vault.key("interview", interview)
        sealed = self.work.tables.accommodations.get(self.work.row(interview))
        return open_needs(key, self.work.tenant, interview, sealed) if sealed else Needs()

    async def put(self, interview: InterviewId, needs: Needs, at: datetime) -> None:
        key, row = await self.work.vault.key("interview", interview), self.work.row(interview)
        known = self.work.tables.accommodations.get(row)
        version = known.version + 1 if known else 1
        self.work.tables.accommodations[row] = seal_needs(
            key, self.work.tenant, interview, needs, version
        )

    async def tell(self, interview: InterviewId, who: Sequence[By], at: datetime) -> None:
        for each in who:
            self.work.tables.informed[self.work.tenant, interview, each.kind, each.id] = at

    async def known(self, of: Sequence[InterviewId], to: By) -> frozenset[InterviewId]:
        told, tenant = self.work.tables.informed, self.work.tenant
        return frozenset(one for one in of if (tenant, one, to.kind, to.id) in told)
