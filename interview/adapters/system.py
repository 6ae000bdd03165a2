"""The machine's clock and fresh ids."""

from datetime import UTC, datetime
from uuid import UUID

import uuid_utils.compat


class SystemClock:
    """Port `Clock`."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class SystemIds:
    """Port `Ids`: UUIDv7, in order of their making."""

    def new(self) -> UUID:
        return uuid_utils.compat.uuid7()
