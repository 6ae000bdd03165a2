"""`python3.11 -m local.setup.locked`: does the lock file follow from pyproject.toml?"""

import subprocess
import sys

from local.errors import LocalError
from local.setup.python import ROOT, uv


def main() -> None:
    """Exits with uv's code; asks no index."""
    try:
        done = subprocess.run([uv(), "lock", "--check", "--offline"], cwd=ROOT, check=False)
    except LocalError as error:
        sys.exit(f"check: {error}")
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
