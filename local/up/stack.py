"""All processes of an installation: started in order, each with its own variables, and stopped."""

import asyncio
import os
import shlex
import signal
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from honcho.environ import parse_procfile

from local.environment import api_address, common, environment, replaced
from local.errors import LocalError
from local.ports import LOOPBACK, Ports
from local.secrets import load_or_create
from local.up.child import ROOT, Child, Steps
from local.up.ready import Fact, answers, listens, says, until

READY_WITHIN_S = 60.0
MIGRATIONS = (sys.executable, "-m", "migrations")
NEED_MIGRATIONS = frozenset({"db", "api", "worker"})

# The database goes last and alone, when nobody writes any more; with the others before it, all is
# gone within the five seconds that Ctrl-C may take.
LAST: Steps = ((signal.SIGTERM, 2.7),)

Commands = Mapping[str, Sequence[str]]


def commands() -> dict[str, list[str]]:
    """The command of each process, as the Procfile has it, with our own interpreter."""
    listed = parse_procfile((ROOT / "Procfile").read_text()).processes
    return {name: _own_interpreter(shlex.split(line)) for name, line in listed.items()}


def _own_interpreter(command: list[str]) -> list[str]:
    return [sys.executable, *command[1:]] if command[0] == "python" else command


class Stack:
    """The processes of one installation in `data_dir`; an async context manager.

    Leaving it stops everything. `given` and the servers it replaces: see `environment`.
    `extra` adds variables to single processes, e.g. `{"agent": {"VIVAVOCE_…": "…"}}`. Without
    `durable` the embedded database is quicker and deletes its data when it is stopped.
    """

    def __init__(
        self,
        data_dir: Path,
        ports: Ports | None = None,
        *,
        given: Mapping[str, str] | None = None,
        extra: Mapping[str, Mapping[str, str]] | None = None,
        table: Commands | None = None,
        durable: bool = True,
    ) -> None:
        self.data_dir = data_dir
        self.ports = ports or Ports.free()
        self.secrets = load_or_create(data_dir)
        outside = replaced(given or {})
        self.names = tuple(name for name in table or commands() if name not in outside)
        self._table = table or commands()
        self.variables = environment(self.secrets, self.ports, data_dir, given)
        for name, more in (extra or {}).items():
            self.variables.setdefault(name, {}).update(more)
        if not durable:
            self.variables["db"]["VIVAVOCE_DB_DURABLE"] = "no"
        self.children: dict[str, Child] = {}

    @property
    def api_url(self) -> str:
        """Where the API answers."""
        return api_address(self.ports)

    def log_of(self, name: str) -> Path:
        """The file with the output of a process."""
        return self.data_dir / "logs" / f"{name}.log"

    async def start(self, only: Iterable[str] | None = None) -> None:
        """Database, migrations, then the rest at once; returns when all are ready.

        Raises `NotReady` or `LocalError`; what was started goes on until `stop`.
        """
        chosen = [name for name in self.names if only is None or name in only]
        if "db" in chosen:
            await self.start_one("db")
        if NEED_MIGRATIONS & set(chosen):
            await self._migrate()
        rest = [name for name in chosen if name != "db"]
        try:
            async with asyncio.TaskGroup() as together:
                for name in rest:
                    together.create_task(self.start_one(name))
        except ExceptionGroup as group:
            raise group.exceptions[0] from group

    async def start_one(self, name: str) -> None:
        """Start one process, or start it again after it ended, and wait until it is ready."""
        child = self.children[name] = self._launch(name, self._table[name])
        if fact := self._facts().get(name):
            await until(fact, child, time.monotonic() + READY_WITHIN_S)

    def kill(self, name: str) -> None:
        """End a process and all its children as a crash would (`kill -9`)."""
        self.children[name].kill()

    def kill_all(self) -> None:
        """`kill -9` for everything; for the second Ctrl-C."""
        for child in self.children.values():
            child.kill()

    async def first_to_end(self) -> Child:
        """Wait until any process ends by itself."""
        while True:
            for child in self.children.values():
                if child.returncode is not None:
                    return child
            await asyncio.sleep(0.1)

    async def stop(self) -> None:
        """Stop everything within five seconds, the database last; no process stays."""
        await asyncio.gather(*(child.stop() for n, child in self.children.items() if n != "db"))
        if "db" in self.children:
            await self.children["db"].stop(LAST)
        self.children.clear()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    def _launch(self, name: str, command: Sequence[str]) -> Child:
        variables = common(os.environ) | self.variables.get(name, {})
        return Child.start(name, command, variables, self.log_of(name))

    async def _migrate(self) -> None:
        child = self._launch("migrations", MIGRATIONS)
        try:
            done = await child.ended(READY_WITHIN_S)
        finally:
            await child.stop()
        if not done or child.returncode != 0:
            raise LocalError(f"migrations failed: {child.last_line()} (see {child.log})")

    def _facts(self) -> dict[str, Fact]:
        ports = self.ports
        return {
            "db": lambda: says(self.log_of("db"), "ready on port"),
            "sfu": lambda: answers(f"http://{LOOPBACK}:{ports.sfu}"),
            "speech": lambda: listens(f"tcp://{LOOPBACK}:{ports.speech}"),
            "api": lambda: answers(f"{self.api_url}/v1/health"),
            # Its health page answers seconds before the SFU knows it, and a dispatch made in
            # between is lost.
            "agent": lambda: says(self.log_of("agent"), "registered worker"),
        }
