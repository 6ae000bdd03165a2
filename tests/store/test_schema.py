"""What the database itself guarantees, whoever writes to it."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from typing import get_args
from uuid import uuid4

import asyncpg
import pytest

from interview.accounts import Role, Scope
from interview.audit import ActorKind
from interview.errors import EvidenceInvalid, KitFrozen
from interview.ids import TurnId
from interview.lifecycle import AWAITED, RUNNING, State
from interview.mails import CalendarMethod, MailKind, MailState, Trouble
from interview.people import SignedInBy
from interview.ports import JobKind
from interview.scoring import NotAssessed
from interview.sealing import SubjectKind
from interview.store import postgres
from interview.store.postgres import PostgresStore
from interview.store.postgres.session import translated
from interview.turns import Speaker
from interview.webhooks import Failure, HookType, Reason, Status
from tests.store.world import Held, hold, scorecard, talk

pytestmark = pytest.mark.store

SHARED = {
    "schema_migrations",
    "pgqueuer",
    "pgqueuer_log",
    "pgqueuer_schedules",
    "pgqueuer_statistics",
    "rater_trials",
    "signin_attempts",
}
"""Tables that hold no tenant's data."""

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
GUARDS = """
    SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity AS bound,
        (SELECT pg_get_expr(p.polqual, p.polrelid) FROM pg_policy AS p
         WHERE p.polrelid = c.oid AND p.polname = 'of_tenant' AND p.polpermissive
             AND p.polcmd = '*' AND p.polroles = '{0}' AND p.polwithcheck IS NULL) AS rule
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
"""
RULE = "(tenant = (NULLIF(current_setting('vivavoce.tenant'::text, true), ''::text))::uuid)"
OTHER_POLICIES = """
    SELECT polname, polcmd::text,
        array(SELECT rolname::text FROM pg_roles WHERE oid = ANY (polroles))
    FROM pg_policy WHERE polname <> 'of_tenant'
"""
OPEN_VIEWS = """
    SELECT c.relname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('v', 'm')
        AND NOT coalesce('security_invoker=true' = ANY (c.reloptions), false)
"""
DEFINERS = """
    SELECT proname::text, coalesce(proconfig, '{}') AS settings,
        prorettype::regtype::text AS returns,
        has_function_privilege('public', p.oid, 'EXECUTE') AS for_all
    FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
    WHERE n.nspname = 'public' AND p.prosecdef
"""
LOG_INDEXES = """
    SELECT pg_get_indexdef(indexrelid) AS indexdef FROM pg_index
    WHERE indrelid = 'interview_events'::regclass AND indpred IS NULL
"""
CHECK = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = $1"


async def tables_of_tenants(conn: asyncpg.Connection) -> set[str]:
    return {row["tablename"] for row in await conn.fetch(TABLES)} - SHARED


async def test_every_tenants_table_is_bound_for_its_owner_too(owner: asyncpg.Connection) -> None:
    guards = {row["relname"]: row for row in await owner.fetch(GUARDS)}

    for table in await tables_of_tenants(owner):
        assert (True, RULE) == (guards[table]["bound"], guards[table]["rule"]), table
    assert set(guards) >= SHARED


async def test_one_index_of_the_log_alone_begins_with_its_interview(
    owner: asyncpg.Connection,
) -> None:
    """With a second one the planner may read a whole log for each turn, by the wrong one."""
    found = {row["indexdef"].partition("btree ")[2] for row in await owner.fetch(LOG_INDEXES)}

    assert "(tenant, interview_id, seq)" in found
    assert ["(tenant, interview_id, seq)"] == [
        columns for columns in found if columns.startswith(("(tenant, int", "(interview_id"))
    ]


async def test_no_shared_table_has_a_tenant(owner: asyncpg.Connection) -> None:
    for table in SHARED:
        statement = await owner.prepare(f"SELECT * FROM {table}")
        assert "tenant" not in {column.name for column in statement.get_attributes()}


async def test_no_other_policy_speaks_to_the_application(owner: asyncpg.Connection) -> None:
    others = [tuple(row) for row in await owner.fetch(OTHER_POLICIES)]

    assert {("lookup", "r", ("vivavoce_owner",))} == {
        (name, command, tuple(roles)) for name, command, roles in others
    }


