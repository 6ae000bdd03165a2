"""Attempts to sign in, in PostgreSQL: counted before it is known whose they are."""

from datetime import datetime

from interview.slowdown import FORGOTTEN_AFTER, Attempts, Counted
from interview.store.postgres.session import Session

FORGET_OLD_ATTEMPTS = """
    DELETE FROM signin_attempts WHERE mark IN (
        SELECT mark FROM signin_attempts WHERE last_at < $1
        ORDER BY last_at LIMIT 100 FOR UPDATE SKIP LOCKED
    )
"""

ATTEMPTS_LOCKED = """
    INSERT INTO signin_attempts AS known (mark, count, last_at) VALUES ($1, 0, $2)
    ON CONFLICT (mark) DO UPDATE SET count = known.count
    RETURNING count, last_at
"""

COUNT_ATTEMPT = "UPDATE signin_attempts SET count = $2, last_at = $3 WHERE mark = $1"

FORGET_ATTEMPTS = "DELETE FROM signin_attempts WHERE mark = $1"


async def count_attempt(session: Session, counted: Counted, now: datetime) -> None:
    """Raises `TooManyAttempts`."""
    await session.execute(FORGET_OLD_ATTEMPTS, now - FORGOTTEN_AFTER)
    known = Attempts(*await session.row(ATTEMPTS_LOCKED, counted.mark, now))
    then = known.another(counted.free, now)
    await session.execute(COUNT_ATTEMPT, counted.mark, then.count, then.last_at)


async def forget_attempts(session: Session, mark: bytes) -> None:
    await session.execute(FORGET_ATTEMPTS, mark)
