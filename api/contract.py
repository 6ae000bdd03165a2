"""Every operation, public and internal, in the order of the documents; GraphQL has its schema."""

from api import internal
from api.graph import door
from api.registry import Operation
from api.v1 import (
    access,
    accommodations,
    asked,
    audit,
    bulk,
    candidate,
    candidates,
    decisions,
    events,
    exports,
    health,
    interviews,
    jobs,
    keys,
    kit_sources,
    kits,
    mails,
    members,
    notes,
    ratings,
    recordings,
    reports,
    review,
    scheduling,
    sessions,
    signin,
    tenant_settings,
    webhooks,
)

PUBLIC: tuple[Operation, ...] = (
    *jobs.OPERATIONS,
    *kits.OPERATIONS,
    *kit_sources.OPERATIONS,
    *candidates.OPERATIONS,
    *interviews.OPERATIONS,
    *exports.OPERATIONS,
    *bulk.OPERATIONS,
    *scheduling.OPERATIONS,
    *mails.OPERATIONS,
    *accommodations.OPERATIONS,
    *review.OPERATIONS,
    *recordings.OPERATIONS,
    *ratings.OPERATIONS,
    *reports.OPERATIONS,
    *decisions.OPERATIONS,
    *notes.OPERATIONS,
    *asked.OPERATIONS,
    *events.OPERATIONS,
    *webhooks.OPERATIONS,
    *audit.OPERATIONS,
    *access.OPERATIONS,
    *members.OPERATIONS,
    *keys.OPERATIONS,
    *sessions.OPERATIONS,
    *tenant_settings.OPERATIONS,
    *signin.OPERATIONS,
    *candidate.OPERATIONS,
    *health.OPERATIONS,
)
INTERNAL: tuple[Operation, ...] = internal.OPERATIONS
GRAPHQL: tuple[Operation, ...] = door.OPERATIONS
ALL: tuple[Operation, ...] = PUBLIC + GRAPHQL + INTERNAL
