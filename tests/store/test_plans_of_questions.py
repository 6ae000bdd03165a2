"""How PostgreSQL finds what nested questions ask for: by index, though tables are full."""

from uuid import uuid4

import asyncpg
import pytest

from interview.store.postgres import PostgresStore, several
from interview.store.postgres.store import BIND
from tests.store.test_plans import EXPLAINER, generic_plan, indexes, scans
from tests.store.world import Held, hold

pytestmark = pytest.mark.store

ROWS = 20_000
FILL = {
    "notes": """
        INSERT INTO notes (
            tenant, note_id, interview_id, author_kind, author, sealed_note, created_at
        )
        SELECT CASE WHEN n % 2 = 0 THEN $1::uuid ELSE $2::uuid END, gen_random_uuid(),
            md5((n / 20)::text)::uuid, 'key', 'kid', 'sealed', now()
        FROM generate_series(1, $3::int) AS n
    """,
    "interview_events": """
        INSERT INTO interview_events (
            tenant, interview_id, seq, event_id, epoch, kind, at, sealed_payload, prev_hash, hash
        )
        SELECT CASE WHEN n % 2 = 0 THEN $1::uuid ELSE $2::uuid END, md5((n / 200)::text)::uuid, n,
            gen_random_uuid(), 0,
            CASE WHEN n % 200 = 0 THEN 'decision_made' ELSE 'speech_heard' END,
            now(), 'sealed', sha256('prev'), sha256('hash')
        FROM generate_series(1, $3::int) AS n
    """,
    "invitations": """
        INSERT INTO invitations (tenant, invitation_id, interview_id, digest, created_at)
        SELECT CASE WHEN n % 2 = 0 THEN $1::uuid ELSE $2::uuid END, gen_random_uuid(),
            md5((n / 2)::text)::uuid, sha256(n::text::bytea), now()
        FROM generate_series(1, $3::int) AS n
    """,
}
BY = {
    several.NOTES_OF_INTERVIEWS: ("notes", "notes_of_interview_by_name"),
    several.DECISIONS_OF_INTERVIEWS: ("interview_events", "decisions_of_interview"),
    several.INVITATIONS_OF_INTERVIEWS: ("invitations", "invitations_of_interview"),
}


@pytest.fixture
async def full(postgres_store: PostgresStore, superuser: asyncpg.Connection) -> Held:
    """Full tables of two tenants; what the rows refer to does not matter to a plan."""
    held = await hold(postgres_store)
    await superuser.execute("SET session_replication_role = replica")
    for table, rows in FILL.items():
        await superuser.execute(rows, held.tenant, uuid4(), ROWS)
        await superuser.execute(f"ANALYZE {table}")
    await superuser.execute(EXPLAINER)
    return held


async def test_a_nested_question_goes_by_the_index_that_was_made_for_it(
    full: Held, app: asyncpg.Connection
) -> None:
    """As the application, bound to its tenant: the policy is part of every plan."""
    async with app.transaction():
        await app.execute(BIND, str(full.tenant))
        plans = {sql: await generic_plan(app, sql) for sql in BY}
        control = await generic_plan(app, "SELECT sealed_note FROM notes")

    assert [] == [
        sql for sql, plan in plans.items() if "Seq Scan" in {kind for kind, _ in scans(plan)}
    ]
    assert {sql: {index} for sql, (_, index) in BY.items()} == {
        sql: set(indexes(plan)) for sql, plan in plans.items()
    }
    assert ("Seq Scan", "notes") in set(scans(control)), "the control: this one does read them all"
