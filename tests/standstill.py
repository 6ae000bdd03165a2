"""Did the machine stand still while a room was measured? Then a red says nothing, and it says so.

A room is real time: sound that is held against the clock, a candidate who speaks into the third
tenth of a second of a line. A machine that is shared stands still for a second now and then, and
whoever measures stands with it. Nothing is counted as green for that: the reds stay, with how long
the machine stood; only the run ends with a code of its own, and `local.tested` measures again.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Protocol

import pytest

from local.tested import STOOD_STILL

TOLERANCE_S = 0.5
"""What a test in a room bears when it does not say `exact`."""

_BEGAN = pytest.StashKey[float]()


class Clock(Protocol):
    """Knows since an instant (monotonic seconds) how long the machine stood still at most."""

    def worst_s(self, since: float) -> float: ...

    def close(self) -> None: ...


class Watch:
    """A clock beside the tests, in a process of its own: theirs may be busy by itself."""

    def __init__(self) -> None:
        self._ticker = subprocess.Popen(
            [sys.executable, "-S", str(Path(__file__).with_name("ticker.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.worst_s(time.monotonic())  # it ticks from here on

    @property
    def pid(self) -> int:
        return self._ticker.pid

    def worst_s(self, since: float) -> float:
        """As it is known after one more tick."""
        assert self._ticker.stdin is not None
        assert self._ticker.stdout is not None
        self._ticker.stdin.write(f"{since}\n".encode())
        self._ticker.stdin.flush()
        return float(self._ticker.stdout.readline())

    def close(self) -> None:
        self._ticker.communicate()


def is_real_time(item: pytest.Item) -> bool:
    """Whether it holds a talk, in a room or in a browser."""
    reach = {mark.name for mark in item.iter_markers()}
    return "room" in reach or ("web" in reach and "platform" in getattr(item, "fixturenames", ()))


def bears_s(item: pytest.Item) -> float:
    """An instrument that was itself off by half of what is borne has measured nothing."""
    mark = item.get_closest_marker("exact")
    return (TOLERANCE_S if mark is None else float(mark.args[0])) / 2


class Standstill:
    """A plugin of pytest; starts its clock with the first test that needs it."""

    def __init__(self, new_clock: Callable[[], Clock] = Watch) -> None:
        self._new_clock = new_clock
        self.clock: Clock | None = None
        self._began = time.monotonic()
        self._void = 0
        self._red = 0

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        if is_real_time(item):
            self.clock = self.clock or self._new_clock()
            item.stash[_BEGAN] = time.monotonic()
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        if report.failed:
            self._red += 1
            if self.clock is not None and _BEGAN in item.stash:
                worst_s = self.clock.worst_s(item.stash[_BEGAN])
                is_void = worst_s >= bears_s(item)
                self._void += is_void
                verdict = "this is to be measured again" if is_void else "this counts"
                said = f"It stood still for {worst_s:.2f} s at most while this ran: {verdict}."
                report.sections.append(("The machine", said))
        return report

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.clock is not None:
            worst_s = self.clock.worst_s(self._began)
            terminalreporter.write_line(
                f"The machine stood still for {worst_s:.2f} s at most; "
                f"{self._void} of {self._red} reds are to be measured again for it."
            )

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        if exitstatus == pytest.ExitCode.TESTS_FAILED and 0 < self._void == self._red:
            session.exitstatus = STOOD_STILL

    def pytest_unconfigure(self) -> None:
        if self.clock is not None:
            self.clock.close()
