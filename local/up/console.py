"""The terminal of `up`: what the processes write, line by line, each with its name before it."""

import asyncio
import sys
from datetime import datetime
from pathlib import Path

from honcho.colour import get_colours
from honcho.printer import Message, Printer

from local.up.stack import Stack

POLL_S = 0.1


class Console:
    """Follows the logs of a stack's processes."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._printer = Printer(sys.stdout, width=max(len(name) for name in stack.names))
        self._colours = dict(zip(stack.names, get_colours(), strict=False))
        self._seen: set[str] = set()
        self._read: dict[str, int] = {}

    async def follow(self) -> None:
        """Print new lines as they come, until cancelled."""
        while True:
            self.print_new()
            await asyncio.sleep(POLL_S)

    def print_new(self) -> None:
        """Print the complete lines written since the last call, also of what was stopped since."""
        self._seen |= self._stack.children.keys()
        for name in sorted(self._seen, key=self._stack.names.index):
            for line in self._new_lines(name, self._stack.log_of(name)):
                self._print(name, line)

    def _new_lines(self, name: str, log: Path) -> list[bytes]:
        start = self._read.get(name, 0)
        with log.open("rb") as file:
            file.seek(start)
            complete, newline, _ = file.read().rpartition(b"\n")
        self._read[name] = start + len(complete) + len(newline)
        return complete.splitlines()

    def _print(self, name: str, line: bytes) -> None:
        self._printer.write(
            Message("line", line + b"\n", datetime.now(), name, self._colours[name])  # noqa: DTZ005 - the person's own clock
        )
