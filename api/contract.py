"""Every operation, public and internal, in the order of the documents."""

from api import internal
from api.registry import Operation
from api.v1 import (
    audit,
    bulk,
    candidate,
    candidates,
    decisions,
    events,
    health,
    interviews,
    jobs,
    kit_sources,
    kits,
    notes,
    ratings,
    recordings,
    review,
    scheduling,
    webhooks,
)

PUBLIC: tuple[Operation, ...] = (
    *jobs.OPERATIONS,
    *kits.OPERATIONS,
    *kit_sources.OPERATIONS,
    *candidates.OPERATIONS,
    *interviews.OPERATIONS,
    *bulk.OPERATIONS,
    *scheduling.OPERATIONS,
    *review.OPERATIONS,
    *recordings.OPERATIONS,
    *ratings.OPERATIONS,
    *decisions.OPERATIONS,
    *notes.OPERATIONS,
    *events.OPERATIONS,
    *webhooks.OPERATIONS,
    *audit.OPERATIONS,
    *candidate.OPERATIONS,
    *health.OPERATIONS,
)
INTERNAL: tuple[Operation, ...] = internal.OPERATIONS
ALL: tuple[Operation, ...] = PUBLIC + INTERNAL
