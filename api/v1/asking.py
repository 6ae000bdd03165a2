"""What lists may be asked for: spans of time, several values, an order."""

import re
from datetime import UTC, datetime
from typing import Annotated

from interview.ports import Sort, Span
from pydantic import AfterValidator, AwareDatetime, BeforeValidator

from api.v1.shapes import PageQuery

RFC_3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d(:\d\d(\.\d{1,9})?)?([Zz]|[+-]\d\d:\d\d)")


def _written_out(text: object) -> object:
    """A bare number is a time to pydantic, and to nobody who reads the address."""
    if isinstance(text, str) and not RFC_3339.fullmatch(text):
        raise ValueError("expected a time as in RFC 3339, with its zone")
    return text


def _in_utc(at: datetime) -> datetime:
    try:
        return at.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("expected a time between the years 1 and 9999") from error


Moment = Annotated[AwareDatetime, BeforeValidator(_written_out), AfterValidator(_in_utc)]


def _true_or_false(text: object) -> object:
    if isinstance(text, str) and text not in {"true", "false"}:
        raise ValueError("expected true or false")
    return text


Truth = Annotated[bool, BeforeValidator(_true_or_false)]


def separated(text: object) -> object:
    """Several values in one parameter, with commas between them."""
    return text.split(",") if isinstance(text, str) else text


class ListQuery(PageQuery):
    """What every list takes: a span of creation, its beginning included, its end not."""

    created_since: Moment | None = None
    created_before: Moment | None = None

    @property
    def created(self) -> Span:
        """When what is wanted was made."""
        return Span(self.created_since, self.created_before)


class SortedQuery(ListQuery):
    """By age; with `-` the newest first."""

    sort: Sort = Sort.OLDEST
