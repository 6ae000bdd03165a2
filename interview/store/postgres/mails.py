"""Mails to candidates in PostgreSQL."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

import asyncpg
from pgqueuer.queries import Queries

from interview.ids import CandidateId, InterviewId, InvitationId, MailId
from interview.mails import Calendar, CalendarMethod, Mail, MailKind, Trouble
from interview.ports import MAIL
from interview.store.postgres.session import translated
from interview.store.postgres.work import Work
from interview.store.sealed_mails import SealedMail, open_mail, seal_link

ADD_MAIL = """
    INSERT INTO mails (
        tenant, mail_id, state, next_at, attempts, trouble, ended_at, invitation_id, sealed_link,
        may_be_out, useless_after, calendar, sequence, entry_at, interview_id, candidate_id, kind,
        created_at, due_at
    ) VALUES (
        $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19
    )
"""

MAIL_ROW = """
    SELECT mail_id, interview_id, kind, created_at, due_at, useless_after, next_at, calendar,
        sequence, entry_at, state, attempts, may_be_out, trouble, ended_at, invitation_id,
        candidate_id, sealed_link
    FROM mails WHERE tenant = $1 AND mail_id = $2
"""

MAIL_LOCKED = f"{MAIL_ROW} FOR NO KEY UPDATE"

MAILS_OF = """
    SELECT mail_id, interview_id, kind, created_at, due_at, useless_after, next_at, calendar,
        sequence, entry_at, state, attempts, may_be_out, trouble, ended_at, invitation_id
    FROM mails WHERE tenant = $1 AND interview_id = $2 ORDER BY created_at, mail_id
"""

CANDIDATE_OF_MAIL = "SELECT candidate_id FROM mails WHERE tenant = $1 AND mail_id = $2"

SAVE_MAIL = """
    UPDATE mails
    SET state = $3, next_at = $4, attempts = $5, trouble = $6, ended_at = $7, invitation_id = $8,
        sealed_link = $9, may_be_out = $10, useless_after = $11, calendar = $12, sequence = $13,
        entry_at = $14
    WHERE tenant = $1 AND mail_id = $2
    RETURNING mail_id
"""

DROP_MAILS = """
    UPDATE mails
    SET state = 'dropped', next_at = NULL, trouble = $4, ended_at = $3, sealed_link = NULL
    WHERE tenant = $1 AND interview_id = $2 AND state = 'waiting' AND kind = ANY ($5::text[])
        AND ($6::uuid IS NULL OR invitation_id = $6)
"""

END_MAIL = """
    UPDATE mails
    SET state = 'dropped', next_at = NULL, trouble = $4, ended_at = $3, sealed_link = NULL
    WHERE tenant = $1 AND mail_id = $2
    RETURNING mail_id
"""

MAILS_OF_ERASED = """
    SELECT m.mail_id FROM mails AS m
    JOIN data_keys AS k ON k.tenant = m.tenant AND k.kind = 'candidate'
        AND k.subject = m.candidate_id
    WHERE m.tenant = $1 AND m.mail_id = ANY ($2::uuid[]) AND k.destroyed_at IS NOT NULL
"""

WAKE_MAILS = """
    UPDATE mails SET next_at = $3 WHERE tenant = $1 AND mail_id IN (
        SELECT mail_id FROM mails WHERE tenant = $1 AND state = 'waiting' AND next_at < $2
        ORDER BY next_at LIMIT $4 FOR NO KEY UPDATE SKIP LOCKED
    )
    RETURNING mail_id
