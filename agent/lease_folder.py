"""What one lease keeps on this host's disk: a folder that belongs to whoever holds its lock."""

import fcntl
import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import UUID

REFUSED = "refused"
"""An empty file: its time is that of the first refusal."""


@dataclass(frozen=True, slots=True)
class LeaseFolder:
    """Locked until it is closed; the kernel unlocks it when its process dies, however it dies.

    All of it is work on the disk: call it in a thread.
    """

    path: Path
    interview: UUID
    epoch: int
    _descriptor: int

    @classmethod
    def take(cls, root: Path, interview: UUID, epoch: int) -> Self:
        """The folder of a lease that was just claimed; waits while a sweep looks into it."""
        path = root / f"{interview}-{epoch}"
        while True:
            path.mkdir(parents=True, exist_ok=True, mode=0o700)
            if (descriptor := _locked(path, fcntl.LOCK_EX)) is not None:
                return cls(path, interview, epoch, descriptor)

    @classmethod
    def take_left(cls, root: Path, interview: UUID, epoch: int) -> Self | None:
        """None while somebody who lives holds it, or when it is gone."""
        path = root / f"{interview}-{epoch}"
        descriptor = _locked(path, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return None if descriptor is None else cls(path, interview, epoch, descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._descriptor)

    def remove(self) -> None:
        """Nothing of it stays on this host."""
        shutil.rmtree(self.path)

    def note_refusal(self) -> None:
        """The API does not want what is left here; remembers since when."""
        if not self._is_refused():
            (self.path / REFUSED).touch()

    def refused_for_s(self) -> float:
        """Since the first refusal; 0 without one."""
        return time.time() - (self.path / REFUSED).stat().st_mtime if self._is_refused() else 0.0

    def quiet_for_s(self) -> float:
        """Since the last write."""
        times = [path.stat().st_mtime for path in (self.path, *self.path.iterdir())]
        return time.time() - max(times)

    def _is_refused(self) -> bool:
        return (self.path / REFUSED).exists()


def leases_in(root: Path) -> list[tuple[UUID, int]]:
    """Whose folders lie in `root`, in the order of their epochs."""
    found = []
    for path in root.iterdir() if root.is_dir() else ():
        name, _, epoch = path.name.rpartition("-")
        try:
            found.append((UUID(name), int(epoch)))
        except ValueError:
            continue  # not ours
    return sorted(found, key=lambda lease: lease[1])


def sync_folder(path: Path) -> None:
    """What was created, renamed or removed in it stays so."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _locked(path: Path, how: int) -> int | None:
    """A descriptor of the folder with its lock; None when it cannot be had or is gone."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    except (FileNotFoundError, NotADirectoryError):
        return None
    try:
        fcntl.flock(descriptor, how)
        if os.path.samestat(path.stat(), os.fstat(descriptor)):
            return descriptor
    except (BlockingIOError, FileNotFoundError):
        pass
    os.close(descriptor)
    return None
