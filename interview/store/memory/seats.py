"""Places of members in rooms, in memory."""

from dataclasses import dataclass

from interview.floor import Seat
from interview.ids import InterviewId, MemberId
from interview.lifecycle import OPEN
from interview.store.memory.work import Work


@dataclass
class MemorySeats:
    work: Work

    async def take(self, seat: Seat) -> None:
        self.work.tables.interviews.find(self.work.row(seat.interview))
        self.work.tables.members.find(self.work.row(seat.member))
        self.work.tables.seats[self.work.tenant, seat.interview, seat.member] = seat

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
