"""One agent at a time leads an interview, and a zombie cannot come back."""

from datetime import timedelta
from uuid import UUID

import pytest

from interview.errors import LeaseLost, LeaseTaken
from interview.ids import InterviewId
from interview.lease import STALE_AFTER, Lease
from tests.fakes.clock import NOON

pytestmark = pytest.mark.unit

OPEN = Lease(InterviewId(UUID(int=1)), epoch=3, opened_at=NOON)
LATER = NOON + timedelta(seconds=1)
CLAIMED = OPEN.claim(3, "agent-a", bytes(32), LATER)


def test_the_agent_that_was_sent_for_takes_the_lease() -> None:
    assert ("agent-a", LATER, LATER) == (CLAIMED.agent, CLAIMED.claimed_at, CLAIMED.heartbeat_at)
    CLAIMED.admit(3)


@pytest.mark.parametrize("epoch", [2, 4])
def test_an_agent_of_another_epoch_has_lost(epoch: int) -> None:
    with pytest.raises(LeaseLost):
        OPEN.claim(epoch, "agent-a", bytes(32), NOON)
    with pytest.raises(LeaseLost):
        CLAIMED.admit(epoch)
    with pytest.raises(LeaseLost):
        CLAIMED.beat(epoch, NOON)


def test_a_lease_is_claimed_once() -> None:
    with pytest.raises(LeaseTaken):
        CLAIMED.claim(3, "agent-b", bytes(32), NOON)


def test_nobody_writes_under_a_lease_that_nobody_claimed() -> None:
    with pytest.raises(LeaseLost):
        OPEN.admit(3)


def test_a_closed_lease_admits_nobody_and_is_never_stale() -> None:
    closed = CLAIMED.close()

    with pytest.raises(LeaseLost):
        closed.admit(3)
    with pytest.raises(LeaseLost):
        OPEN.close().claim(3, "agent-a", bytes(32), NOON)
    assert not closed.is_stale(NOON + timedelta(days=1))


def test_a_lease_goes_stale_when_its_holder_falls_silent() -> None:
    beaten = CLAIMED.beat(3, LATER + timedelta(seconds=2))
    assert beaten.heartbeat_at is not None

    assert not beaten.is_stale(beaten.heartbeat_at + STALE_AFTER)
    assert beaten.is_stale(beaten.heartbeat_at + STALE_AFTER + timedelta(milliseconds=1))


def test_a_lease_goes_stale_when_nobody_comes_for_it() -> None:
    assert not OPEN.is_stale(NOON + STALE_AFTER)
    assert OPEN.is_stale(NOON + STALE_AFTER + timedelta(milliseconds=1))


def test_the_successor_fences_the_old_holder_off() -> None:
    heir = CLAIMED.succeed(LATER)

    assert (4, None, None, LATER) == (heir.epoch, heir.agent, heir.claimed_at, heir.opened_at)
    with pytest.raises(LeaseLost):
        heir.claim(4, "agent-b", bytes(32), LATER).beat(3, LATER)


def test_the_last_sign_of_life_outlives_epochs_that_nobody_claimed() -> None:
    assert OPEN.succeed(NOON).previous_heartbeat_at is None
    assert LATER == CLAIMED.succeed(NOON).previous_heartbeat_at
    assert LATER == CLAIMED.succeed(NOON).succeed(NOON).previous_heartbeat_at
