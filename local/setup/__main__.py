"""`python3.11 -m local.setup`: all the set-up a fresh clone needs, nothing when it is done."""

import sys

from local.errors import LocalError
from local.setup import python, sfu, web
from local.setup.lock import alone
from local.setup.python import LOCAL


def set_up() -> None:
    """Environment, SFU, web app; each only when it is missing or outdated."""
    LOCAL.mkdir(mode=0o700, exist_ok=True)
    for part in (python, sfu, web):
        if not part.is_current():
            with alone(LOCAL / "setup.lock", "set-up"):
                if not part.is_current():
                    part.make()


def main() -> None:
    """Run, and say in one line what to do when it cannot."""
    try:
        set_up()
    except LocalError as error:
        sys.exit(f"set-up: {error}")
    except KeyboardInterrupt:
        sys.exit("set-up: stopped; run it again to go on")


if __name__ == "__main__":
    main()
