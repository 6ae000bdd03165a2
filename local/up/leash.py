"""Become another program that ends when its parent ends: `leash.py SIGNAL USER -- PROGRAM ARGS…`.

Run with a bare interpreter, so that nothing but the standard library is needed. `USER` is `-` or
the account to become first (PostgreSQL refuses to run as root).
"""

import ctypes
import os
import pwd
import signal
import sys

PR_SET_PDEATHSIG = 1


def become(account: str) -> None:
    """Give up root for `account`."""
    entry = pwd.getpwnam(account)
    os.setgroups([])
    os.setgid(entry.pw_gid)
    os.setuid(entry.pw_uid)


def die_with_parent(name: str) -> None:
    """Ask the kernel to send signal `name` when the parent is gone; only Linux can."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.Signals[name].value)


def main(name: str, account: str, separator: str, *program: str) -> None:
    """Check the arguments' shape, then turn into `program`."""
    if separator != "--" or not program:
        raise SystemExit(__doc__)
    if account != "-":
        become(account)
    die_with_parent(name)
    os.execvp(program[0], program)


if __name__ == "__main__":
    main(*sys.argv[1:])
