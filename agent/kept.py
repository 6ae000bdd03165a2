"""What a job leaves behind, as its parts see it: facts and sound."""

import asyncio
from collections.abc import Callable
from typing import Protocol

from interview.door import Desired
from interview.events import Event, Report

from agent.floor_calls import Asks


class Files(Asks, Protocol):
    """The journal. `lost` is set when the job is over for it."""

    @property
    def lost(self) -> asyncio.Event: ...
    async def write(self, report: Report) -> Event: ...
    async def beat(self, on_desired: Callable[[Desired], None]) -> None: ...


class Sound(Protocol):
    """One participant's track of the recording."""

    def write(self, at_ms: int, pcm: bytes, rate: int) -> None: ...
    def began_earlier(self, by_ms: int) -> None: ...
    def close(self) -> None: ...


class Records(Protocol):
    """The recorder."""

    def track(self, participant: str) -> Sound: ...
