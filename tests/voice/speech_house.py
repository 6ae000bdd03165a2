"""The embedded speech server as a process of its own, for the tests that speak its protocol."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from local.ports import free_port

ROOT = Path(__file__).parents[2]
KEY = "a-key-for-tests-of-the-speech-server"
RATE = 16_000
LISTEN = "encoding=linear16&sample_rate=16000&interim_results=true"
AUTHORISED = {"Authorization": f"Token {KEY}"}


@dataclass(frozen=True)
class Server:
    """Where it answers, and its process."""

    port: int
    pid: int

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def engines(self, module: str) -> list[int]:
        """The process ids of its engines of one kind, the oldest first."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                command = (folder / "cmdline").read_bytes()
            except (FileNotFoundError, ProcessLookupError):
                continue
            if parent == self.pid and module.encode() in command:
                found.append(int(folder.name))
        return sorted(found)

    def signal_engines(self, module: str, what: signal.Signals) -> None:
        for pid in self.engines(module):
            os.kill(pid, what)


def variables(port: int, **more: str) -> dict[str, str]:
    settings = {"HOST": "127.0.0.1", "PORT": str(port), "KEY": KEY, **more}
    return {f"VIVAVOCE_SPEECH_{name}": value for name, value in settings.items()}


@contextmanager
def serving(log: Path, **more: str) -> Iterator[Server]:
    """The real process, ended at the end; what it complains of is in `log`."""
    port = free_port()
    with (
        log.open("wb") as complaints,
        subprocess.Popen(
            [sys.executable, "-m", "local.speech"],
            env=variables(port, **more),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=complaints,
        ) as child,
    ):
        try:
            assert child.stdout is not None
            assert b"ready" in child.stdout.readline()
            yield Server(port, child.pid)
        finally:
            child.terminate()
            assert 0 == child.wait(10)
    assert "Traceback" not in log.read_text()
