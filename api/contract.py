"""Every operation, public and internal, in the order of the documents; GraphQL has its schema."""

from api import internal
from api.graph import door
from api.registry import Operation
from api.v1 import audit, candidate, candidates, events, health, interviews, jobs, kits, review

PUBLIC: tuple[Operation, ...] = (
    *jobs.OPERATIONS,
    *kits.OPERATIONS,
    *candidates.OPERATIONS,
    *interviews.OPERATIONS,
    *review.OPERATIONS,
    *events.OPERATIONS,
    *audit.OPERATIONS,
    *candidate.OPERATIONS,
    *health.OPERATIONS,
)
INTERNAL: tuple[Operation, ...] = internal.OPERATIONS
GRAPHQL: tuple[Operation, ...] = door.OPERATIONS
ALL: tuple[Operation, ...] = PUBLIC + GRAPHQL + INTERNAL
