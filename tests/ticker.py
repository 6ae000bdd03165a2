"""A process of its own that ticks, and says how late its ticks came. Run by `standstill.Watch`.

It does nothing else and shares no lock with what is tested: where it was late, the machine was.
Asked on standard input since when (seconds of the monotonic clock), it answers with the longest
lateness since then, and ends with whoever asks.
"""

import os
import select
import time

TICK_S = 0.01
WORTH_S = 0.01


def main() -> None:
    late: list[tuple[float, float]] = []
    due = time.monotonic() + TICK_S
    while True:
        asked, _, _ = select.select([0], [], [], max(0.0, due - time.monotonic()))
        now = time.monotonic()
        if now >= due:
            if now - due >= WORTH_S:
                late.append((now, now - due))
            due = now + TICK_S
        if asked:
            line = os.read(0, 100)
            if not line:
                return
            since = float(line)
            os.write(1, f"{worst_s(late, since)}\n".encode())


def worst_s(late: list[tuple[float, float]], since: float) -> float:
    """Of ticks, each with when it came and how late: the longest lateness that lies after."""
    return max((min(each, at - since) for at, each in late if at > since), default=0.0)


if __name__ == "__main__":
    main()
