"""One at a time: whoever comes second does not work against the first."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from local.errors import LocalError


@contextmanager
def alone(path: Path, doing: str, *, waits: bool = True) -> Iterator[None]:
    """Hold the lock at `path`; says what it waits for when somebody else holds it.

    Raises `LocalError` instead of waiting when it shall not.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if not waits:
                raise LocalError("another one is running; wait for its end") from error
            print(f"{doing}: somebody else is at it, waiting …", flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
