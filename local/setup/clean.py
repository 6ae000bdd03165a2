"""`python3.11 -m local.setup.clean`: remove the environment, the caches and all local data."""

import shutil
import sys
from pathlib import Path

from local.elsewhere import discard
from local.errors import LocalError
from local.setup import web
from local.setup.python import LOCAL, ROOT, VENV

CACHES = (".mypy_cache", ".ruff_cache", ".pytest_cache", ".import_linter_cache", ".hypothesis")


def clean() -> None:
    """Delete; what is not there is fine. Raises `LocalError` while a database of ours runs."""
    # Under root the embedded database lies elsewhere, and a link points to it.
    for link in LOCAL.rglob("postgres"):
        discard(link)
    for folder in (LOCAL, VENV, *(ROOT / name for name in CACHES)):
        shutil.rmtree(folder, ignore_errors=True)
    web.discard()
    for cache in Path(ROOT).rglob("__pycache__"):
        shutil.rmtree(cache, ignore_errors=True)


def main() -> None:
    """Run, and say in one line why it cannot."""
    try:
        clean()
    except PermissionError as error:
        sys.exit(f"clean: {error.filename} belongs to another account: run this as that account")
    except LocalError as error:
        sys.exit(f"clean: {error}")


if __name__ == "__main__":
    main()
