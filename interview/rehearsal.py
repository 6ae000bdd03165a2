"""A mock interview: what it is known by while it lasts. Nothing of it is stored anywhere."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from interview.errors import NotFound
from interview.ids import CandidateId, InterviewId, KitId, TenantId, candidate_identity

GOOD_FOR = timedelta(minutes=5)
"""So long an agent may come for it."""

LATE = timedelta(minutes=15)
"""Beyond its kit's minutes it goes on for so long at most."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """Which kit is rehearsed by whom, in a room that no interview has."""

    id: InterviewId
    tenant: TenantId
    kit: KitId
    until: int
    """Unix seconds after which no agent gets its plan."""

    @property
    def room(self) -> str:
        return f"mock-{self.id.hex}"

    @property
    def speaker(self) -> str:
        """The identity of whoever plays the candidate."""
        return candidate_identity(CandidateId(self.id))

    def ticket(self, pepper: bytes) -> str:
        """What an agent shows for the plan; the rehearsal is written in it, and nowhere else."""
        told = self._told()
        return f"{told}.{_signature(pepper, told)}"

    def _told(self) -> str:
        return f"{self.id.hex}.{self.tenant.hex}.{self.kit.hex}.{self.until}"

    @classmethod
    def shown(cls, ticket: str, pepper: bytes, now: datetime) -> Self:
        """Raises `NotFound` for a ticket that we did not make, or whose time is over."""
        told, _, signature = ticket.rpartition(".")
        if not hmac.compare_digest(_signature(pepper, told).encode(), signature.encode()):
            raise NotFound
        which, tenant, kit, until = told.split(".")
        if int(until) <= now.timestamp():
            raise NotFound
        return cls(
            id=InterviewId(UUID(which)),
            tenant=TenantId(UUID(tenant)),
            kit=KitId(UUID(kit)),
            until=int(until),
        )


def _signature(pepper: bytes, told: str) -> str:
    key = hmac.digest(pepper, b"vivavoce rehearsal", hashlib.sha256)
    made = hmac.digest(key, told.encode(), hashlib.sha256)
    return urlsafe_b64encode(made).decode().rstrip("=")
