"""The ways into an interview in PostgreSQL: invitations, sessions, consents, leases."""

from dataclasses import asdict, dataclass
from datetime import datetime

import asyncpg

from interview.accounts import CandidateSession, Consent, Invitation
from interview.errors import InvitationUsed, LeaseLost
from interview.ids import InterviewId, InvitationId
from interview.lease import Lease
from interview.store.postgres.work import Work

ADD_INVITATION = """
    INSERT INTO invitations (
        tenant, invitation_id, interview_id, digest, created_at, expires_at, redeemed_at
    ) VALUES ($1, $2, $3, $4, $5, $6, $7)
"""

INVITATION = """
    SELECT invitation_id, interview_id, digest, created_at, expires_at, redeemed_at,
        withdrawn_at
    FROM invitations WHERE tenant = $1 AND digest = $2
"""

INVITATION_LOCKED = """
    SELECT invitation_id, interview_id, digest, created_at, expires_at, redeemed_at,
        withdrawn_at
    FROM invitations WHERE tenant = $1 AND digest = $2 FOR NO KEY UPDATE
"""

REDEEM = """
    UPDATE invitations SET redeemed_at = $3
    WHERE tenant = $1 AND invitation_id = $2 AND redeemed_at IS NULL
    RETURNING invitation_id
"""

WITHDRAW = """
    UPDATE invitations SET expires_at = $3, withdrawn_at = $3
    WHERE tenant = $1 AND interview_id = $2 AND redeemed_at IS NULL
        AND (expires_at IS NULL OR expires_at > $3)
"""

INVITATIONS = """
    SELECT invitation_id, interview_id, digest, created_at, expires_at, redeemed_at, withdrawn_at
    FROM invitations WHERE tenant = $1 AND interview_id = $2 ORDER BY created_at, invitation_id
"""

WITHDRAW_ONE = """
    UPDATE invitations SET expires_at = $3, withdrawn_at = $3
    WHERE tenant = $1 AND invitation_id = $2
    RETURNING invitation_id
"""

PROLONG_INVITATION = """
    UPDATE invitations SET expires_at = $3 WHERE tenant = $1 AND invitation_id = $2
    RETURNING invitation_id
"""


@dataclass(frozen=True)
class PostgresInvitations:
    work: Work

    async def add(self, invitation: Invitation) -> None:
        await self.work.session.execute(
            ADD_INVITATION,
            self.work.tenant,
            invitation.invitation_id,
            invitation.interview,
            invitation.digest,
            invitation.created_at,
            invitation.expires_at,
            invitation.redeemed_at,
        )

    async def by_digest(self, digest: bytes, *, lock: bool = False) -> Invitation:
        sql = INVITATION_LOCKED if lock else INVITATION
        return Invitation(*await self.work.session.row(sql, self.work.tenant, digest))

    async def mark_redeemed(self, invitation: InvitationId, at: datetime) -> None:
        row = await self.work.session.row_or_none(REDEEM, self.work.tenant, invitation, at)
        if row is None:
            raise InvitationUsed

    async def withdraw(self, interview: InterviewId, at: datetime) -> None:
        await self.work.session.execute(WITHDRAW, self.work.tenant, interview, at)

    async def of(self, interview: InterviewId) -> tuple[Invitation, ...]:
        rows = await self.work.session.rows(INVITATIONS, self.work.tenant, interview)
        return tuple(Invitation(*row) for row in rows)

    async def withdraw_one(self, invitation: InvitationId, at: datetime) -> None:
        await self.work.session.row(WITHDRAW_ONE, self.work.tenant, invitation, at)

    async def prolong(self, invitation: InvitationId, until: datetime | None) -> None:
        await self.work.session.row(PROLONG_INVITATION, self.work.tenant, invitation, until)


ADD_SESSION = """
    INSERT INTO candidate_sessions (tenant, digest, interview_id, created_at, expires_at)
    VALUES ($1, $2, $3, $4, $5)
"""

SESSION = """
    SELECT interview_id, digest, created_at, expires_at FROM candidate_sessions
    WHERE tenant = $1 AND digest = $2
"""

END_SESSIONS = """
    UPDATE candidate_sessions SET expires_at = $3
    WHERE tenant = $1 AND interview_id = $2 AND expires_at > $3
"""

PROLONG_SESSIONS = """
    UPDATE candidate_sessions SET expires_at = $4
    WHERE tenant = $1 AND interview_id = $2 AND expires_at > $3 AND expires_at < $4
"""

WITHDRAW_SESSIONS = """
    UPDATE candidate_sessions SET expires_at = least(expires_at, $3), withdrawn_at = $3
    WHERE tenant = $1 AND interview_id = $2 AND withdrawn_at IS NULL
"""

