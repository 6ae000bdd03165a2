"""Places of members in rooms, in PostgreSQL."""

from dataclasses import dataclass

from interview.floor import Seat, SeatProof
from interview.ids import InterviewId, MemberId
from interview.people import IDLE_FOR
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

REMEMBER_PROOF = """
    INSERT INTO seat_proofs (tenant, interview_id, member_id, mark, session_id, kid)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (tenant, interview_id, member_id, mark) DO NOTHING
"""

# What has no end is NULL, and counts for nothing in `least`.
SEAT_PROOFS = """
    SELECT p.member_id, p.session_id, p.kid,
        least(s.expires_at, s.last_used_at + $3::interval, k.revoked_at, k.expires_at) AS until
    FROM seat_proofs AS p
    LEFT JOIN member_sessions AS s ON (s.tenant, s.session_id) = (p.tenant, p.session_id)
    LEFT JOIN api_keys AS k ON (k.tenant, k.kid) = (p.tenant, p.kid)
    WHERE p.tenant = $1 AND p.interview_id = $2
"""


@dataclass(frozen=True)
class PostgresSeats:
    work: Work

    async def take(self, seat: Seat, proof: SeatProof) -> None:
        session, place = self.work.session, (self.work.tenant, seat.interview, seat.member)
        await session.execute(TAKE_SEAT, *place, seat.role, seat.hidden, seat.taken_at)
        await session.execute(REMEMBER_PROOF, *place, proof.mark, proof.session, proof.kid)

    async def proofs(self, interview: InterviewId) -> tuple[SeatProof, ...]:
        rows = await self.work.session.rows(SEAT_PROOFS, self.work.tenant, interview, IDLE_FOR)
        return tuple(SeatProof(*row) for row in rows)

    async def of(self, interview: InterviewId) -> tuple[Seat, ...]:
        rows = await self.work.session.rows(SEATS, self.work.tenant, interview)
        return tuple(Seat(*row) for row in rows)

    async def of_member(self, member: MemberId) -> tuple[InterviewId, ...]:
        rows = await self.work.session.rows(SEATS_OF_MEMBER, self.work.tenant, member)
        return tuple(InterviewId(row["interview_id"]) for row in rows)
