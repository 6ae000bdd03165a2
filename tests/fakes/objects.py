"""Objects in memory."""

from dataclasses import dataclass, field

from interview.errors import NotFound


@dataclass
class FakeObjects:
    """Port `Objects`."""

    kept: dict[str, bytes] = field(default_factory=dict)

    async def put(self, key: str, sealed: bytes) -> None:
        self.kept[key] = sealed

    async def get(self, key: str) -> bytes:
        if key not in self.kept:
            raise NotFound
        return self.kept[key]
