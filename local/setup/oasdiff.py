"""`python3.11 -m local.setup.oasdiff`: the tool that finds breaking changes, for checks and tests.

Built once for all clones on a machine; who only runs the platform never needs it.
"""

from pathlib import Path

from local.errors import LocalError
from local.setup import go
from local.setup.lock import alone
from local.setup.told import told

VERSION = "1.37.0"
SOURCE = f"github.com/oasdiff/oasdiff@v{VERSION}"


def installed() -> Path:
    """Where it is kept; raises `LocalError` when it was not built."""
    if not cached().exists():
        raise LocalError("oasdiff is not installed: make check")
    return cached()


def cached() -> Path:
    """The place of the version we want."""
    return go.cache() / f"oasdiff-{VERSION}" / "oasdiff"


def make() -> None:
    """Build it when it is not there."""
    program = cached()
    if program.exists():
        return
    with alone(program.parent.parent / "oasdiff.lock", f"oasdiff {VERSION}"):
        if not program.exists():
            doing = f"oasdiff {VERSION}, built once for this machine (1 to 3 minutes)"
            go.install(SOURCE, program, doing)


if __name__ == "__main__":
    told(make)
