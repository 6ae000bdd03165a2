"""What webhooks say, how they are signed, and how often and how long they are tried."""

import json
from base64 import b64decode
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from interview.ids import HookEventId, InterviewId, WebhookId
from interview.lifecycle import FOLLOWS, State
from interview.webhooks import (
    DISABLE_AFTER,
    SCHEDULE,
    Delivery,
    HookEvent,
    HookType,
    Outcome,
    Standing,
    Webhook,
    judged,
    new_secret,
    payload,
    signature,
    standing_after,
    told_of,
)
from tests.fakes.clock import NOON

pytestmark = pytest.mark.unit

EVENT = HookEvent(
    HookEventId(UUID(int=1)), HookType.STARTED, InterviewId(UUID(int=2)), State.LIVE, NOON
)
TAKEN, REFUSED, GONE = judged(204, 1), judged(500, 1), judged(410, 1)


def webhook() -> Webhook:
    return Webhook(
        webhook_id=WebhookId(UUID(int=3)),
        url="https://hooks.example.com",
        description="",
        types=frozenset({HookType.STARTED}),
        secret=new_secret(),
        created_at=NOON,
        changed_at=NOON,
    )


def delivery() -> Delivery:
    return Delivery(WebhookId(UUID(int=3)), EVENT, "waiting", NOON, NOON)


def test_every_move_has_a_type_of_its_own_and_a_pause_ends_in_another_than_it_began() -> None:
    told = {told_of(was, then) for was, follows in FOLLOWS.items() for then in follows}

    assert set(HookType) - {HookType.REQUESTED, HookType.RELIEF_WANTED} == told
    assert HookType.STARTED is told_of(State.READY, State.LIVE)
    assert HookType.RESUMED is told_of(State.PAUSED, State.LIVE)


def test_a_draft_is_nobodys_business() -> None:
    assert told_of(State.DRAFT, State.DRAFT) is None


def test_a_payload_says_names_and_states_alone_and_is_small() -> None:
    body = payload(EVENT)

    assert {
        "id": str(UUID(int=1)),
        "type": "interview.started",
        "occurred_at": "2026-03-02T12:00:00Z",
        "data": {"interview_id": str(UUID(int=2)), "state": "live"},
    } == json.loads(body)
    assert len(body) < 20_000


def test_a_signature_is_that_of_the_specification() -> None:
    """Computed with the specification's own library for these values."""
    event = HookEventId(UUID("0192f0c1-2222-7000-8000-000000000001"))
    secret, body = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"test": 2432232314}'

    made = signature(secret, event, NOON, body)

    assert "v1,cvQcRMD2+aZfFO1A2xDjMSjgkpFIMA+K64RTJWXUq5I=" == made
    assert made == signature(secret, event, NOON + timedelta(milliseconds=9), body)
    for other in (
        signature(secret, event, NOON + timedelta(seconds=1), body),
        signature(secret, event, NOON, b"{}"),
        signature(new_secret(), event, NOON, body),
        signature(secret, EVENT.event_id, NOON, body),
    ):
        assert made != other


def test_secrets_are_256_bits_and_never_the_same() -> None:
    first, second = new_secret(), new_secret()

    assert first != second
    assert 32 == len(b64decode(first.removeprefix("whsec_")))


def test_a_rotated_key_signs_beside_the_new_one_until_its_time_is_over() -> None:
    rotated = webhook().rotate("whsec_bmV3", NOON, timedelta(hours=1))

    def signatures(after: timedelta) -> int:
        headers = rotated.headers(EVENT.event_id, b"{}", NOON + after)
        return len(headers["webhook-signature"].split(" "))

    assert (2, 2, 1) == (
        signatures(timedelta(0)),
        signatures(timedelta(minutes=59)),
        signatures(timedelta(hours=1)),
    )
    assert 2 == rotated.version
    assert webhook().rotate("whsec_bmV3", NOON, timedelta(0)).retired is None


def test_secrets_are_in_no_repr() -> None:
    rotated = webhook().rotate(new_secret(), NOON, timedelta(hours=1))

    assert "whsec_" not in repr(rotated)


@pytest.mark.parametrize(
    ("status", "failure"),
    [
        (199, "status"),
        (200, None),
        (204, None),
        (299, None),
        (300, "redirect"),
        (302, "redirect"),
        (308, "redirect"),
        (400, "status"),
        (410, "gone"),
        (429, "status"),
        (503, "status"),
    ],
)
def test_two_hundreds_alone_are_a_success(status: int, failure: str | None) -> None:
    assert failure == judged(status, 1).failure


def test_a_delivery_is_tried_ten_times_over_three_days() -> None:
    now, tried, waits = NOON, delivery(), []
    while tried.status == "waiting":
        tried = tried.after(REFUSED, now)
        if tried.next_at is not None:
            waits.append(tried.next_at - now)
            now = tried.next_at

    assert list(SCHEDULE) == waits
    assert timedelta(days=3) < now - NOON < timedelta(days=4)
    assert ("failed", 10, 10, now) == (tried.status, tried.attempts, tried.tries, tried.ended_at)


def test_a_delivery_that_is_taken_is_over() -> None:
    taken = delivery().after(TAKEN, NOON)

    assert ("delivered", None, NOON) == (taken.status, taken.next_at, taken.ended_at)


def test_a_delivery_that_is_begun_again_has_its_whole_time_and_its_old_name() -> None:
    failed = replace(delivery().after(REFUSED, NOON), status="failed", tries=10, attempts=10)
    again = failed.again(NOON + DISABLE_AFTER)

    assert ("waiting", 0, 10) == (again.status, again.tries, again.attempts)
    assert EVENT.event_id == again.event.event_id
    assert NOON + DISABLE_AFTER == again.next_at


def test_an_endpoint_that_is_gone_is_disabled_at_once() -> None:
    assert Standing("gone", NOON, NOON) == standing_after(Standing(), GONE, NOON)
    assert "failed" == delivery().after(GONE, NOON).status


def test_an_endpoint_that_fails_for_three_days_is_disabled() -> None:
    failing = standing_after(Standing(), REFUSED, NOON)
    later = NOON + DISABLE_AFTER
    almost = standing_after(failing, REFUSED, later - timedelta(seconds=1))

    assert Standing(failing_since=NOON) == failing == almost
    assert Standing("failing", later, NOON) == standing_after(almost, REFUSED, later)


def test_one_success_makes_up_for_every_failure_before_it() -> None:
    failing = standing_after(Standing(), Outcome(None, "dns", 1), NOON)

    assert Standing() == standing_after(failing, TAKEN, NOON + DISABLE_AFTER)


def test_the_first_reason_is_the_one_that_is_told() -> None:
    by_hand = Standing().disable("by_hand", NOON)

    assert ("by_hand", NOON) == (
        standing_after(by_hand, GONE, NOON + DISABLE_AFTER).reason,
        by_hand.disable("gone", NOON + DISABLE_AFTER).disabled_at,
    )
