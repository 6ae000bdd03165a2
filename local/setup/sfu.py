"""Find or build the LiveKit server, once for all clones on a machine."""

import os
import shutil
import subprocess
from pathlib import Path

from local.errors import LocalError
from local.setup import go
from local.setup.lock import alone
from local.setup.python import LOCAL

VERSION = "1.13.5"
SERIES = "1.13."
SOURCE = f"github.com/livekit/livekit-server/cmd/server@v{VERSION}"
LINK = LOCAL / "bin" / "livekit-server"

INSTEAD = (
    f"to skip the build put livekit-server {SERIES}x on PATH: from Homebrew (livekit), from "
    "LiveKit's official installer, or out of its container image (livekit/livekit-server)"
)


def cached() -> Path:
    """Where a server that we built is kept, outside the clone."""
    return go.cache() / f"livekit-server-{VERSION}" / "livekit-server"


def is_current() -> bool:
    """Whether the clone's link leads to a server that is there and of the version we want."""
    if not LINK.exists():
        return False
    server = LINK.resolve()
    if server.is_relative_to(go.cache().resolve()):
        return server == cached().resolve()
    return _version(server).startswith(SERIES)


def installed() -> Path:
    """The server to run; raises `LocalError` when set-up has not been done."""
    server = LINK if LINK.exists() else _on_path() or cached()
    if not server.exists():
        raise LocalError("livekit-server is not installed: make setup")
    return server


def make() -> None:
    """Link a server into `.local/bin`: the one on PATH, the cached one, or one built now."""
    server = _on_path() or cached()
    if not server.exists():
        with alone(server.parent.parent / "lock", f"livekit-server {VERSION}"):
            if not server.exists():
                _build(server)
    LINK.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = LINK.with_name(f".livekit-server.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(server)
    fresh.replace(LINK)


def _build(server: Path) -> None:
    doing = f"livekit-server {VERSION}, built once for this machine (2 to 4 minutes)"
    try:
        go.install(SOURCE, server, doing)
    except LocalError as error:
        raise LocalError(f"{error}; {INSTEAD}") from error


def _on_path() -> Path | None:
    """The server on PATH when it is of our series; says so when it is not."""
    program = shutil.which("livekit-server")
    if program is None:
        return None
    if (version := _version(program)).startswith(SERIES):
        return Path(program)
    print(f"{program} is {version or 'of no known version'}, not {SERIES}x: not used", flush=True)
    return None


def _version(program: str | Path) -> str:
    try:
        asked = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return asked.stdout.strip().rpartition(" ")[2]
