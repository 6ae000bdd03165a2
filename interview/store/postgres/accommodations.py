"""Accommodations in PostgreSQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from interview.accommodations import Needs
from interview.by_people import By
from interview.ids import InterviewId
from interview.store.postgres.work import Work
from interview.store.sealed_needs import SealedNeeds, open_needs, seal_needs

NEEDS = """
    SELECT version, sealed_needs FROM accommodations WHERE tenant = $1 AND interview_id = $2
"""

PUT_NEEDS = """
    INSERT INTO accommodations (tenant, interview_id, version, sealed_needs, changed_at, waits)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (tenant, interview_id) DO UPDATE
    SET version = EXCLUDED.version, sealed_needs = EXCLUDED.sealed_needs,
        changed_at = EXCLUDED.changed_at, waits = EXCLUDED.waits
"""

TELL = """
    INSERT INTO informed (tenant, interview_id, kind, name, since) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT DO NOTHING
"""

KNOWN = """
    SELECT interview_id FROM informed
    WHERE tenant = $1 AND interview_id = ANY ($2::uuid[]) AND kind = $3 AND name = $4
"""


@dataclass(frozen=True)
class PostgresAccommodations:
    work: Work

    async def of(self, interview: InterviewId) -> Needs:
        key = await self.work.vault.key("interview", interview)
        sealed = await self._sealed(interview)
        return open_needs(key, self.work.tenant, interview, sealed) if sealed else Needs()

    async def put(self, interview: InterviewId, needs: Needs, at: datetime) -> None:
        tenant, known = self.work.tenant, await self._sealed(interview)
        key = await self.work.vault.key("interview", interview)
        version = known.version + 1 if known else 1
        sealed = seal_needs(key, tenant, interview, needs, version)
        await self.work.session.execute(
            PUT_NEEDS, tenant, interview, sealed.version, sealed.sealed_needs, at, sealed.waits
        )

    async def tell(self, interview: InterviewId, who: Sequence[By], at: datetime) -> None:
        for each in who:
            await self.work.session.execute(
                TELL, self.work.tenant, interview, each.kind, each.id, at
            )

    async def known(self, of: Sequence[InterviewId], to: By) -> frozenset[InterviewId]:
        rows = await self.work.session.rows(KNOWN, self.work.tenant, [*of], to.kind, to.id)
        return frozenset(InterviewId(row["interview_id"]) for row in rows)

    async def _sealed(self, interview: InterviewId) -> SealedNeeds | None:
        row = await self.work.session.row_or_none(NEEDS, self.work.tenant, interview)
        return SealedNeeds(*row) if row else None
