"""`python -m local.tested`: every test. First the many, two by two, then the rooms, alone.

A room measures what it hears, and what runs beside it makes it hear late: niceness does not help,
since the kernel shares the cores between sessions (autogroups), and each part of a platform is one.
Where the machine itself stood still under every test that was red (`tests/standstill.py`), those
are measured again.
"""

import subprocess
import sys

PYTEST = (sys.executable, "-m", "pytest")
MANY = (*PYTEST, "-n", "2", "--dist=loadfile", "-m", "unit or store or api or voice")
ROOMS = (*PYTEST, "-m", "room or web")
AGAIN = (*ROOMS, "--last-failed")

MOST_AGAIN = 2
STOOD_STILL = 79
"""How the rooms end when each red is one of a machine that stood still."""
STOPPED = 130


def main() -> int:
    """0 when all are green; what is red in the first part does not keep the second from running.
    Ctrl-C reaches every child by itself."""
    try:
        many, rooms = ended(MANY), ended(ROOMS)
        for _ in range(MOST_AGAIN):
            if rooms == STOOD_STILL:
                rooms = ended(AGAIN)
    except KeyboardInterrupt:
        return STOPPED
    return max(many, rooms, key=abs)


def ended(part: tuple[str, ...]) -> int:
    return subprocess.run(part, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
