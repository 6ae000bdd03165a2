"""How the members are called who did something about an interview."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from interview.by_people import By
from interview.errors import NotFound
from interview.ids import MemberId
from interview.ports import Transaction

Called = Mapping[str, str]


async def called_in(tx: Transaction, people: Iterable[By | None]) -> Called:
    """The addresses of the members among `people`, by id; also of those who were removed.

    Whoever reads what somebody judged reads who it was, though they may not list the members: give
    only those whose doings the reader sees.
    """
    found: dict[str, str] = {}
    for by in people:
        if by is not None and by.kind == "member" and by.id not in found:
            try:
                found[by.id] = (await tx.members.get(MemberId(UUID(by.id)))).email
            except NotFound:  # removed long ago: the id is what is left
                continue
    return found
