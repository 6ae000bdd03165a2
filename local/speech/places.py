"""How many may be served at a time."""

from collections.abc import Iterator
from contextlib import contextmanager

from local.speech.protocol.refusals import too_many


class Places:
    """A number of places; the next one is refused, not queued: a waiting voice helps nobody."""

    def __init__(self, limit: int, what: str) -> None:
        self.limit = limit
        self.taken = 0
        self._what = what

    @contextmanager
    def place(self) -> Iterator[None]:
        """Raises `Refused` (429)."""
        if self.taken >= self.limit:
            raise too_many(self._what, self.limit)
        self.taken += 1
        try:
            yield
        finally:
            self.taken -= 1
