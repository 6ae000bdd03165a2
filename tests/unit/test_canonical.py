"""Canonical JSON that is spelled by hand says what RFC 8785 says."""

import hashlib
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from interview.canonical import text, texts
from interview.chain import GENESIS, Link, link_hash, timestamp, timestamps
from interview.ids import EventId, InterviewId, TenantId
from interview.sealing import Place, SealingKey, new_key
from tests.fakes.clock import NOON

pytestmark = pytest.mark.unit
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
NUMBERS = st.integers(0, 2**31)
ZONES = st.just(UTC) | st.just(timezone(timedelta(hours=5, minutes=30)))


@given(TEXTS)
def test_a_text_is_spelled_as_rfc_8785_spells_it(said: str) -> None:
    assert rfc8785.dumps(said) == text(said).encode()


@given(st.lists(st.uuids()))
def test_many_ids_are_spelled_as_each_is(ids: list[UUID]) -> None:
    assert [str(each) for each in ids] == texts(ids)


@given(st.lists(st.datetimes(NOON.replace(year=2, tzinfo=None), timezones=ZONES)))
def test_many_timestamps_are_spelled_as_each_is(moments: list[datetime]) -> None:
    assert [timestamp(at) for at in moments] == timestamps(moments)


def test_a_timestamp_of_full_seconds_elsewhere_has_the_one_spelling() -> None:
    elsewhere = NOON.replace(microsecond=0).astimezone(timezone(timedelta(hours=2)))

    assert [f"{NOON:%Y-%m-%dT%H:%M:%S}.000000Z"] * 2 == timestamps([NOON, elsewhere])


@given(st.uuids(), TEXTS, TEXTS, TEXTS, NUMBERS)
def test_what_is_sealed_is_bound_to_its_canonical_place(
    tenant: UUID, table: str, row: str, column: str, version: int
) -> None:
    key = new_key()
    sealed = key.seal(b"clear", Place(TenantId(tenant), table, row, column, version))
    where: dict[str, str | int] = {
        "tenant": str(tenant),
        "table": table,
        "row": row,
        "column": column,
        "version": version,
    }

    assert b"clear" == _opened(key, sealed, sealed[:17] + rfc8785.dumps(where))


def _opened(key: SealingKey, sealed: bytes, bound: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key.secret).decrypt(sealed[17:29], sealed[29:], bound)


@given(st.uuids(), st.uuids(), st.uuids(), NUMBERS, TEXTS, st.datetimes())
def test_a_link_is_hashed_over_its_canonical_header(
    tenant: UUID, interview: UUID, event: UUID, seq: int, kind: str, at: datetime
) -> None:
    link = Link(
        TenantId(tenant), InterviewId(interview), seq, EventId(event), 1, kind,
        at.replace(tzinfo=NOON.tzinfo), b"sealed", GENESIS, b"",
    )  # fmt: skip
    header: dict[str, str | int] = {
        "tenant": str(tenant),
        "interview": str(interview),
        "seq": seq,
        "event_id": str(event),
        "epoch": 1,
        "kind": kind,
        "at": timestamp(link.at),
    }
    body = GENESIS + rfc8785.dumps(header) + hashlib.sha256(b"sealed").digest()

    assert hashlib.sha256(body).digest() == link_hash(link._replace(hash=b"any"))
