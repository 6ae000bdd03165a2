"""Set-up does what is missing once, alone, and says in one line what it cannot do."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from local.errors import LocalError
from local.setup import go, progress, python, sfu
from local.setup.lock import alone

pytestmark = pytest.mark.unit

ROOT = Path(__file__).parents[2]


def program(folder: Path, name: str, says: str) -> None:
    """A program of that name which prints one line."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\necho '{says}'\n")
    path.chmod(0o755)


def put_in_cache() -> None:
    sfu.cached().parent.mkdir(parents=True, exist_ok=True)
    sfu.cached().touch()


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with nothing: an empty PATH, an empty cache, a clone without `.local`."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for module in (go, python, sfu):
        monkeypatch.setattr(module, "LOCAL", tmp_path / "local")
    monkeypatch.setattr(sfu, "LINK", tmp_path / "local" / "bin" / "livekit-server")
    return tmp_path


def test_an_sfu_of_the_right_series_on_path_is_taken(bare: Path) -> None:
    program(bare / "bin", "livekit-server", "livekit-server version 1.13.9")

    sfu.make()

    assert bare / "bin" / "livekit-server" == sfu.installed().resolve()


def test_an_sfu_of_another_series_is_passed_over_for_the_cached_one(
    bare: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program(bare / "bin", "livekit-server", "livekit-server version 1.12.0")
    put_in_cache()

    sfu.make()

    assert sfu.cached() == sfu.installed().resolve()
    where = bare / "bin" / "livekit-server"
    assert f"{where} is 1.12.0, not 1.13.x: not used\n" == capsys.readouterr().out


def test_an_sfu_on_path_that_was_upgraded_out_of_the_series_is_replaced(bare: Path) -> None:
    program(bare / "bin", "livekit-server", "livekit-server version 1.13.9")
    sfu.make()
    assert sfu.is_current()
    program(bare / "bin", "livekit-server", "livekit-server version 1.14.0")
    put_in_cache()

    assert not sfu.is_current()
    sfu.make()

    assert sfu.is_current()
    assert sfu.cached() == sfu.installed().resolve()


def test_an_sfu_that_we_built_is_outdated_when_another_version_is_wanted(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_in_cache()
    sfu.make()
    assert sfu.is_current()

    monkeypatch.setattr(sfu, "VERSION", "1.13.99")

    assert not sfu.is_current()


def test_without_an_sfu_one_line_says_what_to_do(bare: Path) -> None:
    with pytest.raises(LocalError, match="make setup"):
        sfu.installed()


def test_a_link_to_an_sfu_that_is_gone_is_made_anew(bare: Path) -> None:
    put_in_cache()
    sfu.make()
    sfu.cached().unlink()
    assert not sfu.is_current()
    put_in_cache()

    sfu.make()

    assert sfu.is_current()
    assert sfu.cached() == sfu.installed().resolve()


def test_a_failed_build_names_the_ways_around_it_and_leaves_nothing(bare: Path) -> None:
    program(bare / "bin", "go", "go1.26.1")
    (bare / "bin" / "go").write_text(
        '#!/bin/sh\n[ "$1" = env ] && echo go1.26.1 && exit\necho no network >&2; exit 1\n'
    )

    with pytest.raises(LocalError, match="failed: no network .*Homebrew.*installer.*container"):
        sfu.make()

    assert [] == list(sfu.cached().parent.iterdir())


def test_a_built_sfu_is_put_in_place_whole(bare: Path) -> None:
    program(bare / "bin", "go", "")
    (bare / "bin" / "go").write_text(
        '#!/bin/sh\n[ "$1" = env ] && echo go1.26.1 && exit\necho built > "$GOBIN/server"\n'
    )

    sfu.make()

    assert "built\n" == sfu.installed().read_text()
    assert ["livekit-server"] == [path.name for path in sfu.cached().parent.iterdir()]


@pytest.mark.parametrize(
    ("says", "version"),
    [("go1.26.8", (1, 26)), ("go1.9", (1, 9)), ("devel", (0, 0)), ("", (0, 0))],
)
def test_the_version_of_go_is_read(tmp_path: Path, says: str, version: tuple[int, int]) -> None:
    program(tmp_path, "go", says)

    assert version == go._version(str(tmp_path / "go"))


def test_without_uv_and_pip_one_line_says_what_to_do(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(python, "find_spec", lambda name: None)

    with pytest.raises(LocalError, match="install uv"):
        python.uv()


def test_two_set_ups_never_work_at_the_same_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    order: list[str] = []
    waiting = threading.Event()

    def second() -> None:
        waiting.set()
        with alone(tmp_path / "lock", "set-up"):
            order.append("second")

    with alone(tmp_path / "lock", "set-up"):
        other = threading.Thread(target=second)
        other.start()
        waiting.wait()
        other.join(0.2)
        order.append("first")
    other.join()

    assert ["first", "second"] == order
    assert "waiting" in capsys.readouterr().out


def test_a_failed_step_reports_its_last_line_and_where_the_rest_is(tmp_path: Path) -> None:
    log = tmp_path / "step.log"

    with pytest.raises(LocalError, match=f"baking failed: too hot .*{log}"):
        progress.run("baking", ["sh", "-c", "echo warm; echo too hot; exit 2"], log)


def test_set_up_needs_nothing_but_the_standard_library() -> None:
    bare_python = [sys.executable, "-S", "-c", "import local.setup.__main__"]

    done = subprocess.run(bare_python, cwd=ROOT, env={"PATH": os.defpath}, check=False)

    assert 0 == done.returncode
