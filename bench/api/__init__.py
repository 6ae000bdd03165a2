"""Our API beside its floor: the same transaction by bare asyncpg behind a bare handler."""
