"""An event loop whose time leaps to the next timer: minutes of talk in milliseconds of test."""

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor
from typing import TypeVar, TypeVarTuple

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
MAX_STEPS = 50_000
"""So many steps without time passing are a busy loop."""


class _Leaping(selectors.SelectSelector):
    now = 1000.0
    steps = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if ready:
            return ready
        assert timeout is not None, "everybody waits, and nothing will ever happen"
        self.steps = 0 if timeout > 0 else self.steps + 1
        assert self.steps < MAX_STEPS, "a busy loop: time does not pass"
        self.now += max(0.0, timeout)
        return ready


class LeapingLoop(asyncio.SelectorEventLoop):
    """Nothing in it may wait for the real world: sockets, processes. What is given to a thread is
    done at once."""

    def __init__(self) -> None:
        self._leaping = _Leaping()
        super().__init__(self._leaping)

    def time(self) -> float:
        return self._leaping.now

    def stand_still(self, seconds: float) -> None:
        """As a process that is stopped does."""
        self._leaping.now += seconds

    def run_in_executor(
        self, executor: Executor | None, func: Callable[[*Ts], T], *args: *Ts
    ) -> asyncio.Future[T]:
        done = self.create_future()
        try:
            done.set_result(func(*args))
        except Exception as error:  # noqa: BLE001 (it is the caller's)
            done.set_exception(error)
        return done


def leap(scene: Coroutine[None, None, T]) -> T:
    """Runs the scene to its end."""
    with asyncio.Runner(loop_factory=LeapingLoop) as runner:
        return runner.run(scene)
