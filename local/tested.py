"""`python -m local.tested`: every test. Rooms take their time, the others what is left of it.

A room spends most of its time in listening, and measures what it hears; so the other tests run
beside it, two by two, and give way whenever it wants the machine.
"""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from local.environment import DATA

PYTEST = (sys.executable, "-m", "pytest")
ROOMS = (*PYTEST, "-m", "room or web")
POLITE = ("nice", "-n", "15")
"""What is so nice gets about a thirtieth of a core that somebody else wants."""

OTHERS = (*POLITE, *PYTEST, "-n", "2", "--dist=loadfile", "-m", "unit or store or api or voice")

STOPPED = 130


def _others(path: Path) -> int:
    """Runs them out of sight, and shows at their end what they said."""
    with path.open("w") as file:
        ended = subprocess.run(OTHERS, stdout=file, stderr=subprocess.STDOUT, check=False)
    print(f"\n{path.read_text()}", flush=True)
    return ended.returncode


def main() -> int:
    """0 when all are green. Ctrl-C reaches every child by itself."""
    path = DATA / "tests" / "others.log"
    path.parent.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(1) as beside:
        others = beside.submit(_others, path)
        try:
            rooms = subprocess.run(ROOMS, check=False).returncode
        except KeyboardInterrupt:
            return STOPPED
        return rooms or others.result()


if __name__ == "__main__":
    sys.exit(main())
