"""The life of an interview: its states, and which may follow which."""

from enum import StrEnum

from interview.errors import WrongState


class State(StrEnum):
    """`draft → invited → ready → live ⇄ paused → ended → scored → decided`, and the side exits."""

    DRAFT = "draft"
    INVITED = "invited"
    READY = "ready"
    LIVE = "live"
    PAUSED = "paused"
    ENDED = "ended"
    SCORED = "scored"
    DECIDED = "decided"
    DECLINED = "declined"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    HUMAN_PATH = "human_path"


S = State
FOLLOWS: dict[State, frozenset[State]] = {
    S.DRAFT: frozenset({S.INVITED, S.CANCELLED}),
    S.INVITED: frozenset({S.READY, S.DECLINED, S.EXPIRED, S.CANCELLED, S.HUMAN_PATH}),
    S.READY: frozenset({S.LIVE, S.DECLINED, S.EXPIRED, S.CANCELLED, S.HUMAN_PATH}),
    S.LIVE: frozenset({S.PAUSED, S.ENDED, S.CANCELLED, S.HUMAN_PATH}),
    S.PAUSED: frozenset({S.LIVE, S.ENDED, S.EXPIRED, S.CANCELLED, S.HUMAN_PATH}),
    S.ENDED: frozenset({S.SCORED, S.DECIDED}),
    S.SCORED: frozenset({S.DECIDED}),
    S.DECIDED: frozenset(),
    S.DECLINED: frozenset(),
    S.EXPIRED: frozenset({S.INVITED}),
    S.CANCELLED: frozenset(),
    S.HUMAN_PATH: frozenset({S.DECIDED, S.CANCELLED}),
}

OPEN = frozenset({S.READY, S.LIVE, S.PAUSED})
"""States in which a candidate may be in the room."""

AWAITED = frozenset({S.INVITED, S.READY})
"""States that wait for a candidate to come for the first time."""

RUNNING = frozenset({S.LIVE, S.PAUSED})
"""States in which an agent should be in the room."""

MOVABLE = AWAITED | {S.EXPIRED}
"""States in which another time may be agreed on."""

STOPPED = frozenset({S.CANCELLED, S.HUMAN_PATH})
"""States that end an interview that runs, without a whole one to judge."""

OVER = frozenset({S.ENDED, S.SCORED, S.DECIDED})
"""States in which there is a whole interview to judge."""

UNRATED = frozenset({S.DECLINED, S.EXPIRED, S.CANCELLED, S.HUMAN_PATH})
"""States in which nobody has rated and nobody can, unless the interview leaves them."""


def move(now: State, then: State) -> State:
    """The next state. Raises `WrongState` when `then` cannot follow `now`."""
    if then not in FOLLOWS[now]:
        raise WrongState(f"an interview that is {now} cannot become {then}")
    return then
