"""Mails as files that mail programs open: written whole, found by the mail that they are."""

import asyncio
import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from interview.ids import MailId
from interview.mails import Mail

WHOLE, PART = ".eml", ".part"
ID_LENGTH = 36


@dataclass(frozen=True, slots=True)
class MailFolder:
    """Port `KeptMails`. Names of files say when, what and which, and nothing of a person."""

    path: Path

    def put(self, mail: Mail, raw: bytes) -> None:
        """Whole or not at all, and for nobody else to read; a repeat takes the same place."""
        path = self.path / f"{mail.due_at:%Y%m%dT%H%M%SZ}-{mail.kind}-{mail.mail_id}{WHOLE}"
        part = path.with_suffix(PART)
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        with open(os.open(part, flags, 0o600), "wb") as file:
            file.write(raw)
        part.replace(path)

    async def kept(self) -> frozenset[MailId]:
        return await asyncio.to_thread(lambda: frozenset(mail for mail, _ in self._files()))

    async def delete(self, mails: Collection[MailId]) -> None:
        await asyncio.to_thread(self._delete, mails)

    def _delete(self, mails: Collection[MailId]) -> None:
        for mail, path in self._files():
            if mail in mails:
                path.unlink(missing_ok=True)

    def _files(self) -> Iterator[tuple[MailId, Path]]:
        """Those that we wrote; whatever else lies there is somebody's own."""
        if not self.path.is_dir():
            return
        for path in self.path.iterdir():
            if path.suffix in {WHOLE, PART}:
                try:
                    yield MailId(UUID(path.stem[-ID_LENGTH:])), path
                except ValueError:
                    continue
