"""Pages of lists in PostgreSQL.

The one place where SQL is put together: a filter that was not asked for is no part of the
statement, so that the planner can use the index of the one that was. Every part is a constant.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import asyncpg

from interview.ports import Page, Span, Wanted
from interview.store.cursors import Cursor, decode, page_of
from interview.store.postgres.work import Work

T = TypeVar("T")
Filter = tuple[str, *tuple[object, ...]]
"""A condition with a `{}` for each of its values, and these; nothing is kept out by None."""


@dataclass(frozen=True)
class Order:
    """The columns that a list goes by: a place, and the id among equals."""

    place: str
    name: str


def spans(column: str, span: Span) -> Iterator[Filter]:
    """The filters of a span."""
    yield f"{column} >= {{}}", span.since
    yield f"{column} < {{}}", span.before


def statement(
    select: str, order: Order, wanted: Wanted, filters: Iterable[Filter], after: Cursor | None
) -> tuple[str, list[object]]:
    """The SQL of one page and its arguments; the limit comes before these, as $1."""
    descending = wanted.sort.startswith("-")
    than, way = ("<", "DESC") if descending else (">", "ASC")
    conditions, arguments = [], list[object]()
    for condition, *values in (*filters, *_beyond(order, than, after)):
        if None not in values:
            first = len(arguments) + 2
            conditions.append(condition.format(*(f"${first + n}" for n in range(len(values)))))
            arguments += values
    where = " AND ".join(conditions)
    by = f"{order.place} {way}, {order.name} {way}"
    return f"{select} WHERE {where} ORDER BY {by} LIMIT $1", arguments


def _beyond(order: Order, than: str, after: Cursor | None) -> Iterator[Filter]:
    if after is not None:
        yield f"({order.place}, {order.name}) {than} ({{}}, {{}})", after.at, after.id


@dataclass(frozen=True)
class Listing:
    """A list of one tenant: what it shows of each row, and where that stands in its order."""

    work: Work
    select: str
    order: Order

    async def page(
        self,
        wanted: Wanted,
        filters: Iterable[Filter],
        limit: int,
        after: str | None,
        row_of: Callable[[asyncpg.Record], T],
        cursor: Callable[[T], Cursor],
    ) -> Page[T]:
        last = None if after is None else decode(after, wanted)
        mine: Filter = ("tenant = {}", self.work.tenant)
        sql, arguments = statement(self.select, self.order, wanted, (mine, *filters), last)
        rows = await self.work.session.rows(sql, limit + 1, *arguments)
        return page_of([row_of(row) for row in rows], cursor, limit, wanted)
