"""Models' answers in memory."""

from dataclasses import dataclass
from datetime import datetime

from interview.ids import InterviewId
from interview.ports import Reply
from interview.store.memory.work import Work
from interview.store.sealed_replies import open_reply, seal_reply


@dataclass
class MemoryReplies:
    work: Work

    async def keep(self, interview: InterviewId, asked: bytes, reply: Reply, at: datetime) -> Reply:
        if (known := await self.find(interview, asked)) is not None:
            return known
        work = self.work
        key = await work.vault.key("interview", interview)
        sealed = seal_reply(key, work.tenant, interview, asked, reply, at)
        work.tables.replies.insert((*work.row(interview), asked), sealed)
        return reply

    async def find(self, interview: InterviewId, asked: bytes) -> Reply | None:
        work = self.work
        key = await work.vault.key("interview", interview)
        found = work.tables.replies.get((*work.row(interview), asked))
        return open_reply(key, work.tenant, found) if found else None
