"""Find or build the LiveKit server, once for all clones on a machine."""

import os
import shutil
import subprocess
from pathlib import Path

from local.errors import LocalError

VERSION = "1.13.5"
SERIES = "1.13."
ROOT = Path(__file__).parents[2]


def cached() -> Path:
    """Where a server that we built is kept, outside the clone."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "vivavoce" / f"livekit-server-{VERSION}" / "livekit-server"


def found() -> Path | None:
    """A usable server: the clone's own link, one of the series on PATH, or the cached one."""
    linked = ROOT / ".local" / "bin" / "livekit-server"
    if linked.exists():
        return linked
    on_path = shutil.which("livekit-server")
    if on_path and _version_of(on_path).startswith(SERIES):
        return Path(on_path)
    return cached() if cached().exists() else None


def installed() -> Path:
    """The server to run; raises `LocalError` when set-up has not been done."""
    server = found()
    if server is None:
        raise LocalError("livekit-server is not installed: make setup")
    return server


def _version_of(program: str) -> str:
    asked = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    return asked.stdout.strip().rpartition(" ")[2]
