"""Cursors: where the next page of a list begins. Opaque to those who carry them."""

import binascii
import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Protocol, TypeVar, assert_never
from uuid import UUID

from interview.accounts import ApiKey
from interview.errors import Invalid
from interview.ids import InterviewId
from interview.ports import InterviewSort, InterviewsWanted, Page, Wanted

T = TypeVar("T")

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""Where things without a time stand in an order of times; in the index of it, too."""

TIME, ID, MARK = 8, 16, 8


@dataclass(frozen=True, slots=True, order=True)
class Cursor:
    """The last item that was seen: its place in the order, then its id."""

    at: datetime
    id: UUID


def encode(cursor: Cursor, wanted: Wanted) -> str:
    """Url-safe text that is good for the same list alone."""
    microseconds = (cursor.at - EPOCH) // timedelta(microseconds=1)
    place = microseconds.to_bytes(TIME, signed=True) + cursor.id.bytes
    return urlsafe_b64encode(place + _mark(wanted)).decode()


def decode(text: str, wanted: Wanted) -> Cursor:
    """Raises `Invalid` for a text that `encode` did not make of the same list."""
    try:
        raw = urlsafe_b64decode(text)
        if len(raw) != TIME + ID + MARK:
            raise ValueError
        microseconds = int.from_bytes(raw[:TIME], signed=True)
        at, name = EPOCH + timedelta(microseconds=microseconds), UUID(bytes=raw[TIME:-MARK])
    except (binascii.Error, ValueError, OverflowError) as error:
        raise Invalid("This is not a cursor of a list.", field="after") from error
    if raw[-MARK:] != _mark(wanted):
        raise Invalid("This cursor belongs to another filter or sort.", field="after")
    return Cursor(at, name)


@lru_cache(1024)
def _mark(wanted: Wanted) -> bytes:
    """Enough of a digest to tell one list from another; who makes it up sees only their own."""
    said = json.dumps([type(wanted).__name__, asdict(wanted)], default=str, sort_keys=True)
    return hashlib.sha256(said.encode()).digest()[:MARK]


def page_of(
    rows: Sequence[T], cursor: Callable[[T], Cursor], limit: int, wanted: Wanted
) -> Page[T]:
    """A page from up to `limit + 1` rows: the one too many says that there are more."""
    items = tuple(rows[:limit])
    return Page(items, encode(cursor(items[-1]), wanted) if len(rows) > limit else None)


class Dated(Protocol):
    """An interview, or what is left of one."""

    @property
    def interview_id(self) -> InterviewId: ...
    @property
    def created_at(self) -> datetime: ...
    @property
    def starts_at(self) -> datetime | None: ...


def place_of(wanted: InterviewsWanted) -> Callable[[Dated], Cursor]:
    """Where an interview stands in the order that was asked for."""
    match wanted.sort:
        case InterviewSort.OLDEST | InterviewSort.NEWEST:
            return lambda held: Cursor(held.created_at, held.interview_id)
        case InterviewSort.SOONEST | InterviewSort.LATEST:
            return lambda held: Cursor(held.starts_at or NEVER, held.interview_id)
        case _:
            assert_never(wanted.sort)


def kid_cursor(key: ApiKey) -> Cursor:
    """Of an API key: its kid, which is shorter than an id, in the place of one."""
    return Cursor(key.created_at, UUID(bytes=key.kid.encode().ljust(16, b"\0")))


def kid_of(cursor: Cursor) -> str:
    """Raises `Invalid` for the cursor of another list."""
    try:
        return cursor.id.bytes.rstrip(b"\0").decode("ascii")
    except UnicodeDecodeError as error:
        raise Invalid("This is not a cursor of this list.", field="after") from error
