"""`python -m local.released --check | --write`: may clients of the last release go on as they are?

`--check` fails when the current document breaks them, `--write` makes it the one to compare with.
Before the first release there is nothing to compare.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from local.errors import LocalError
from local.setup import oasdiff
from local.up.child import ROOT

CURRENT = ROOT / "docs" / "openapi.json"
RELEASED = ROOT / "docs" / "openapi.released.json"
SEVERITIES = Path(__file__).with_name("severities.txt")
"""What `docs/guide/versioning.md` admits and oasdiff would not."""

NOTICE_DAYS = 365


def breaking(released: Path, current: Path) -> str:
    """What a client of `released` would break on, for people; empty when there is nothing."""
    command = [str(oasdiff.installed()), "breaking", str(released), str(current)]
    rules = ["--severity-levels", str(SEVERITIES), "--deprecation-days-stable", str(NOTICE_DAYS)]
    done = subprocess.run(
        [*command, *rules, "--fail-on", "ERR", "--color", "never"],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in (0, 1) or done.stderr:
        raise LocalError(f"oasdiff: {done.stderr.strip()}")
    return done.stdout if done.returncode else ""


def main() -> None:
    """Check or write."""
    match sys.argv[1:]:
        case ["--write"]:
            shutil.copy(CURRENT, RELEASED)
        case ["--check"] if RELEASED.exists():
            try:
                found = breaking(RELEASED, CURRENT)
            except LocalError as error:
                sys.exit(f"released: {error}")
            if found:
                sys.exit(f"{found}\nreleased: clients of the last release would break")
        case ["--check"]:
            print("released: no release to compare with yet")
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
