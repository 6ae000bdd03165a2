"""`python -m local.tested`: every test. First the many, two by two, then the rooms, alone.

A room measures what it hears, and what runs beside it makes it hear late: niceness does not help,
since the kernel shares the cores between sessions (autogroups), and each part of a platform is one.
"""

import subprocess
import sys

PYTEST = (sys.executable, "-m", "pytest")
MANY = (*PYTEST, "-n", "2", "--dist=loadfile", "-m", "unit or store or api or voice")
ROOMS = (*PYTEST, "-m", "room or web")

STOPPED = 130


def main() -> int:
    """0 when all are green; what is red in the first part does not keep the second from running.
    Ctrl-C reaches every child by itself."""
    try:
        ended = [subprocess.run(part, check=False).returncode for part in (MANY, ROOMS)]
    except KeyboardInterrupt:
        return STOPPED
    return max(ended, key=abs)


if __name__ == "__main__":
    sys.exit(main())
