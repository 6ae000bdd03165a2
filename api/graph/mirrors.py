"""Who may see what: each field that looks something up asks for the right of a REST operation."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

import strawberry
from strawberry.extensions.field_extension import AsyncExtensionResolver, FieldExtension
from strawberry.types import Info

from api.graph.context import asked_by

R = TypeVar("R", bound=Callable[..., Awaitable[object]])

MIRRORS: Mapping[str, str] = {
    "Query.jobs": "list_jobs",
    "Query.job": "get_job",
    "Query.kits": "list_kits",
    "Query.kit": "get_kit",
    "Query.candidates": "list_candidates",
    "Query.candidate": "get_candidate",
    "Query.interviews": "list_interviews",
    "Query.interview": "get_interview",
    "Query.events": "list_events",
    "Query.audit": "list_audit",
    "Job.kits": "list_kits",
    "Kit.job": "get_job",
    "Kit.interviews": "list_interviews",
    "Interview.kit": "get_kit",
    "Interview.candidate": "get_candidate",
    "Interview.turns": "get_transcript",
    "Interview.scorecards": "list_scorecards",
    "Interview.decision": "get_decision",
    "Interview.notes": "list_notes",
    "Interview.invitations": "list_invitations",
    "Subscription.events": "list_events",
}
"""Every field with a resolver; those without show a part of what their parent was asked for."""


class Mirrored(FieldExtension):
    """Lets a field be seen by those who may call the operation in its row."""

    def __init__(self, field: str) -> None:
        self.field = field
        self.operation = MIRRORS[field]

    async def resolve_async(
        self, next_: AsyncExtensionResolver, source: object, info: Info, **arguments: Any
    ) -> object:
        """Raises `Forbidden`."""
        asked_by(info).caller.require(self.operation)
        return await next_(source, info, **arguments)


def mirrored(field: str) -> Callable[[R], R]:
    """Makes a method the resolver of `field`, which has a row in the table."""
    resolver: Callable[[R], R] = strawberry.field(extensions=[Mirrored(field)])
    return resolver