"""


@dataclass(frozen=True)
class PostgresMails:
    work: Work

    async def put(self, candidate: CandidateId, mails: Sequence[Mail]) -> None:
        rows = [
            (
                *await self._stands(candidate, mail),
                mail.interview,
                candidate,
                mail.kind,
                mail.created_at,
                mail.due_at,
            )
            for mail in mails
        ]
        await self.work.session.execute_each(ADD_MAIL, rows)
        await self._post([(mail.mail_id, mail.due_at - mail.created_at) for mail in mails])

    async def get(self, mail: MailId, *, lock: bool = False) -> Mail:
        sql = MAIL_LOCKED if lock else MAIL_ROW
        row = await self.work.session.row(sql, self.work.tenant, mail)
        sealed = SealedMail(_outline(row), row["candidate_id"], row["sealed_link"])
        if sealed.sealed_link is None:
            return sealed.outline
        key = await self.work.vault.key("candidate", sealed.candidate)
        return open_mail(key, self.work.tenant, sealed)

    async def of(self, interview: InterviewId) -> tuple[Mail, ...]:
        rows = await self.work.session.rows(MAILS_OF, self.work.tenant, interview)
        return tuple(_outline(row) for row in rows)

    async def save(self, mail: Mail) -> None:
        session, tenant = self.work.session, self.work.tenant
        found = await session.row(CANDIDATE_OF_MAIL, tenant, mail.mail_id)
        await session.row(SAVE_MAIL, *await self._stands(found["candidate_id"], mail))

    async def drop(
        self,
        interview: InterviewId,
        at: datetime,
        trouble: Trouble,
        *,
        kinds: frozenset[MailKind] = frozenset(MailKind),
        invitation: InvitationId | None = None,
    ) -> None:
        await self.work.session.execute(
            DROP_MAILS, self.work.tenant, interview, at, trouble, sorted(kinds), invitation
        )

    async def end(self, mail: MailId, at: datetime, trouble: Trouble) -> None:
        await self.work.session.row(END_MAIL, self.work.tenant, mail, at, trouble)

    async def erased(self, among: Collection[MailId]) -> tuple[MailId, ...]:
        rows = await self.work.session.rows(MAILS_OF_ERASED, self.work.tenant, list(among))
        return tuple(row["mail_id"] for row in rows)

    async def wake(self, before: datetime, at: datetime, most: int) -> int:
        rows = await self.work.session.rows(WAKE_MAILS, self.work.tenant, before, at, most)
        await self._post([(row["mail_id"], timedelta(0)) for row in rows])
        return len(rows)

    async def _stands(self, candidate: CandidateId, mail: Mail) -> tuple[object, ...]:
        """Its name and all that may change of it."""
        link = None
        if mail.token is not None:
            key = await self.work.vault.key("candidate", candidate)
            link = seal_link(key, self.work.tenant, mail.mail_id, mail.token)
        return (
            self.work.tenant,
            mail.mail_id,
            mail.state,
            mail.next_at,
            mail.attempts,
            mail.trouble,
            mail.ended_at,
            mail.invitation,
            link,
            mail.may_be_out,
            mail.useless_after,
            *_calendar_row(mail.calendar),
        )

    async def _post(self, waits: Sequence[tuple[MailId, timedelta]]) -> None:
        """A job for each, on the connection and in the transaction of the change."""
        if not waits:
            return
        tenant = str(self.work.tenant)
        orders = [json.dumps({"tenant": tenant, "mail": str(mail)}).encode() for mail, _ in waits]
        # The pool's proxy has every method of a connection, its class is not one.
        connection = cast(asyncpg.Connection, self.work.session.connection)
        queue = Queries.from_asyncpg_connection(connection)
        with translated():
            await queue.enqueue(
                [MAIL] * len(orders),
                list(orders),
                [0] * len(orders),
                [max(wait, timedelta(0)) for _, wait in waits],
            )


def _outline(row: asyncpg.Record) -> Mail:
    return Mail(
        mail_id=row["mail_id"],
        interview=row["interview_id"],
        kind=MailKind(row["kind"]),
        created_at=row["created_at"],
        due_at=row["due_at"],
        useless_after=row["useless_after"],
        next_at=row["next_at"],
        calendar=_calendar(row["calendar"], row["sequence"], row["entry_at"]),
        state=row["state"],
        attempts=row["attempts"],
        may_be_out=row["may_be_out"],
        trouble=row["trouble"],
        ended_at=row["ended_at"],
        invitation=row["invitation_id"],
    )


def _calendar_row(calendar: Calendar | None) -> tuple[object, ...]:
    return (calendar.method, calendar.sequence, calendar.at) if calendar else (None, None, None)


def _calendar(
    method: CalendarMethod | None, sequence: int | None, at: datetime | None
) -> Calendar | None:
    if method is None or sequence is None or at is None:
        return None
    return Calendar(method, sequence, at)
