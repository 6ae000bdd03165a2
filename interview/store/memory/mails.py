"""Mails to candidates in memory."""
# ruff: noqa: ARG002 (there is one transaction at a time: every row is locked)

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from interview.ids import CandidateId, InterviewId, InvitationId, MailId
from interview.mails import Mail, MailKind, Trouble
from interview.store.memory.work import Work
from interview.store.sealed_mails import SealedMail, open_mail, seal_link


@dataclass
class MemoryMails:
    work: Work

    async def put(self, candidate: CandidateId, mails: Sequence[Mail]) -> None:
        for mail in mails:
            self.work.tables.interviews.find(self.work.row(mail.interview))
            sealed = await self._sealed(candidate, mail)
            self.work.tables.mails.insert(self.work.row(mail.mail_id), sealed)
            self._post(mail.mail_id, mail.due_at)

    async def get(self, mail: MailId, *, lock: bool = False) -> Mail:
        sealed = self.work.tables.mails.find(self.work.row(mail))
        if sealed.sealed_link is None:
            return sealed.outline
        key = await self.work.vault.key("candidate", sealed.candidate)
        return open_mail(key, self.work.tenant, sealed)

    async def of(self, interview: InterviewId) -> tuple[Mail, ...]:
        mine = (
            sealed.outline
            for (tenant, _), sealed in self.work.tables.mails.items()
            if (tenant, sealed.outline.interview) == self.work.row(interview)
        )
        return tuple(sorted(mine, key=lambda mail: (mail.created_at, mail.mail_id)))

    async def save(self, mail: Mail) -> None:
        row = self.work.row(mail.mail_id)
        held = self.work.tables.mails.find(row)
        self.work.tables.mails[row] = await self._sealed(held.candidate, mail)

    async def drop(
        self,
        interview: InterviewId,
        at: datetime,
        trouble: Trouble,
        *,
        kinds: frozenset[MailKind] = frozenset(MailKind),
        invitation: InvitationId | None = None,
    ) -> None:
        for mail in await self.of(interview):
            is_meant = mail.kind in kinds and invitation in (None, mail.invitation)
            if is_meant and mail.state == "waiting":
                await self.end(mail.mail_id, at, trouble)

    async def end(self, mail: MailId, at: datetime, trouble: Trouble) -> None:
        row = self.work.row(mail)
        held = self.work.tables.mails.find(row)
        over = held.outline.over("dropped", trouble, at)
        self.work.tables.mails[row] = replace(held, outline=over, sealed_link=None)

    async def erased(self, among: Collection[MailId]) -> tuple[MailId, ...]:
        wanted = {self.work.row(mail) for mail in among}
        held = {
            sealed.outline.mail_id: sealed.candidate
            for row, sealed in self.work.tables.mails.items()
            if row in wanted
        }
        keys = await self.work.vault.load("candidate", list(held.values()))
        return tuple(mail for mail, candidate in held.items() if candidate not in keys)

    async def wake(self, before: datetime, at: datetime, most: int) -> int:
        lost = [
            sealed.outline
            for (tenant, _), sealed in self.work.tables.mails.items()
            if tenant == self.work.tenant
            and sealed.outline.next_at is not None
            and sealed.outline.next_at < before
        ][:most]
        for mail in lost:
            row = self.work.row(mail.mail_id)
            held = self.work.tables.mails.find(row)
            self.work.tables.mails[row] = replace(held, outline=replace(mail, next_at=at))
            self._post(mail.mail_id, at)
        return len(lost)

    async def _sealed(self, candidate: CandidateId, mail: Mail) -> SealedMail:
        outline, sealed_link = replace(mail, token=None), None
        if mail.token is not None:
            key = await self.work.vault.key("candidate", candidate)
            sealed_link = seal_link(key, self.work.tenant, mail.mail_id, mail.token)
        return SealedMail(outline, candidate, sealed_link)

    def _post(self, mail: MailId, due_at: datetime) -> None:
        jobs = self.work.tables.mail_jobs
        jobs.insert(len(jobs) + 1, (self.work.tenant, mail, due_at))
