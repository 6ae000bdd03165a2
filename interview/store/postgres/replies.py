"""Models' answers in PostgreSQL."""

from dataclasses import astuple, dataclass
from datetime import datetime

from interview.ids import InterviewId
from interview.ports import Reply
from interview.store.postgres.work import Work
from interview.store.sealed_replies import SealedReply, open_reply, seal_reply

KEEP_REPLY = """
    INSERT INTO model_replies (tenant, interview_id, asked, sealed_reply, created_at)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (tenant, interview_id, asked) DO NOTHING
    RETURNING asked
"""

REPLY = """
    SELECT interview_id, asked, sealed_reply, created_at FROM model_replies
    WHERE tenant = $1 AND interview_id = $2 AND asked = $3
"""


@dataclass(frozen=True)
class PostgresReplies:
    work: Work

    async def keep(self, interview: InterviewId, asked: bytes, reply: Reply, at: datetime) -> Reply:
        tenant = self.work.tenant
        key = await self.work.vault.key("interview", interview)
        sealed = seal_reply(key, tenant, interview, asked, reply, at)
        if await self.work.session.row_or_none(KEEP_REPLY, tenant, *astuple(sealed)):
            return reply
        row = await self.work.session.row(REPLY, tenant, interview, asked)
        return open_reply(key, tenant, SealedReply(*row))

    async def find(self, interview: InterviewId, asked: bytes) -> Reply | None:
        key = await self.work.vault.key("interview", interview)
        row = await self.work.session.row_or_none(REPLY, self.work.tenant, interview, asked)
        return open_reply(key, self.work.tenant, SealedReply(*row)) if row else None
