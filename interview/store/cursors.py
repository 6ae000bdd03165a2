"""Cursors: where the next page of a list begins. Opaque to those who carry them."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from uuid import UUID

from interview.accounts import ApiKey
from interview.errors import Invalid
from interview.ports import Page

T = TypeVar("T")

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
BYTES = 8 + 16


@dataclass(frozen=True, slots=True, order=True)
class Cursor:
    """The last item that was seen; lists go by age, then by id."""

    created_at: datetime
    id: UUID


START = Cursor(EPOCH, UUID(int=0))


def encode(cursor: Cursor) -> str:
    """Url-safe text."""
    microseconds = (cursor.created_at - EPOCH) // timedelta(microseconds=1)
    return urlsafe_b64encode(microseconds.to_bytes(8, signed=True) + cursor.id.bytes).decode()


def decode(text: str | None) -> Cursor:
    """`START` for None. Raises `Invalid` for a text that `encode` did not make."""
    if text is None:
        return START
    try:
        raw = urlsafe_b64decode(text)
        if len(raw) != BYTES:
            raise ValueError
        microseconds = int.from_bytes(raw[:8], signed=True)
        return Cursor(EPOCH + timedelta(microseconds=microseconds), UUID(bytes=raw[8:]))
    except (binascii.Error, ValueError, OverflowError) as error:
        raise Invalid("This is not a cursor of this list.", field="after") from error


def page_of(rows: Sequence[T], cursor: Callable[[T], Cursor], limit: int) -> Page[T]:
    """A page from up to `limit + 1` rows: the one too many says that there are more."""
    items = tuple(rows[:limit])
    return Page(items, encode(cursor(items[-1])) if len(rows) > limit else None)


def kid_cursor(key: ApiKey) -> Cursor:
    """Of an API key: its kid, which is shorter than an id, in the place of one."""
    return Cursor(key.created_at, UUID(bytes=key.kid.encode().ljust(16, b"\0")))


def kid_of(cursor: Cursor) -> str:
    """Raises `Invalid` for the cursor of another list."""
    try:
        return cursor.id.bytes.rstrip(b"\0").decode("ascii")
    except UnicodeDecodeError as error:
        raise Invalid("This is not a cursor of this list.", field="after") from error
