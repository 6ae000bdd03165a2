"""One at a time: whoever comes second does not work against the first."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def alone(path: Path, doing: str) -> Iterator[None]:
    """Hold the lock at `path`; says what it waits for when somebody else holds it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(f"{doing}: somebody else is at it, waiting …", flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
