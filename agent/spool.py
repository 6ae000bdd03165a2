"""The spool: every report lies on the disk before anything else is done with it."""

import asyncio
import json
import os
from collections import deque
from pathlib import Path

import structlog
from interview.door import MAX_EVENTS_BYTES, MAX_EVENTS_PER_REQUEST
from interview.events import REPORT, Report
from pydantic import ValidationError

from agent.lease_folder import sync_folder

log = structlog.get_logger()

EVENTS, MARK = "events.jsonl", "events.sent"


class Spool:
    """An append-only file of one lease, one JSON report a line.

    A second file beside it tells which lines need not be sent again (a repeat would be harmless:
    the log knows each `event_id`). A report that was refused stays in the file; it is tried once
    more by whoever loads the spool next.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lines: list[tuple[Report, int] | None] = []
        self._tried = 0
        self._waiting: deque[int] = deque()
        self._refused: list[int] = []
        self._unwritten: list[bytes] = []
        self._disk = asyncio.Lock()
        self.damaged = 0

    @classmethod
    def load(cls, folder: Path) -> "Spool":
        """What a process that is gone left behind. Never raises for what is in the files."""
        spool = cls(folder)
        path = folder / EVENTS
        # The last line has no end when the writer died in it: nothing has followed from it.
        lines = path.read_bytes().split(b"\n")[:-1] if path.exists() else []
        spool._lines = [_parsed(line) for line in lines]
        spool._tried, refused = _read_mark(folder / MARK, len(lines))
        again = [*refused, *range(spool._tried, len(lines))]
        spool._waiting.extend(n for n in again if spool._lines[n] is not None)
        spool.damaged = spool._lines.count(None)
        if spool.damaged:
            log.error("spool_damaged", lines=spool.damaged, folder=str(folder))
        return spool

    async def append(self, report: Report) -> None:
        """Returns once the report is on the disk.

        Raises `OSError` when it is not; it waits to be sent all the same, and is written with the
        next.
        """
        line = REPORT.dump_json(report) + b"\n"
        async with self._disk:
            self._unwritten.append(line)
            try:
                await asyncio.to_thread(self._write, b"".join(self._unwritten))
                self._unwritten.clear()
            finally:
                self._waiting.append(len(self._lines))
                self._lines.append((report, len(line)))

    def _write(self, lines: bytes) -> None:
        path = self._folder / EVENTS
        is_new = not path.exists()
        with open(path, "ab", buffering=0, opener=_private) as file:
            end = file.tell()
            try:
                _write_whole(file.fileno(), lines)
                os.fsync(file.fileno())
            except OSError:
                file.truncate(end)
                raise
        if is_new:
            sync_folder(self._folder)

    @property
    def waiting(self) -> int:
        """Reports that are to be sent."""
        return len(self._waiting)

    @property
    def is_delivered(self) -> bool:
        """Nothing in the file is needed any more."""
        return not (self._waiting or self._refused or self.damaged)

    def next_batch(self, limit: int = MAX_EVENTS_PER_REQUEST) -> tuple[Report, ...]:
        """What is sent next, in one request; at least one report when any waits."""
        batch: list[Report] = []
        size = 0
        for number in self._waiting:
            line = self._lines[number]
            assert line is not None, "damaged lines never wait"
            report, length = line
            size += length
            if batch and (len(batch) == limit or size > MAX_EVENTS_BYTES):
                break
            batch.append(report)
        return tuple(batch)

    async def acknowledge(self, count: int) -> None:
        """The API has dealt with the next `count` reports."""
        for _ in range(count):
            self._tried = max(self._tried, self._waiting.popleft() + 1)
        await self._mark()

    async def set_aside(self) -> None:
        """The API refuses the next report, whatever it is sent with."""
        number = self._waiting.popleft()
        self._tried = max(self._tried, number + 1)
        self._refused.append(number)
        await self._mark()

    async def _mark(self) -> None:
        left = sorted(n for n in (*self._refused, *self._waiting) if n < self._tried)
        mark = json.dumps({"tried": self._tried, "left": left})
        async with self._disk:
            await asyncio.to_thread(_replace, self._folder / MARK, mark)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _write_whole(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _replace(path: Path, text: str) -> None:
    part = path.with_suffix(".part")
    try:
        part.write_text(text)
        part.rename(path)
    except OSError as error:
        # Without the mark things are sent twice; the log knows them.
        log.warning("spool_not_marked", reason=str(error))


def _parsed(line: bytes) -> tuple[Report, int] | None:
    try:
        return REPORT.validate_json(line), len(line) + 1
    except ValidationError:
        return None


def _read_mark(path: Path, lines: int) -> tuple[int, list[int]]:
    """How many lines were tried, and which of them are left; nothing of a mark that is damaged."""
    try:
        mark = json.loads(path.read_text())
        tried, left = int(mark["tried"]), [int(n) for n in mark["left"]]
    except (OSError, ValueError, KeyError, TypeError):
        return 0, []
    if 0 <= tried <= lines and all(0 <= n < tried for n in left):
        return tried, left
    return 0, []