async def test_every_view_asks_as_its_caller(owner: asyncpg.Connection) -> None:
    assert [] == await owner.fetch(OPEN_VIEWS)


async def test_functions_with_the_owners_rights_are_few_pinned_and_tell_ids_alone(
    owner: asyncpg.Connection,
) -> None:
    definers = await owner.fetch(DEFINERS)

    assert {
        "all_tenants",
        "interviews_alive",
        "interviews_overdue",
        "is_allowed_origin",
        "running_interviews",
        "tenant_of_email",
        "tenant_of_interview",
        "tenant_of_invitation",
        "tenant_of_key",
        "tenant_of_member_session",
        "tenant_of_session",
        "tenant_of_setup_link",
    } == {row["proname"] for row in definers}
    for row in definers:
        assert ["search_path=pg_catalog, pg_temp"] == row["settings"]
        assert row["returns"] in {"uuid", "record", "boolean"}
        assert not row["for_all"]


async def test_without_a_tenant_there_is_nothing(
    postgres_store: PostgresStore, app: asyncpg.Connection
) -> None:
    held = await hold(postgres_store)
    await app.execute("SELECT set_config('vivavoce.tenant', $1, false)", str(held.tenant))
    assert 1 == await app.fetchval("SELECT count(*) FROM interviews")

    for nobody in ("RESET vivavoce.tenant", "SET vivavoce.tenant = ''"):
        await app.execute(nobody)
        for table in await tables_of_tenants(app):
            assert 0 == await app.fetchval(f"SELECT count(*) FROM {table}"), table


async def test_the_owner_sees_no_ones_candidates(
    postgres_store: PostgresStore, owner: asyncpg.Connection
) -> None:
    await hold(postgres_store)

    assert 0 == await owner.fetchval("SELECT count(*) FROM candidates")
    assert 0 == await owner.fetchval("SELECT count(*) FROM data_keys")


