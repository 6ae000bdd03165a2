"""`python3.11 -m local.setup`: all the set-up a fresh clone needs, nothing when it is done."""

from local.setup import python, sfu, web
from local.setup.lock import alone
from local.setup.python import LOCAL
from local.setup.told import told


def set_up() -> None:
    """Environment, SFU, web app; each only when it is missing or outdated."""
    LOCAL.mkdir(mode=0o700, exist_ok=True)
    for part in (python, sfu, web):
        if not part.is_current():
            with alone(LOCAL / "setup.lock", "set-up"):
                if not part.is_current():
                    part.make()


if __name__ == "__main__":
    told(set_up)
