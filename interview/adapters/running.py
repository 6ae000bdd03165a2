"""The time of the event loop that runs."""

import asyncio


def loop_s() -> float:
    """Seconds on the clock by which the loop's timers end; it only goes forward.

    Whoever holds a limit or a rest against it and waits with `asyncio` counts by one clock.
    """
    return asyncio.get_running_loop().time()
