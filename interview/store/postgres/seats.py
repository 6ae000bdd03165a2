"""Places of members in rooms, in PostgreSQL."""

from dataclasses import dataclass

from interview.floor import Seat
from interview.ids import InterviewId, MemberId
from interview.store.postgres.work import Work

SEATS = """
    SELECT interview_id, member_id, role, hidden, taken_at FROM seats
    WHERE tenant = $1 AND interview_id = $2 ORDER BY taken_at, member_id
"""

SEATS_OF_MEMBER = """
    SELECT s.interview_id FROM seats AS s JOIN interviews AS i USING (tenant, interview_id)
    WHERE s.tenant = $1 AND s.member_id = $2 AND i.state IN ('ready', 'live', 'paused')
"""

TAKE_SEAT = """
    INSERT INTO seats (tenant, interview_id, member_id, role, hidden, taken_at)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (tenant, interview_id, member_id) DO UPDATE
    SET role = EXCLUDED.role, hidden = EXCLUDED.hidden, taken_at = EXCLUDED.taken_at
"""


@dataclass(frozen=True)
class PostgresSeats:
    work: Work

    async def take(self, seat: Seat) -> None:
        await self.work.session.execute(
            TAKE_SEAT,
            self.work.tenant,
            seat.interview,
            seat.member,
            seat.role,
            seat.hidden,
            seat.taken_at,
        )

    async def of(self, interview: InterviewId) -> tuple[Seat, ...]:
        rows = await self.work.session.rows(SEATS, self.work.tenant, interview)
        return tuple(Seat(*row) for row in rows)

    async def of_member(self, member: MemberId) -> tuple[InterviewId, ...]:
        rows = await self.work.session.rows(SEATS_OF_MEMBER, self.work.tenant, member)
        return tuple(InterviewId(row["interview_id"]) for row in rows)
