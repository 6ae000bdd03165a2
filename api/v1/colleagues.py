"""Colleagues whom an answer names, for whoever may not list the members."""

from collections.abc import Mapping
from uuid import UUID

from interview.kit import Frozen


class ColleagueView(Frozen):
    """A member, also one who was removed, by the id that stands in the answer."""

    id: UUID
    email: str

    @classmethod
    def all_of(cls, called: Mapping[str, str]) -> "tuple[ColleagueView, ...]":
        return tuple(cls(id=UUID(member), email=email) for member, email in called.items())
