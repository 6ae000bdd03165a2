"""Data outside an installation's folder have one owner, and are deleted with nobody else's."""

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from local.elsewhere import NOTE, discard, home_of
from local.errors import LocalError
from local.setup import clean

pytestmark = pytest.mark.unit


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    (tmp_path / "shelf").mkdir()
    return tmp_path / "shelf"


def installation(folder: Path) -> Path:
    """The link that an installation in `folder` has, once it has data."""
    folder.mkdir(exist_ok=True)
    return folder / "postgres"


def opened(link: Path, shelf: Path, *, passing: bool = False) -> Path:
    """The data of `link`, with something in them."""
    home = home_of(link, shelf, passing=passing)
    (home / "pg18").mkdir(exist_ok=True)
    return home


def run_server(home: Path, pid: int) -> None:
    (home / "pg18" / "postmaster.pid").write_text(f"{pid}\n{home}\n")


def pid_of_the_past() -> int:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


def test_an_installation_finds_its_data_again(tmp_path: Path, shelf: Path) -> None:
    link = installation(tmp_path / "a")

    home = opened(link, shelf)

    assert home == opened(link, shelf) == link.resolve()
    assert str(link) == (home / NOTE).read_text()


def test_a_moved_installation_keeps_its_data_whoever_starts_first(
    tmp_path: Path, shelf: Path
) -> None:
    home = opened(installation(tmp_path / "a"), shelf)
    (tmp_path / "a").rename(tmp_path / "moved")
    opened(installation(tmp_path / "b"), shelf)

    assert home == opened(tmp_path / "moved" / "postgres", shelf)
    assert str(tmp_path / "moved" / "postgres") == (home / NOTE).read_text()


def test_a_copied_installation_is_told_whose_the_data_are(tmp_path: Path, shelf: Path) -> None:
    link = installation(tmp_path / "a")
    home = opened(link, shelf)
    shutil.copytree(tmp_path / "a", tmp_path / "copy", symlinks=True)

    with pytest.raises(LocalError, match=f"belongs to {tmp_path / 'a'}: remove .*/copy/postgres"):
        home_of(tmp_path / "copy" / "postgres", shelf, passing=False)

    assert home == opened(link, shelf)


def test_cleaning_a_copy_leaves_the_data_of_the_original(tmp_path: Path, shelf: Path) -> None:
    link = installation(tmp_path / "a")
    home = opened(link, shelf)
    shutil.copytree(tmp_path / "a", tmp_path / "copy", symlinks=True)

    discard(tmp_path / "copy" / "postgres")

    assert not (tmp_path / "copy" / "postgres").is_symlink()
    assert home == opened(link, shelf)


@pytest.mark.parametrize("folder", ["a", "moved"])
def test_cleaning_deletes_the_data_that_are_ours(tmp_path: Path, shelf: Path, folder: str) -> None:
    home = opened(installation(tmp_path / "a"), shelf)
    (tmp_path / "a").rename(tmp_path / folder)

    discard(tmp_path / folder / "postgres")

    assert not home.exists()
    assert not (tmp_path / folder / "postgres").is_symlink()


def test_data_of_a_running_server_are_not_deleted(
    tmp_path: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = installation(tmp_path / "a")
    home = opened(link, shelf)
    run_server(home, os.getpid())
    for name in ("ROOT", "LOCAL", "VENV"):
        monkeypatch.setattr(clean, name, tmp_path)

    with pytest.raises(SystemExit, match="^clean: the database in .*/a is running: stop it first"):
        clean.main()

    assert home == link.resolve()


def test_starts_at_the_same_time_get_the_same_data(tmp_path: Path, shelf: Path) -> None:
    link = installation(tmp_path / "a")

    with ThreadPoolExecutor(8) as pool:
        homes = list(pool.map(lambda _: home_of(link, shelf, passing=True), range(32)))

    assert {link.resolve()} == set(homes)
    assert homes[:1] == list(shelf.glob("data-*"))


def test_passing_data_are_swept_when_their_folder_is_gone(tmp_path: Path, shelf: Path) -> None:
    home = opened(installation(tmp_path / "a"), shelf, passing=True)
    run_server(home, pid_of_the_past())
    shutil.rmtree(tmp_path / "a")

    opened(installation(tmp_path / "b"), shelf)

    assert not home.exists()


@pytest.mark.parametrize(
    ("passing", "is_deleted", "pid"),
    [(True, False, 0), (False, True, 0), (True, True, os.getpid())],
    ids=["not while the folder is there", "not what was to last", "not under a running server"],
)
def test_no_other_data_are_ever_swept(
    tmp_path: Path, shelf: Path, passing: bool, is_deleted: bool, pid: int
) -> None:
    home = opened(installation(tmp_path / "a"), shelf, passing=passing)
    run_server(home, pid or pid_of_the_past())
    if is_deleted:
        shutil.rmtree(tmp_path / "a")

    opened(installation(tmp_path / "b"), shelf)

    assert (home / "pg18").exists()


def test_data_with_an_empty_note_are_left_alone(tmp_path: Path, shelf: Path) -> None:
    home = opened(installation(tmp_path / "a"), shelf, passing=True)
    (home / NOTE).write_text("")

    opened(installation(tmp_path / "b"), shelf)

    assert (home / "pg18").exists()


def test_passing_data_that_are_opened_to_last_are_passing_no_more(
    tmp_path: Path, shelf: Path
) -> None:
    link = installation(tmp_path / "a")
    home = opened(link, shelf, passing=True)
    opened(link, shelf, passing=False)
    opened(link, shelf, passing=True)
    shutil.rmtree(tmp_path / "a")

    opened(installation(tmp_path / "b"), shelf)

    assert (home / "pg18").exists()


def test_a_link_to_nothing_begins_anew(tmp_path: Path, shelf: Path) -> None:
    link = installation(tmp_path / "a")
    shutil.rmtree(opened(link, shelf))

    assert opened(link, shelf).is_dir()


def test_data_of_another_account_are_one_clear_line(tmp_path: Path, shelf: Path) -> None:
    link = installation(tmp_path / "a")
    link.mkdir()

    with pytest.raises(LocalError, match="run this as that account"):
        home_of(link, shelf, passing=False)
