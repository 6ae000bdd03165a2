"""Data that lie outside their installation's folder, where another account can reach them.

The folder has a link to its data; a note with the data names that link, and one link alone owns
them: a copied folder has a link too. Part of set-up, hence nothing but the standard library.
"""

import os
import shutil
import tempfile
from pathlib import Path

from local.errors import LocalError
from local.setup.lock import alone

NOTE = "pointed-from"
PASSING = "passing"
LOCK = "lock"


def home_of(link: Path, shelf: Path, *, passing: bool) -> Path:
    """The folder on `shelf` that `link` owns, made at the first call; then `link` points there.

    `passing` data may be swept when the folder of their link is gone; no other data ever are.
    Raises `LocalError` when `link` is no link, or a copy of another one.
    """
    with alone(shelf / LOCK, "db"):
        _sweep(shelf)
        home = _existing(link) or _new(link, shelf)
        # Only now: data without a note are left alone by every sweep.
        if _noted(home) != link:
            _write_note(home, link)
        if passing and not any(each.name != NOTE for each in home.iterdir()):
            (home / PASSING).touch()
        elif not passing:
            (home / PASSING).unlink(missing_ok=True)
        return home


def discard(link: Path) -> None:
    """Delete the data that `link` owns, and the link; of a copy only the link.

    Raises `LocalError` while a server runs on the data.
    """
    if not link.is_symlink():
        return
    home = link.resolve()
    if home.is_dir() and _noted(home) is not None and _owner_beside(link, home) is None:
        if _is_in_use(home):
            raise LocalError(f"the database in {link.parent} is running: stop it first")
        shutil.rmtree(home, ignore_errors=True)
    link.unlink(missing_ok=True)


def _existing(link: Path) -> Path | None:
    if not link.is_symlink():
        if link.exists():
            raise LocalError(f"{link} was made by another account: run this as that account")
        return None
    if not link.exists():
        link.unlink()
        return None
    home = link.resolve()
    if other := _owner_beside(link, home):
        raise LocalError(
            f"{link.parent} is a copy, its database belongs to {other.parent}: "
            f"remove {link} to begin with an empty one here"
        )
    return home


def _new(link: Path, shelf: Path) -> Path:
    home = Path(tempfile.mkdtemp(prefix="data-", dir=shelf))
    link.symlink_to(home)
    return home


def _owner_beside(link: Path, home: Path) -> Path | None:
    """The link that owns `home` when that is not `link`; None also when its folder was moved."""
    noted = _noted(home)
    if noted is None or not noted.is_symlink() or noted.resolve() != home:
        return None
    return None if noted.parent.samefile(link.parent) else noted


def _noted(home: Path) -> Path | None:
    note = home / NOTE
    return Path(note.read_text()) if note.exists() else None


def _write_note(home: Path, link: Path) -> None:
    fresh = home / f".{NOTE}"
    fresh.write_text(str(link))
    fresh.replace(home / NOTE)


def _sweep(shelf: Path) -> None:
    """Remove passing data whose folder was deleted; nothing else would."""
    for mark in shelf.glob(f"data-*/{PASSING}"):
        noted = _noted(mark.parent)
        if noted is not None and not noted.parent.exists() and not _is_in_use(mark.parent):
            shutil.rmtree(mark.parent, ignore_errors=True)


def _is_in_use(home: Path) -> bool:
    """Whether a server runs there; the first line of its lock file is its process id."""
    for file in home.glob("*/postmaster.pid"):
        lines = file.read_text().splitlines()
        if lines and lines[0].isdigit() and _is_alive(int(lines[0])):
            return True
    return False


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
