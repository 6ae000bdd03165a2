"""How PostgreSQL finds turns among a million: by index, whatever statement asks for them."""

import json
import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from interview.ids import InterviewId
from interview.store.postgres import PostgresStore
from interview.store.postgres.log import TURNS
from interview.store.postgres.store import BIND
from tests.store.test_schema import statements
from tests.store.world import Held, hold

pytestmark = [pytest.mark.store, pytest.mark.timeout(300)]

TURNS_EACH, INTERVIEWS = 200, 5000
FILL = """
    INSERT INTO turns (
        tenant, interview_id, turn_id, seq, version, speaker, identity, sealed_speech, started_ms,
        cut_off, withdrawn, complete
    )
    SELECT CASE WHEN n % 2 = 0 THEN $1::uuid ELSE $2::uuid END,
        CASE WHEN n = 0 THEN $3::uuid ELSE of END,
        gen_random_uuid(), seq, seq, 'candidate', 'cand-1', 'sealed', 0, false, false, true
    FROM (SELECT n, gen_random_uuid() AS of FROM generate_series(0, $4::int - 1) AS n) AS held,
        generate_series(1, $5::int) AS seq
"""
INDEXES_LATER = """
    UPDATE pg_index SET indisready = false WHERE indrelid = 'turns'::regclass
"""
INDEXES_NOW = "UPDATE pg_index SET indisready = true WHERE indrelid = 'turns'::regclass"
EXPLAINER = """
    CREATE FUNCTION plan_of(sql text) RETURNS json LANGUAGE plpgsql AS $$
    DECLARE
        found json;
    BEGIN
        EXECUTE 'EXPLAIN (GENERIC_PLAN, FORMAT JSON) ' || sql INTO found;
        RETURN found;
    END
    $$
"""
MADE_OF_TURNS = re.compile(r"\b(FROM|JOIN|UPDATE|INTO) turns\b")


@pytest.fixture
async def full(postgres_store: PostgresStore, superuser: asyncpg.Connection) -> Held:
    """A million turns of two tenants; what they refer to does not matter to a plan."""
    held = await hold(postgres_store)
    await superuser.execute("SET session_replication_role = replica")
    await superuser.execute(INDEXES_LATER)
    await superuser.execute(FILL, held.tenant, uuid4(), held.interview, INTERVIEWS, TURNS_EACH)
    await superuser.execute(INDEXES_NOW)
    await superuser.execute("REINDEX TABLE turns")
    await superuser.execute("ANALYZE turns")
    await superuser.execute(EXPLAINER)
    return held


def reading_turns() -> Iterator[tuple[str, str]]:
    return ((name, sql) for name, sql in statements() if MADE_OF_TURNS.search(sql))


def scans(plan: Any) -> Iterator[tuple[str, str]]:
    """Kind of scan and table, everywhere in a plan."""
    if "Relation Name" in plan:
        yield plan["Node Type"], plan["Relation Name"]
    for part in plan.get("Plans", ()):
        yield from scans(part)


def indexes(plan: Any) -> Iterator[str]:
    """Every index that a plan goes by."""
    if "Index Name" in plan:
        yield plan["Index Name"]
    for part in plan.get("Plans", ()):
        yield from indexes(part)


async def generic_plan(conn: asyncpg.Connection, sql: str) -> Any:
    """What is made of a statement before its parameters are known."""
    return json.loads(await conn.fetchval("SELECT plan_of($1)", sql))[0]["Plan"]


async def plan_for(conn: asyncpg.Connection, sql: str, *arguments: object) -> Any:
    """What is made of it for these."""
    return json.loads(await conn.fetchval(f"EXPLAIN (FORMAT JSON) {sql}", *arguments))[0]["Plan"]


async def test_no_statement_reads_all_turns(full: Held, app: asyncpg.Connection) -> None:
    """As the application, bound to its tenant: the policy is part of every plan."""
    names = []
    async with app.transaction():
        await app.execute(BIND, str(full.tenant))
        for name, sql in reading_turns():
            names.append(name.rpartition(".")[2])
            plan = await generic_plan(app, sql)
            assert "Seq Scan" not in {kind for kind, of in scans(plan) if of == "turns"}, name
        mine = await plan_for(app, TURNS, full.tenant, full.interview)
        nobodys = await plan_for(app, TURNS, full.tenant, InterviewId(UUID(int=1)))
        by_seq = await plan_for(app, "SELECT count(*) FROM turns")

    assert {"TURNS", "TURNS_NAMED", "SAVE_TURN"} <= set(names)
    for plan in (mine, nobodys):
        assert {"turns"} == {of for _, of in scans(plan)}
        assert not [kind for kind, _ in scans(plan) if kind == "Seq Scan"]
    assert ("Seq Scan", "turns") in set(scans(by_seq)), "the control: this one does read them all"
