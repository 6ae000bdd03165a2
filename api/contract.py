"""Every operation, public and internal, in the order of the documents."""

from api import internal
from api.registry import Operation
from api.v1 import (
    access,
    audit,
    candidate,
    candidates,
    events,
    health,
    interviews,
    jobs,
    keys,
    kits,
    members,
    review,
    sessions,
    signin,
)

PUBLIC: tuple[Operation, ...] = (
    *jobs.OPERATIONS,
    *kits.OPERATIONS,
    *candidates.OPERATIONS,
    *interviews.OPERATIONS,
    *review.OPERATIONS,
    *events.OPERATIONS,
    *audit.OPERATIONS,
    *access.OPERATIONS,
    *members.OPERATIONS,
    *keys.OPERATIONS,
    *sessions.OPERATIONS,
    *signin.OPERATIONS,
    *candidate.OPERATIONS,
    *health.OPERATIONS,
)
INTERNAL: tuple[Operation, ...] = internal.OPERATIONS
ALL: tuple[Operation, ...] = PUBLIC + INTERNAL
