"""The application's role must be one that row-level security binds; any other is refused."""

import asyncpg

from interview.errors import Forbidden
from interview.store.postgres.session import translated

IS_UNBOUND = """
    SELECT rolsuper OR rolbypassrls OR EXISTS (
        SELECT FROM pg_class AS tables
        WHERE tables.relnamespace = 'public'::regnamespace AND tables.relkind IN ('r', 'p')
            AND pg_has_role(current_user, tables.relowner, 'MEMBER')
    ) FROM pg_roles WHERE rolname = current_user
"""


class RoleUnbound(Forbidden):
    """DATABASE_URL names a role that row-level security does not bind: a superuser, one with
    BYPASSRLS, or an owner of tables. Name a role with none of these rights."""


async def require_bound(pool: asyncpg.Pool) -> None:
    """Raises `RoleUnbound`, and `Unavailable`."""
    with translated():
        if await pool.fetchval(IS_UNBOUND):
            raise RoleUnbound(" ".join((RoleUnbound.__doc__ or "").split()))
