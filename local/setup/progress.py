"""Run a long command and let the person see that it is alive."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from local.errors import LocalError

POLL_S = 0.2
LINE_EVERY_S = 5.0


def run(
    doing: str, command: Sequence[str], log: Path, environment: Mapping[str, str] | None = None
) -> None:
    """Run `command` with its output in `log`; raises `LocalError` when it fails.

    On a terminal one line counts the seconds; elsewhere a line is written every few seconds.
    """
    log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    started = time.monotonic()
    with log.open("wb") as output:
        process = subprocess.Popen(
            list(command),
            env=variables_with(environment or {}),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _watch(process, doing, started, log)
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
    if process.returncode != 0:
        raise LocalError(f"{doing} failed: {_last_line(log)} (see {log})")
    _say(f"{doing}: done in {time.monotonic() - started:.0f} s", last=True)


def variables_with(more: Mapping[str, str]) -> dict[str, str]:
    """This process's variables, and `more`."""
    return {**os.environ, **more}


def _watch(process: subprocess.Popen[bytes], doing: str, started: float, log: Path) -> None:
    _say(f"{doing} …")
    said = started
    while process.poll() is None:
        time.sleep(POLL_S)
        now = time.monotonic()
        if sys.stdout.isatty() or now - said >= LINE_EVERY_S:
            said = now
            _say(f"{doing} … {now - started:.0f} s, {_lines(log)} steps")


def _say(text: str, *, last: bool = False) -> None:
    if sys.stdout.isatty():
        print(f"\r\033[K{text}", end="\n" if last else "", flush=True)
    else:
        print(text, flush=True)


def _lines(log: Path) -> int:
    return log.read_bytes().count(b"\n")


def _last_line(log: Path) -> str:
    lines = log.read_text(errors="replace").splitlines()
    said = [line.strip() for line in lines if line.strip()] or ["no output"]
    # Tools like to end with a hint; the reason stands above it.
    return next((line for line in reversed(said) if line.startswith("error")), said[-1])
