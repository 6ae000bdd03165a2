"""One benchmark at a time: two would measure each other."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from local.errors import LocalError


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Raises `LocalError` when somebody else holds the lock."""
    lock.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with lock.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LocalError("another benchmark is running here; two measure each other") from None
        yield