IS_BARRED = """
    SELECT coalesce(bool_and(withdrawn_at IS NOT NULL), false) AS found FROM candidate_sessions
    WHERE tenant = $1 AND interview_id = $2
"""

OPEN_SESSIONS = """
    SELECT interview_id, digest, created_at, expires_at FROM candidate_sessions
    WHERE tenant = $1 AND interview_id = $2 AND expires_at > $3
"""


@dataclass(frozen=True)
class PostgresSessions:
    work: Work

    async def add(self, session: CandidateSession) -> None:
        await self.work.session.execute(
            ADD_SESSION,
            self.work.tenant,
            session.digest,
            session.interview,
            session.created_at,
            session.expires_at,
        )

    async def by_digest(self, digest: bytes) -> CandidateSession:
        row = self.work.shown_as("digest", digest)
        row = row or await self.work.session.row(SESSION, self.work.tenant, digest)
        return CandidateSession(
            row["interview_id"], row["digest"], row["created_at"], row["expires_at"]
        )

    async def end(self, interview: InterviewId, at: datetime) -> None:
        await self.work.session.execute(END_SESSIONS, self.work.tenant, interview, at)

    async def prolong(self, interview: InterviewId, at: datetime, until: datetime) -> None:
        await self.work.session.execute(PROLONG_SESSIONS, self.work.tenant, interview, at, until)

    async def withdraw(self, interview: InterviewId, at: datetime) -> None:
        await self.work.session.execute(WITHDRAW_SESSIONS, self.work.tenant, interview, at)

    async def is_barred(self, interview: InterviewId) -> bool:
        row = await self.work.session.row(IS_BARRED, self.work.tenant, interview)
        return bool(row["found"])

    async def open_at(self, interview: InterviewId, at: datetime) -> tuple[CandidateSession, ...]:
        rows = await self.work.session.rows(OPEN_SESSIONS, self.work.tenant, interview, at)
        return tuple(CandidateSession(*row) for row in rows)


ADD_CONSENT = """
    INSERT INTO consents (tenant, interview_id, accepted, notice_version, at)
    VALUES ($1, $2, $3, $4, $5)
"""

LATEST_CONSENT = """
    SELECT interview_id, accepted, notice_version, at FROM consents
    WHERE tenant = $1 AND interview_id = $2 ORDER BY number DESC LIMIT 1
"""


@dataclass(frozen=True)
class PostgresConsents:
    work: Work

    async def add(self, consent: Consent) -> None:
        await self.work.session.execute(
            ADD_CONSENT,
            self.work.tenant,
            consent.interview,
            consent.accepted,
            consent.notice_version,
            consent.at,
        )

    async def latest(self, interview: InterviewId) -> Consent | None:
        row = await self.work.session.row_or_none(LATEST_CONSENT, self.work.tenant, interview)
        return Consent(*row) if row else None


LEASE = """
    SELECT interview_id, epoch, opened_at, agent, token_digest, claimed_at, heartbeat_at, closed,
        previous_heartbeat_at
    FROM leases WHERE tenant = $1 AND interview_id = $2
"""

LEASE_LOCKED = """
    SELECT interview_id, epoch, opened_at, agent, token_digest, claimed_at, heartbeat_at, closed,
        previous_heartbeat_at
    FROM leases WHERE tenant = $1 AND interview_id = $2 FOR NO KEY UPDATE
"""

SAVE_LEASE = """
    INSERT INTO leases (
        tenant, interview_id, epoch, opened_at, agent, token_digest, claimed_at, heartbeat_at,
        closed, previous_heartbeat_at
    ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    ON CONFLICT (tenant, interview_id) DO UPDATE SET
        epoch = excluded.epoch, opened_at = excluded.opened_at, agent = excluded.agent,
        token_digest = excluded.token_digest, claimed_at = excluded.claimed_at,
        heartbeat_at = excluded.heartbeat_at, closed = excluded.closed,
        previous_heartbeat_at = excluded.previous_heartbeat_at
    WHERE leases.epoch <= excluded.epoch
    RETURNING epoch
"""


@dataclass(frozen=True)
class PostgresLeases:
    work: Work

    async def of(self, interview: InterviewId, *, lock: bool = False) -> Lease | None:
        sql = LEASE_LOCKED if lock else LEASE
        row = await self.work.session.row_or_none(sql, self.work.tenant, interview)
        return _lease(row) if row else None

    async def save(self, lease: Lease) -> None:
        row = await self.work.session.row_or_none(
            SAVE_LEASE, self.work.tenant, *asdict(lease).values()
        )
        if row is None:
            raise LeaseLost


def _lease(row: asyncpg.Record) -> Lease:
    return Lease(*row)
