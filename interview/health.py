"""The health of a chain's endpoints: whom to ask first, and when to try again who failed.

Times are seconds on a clock that only goes forward.
"""

from dataclasses import dataclass, replace
from typing import Literal

FIRST_REST_S, LONGEST_REST_S = 1.0, 60.0
PATIENCE = 3
"""So often in a row an answer may be useless before whoever gives it counts as sick."""

Failure = Literal["gone", "useless"]
"""`gone`: there was no answer; `useless`: there was one, and nothing could be done with it."""


@dataclass(frozen=True, slots=True)
class Health:
    """Of one endpoint. Who is sick is tried again at `due_at`, and by one call at a time;
    `failed_at` is when it was last found to be sick."""

    failures: int = 0
    is_sick: bool = False
    due_at: float = 0.0
    is_tried: bool = False
    failed_at: float = 0.0

    def failed(self, failure: Failure, now: float, *, began: float | None = None) -> "Health":
        """After a call that `began` then: what was under way when the sickness was found is a
        part of it, and makes no rest longer."""
        if self.is_sick and began is not None and began < self.failed_at:
            return self
        failures = self.failures + 1
        if failure == "useless" and failures < PATIENCE and not self.is_sick:
            return replace(self, failures=failures, is_tried=False)
        doubled = failures - (PATIENCE if failure == "useless" else 1)
        rest_s = min(LONGEST_REST_S, FIRST_REST_S * 2 ** min(max(0, doubled), 10))
        return Health(failures, is_sick=True, due_at=now + rest_s, failed_at=now)

    def tried(self) -> "Health":
        """Somebody asks it, to see whether it is well again."""
        return replace(self, is_tried=True)

    def is_due(self, now: float) -> bool:
        return self.is_sick and not self.is_tried and now >= self.due_at


WELL = Health()


def order(chain: tuple[Health, ...]) -> tuple[int, ...]:
    """Who is asked, one after the other: the well ones first, and the sick rather than nobody."""
    places = range(len(chain))
    well = [place for place in places if not chain[place].is_sick]
    return (*well, *(place for place in places if chain[place].is_sick))


def to_try(chain: tuple[Health, ...], now: float) -> tuple[int, ...]:
    """The sick that are due and stand before whoever is asked now: so the first comes back."""
    first = order(chain)[0]
    return tuple(place for place in range(first) if chain[place].is_due(now))
