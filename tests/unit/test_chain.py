"""The hash chain: what was appended can neither change, vanish nor move."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.by_people import By
from interview.chain import GENESIS, Link, card_digest, link_hash, timestamp, verify
from interview.errors import ChainBroken
from interview.ids import EventId, InterviewId, TenantId, TurnId
from tests.store.world import scorecard

pytestmark = pytest.mark.unit

AT = datetime(2026, 3, 2, 12, 0, 0, 5, tzinfo=UTC)


def chained(count: int) -> list[Link]:
    links: list[Link] = []
    for seq in range(1, count + 1):
        link = Link(
            tenant=TenantId(UUID(int=1)),
            interview=InterviewId(UUID(int=2)),
            seq=seq,
            event_id=EventId(UUID(int=100 + seq)),
            epoch=1,
            kind="resumed",
            at=AT,
            sealed_payload=bytes([seq]),
            prev_hash=links[-1].hash if links else GENESIS,
            hash=b"",
        )
        links.append(link._replace(hash=link_hash(link)))
    return links


def test_a_link_hashes_as_written_down() -> None:
    """A golden value, computed by hand from the rule, so that old logs verify for ever."""
    header = (
        '{"at":"2026-03-02T12:00:00.000005Z","epoch":1,'
        '"event_id":"00000000-0000-0000-0000-000000000065",'
        '"interview":"00000000-0000-0000-0000-000000000002","kind":"resumed","seq":1,'
        '"tenant":"00000000-0000-0000-0000-000000000001"}'
    )
    sealed = hashlib.sha256(b"\x01").digest()

    assert hashlib.sha256(bytes(32) + header.encode() + sealed).digest() == chained(1)[0].hash


def test_one_instant_has_one_spelling() -> None:
    elsewhere = AT.astimezone(timezone(timedelta(hours=5, minutes=30)))

    assert "2026-03-02T12:00:00.000005Z" == timestamp(AT) == timestamp(elsewhere)


@pytest.mark.parametrize("count", [0, 1, 5])
def test_an_unchanged_log_verifies(count: int) -> None:
    links = chained(count)
    head = links[-1].hash if links else GENESIS

    assert count == verify(links, head=head, count=count) == verify(links)


@given(at=st.integers(0, 4), by=st.integers(1, 255), name=st.sampled_from(["payload", "hash"]))
def test_a_changed_byte_is_found_where_it_is(at: int, by: int, name: str) -> None:
    links = chained(5)
    link = links[at]
    if name == "payload":
        links[at] = link._replace(sealed_payload=bytes([link.sealed_payload[0] ^ by]))
    else:
        links[at] = link._replace(hash=bytes([link.hash[0] ^ by]) + link.hash[1:])

    with pytest.raises(ChainBroken, match=f"event {at + 1} was changed"):
        verify(links)


FORGERIES: dict[str, Callable[[Link], Link]] = {
    "tenant": lambda link: link._replace(tenant=TenantId(UUID(int=9))),
    "interview": lambda link: link._replace(interview=InterviewId(UUID(int=9))),
    "event_id": lambda link: link._replace(event_id=EventId(UUID(int=9))),
    "epoch": lambda link: link._replace(epoch=2),
    "kind": lambda link: link._replace(kind="paused"),
    "at": lambda link: link._replace(at=AT + timedelta(microseconds=1)),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_every_field_of_the_header_counts(name: str) -> None:
    links = chained(3)
    links[1] = FORGERIES[name](links[1])

    with pytest.raises(ChainBroken, match="event 2 was changed"):
        verify(links)


@given(st.permutations(range(5)).filter(lambda order: order != sorted(order)))
def test_a_moved_event_is_found(order: list[int]) -> None:
    links = chained(5)

    with pytest.raises(ChainBroken):
        verify([links[at] for at in order])


def test_a_link_that_was_chained_to_something_else_is_found() -> None:
    links = chained(3)
    forged = links[2]._replace(prev_hash=GENESIS)
    links[2] = forged._replace(hash=link_hash(forged))

    with pytest.raises(ChainBroken, match="event 3 does not follow"):
        verify(links)


@pytest.mark.parametrize("gone", [0, 1, 2])
def test_a_missing_event_is_found(gone: int) -> None:
    links = chained(4)
    del links[gone]

    with pytest.raises(ChainBroken, match=f"event {gone + 1} is missing"):
        verify(links)


def test_a_cut_tail_is_found_by_what_the_interview_says() -> None:
    links = chained(4)

    with pytest.raises(ChainBroken, match="ends at event 3, the interview says 4"):
        verify(links[:3], count=4)
    with pytest.raises(ChainBroken, match="event 3 is not the head"):
        verify(links[:3], head=links[3].hash)


def test_the_digest_of_a_card_says_who_rated() -> None:
    card = scorecard(TurnId(UUID(int=1))).model_copy(update={"scorecard_id": UUID(int=2)})
    people = [By(kind="key", id="k1", name=name) for name in ("Grace", "Ada")]

    digests = [card_digest(card.model_copy(update={"person": person})) for person in people]

    assert 3 == len({card_digest(card), *digests})
