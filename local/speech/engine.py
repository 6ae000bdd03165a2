"""The server's end of an engine: a process that does one stream's heavy work."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress

from local.speech.frames import HEADER, Frame, Kind, unpack_header


class EngineGone(Exception):
    """The engine ended, or said something that is no frame."""


class Engine:
    """One `python -m <module>`; it ends when we say so and when we die."""

    def __init__(self, process: Process) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._process = process
        self._input = process.stdin
        self._output = process.stdout

    @classmethod
    async def start(cls, module: str) -> "Engine":
        """Start it; it is ready to work once `receive` has given `Kind.READY`."""
        return cls(
            await asyncio.create_subprocess_exec(
                sys.executable, "-m", module, stdin=PIPE, stdout=PIPE
            )
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process.returncode is None

    async def send(self, frame: Frame) -> None:
        """Waits while the engine is behind; raises `EngineGone`."""
        try:
            self._input.write(frame.packed())
            await self._input.drain()
        except ConnectionError as error:
            raise EngineGone from error

    async def receive(self) -> Frame:
        """The next frame; raises `EngineGone`."""
        try:
            kind, length = unpack_header(await self._output.readexactly(HEADER.size))
            return Frame(kind, await self._output.readexactly(length))
        except (asyncio.IncompleteReadError, ConnectionError, ValueError) as error:
            raise EngineGone from error

    async def until_ready(self) -> None:
        """Raises `EngineGone` when it does not come up."""
        if (await self.receive()).kind is not Kind.READY:
            raise EngineGone

    async def stop(self) -> None:
        """End it at once, whatever it is doing: nobody wants its answer any more."""
        with suppress(ProcessLookupError):
            self._process.kill()
        self._input.close()
        # Read to the end: with too much unread the pipe stays paused and the wait never ends.
        await self._process.communicate()
