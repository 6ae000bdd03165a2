"""The spool: every report lies on the disk before anything else is done with it."""

import asyncio
import os
from dataclasses import dataclass
from pathlib import Path

from interview.events import Report
from interview.ids import InterviewId


@dataclass(slots=True)
class Spool:
    """An append-only file of one lease, one JSON report a line; `sent` counts acknowledged lines.

    A second file beside it holds `sent`, so that a successor does not send all again (a repeat
    would be harmless: the log knows each `event_id`).
    """

    path: Path
    reports: list[Report]
    sent: int = 0

    @classmethod
    def open(cls, folder: Path, interview: InterviewId, epoch: int) -> "Spool":
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return cls(folder / f"{interview}-{epoch}.jsonl", [])

    @classmethod
    def orphans(cls, folder: Path, interview: InterviewId, epoch: int) -> "list[tuple[int, Spool]]":
        """Spools that earlier epochs of this interview left on this host, oldest first."""
        found = []
        for path in folder.glob(f"{interview}-*.jsonl"):
            older = int(path.stem.rsplit("-", 1)[1])
            if older < epoch:
                found.append((older, cls._load(path)))
        return sorted(found, key=lambda pair: pair[0])

    @classmethod
    def _load(cls, path: Path) -> "Spool":
        lines = path.read_bytes().split(b"\n")
        # The last line has no end when the writer died in it: it was never acknowledged to anybody.
        reports = [Report.model_validate_json(line) for line in lines[:-1] if line]
        mark = path.with_suffix(".sent")
        sent = int(mark.read_text()) if mark.exists() else 0
        return cls(path, reports, sent)

    async def append(self, report: Report) -> None:
        """Returns once the report is on the disk."""
        self.reports.append(report)
        await asyncio.to_thread(self._write, report.model_dump_json().encode() + b"\n")

    def _write(self, line: bytes) -> None:
        descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, line)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    @property
    def waiting(self) -> int:
        return len(self.reports) - self.sent

    def next_batch(self, limit: int) -> tuple[Report, ...]:
        return tuple(self.reports[self.sent : self.sent + limit])

    def acknowledge(self, count: int) -> None:
        """The API has stored the next `count` reports."""
        self.sent += count
        self.path.with_suffix(".sent").write_text(str(self.sent))

    def remove(self) -> None:
        """Everything was sent: nothing of it stays on this host."""
        self.path.unlink(missing_ok=True)
        self.path.with_suffix(".sent").unlink(missing_ok=True)
