"""The life of an interview: its states and which may follow which."""

from itertools import pairwise

import pytest

from interview.errors import WrongState
from interview.lifecycle import FOLLOWS, OPEN, RUNNING, State, move

pytestmark = pytest.mark.unit

WHOLE = ["draft", "invited", "ready", "live", "paused", "live", "ended", "scored", "decided"]


def test_a_whole_interview_goes_all_the_way() -> None:
    for now, then in pairwise(map(State, WHOLE)):
        assert then is move(now, then)


def test_every_state_says_what_may_follow() -> None:
    assert set(State) == set(FOLLOWS)


@pytest.mark.parametrize("now", State)
@pytest.mark.parametrize("then", State)
def test_what_may_not_follow_is_refused(now: State, then: State) -> None:
    if then in FOLLOWS[now]:
        assert then is move(now, then)
        return
    with pytest.raises(WrongState, match=f"{now} cannot become {then}"):
        move(now, then)


def test_every_state_can_be_reached() -> None:
    reached, fresh = {State.DRAFT}, {State.DRAFT}
    while fresh:
        fresh = {then for now in fresh for then in FOLLOWS[now]} - reached
        reached |= fresh

    assert set(State) == reached


def test_nothing_follows_a_decision_or_a_refusal() -> None:
    for last in (State.DECIDED, State.DECLINED, State.CANCELLED):
        assert frozenset() == FOLLOWS[last]


def test_nobody_consents_to_an_interview_that_goes_on_without_them() -> None:
    """Live comes after ready alone: there is no way around the consent."""
    assert {State.READY, State.PAUSED} == {now for now in State if State.LIVE in FOLLOWS[now]}


def test_an_agent_leads_only_where_a_candidate_may_be() -> None:
    assert RUNNING < OPEN
