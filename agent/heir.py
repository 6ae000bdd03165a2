"""What an heir takes over of a predecessor that died: the line it said, the answer it heard."""

from interview.door import Claim
from interview.events import Event, LineEnded, LineStarted, SpeechHeard
from interview.ids import TurnId

SURE_WORDS_PER_MINUTE = 100
"""Our voice speaks faster than this."""


def orphan_end(claim: Claim, turn: TurnId | None) -> LineEnded | None:
    """The end of line `turn`, with what was surely heard of it: the time between its start and the
    dead agent's last sign of life."""
    started = _line_start(claim.events, turn)
    if started is None:
        return None
    alive = claim.previous_heartbeat_at or claim.clock_zero
    alive_ms = round((alive - claim.clock_zero).total_seconds() * 1000)
    heard_ms = max(0, alive_ms - started.started_ms)
    words = started.text.split()[: heard_ms * SURE_WORDS_PER_MINUTE // 60_000]
    return LineEnded(
        turn_id=started.turn_id,
        spoken=" ".join(words),
        ended_ms=started.started_ms + heard_ms,
        cut_off=True,
    )


def heard_so_far(claim: Claim, turn: TurnId | None) -> tuple[str, ...]:
    """What was heard of the answer `turn`."""
    facts = (event.fact for event in claim.events)
    said = (f.text for f in facts if isinstance(f, SpeechHeard) and f.turn_id == turn)
    return tuple(text for text in said if text)


def _line_start(events: tuple[Event, ...], turn: TurnId | None) -> LineStarted | None:
    facts = (event.fact for event in reversed(events))
    return next((f for f in facts if isinstance(f, LineStarted) and f.turn_id == turn), None)
