"""`python3.11 -m local.setup.clean`: remove the environment, the caches and all local data."""

import shutil
from pathlib import Path

from local.setup.python import LOCAL, ROOT, VENV

CACHES = (".mypy_cache", ".ruff_cache", ".pytest_cache", ".import_linter_cache", ".hypothesis")


def main() -> None:
    """Delete; what is not there is fine."""
    # Under root the embedded database lies elsewhere, and a link points to it.
    for link in LOCAL.rglob("postgres"):
        if link.is_symlink():
            shutil.rmtree(link.resolve(), ignore_errors=True)
    for folder in (LOCAL, VENV, *(ROOT / name for name in CACHES)):
        shutil.rmtree(folder, ignore_errors=True)
    for cache in Path(ROOT).rglob("__pycache__"):
        shutil.rmtree(cache, ignore_errors=True)


if __name__ == "__main__":
    main()
