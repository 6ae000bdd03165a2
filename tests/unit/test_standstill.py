"""A red of a machine that stood still is told from one that counts."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from local import tested
from local.tested import AGAIN, MANY, ROOMS, STOOD_STILL
from tests.standstill import Watch
from tests.ticker import worst_s

pytestmark = pytest.mark.unit

ROOT = Path(__file__).parents[2]
CONFTEST = """
import time

from tests.standstill import Standstill
from tests.ticker import worst_s

class Told:
    def __init__(self):
        self.late = []

    def worst_s(self, since):
        return worst_s(self.late, since)

    def close(self):
        pass

def pytest_configure(config):
    config.pluginmanager.register(Standstill(Told), "standstill")
"""
HEAD = """
import time
import pytest

pytestmark = pytest.mark.room

def stand_still(request, seconds):
    time.sleep(seconds)
    clock = request.config.pluginmanager.get_plugin("standstill").clock
    clock.late.append((time.monotonic(), seconds))

def test_before(request):
    stand_still(request, 0.6)
"""
STILL = """
def test_still(request):
    stand_still(request, 0.4)
    assert False
"""
LITTLE = """
def test_little(request):
    stand_still(request, 0.1)
    assert False
"""
EXACT = "@pytest.mark.exact(0.06)" + LITTLE
COUNTS = """
def test_counts():
    assert False
"""
BREAKS = """
@pytest.fixture
def broken(request):
    stand_still(request, 0.4)
    raise ValueError

def test_breaks(broken):
    pass
"""


@pytest.fixture
def watch() -> Iterator[Watch]:
    one = Watch()
    yield one
    one.close()


def test_a_clock_of_its_own_knows_how_long_it_stood(watch: Watch) -> None:
    before = time.monotonic()
    os.kill(watch.pid, signal.SIGSTOP)
    time.sleep(0.4)
    os.kill(watch.pid, signal.SIGCONT)

    assert 0.3 <= watch.worst_s(before)


def test_a_process_that_is_busy_by_itself_is_no_machine_that_stands(watch: Watch) -> None:
    shares = []
    for _ in range(5):
        before = time.monotonic()
        sum(range(10_000_000))
        shares.append(watch.worst_s(before) / (time.monotonic() - before))

    assert min(shares) < 0.5


def test_of_what_began_before_only_what_lies_after_counts() -> None:
    late = [(10.0, 0.6), (11.0, 0.2), (12.0, 0.1)]

    assert 0.6 == pytest.approx(worst_s(late, 9.0))
    assert 0.2 == pytest.approx(worst_s(late, 9.9))
    assert 0.1 == pytest.approx(worst_s(late, 11.0))
    assert 0.0 == worst_s(late, 12.0)


@pytest.mark.parametrize(
    ("body", "code", "said"),
    [
        pytest.param("", 0, "0 of 0 reds", id="green"),
        pytest.param(STILL, STOOD_STILL, "1 of 1 reds", id="still"),
        pytest.param(BREAKS, STOOD_STILL, "1 of 1 reds", id="still_in_a_fixture"),
        pytest.param(EXACT, STOOD_STILL, "1 of 1 reds", id="exact"),
        pytest.param(LITTLE, 1, "0 of 1 reds", id="a_little_still"),
        pytest.param(COUNTS, 1, "0 of 1 reds", id="still_before"),
        pytest.param(STILL + COUNTS, 1, "1 of 2 reds", id="one_counts"),
    ],
)
def test_a_run_is_void_where_the_machine_stood_still_under_every_red(
    tmp_path: Path, body: str, code: int, said: str
) -> None:
    (tmp_path / "test_a_room.py").write_text(HEAD + body)
    (tmp_path / "conftest.py").write_text(CONFTEST)
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-c", os.devnull, "--rootdir", str(tmp_path), tmp_path],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert code == ended.returncode, ended.stdout
    assert said in ended.stdout


@pytest.mark.parametrize(
    ("codes", "asked", "code"),
    [
        ([0, 0], [MANY, ROOMS], 0),
        ([1, 0], [MANY, ROOMS], 1),
        ([0, 1], [MANY, ROOMS], 1),
        ([0, STOOD_STILL, 0], [MANY, ROOMS, AGAIN], 0),
        ([0, STOOD_STILL, 1], [MANY, ROOMS, AGAIN], 1),
        ([1, STOOD_STILL, 0], [MANY, ROOMS, AGAIN], 1),
        ([0, STOOD_STILL, STOOD_STILL, 0], [MANY, ROOMS, AGAIN, AGAIN], 0),
        ([0, *[STOOD_STILL] * 3], [MANY, ROOMS, AGAIN, AGAIN], STOOD_STILL),
    ],
)
def test_what_a_standing_machine_made_red_is_measured_again(
    monkeypatch: pytest.MonkeyPatch,
    codes: list[int],
    asked: list[tuple[str, ...]],
    code: int,
) -> None:
    parts: list[tuple[str, ...]] = []

    def ended(part: tuple[str, ...]) -> int:
        parts.append(part)
        return codes[len(parts) - 1]

    monkeypatch.setattr(tested, "ended", ended)

    assert code == tested.main()
    assert asked == parts
