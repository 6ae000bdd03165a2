"""Sealing: nothing opens but the same key at the same place, and keys hang on their owner."""

from base64 import urlsafe_b64encode
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.errors import Invalid, NotFound, Sealed
from interview.ids import TenantId
from interview.sealing import FORMAT, Place, SealingKey, Subject, installation_key, new_key
from interview.store.memory.tables import Tables
from interview.store.memory.work import MemoryShelf
from interview.store.vault import Vault
from tests.fakes.clock import NOON

pytestmark = pytest.mark.unit

TENANT = TenantId(UUID(int=1))
KEY = new_key()
PLACE = Place(TENANT, "turns", "row", "speech", 3)
CLEAR = "Ich war's, ehrlich – 🙂".encode()
OVERHEAD = 1 + 16 + 12 + 16


@given(st.binary(max_size=200))
def test_what_was_sealed_opens(clear: bytes) -> None:
    assert clear == KEY.open(KEY.seal(clear, PLACE), PLACE)


def test_a_sealed_value_names_its_format_and_key_and_hides_the_rest() -> None:
    sealed = KEY.seal(CLEAR, PLACE)

    assert bytes([FORMAT]) + KEY.key_id.bytes == sealed[:17]
    assert len(CLEAR) + OVERHEAD == len(sealed)
    assert CLEAR not in sealed


def test_the_same_value_is_never_sealed_the_same() -> None:
    assert 50 == len({KEY.seal(CLEAR, PLACE) for _ in range(50)})


def test_a_mark_recognises_its_value_at_its_place_under_its_key_alone() -> None:
    mark = KEY.mark(CLEAR, PLACE)

    assert mark == KEY.mark(CLEAR, PLACE)
    assert mark not in {
        new_key().mark(CLEAR, PLACE),
        KEY.mark(CLEAR + b"!", PLACE),
        KEY.mark(CLEAR, PLACE._replace(row="wor")),
        KEY.mark(b"", PLACE),
    }


@pytest.mark.parametrize(
    "elsewhere",
    [
        PLACE._replace(tenant=TenantId(UUID(int=2))),
        PLACE._replace(table="events"),
        PLACE._replace(row="wor"),
        PLACE._replace(column="words"),
        PLACE._replace(version=2),
        PLACE._replace(row="rowspeech", column=""),
    ],
)
def test_a_sealed_value_does_not_open_elsewhere(elsewhere: Place) -> None:
    with pytest.raises(Sealed):
        KEY.open(KEY.seal(CLEAR, PLACE), elsewhere)


def test_an_opener_of_a_column_opens_what_was_sealed_for_its_rows() -> None:
    opened = KEY.opener(PLACE._replace(row="", version=0))

    for row, version in (("a", 1), ('quoted "row"', 7), ("Zeile ä", 2**31)):
        place = PLACE._replace(row=row, version=version)
        assert CLEAR == opened(row, version, KEY.seal(CLEAR, place))


@pytest.mark.parametrize(("row", "version"), [("other", 1), (PLACE.row, 2)])
def test_an_opener_opens_nothing_of_another_row_or_version(row: str, version: int) -> None:
    opened = KEY.opener(PLACE)
    assert CLEAR == opened(PLACE.row, PLACE.version, KEY.seal(CLEAR, PLACE))

    with pytest.raises(Sealed):
        opened(row, version, KEY.seal(CLEAR, PLACE))


@given(at=st.integers(0, len(CLEAR) + OVERHEAD - 1), by=st.integers(1, 255))
def test_a_changed_byte_anywhere_does_not_open(at: int, by: int) -> None:
    sealed = bytearray(KEY.seal(CLEAR, PLACE))
    sealed[at] ^= by

    with pytest.raises(Sealed):
        KEY.open(bytes(sealed), PLACE)
    with pytest.raises(Sealed):
        KEY.opener(PLACE)(PLACE.row, PLACE.version, bytes(sealed))


