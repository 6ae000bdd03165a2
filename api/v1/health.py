"""Whether the service lives, and whether it can serve."""

from typing import Literal

from interview.errors import Code, Unavailable
from interview.kit import Frozen

from api.callers import Door
from api.registry import Call, operation


class HealthView(Frozen):
    """How the service is."""

    status: Literal["live", "ready"]


@operation("GET", "/v1/health", Door.PUBLIC, tag="health")
async def get_health() -> HealthView:
    """Say whether the process lives."""
    return HealthView(status="live")


@operation("GET", "/v1/health/ready", Door.PUBLIC, tag="health", errors=[Code.UNAVAILABLE])
async def get_readiness(call: Call) -> HealthView:
    """Say whether requests can be served: the database answers and the process stays."""
    if call.desk.closing.is_set() or not await call.world.store.is_ready():
        raise Unavailable
    return HealthView(status="ready")


OPERATIONS = (get_health, get_readiness)
