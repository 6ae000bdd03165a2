"""One process: started in a group of its own, watched, and stopped together with its children."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from local.errors import NotReady

LEASH = Path(__file__).with_name("leash.py")
ROOT = Path(__file__).parents[2]

Steps = Sequence[tuple[signal.Signals, float]]

# Signals and how long to wait after each, in seconds, before the process is killed. An agent or an
# SFU that is busy drains at the first SIGTERM and leaves at the second.
FIRMLY: Steps = ((signal.SIGTERM, 1.2), (signal.SIGTERM, 0.8))

POLL_S = 0.02


class Child:
    """A running process, its output in a file."""

    def __init__(self, name: str, process: subprocess.Popen[bytes], group: bool, log: Path) -> None:
        self.name = name
        self.log = log
        self._process = process
        self._group = group

    @classmethod
    def start(
        cls,
        name: str,
        command: Sequence[str],
        environment: Mapping[str, str],
        log: Path,
        *,
        at_parents_end: signal.Signals = signal.SIGKILL,
        account: str | None = None,
        own_group: bool = True,
    ) -> "Child":
        """Run `command` in the repository's root with exactly `environment`, output into `log`.

        The log of the time before is kept as `….log.1`.
        """
        log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if log.exists():
            log.replace(log.with_suffix(".log.1"))
        leash = [sys.executable, "-I", "-S", str(LEASH), at_parents_end.name, account or "-", "--"]
        with open(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as output:
            process = subprocess.Popen(
                [*leash, *command],
                cwd=ROOT,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=own_group,
            )
        return cls(name, process, own_group, log)

    @property
    def pid(self) -> int:
        """The process id, which is the group's id too."""
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        """None while it runs; negative when a signal ended it."""
        return self._process.poll()

    def send(self, what: signal.Signals) -> None:
        """Send a signal to the process alone; one that has ended is left in peace."""
        self._process.send_signal(what)

    def kill(self) -> None:
        """End the whole group at once (`kill -9`) and reap the process."""
        if self._group:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)
        self._process.kill()
        self._process.wait()

    async def ended(self, within_s: float = float("inf")) -> bool:
        """Whether it has ended, or does so within the time given."""
        deadline = time.monotonic() + within_s
        while self.returncode is None:
            if time.monotonic() >= deadline:
                return False
            await asyncio.sleep(POLL_S)
        return True

    async def stop(self, steps: Steps = FIRMLY) -> None:
        """Signal it step by step until it ends, then kill it or what is left of its group."""
        for what, patience_s in steps:
            if self.returncode is not None:
                break
            self.send(what)
            await self.ended(patience_s)
        self.kill()

    def require_running(self) -> None:
        """Raises `NotReady` with the last line it wrote when it has ended."""
        if (code := self.returncode) is not None:
            said = self.last_line()
            raise NotReady(f"{self.name} ended with code {code}: {said} (see {self.log})")

    def last_line(self) -> str:
        """The last line of its output that is not empty."""
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        return next((line.strip() for line in reversed(lines) if line.strip()), "no output")
