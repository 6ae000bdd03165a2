"""The embedded default for a database: PostgreSQL 18 from a wheel, on the loopback address."""

from local.postgres.server import EmbeddedPostgres, Passwords

__all__ = ["EmbeddedPostgres", "Passwords"]
