"""Set-up of a fresh clone with the standard library alone: uv, the environment, the SFU."""

import sys

# Here, because this file runs before any other of the package is even read.
if not (3, 11) <= sys.version_info < (3, 14):
    sys.exit(
        f"set-up: needs Python 3.11, 3.12 or 3.13, this is {sys.version.split()[0]}; "
        "name another one, e.g. make setup PYTHON=python3.11"
    )
