"""Shapes that several calls share: pages, and text as it may be sent."""

from typing import Annotated, Generic, TypeVar
from unicodedata import category
from uuid import UUID

from interview.kit import Frozen
from pydantic import AfterValidator, AwareDatetime, Field

T = TypeVar("T")
MAX_PAGE = 200


JOINERS = "\u200c\u200d"
"""They part or join letters as names are spelled in Persian and in the scripts of India (Unicode
23.2), and make one sign of several emoji."""


def without_controls(text: str) -> str:
    """Raises `ValueError`. Spaces of every width are no controls, nor are joiners."""
    if not all(c.isprintable() or category(c) == "Zs" or c in JOINERS for c in text):
        raise ValueError("expected text without control characters")
    return text


Title = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(without_controls)]
Email = Annotated[str, Field(max_length=254, pattern=r"^[^@\s\x00-\x1f]+@[^@\s\x00-\x1f]+$")]
Instant = AwareDatetime | None
Writing = Annotated[str, Field(min_length=1, max_length=4000)]
"""What a person writes, in as many lines as they like."""

PersonName = Title | None
"""For whom a key speaks; a member speaks in their own name."""


Mailed = Annotated[
    bool | None, Field(description="Whether the candidate is written to; as the tenant has set.")
]


class PageQuery(Frozen):
    """`after` is the `next` of the page before, of the same filter and sort."""

    limit: Annotated[int, Field(ge=1, le=MAX_PAGE)] = 50
    after: Annotated[str, Field(max_length=200)] | None = None


class Person(Frozen):
    """Who a candidate is. What is kept of such an answer goes when the candidate is erased."""

    id: UUID
    name: str
    email: str


class Listed(Frozen, Generic[T]):
    """One page; `next` is null on the last one."""

    items: tuple[T, ...]
    next: str | None
