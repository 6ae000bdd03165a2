"""Places of members in rooms, in memory."""

from dataclasses import dataclass, replace
from datetime import datetime

from interview.errors import NotFound
from interview.floor import Seat, SeatProof
from interview.ids import InterviewId, MemberId
from interview.lifecycle import OPEN
from interview.store.memory.work import Work


@dataclass
class MemorySeats:
    work: Work

    async def take(self, seat: Seat, proof: SeatProof) -> None:
        self.work.tables.interviews.find(self.work.row(seat.interview))
        self.work.tables.members.find(self.work.row(seat.member))
        self._until(proof)
        place = (self.work.tenant, seat.interview, seat.member)
        self.work.tables.seats[place] = seat
        self.work.tables.seat_proofs[*place, proof.mark] = proof

    async def proofs(self, interview: InterviewId) -> tuple[SeatProof, ...]:
        return tuple(
            replace(proof, until=self._until(proof))
            for (tenant, of, *_), proof in self.work.tables.seat_proofs.items()
            if (tenant, of) == (self.work.tenant, interview)
        )

    def _until(self, proof: SeatProof) -> datetime | None:
        """Raises `NotFound` for one that is not the tenant's."""
        if proof.kid is not None:
            key = self.work.tables.api_keys.find(proof.kid)
            if key.tenant != self.work.tenant:
                raise NotFound
            return key.until
        for tenant, session in self.work.tables.member_sessions.values():
            if (tenant, session.session_id) == (self.work.tenant, proof.session):
                return session.until
        raise NotFound

    async def of(self, interview: InterviewId) -> tuple[Seat, ...]:
        theirs = (seat for seat in self._mine() if seat.interview == interview)
        return tuple(sorted(theirs, key=lambda seat: (seat.taken_at, seat.member)))

    async def of_member(self, member: MemberId) -> tuple[InterviewId, ...]:
        tables, row = self.work.tables, self.work.row
        theirs = (seat.interview for seat in self._mine() if seat.member == member)
        return tuple(name for name in theirs if tables.interviews[row(name)].state in OPEN)

    def _mine(self) -> list[Seat]:
        seats = self.work.tables.seats.items()
        return [seat for (tenant, *_), seat in seats if tenant == self.work.tenant]
