"""The store in PostgreSQL."""

from interview.store.postgres.store import PostgresStore, open_store

__all__ = ["PostgresStore", "open_store"]