async def test_a_row_of_another_tenant_cannot_be_written(
    postgres_store: PostgresStore, app: asyncpg.Connection
) -> None:
    held, other = await hold(postgres_store), await hold(postgres_store)
    await app.execute("SELECT set_config('vivavoce.tenant', $1, false)", str(held.tenant))

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await app.execute("INSERT INTO jobs VALUES ($1, $2, 'x', now())", other.tenant, uuid4())
    await app.execute("INSERT INTO jobs VALUES ($1, $2, 'x', now())", held.tenant, uuid4())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE interview_events SET at = now()",
        "DELETE FROM interview_events",
        "TRUNCATE interview_events",
        "UPDATE scorecards SET total = 5",
        "UPDATE ratings SET level = 5",
        "DELETE FROM evidence",
        "UPDATE consents SET accepted = true",
        "DELETE FROM data_keys",
        "UPDATE kits SET created_at = now()",
        "UPDATE interviews SET kit_version = 2",
        "UPDATE api_keys SET scopes = '{}'",
        "ALTER TABLE interview_events DISABLE ROW LEVEL SECURITY",
        "SELECT bind_to_tenant('jobs')",
        "SET ROLE vivavoce_owner",
    ],
)
async def test_the_application_may_not(app: asyncpg.Connection, statement: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await app.execute(statement)


async def scored(store: PostgresStore) -> Held:
    """An interview with a stored scorecard."""
    held, answer = await hold(store), TurnId(uuid4())
    async with store.transaction(held.tenant) as tx:
        await tx.events.append(held.interview, 1, talk(TurnId(uuid4()), answer))
        await tx.scorecards.add(held.interview, scorecard(answer))
    return held


ADD_LEVEL = """
    INSERT INTO ratings
    SELECT tenant, scorecard_id, $1, 9, 5, NULL, 1, 0, sealed_reason FROM ratings LIMIT 1
"""
ADD_EVIDENCE = """
    INSERT INTO evidence (
        tenant, scorecard_id, interview_id, competency, position, turn_id, start, sealed_quote
    )
    SELECT e.tenant, scorecard_id, e.interview_id, competency, 9, t.turn_id, 0, sealed_quote
    FROM evidence AS e JOIN turns AS t USING (tenant, interview_id) WHERE t.speaker = $1
"""


async def test_a_level_without_evidence_cannot_be_committed(
    postgres_store: PostgresStore, app: asyncpg.Connection
) -> None:
    held = await scored(postgres_store)
    await app.execute("SELECT set_config('vivavoce.tenant', $1, false)", str(held.tenant))

    with pytest.raises(EvidenceInvalid), translated():
        await app.execute(ADD_LEVEL, "honesty")

    assert 2 == await app.fetchval("SELECT count(*) FROM ratings")


async def test_only_turns_of_the_candidate_are_evidence(
    postgres_store: PostgresStore, app: asyncpg.Connection
) -> None:
    held = await scored(postgres_store)
    await app.execute("SELECT set_config('vivavoce.tenant', $1, false)", str(held.tenant))

    with pytest.raises(EvidenceInvalid), translated():
        await app.execute(ADD_EVIDENCE, "ai")
    await app.execute(ADD_EVIDENCE, "candidate")


async def test_a_published_kit_is_frozen(
    postgres_store: PostgresStore, app: asyncpg.Connection
) -> None:
    held = await hold(postgres_store)
    await app.execute("SELECT set_config('vivavoce.tenant', $1, false)", str(held.tenant))

    with pytest.raises(KitFrozen), translated():
        await app.execute("UPDATE kits SET version = NULL, published_at = NULL")


@pytest.mark.parametrize(
    ("constraint", "words"),
    [
        ("interviews_state", set(State)),
        ("members_role", set(Role)),
        ("api_keys_scopes", set(Scope)),
        ("data_keys_kind", set(get_args(SubjectKind))),
        ("member_sessions_signed_in_by", set(get_args(SignedInBy))),
        ("turns_speaker", set(get_args(Speaker))),
        ("notes_author", {"member", "key"}),
        ("audit_entries_actor", set(get_args(ActorKind))),
        ("ratings_not_assessed", set(get_args(NotAssessed))),
        ("ratings_with_flagged_why", set(get_args(NotAssessed))),
        ("webhooks_types", set(HookType)),
        ("webhooks_reason", set(get_args(Reason))),
        ("webhook_deliveries_status", set(get_args(Status))),
        ("webhook_attempts_failure", set(get_args(Failure))),
        ("mails_kind", set(MailKind)),
        ("mails_calendar", set(get_args(CalendarMethod))),
        ("mails_state", set(get_args(MailState))),
        ("mails_trouble", set(get_args(Trouble))),
    ],
)
async def test_the_database_knows_the_same_words(
    owner: asyncpg.Connection, constraint: str, words: set[str]
) -> None:
    assert words == set(re.findall(r"'([a-z0-9_:.]+)'", await owner.fetchval(CHECK, constraint)))


async def test_the_database_knows_which_interviews_run(owner: asyncpg.Connection) -> None:
    states = {
        "running_interviews": set(RUNNING),
        "interviews_alive": set(RUNNING),
        "interviews_overdue": RUNNING | AWAITED,
    }
    for function, meant in states.items():
        body = await owner.fetchval(f"SELECT pg_get_functiondef('{function}'::regproc)")
        assert meant == set(re.findall(r"'([a-z]+)'::text", body))


def statements() -> Iterator[tuple[str, str]]:
    """Every SQL constant of the store, by its name."""
    for module in pkgutil.walk_packages(postgres.__path__, f"{postgres.__name__}."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if re.fullmatch(r"[A-Z_]+", name) and isinstance(value, str) and " " in value:
                yield f"{module.name}.{name}", value


async def test_every_statement_can_be_prepared_by_the_application(
    app: asyncpg.Connection,
) -> None:
    names = set()
    for name, sql in statements():
        names.add(name)
        try:
            await app.prepare(sql)
        except asyncpg.PostgresError as error:
            pytest.fail(f"{name}: {error}")

    assert "interview.store.postgres.log.ADD_EVENT" in names
    assert len(names) > 40


async def test_the_outbox_commits_with_its_cause(
    postgres_store: PostgresStore, app: asyncpg.Connection
) -> None:
    held = await hold(postgres_store)
    kind: JobKind = "score_interview"
    async with postgres_store.transaction(held.tenant) as tx:
        await tx.outbox.put(kind, held.interview)
        assert 0 == await app.fetchval("SELECT count(*) FROM pgqueuer")

    payload = f'{{"tenant": "{held.tenant}", "interview": "{held.interview}"}}'.encode()
    assert (kind, payload) == tuple(
        await app.fetchrow("SELECT entrypoint, payload FROM pgqueuer") or ()
    )
