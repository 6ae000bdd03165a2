"""One connection inside a transaction, and what the driver's errors mean to us."""

from collections.abc import Sequence
from types import TracebackType
from typing import TypeAlias

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from interview.errors import Conflict, EvidenceInvalid, Invalid, KitFrozen, NotFound, Unavailable

Connection: TypeAlias = asyncpg.Connection | PoolConnectionProxy

TRANSIENT = (
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.DeadlockDetectedError,
    asyncpg.SerializationError,
    asyncpg.LockNotAvailableError,
    asyncpg.QueryCanceledError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    asyncpg.InterfaceError,  # the connection or the pool is closed
    asyncpg.InternalClientError,  # asyncpg#784: the connection was cut while it was idle
    OSError,
)
"""What passes when the same transaction is tried again on another connection."""

EVIDENCE = frozenset({"rating_needs_evidence", "evidence_is_a_turn_of_the_candidate"})


# No generator, for it stands around every statement and costs a fifth of one.
class Translated:
    """Turns the driver's errors into ours: `Unavailable` alone is worth another try."""

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, _: type[BaseException] | None, error: BaseException | None, __: TracebackType | None
    ) -> None:
        if error is None:
            return
        if isinstance(error, TRANSIENT):
            raise Unavailable from error
        if isinstance(error, asyncpg.IntegrityConstraintViolationError):
            raise _refusal(error) from error
        if isinstance(error, asyncpg.DataError):
            raise Invalid("A text or a number cannot be stored.") from error


_TRANSLATED = Translated()


def translated() -> Translated:
    """For a `with` around what the driver does."""
    return _TRANSLATED


def _refusal(
    error: asyncpg.IntegrityConstraintViolationError,
) -> Conflict | EvidenceInvalid | Invalid | KitFrozen | NotFound:
    name = error.constraint_name
    if name in EVIDENCE:
        return EvidenceInvalid()
    if name == "kit_is_frozen":
        return KitFrozen()
    match error:
        case asyncpg.UniqueViolationError():
            return Conflict()
        case asyncpg.ForeignKeyViolationError():
            return NotFound()
        case _:
            return Invalid(f"The store refuses this ({name}).")


class Session:
    """A connection that speaks our errors."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def rows(self, sql: str, *arguments: object) -> list[asyncpg.Record]:
        with translated():
            return await self.connection.fetch(sql, *arguments)

    async def row(self, sql: str, *arguments: object) -> asyncpg.Record:
        """Raises `NotFound`."""
        found = await self.row_or_none(sql, *arguments)
        if found is None:
            raise NotFound
        return found

    async def row_or_none(self, sql: str, *arguments: object) -> asyncpg.Record | None:
        with translated():
            return await self.connection.fetchrow(sql, *arguments)

    async def execute(self, sql: str, *arguments: object) -> None:
        with translated():
            await self.connection.execute(sql, *arguments)

    async def execute_each(self, sql: str, arguments: Sequence[Sequence[object]]) -> None:
        """Once for each, in one round trip."""
        with translated():
            await self.connection.executemany(sql, arguments)