@pytest.mark.parametrize("length", [0, 1, 16, 17, 28, 29, 44])
def test_a_shortened_value_does_not_open(length: int) -> None:
    short = KEY.seal(CLEAR, PLACE)[:length]

    with pytest.raises(Sealed):
        KEY.open(short, PLACE)
    with pytest.raises(Sealed):
        KEY.opener(PLACE)(PLACE.row, PLACE.version, short)


def test_another_key_does_not_open_it_even_under_the_same_name() -> None:
    sealed = KEY.seal(CLEAR, PLACE)

    for other in (new_key(), SealingKey(KEY.key_id, new_key().secret)):
        with pytest.raises(Sealed):
            other.open(sealed, PLACE)


def test_the_name_of_the_key_is_bound_too() -> None:
    renamed = SealingKey(uuid4(), KEY.secret)
    sealed = KEY.seal(CLEAR, PLACE)

    with pytest.raises(Sealed):
        renamed.open(sealed[:1] + renamed.key_id.bytes + sealed[17:], PLACE)


def test_a_key_does_not_show_itself() -> None:
    assert str(KEY.secret) not in repr(KEY)
    assert KEY.secret.hex() not in repr(KEY)


@pytest.mark.parametrize("padding", ["", "="])
def test_the_installations_key_is_read_with_and_without_padding(padding: str) -> None:
    text = urlsafe_b64encode(bytes(range(32))).decode().rstrip("=")

    key = installation_key(text + padding)

    assert bytes(range(32)) == key.secret
    assert installation_key(text).key_id == key.key_id


@pytest.mark.parametrize("text", ["", "secret", "ä" * 43, "A" * 42, "A" * 44, "A" * 100])
def test_a_malformed_installation_key_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        installation_key(text)

    assert "VIVAVOCE_INSTALLATION_KEY" == refused.value.field
    assert not text or text not in refused.value.detail


def vault(tables: Tables, installation: SealingKey) -> Vault:
    """A fresh one, as each transaction has."""
    return Vault(TENANT, installation, MemoryShelf(tables, TENANT))


async def test_keys_are_kept_wrapped_and_found_again() -> None:
    tables, installation, interview = Tables(), new_key(), uuid4()
    first = vault(tables, installation)
    await first.make(Subject("tenant", TENANT), NOON)
    made = await first.make(Subject("interview", interview), NOON)

    assert made == await vault(tables, installation).key("interview", interview)
    assert made.secret not in b"".join(
        row.wrapped for row in tables.data_keys.values() if row.wrapped
    )


async def test_a_key_of_nobody_is_not_found() -> None:
    with pytest.raises(NotFound):
        await vault(Tables(), new_key()).key("interview", uuid4())


async def test_another_installation_opens_no_key() -> None:
    tables, interview = Tables(), uuid4()
    first = vault(tables, new_key())
    await first.make(Subject("tenant", TENANT), NOON)
    await first.make(Subject("interview", interview), NOON)

    with pytest.raises(Sealed):
        await vault(tables, new_key()).key("interview", interview)


async def test_a_key_handed_to_somebody_else_does_not_unwrap() -> None:
    tables, installation, interview, other = Tables(), new_key(), uuid4(), uuid4()
    first = vault(tables, installation)
    await first.make(Subject("tenant", TENANT), NOON)
    await first.make(Subject("interview", interview), NOON)
    kept = tables.data_keys.pop((TENANT, Subject("interview", interview)))
    stolen = replace(kept, subject=Subject("interview", other))
    tables.data_keys[TENANT, stolen.subject] = stolen

    with pytest.raises(Sealed):
        await vault(tables, installation).key("interview", other)


async def test_a_destroyed_key_is_gone_at_once_and_for_ever() -> None:
    tables, installation, interview = Tables(), new_key(), uuid4()
    first = vault(tables, installation)
    await first.make(Subject("tenant", TENANT), NOON)
    await first.make(Subject("interview", interview), NOON)

    await first.destroy(Subject("interview", interview), NOON)

    for later in (first, vault(tables, installation)):
        with pytest.raises(Sealed):
            await later.key("interview", interview)
        assert {} == await later.load("interview", [interview])
