"""Lists from their first page to their last."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from typing import Protocol, TypeVar

T = TypeVar("T")
Item_co = TypeVar("Item_co", covariant=True)


class Page(Protocol[Item_co]):
    """One page; `next` is None on the last one."""

    @property
    def items(self) -> Sequence[Item_co]: ...

    @property
    def next(self) -> str | None: ...


def every(call: Callable[..., Page[T]], *arguments: object, **query: object) -> Iterator[T]:
    """All items of a list, e.g. `every(client.list_jobs, limit=100)`."""
    while True:
        page = call(*arguments, **query)
        yield from page.items
        if page.next is None:
            return
        query["after"] = page.next


async def aevery(
    call: Callable[..., Awaitable[Page[T]]], *arguments: object, **query: object
) -> AsyncIterator[T]:
    """The same for `AsyncVivavoce`."""
    while True:
        page = await call(*arguments, **query)
        for item in page.items:
            yield item
        if page.next is None:
            return
        query["after"] = page.next
