"""The timekeeper: what the plan's clock says, as facts, and how long an answer may be."""

from interview.events import Fact, FinalMinuteBegan, LineKind, SilenceNoticed, TimeRanOut
from interview.pacing import deadline, final_minute_began

from agent.chronicle import Chronicle
from agent.clock import RecordingClock
from agent.expectation import expectation

SETTLED_S = 6.0
"""Thanks within this, after a pause was granted, do not end it."""


class Timekeeper:
    """Looks at the clock; the director decides what follows."""

    def __init__(self, chronicle: Chronicle, clock: RecordingClock) -> None:
        self._chronicle = chronicle
        self._clock = clock
        self._resting_since: float | None = None
        self._was_told = False

    def expects(self, after: LineKind | None) -> tuple[int, float]:
        """Words and seconds of the answer to come after a line of this kind."""
        return expectation(self._chronicle.plan, self._chronicle.state, after, self._clock.now())

    @property
    def is_settled(self) -> bool:
        """Every word of the candidate's is a sign of life: there is no pause that just began."""
        if not (self._chronicle.state.paused and self._chronicle.state.resting):
            return True
        since = self._resting_since
        return since is not None and self._clock.instant() - since > SETTLED_S

    def due(self) -> tuple[Fact, ...]:
        """What is to be told now. Each is told once, for the state knows of it then."""
        plan, state, now = self._chronicle.plan, self._chronicle.state, self._clock.now()
        end = deadline(plan, state)
        if end is not None and not state.over_time and now >= end:
            return (TimeRanOut(scope="interview"),)
        if final_minute_began(plan, state, now):
            return (FinalMinuteBegan(),)
        return self._rest_over()

    def _rest_over(self) -> tuple[Fact, ...]:
        """A break has lasted its time: that is said once, and nobody is hurried."""
        state, now = self._chronicle.state, self._clock.instant()
        if not (state.paused and state.resting and state.present):
            self._resting_since, self._was_told = None, False
            return ()
        since = self._resting_since = self._resting_since or now
        if self._was_told or now - since < self._chronicle.plan.break_minutes * 60:
            return ()
        self._was_told = True
        return (SilenceNoticed(times=1, silent_s=round(now - since, 1)),)
