"""The command line creates the first tenant, and says whether the logs still hold."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from interview.accounts import ApiKey, token_digest
from interview.ids import InterviewId, TenantId
from interview.ports import BySetupLink
from interview.store.postgres import open_store
from interview.use_cases.keys import key_digest
from interview.use_cases.verify import Broken, Findings
from local.__main__ import main
from local.commands.connection import NEEDED, pepper, settings
from local.commands.verify import report
from local.postgres import EmbeddedPostgres
from local.secrets import Secrets
from tests.conftest import Database
from tests.fakes.judging import judge, quoting, score, talk

pytestmark = pytest.mark.store

BOOTSTRAP = ["admin", "bootstrap", "--tenant", "Acme", "--email", "olga@acme.example"]


@pytest.fixture
def told(database: Database, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The settings of a fresh installation, as the shell's variables."""
    made = Secrets()
    values = (database.app_url, made.installation_key, made.key_pepper)
    for name, value in zip(NEEDED, values, strict=True):
        monkeypatch.setenv(name, value)
    return dict(zip(NEEDED, values, strict=True))


async def stored_key(told: dict[str, str], api_key: str) -> ApiKey:
    kid = api_key.split("_")[2]
    async with open_store(told["DATABASE_URL"], told["VIVAVOCE_INSTALLATION_KEY"]) as store:
        tenant = await store.tenant_of_key(kid)
        assert tenant is not None
        async with store.transaction(tenant) as tx:
            return await tx.tenants.key(kid)


def test_bootstrap_prints_a_key_that_works_and_of_which_only_a_digest_is_kept(
    told: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    main([*BOOTSTRAP, "--json"])
    printed = json.loads(capsys.readouterr().out)

    key = asyncio.run(stored_key(told, printed["api_key"]))
    assert key_digest(pepper(told), printed["api_key"]) == key.digest
    assert printed["tenant_id"] == str(key.tenant)


async def judged(told: dict[str, str]) -> tuple[TenantId, InterviewId]:
    """An interview with a card by models."""
    async with open_store(told["DATABASE_URL"], told["VIVAVOCE_INSTALLATION_KEY"]) as store:
        room = await talk(("pressure", "I took a breath and called them."), store=store)
        await score(room, judge(quoting(4)))
        return room.tenant, room.interview


def test_replay_makes_the_cards_of_an_interview_again(
    told: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    _, interview = asyncio.run(judged(told))

    main(["replay", str(interview)])
    assert "1 scorecards" in capsys.readouterr().out
    main(["replay", str(interview), "--json"])

    assert {"cards": 1, "differences": []} == json.loads(capsys.readouterr().out)


def test_replay_ends_with_1_and_names_what_differs(
    told: dict[str, str],
    database: Database,
    postgres: EmbeddedPostgres,
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, interview = asyncio.run(judged(told))
    base, _, rest = postgres.admin_url.rpartition("/")
    asyncio.run(raise_levels(f"{base}/{database.name}?{rest.partition('?')[2]}"))

    with pytest.raises(SystemExit) as ended:
        main(["replay", str(interview)])
    said = capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["replay", str(interview), "--json"])
    found = json.loads(capsys.readouterr().out)["differences"]

    assert 1 == ended.value.code
    assert "calm.level: stored 5, made again 4" in said
    assert [("care", "level"), ("calm", "level")] == [
        (each["competency"], each["field"]) for each in found
    ]


async def raise_levels(admin_url: str) -> None:
    connection = await asyncpg.connect(admin_url)
    try:
        await connection.execute("UPDATE ratings SET level = 5 WHERE level = 4")
    finally:
        await connection.close()


@pytest.mark.parametrize("is_erased", [True, False])
def test_replay_of_what_is_not_there_ends_in_one_line(
    told: dict[str, str], is_erased: bool
) -> None:
    tenant, interview = asyncio.run(judged(told))
    if is_erased:
        asyncio.run(erase(told, tenant, interview))

    with pytest.raises(SystemExit, match=r"vivavoce replay: .*(erased|no such)"):
        main(["replay", str(interview if is_erased else uuid4())])


def test_score_puts_an_interview_into_the_queue_and_says_so(
    told: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    _, interview = asyncio.run(judged(told))
    before = asyncio.run(queued(told))

    main(["score", str(interview)])

    assert str(interview) in capsys.readouterr().out
    assert [*before, ("score_interview", str(interview))] == asyncio.run(queued(told))


async def queued(told: dict[str, str]) -> list[tuple[str, str]]:
    connection = await asyncpg.connect(told["DATABASE_URL"])
    try:
        jobs = await connection.fetch("SELECT entrypoint, payload FROM pgqueuer ORDER BY id")
    finally:
        await connection.close()
    return [(kind, json.loads(payload)["interview"]) for kind, payload in jobs]


@pytest.mark.parametrize(
    ("what", "why"), [("erased", "erased"), ("unknown", "no such"), ("live", "is live")]
)
def test_score_of_what_cannot_be_scored_ends_in_one_line(
    told: dict[str, str], what: str, why: str
) -> None:
    tenant, interview = asyncio.run(judged(told) if what != "live" else going_on(told))
    if what == "erased":
        asyncio.run(erase(told, tenant, interview))
    before = asyncio.run(queued(told))

    with pytest.raises(SystemExit, match=f"^vivavoce score: .*{why}"):
        main(["score", str(uuid4() if what == "unknown" else interview)])
    assert before == asyncio.run(queued(told))


async def going_on(told: dict[str, str]) -> tuple[TenantId, InterviewId]:
    async with open_store(told["DATABASE_URL"], told["VIVAVOCE_INSTALLATION_KEY"]) as store:
        room = await talk(("pressure", "I took a breath."), end=False, store=store)
        return room.tenant, room.interview


async def erase(told: dict[str, str], tenant: TenantId, interview: InterviewId) -> None:
    url, key = told["DATABASE_URL"], told["VIVAVOCE_INSTALLATION_KEY"]
    async with open_store(url, key) as store, store.transaction(tenant) as tx:
        await tx.keys.destroy_interview(interview, datetime.now(UTC))


def test_bootstrap_tells_a_person_that_the_key_is_shown_only_here(
    told: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    main(BOOTSTRAP)

    assert "shown only here" in capsys.readouterr().out


@pytest.mark.parametrize("internal", [None, "http://api.internal:8080"])
def test_bootstrap_prints_a_link_with_which_the_owner_sets_a_password(
    told: dict[str, str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    internal: str | None,
) -> None:
    public = "https://hire.example.com/"
    monkeypatch.setenv("VIVAVOCE_API_URL", internal or public)
    if internal:
        monkeypatch.setenv("VIVAVOCE_PUBLIC_URL", public)
    main([*BOOTSTRAP, "--json"])
    printed = json.loads(capsys.readouterr().out)

    base, _, token = printed["setup_url"].partition("#")

    assert "https://hire.example.com/setup" == base
    assert printed["owner_id"] == asyncio.run(linked(told, token))


def test_a_member_who_is_locked_out_gets_a_new_link_and_the_old_one_ends(
    told: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    main([*BOOTSTRAP, "--json"])
    first = json.loads(capsys.readouterr().out)
    link = ["admin", "setup-link", "--tenant-id", first["tenant_id"], "--email"]

    main([*link, "OLGA@acme.example", "--json"])
    second = json.loads(capsys.readouterr().out)
    old, new = (made["setup_url"].partition("#")[2] for made in (first, second))

    assert (None, first["owner_id"]) == (
        asyncio.run(linked(told, old)),
        asyncio.run(linked(told, new)),
    )
    with pytest.raises(SystemExit, match="this tenant has no such member"):
        main([*link, "nobody@acme.example"])
    main(["verify", "--json"])
    assert 2 == json.loads(capsys.readouterr().out)["audit_entries"]


async def linked(told: dict[str, str], token: str) -> str | None:
    """The id of the member whose good link it is."""
    digest = token_digest(token)
    url, key = told["DATABASE_URL"], told["VIVAVOCE_INSTALLATION_KEY"]
    async with open_store(url, key) as store, store.enter(BySetupLink(digest)) as tx:
        link = await tx.setup_links.by_digest(digest)
    return str(link.member) if link.expires_at > datetime.now(UTC) else None


def test_an_installation_without_interviews_verifies(
    told: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    main(["verify", "--json"])

    expected: dict[str, object] = {"interviews": 0, "events": 0, "turns": 0, "audit_entries": 0}
    expected |= {"broken": [], "heads": []}
    assert expected == json.loads(capsys.readouterr().out)


def test_what_verify_printed_is_compared_with_what_is_there_later(
    told: dict[str, str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    main(BOOTSTRAP)
    capsys.readouterr()
    kept = tmp_path / "kept.json"
    main(["verify", "--json"])
    kept.write_text(capsys.readouterr().out)
    main(["verify", "--since", str(kept)])
    (head,) = json.loads(kept.read_text())["heads"]
    assert f"ends at entry 1 with {head['head']}" in capsys.readouterr().out

    kept.write_text(json.dumps({"heads": [head | {"seq": 2}]}))

    with pytest.raises(SystemExit, match="1"):
        main(["verify", "--since", str(kept)])
    assert "audit entry 2 is not the one whose head was kept" in capsys.readouterr().out
    kept.write_text("{}")
    with pytest.raises(SystemExit, match="is not what vivavoce verify --json prints"):
        main(["verify", "--since", str(kept)])
    with pytest.raises(SystemExit, match="No such file"):
        main(["verify", "--since", str(tmp_path / "none")])


def test_somebody_vouches_for_a_trail(
    told: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    main([*BOOTSTRAP, "--json"])
    tenant = json.loads(capsys.readouterr().out)["tenant_id"]

    main(["admin", "vouch", "--tenant-id", tenant])

    assert "sound up to entry 1" in capsys.readouterr().out
    main(["verify", "--json"])
    assert 2 == json.loads(capsys.readouterr().out)["audit_entries"]
    with pytest.raises(SystemExit, match="no such tenant"):
        main(["admin", "vouch", "--tenant-id", str(uuid4())])


@pytest.mark.parametrize("as_json", [True, False])
def test_a_broken_log_is_named_and_the_command_fails(
    capsys: pytest.CaptureFixture[str], as_json: bool
) -> None:
    interview = InterviewId(uuid4())
    findings = Findings(broken=[Broken(TenantId(uuid4()), interview, "event 3 was changed")])

    with pytest.raises(SystemExit, match="1"):
        report(findings, as_json=as_json)

    printed = capsys.readouterr().out
    assert str(interview) in printed
    assert "event 3 was changed" in printed


def test_a_database_that_does_not_answer_is_one_clear_line(
    told: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://app:x@127.0.0.1:1/x?sslmode=disable")

    with pytest.raises(SystemExit, match=r"^vivavoce verify: the database does not answer"):
        main(["verify"])


@pytest.mark.parametrize(
    "wrong",
    [["--tenant", "", "--email", "a@b"], ["--tenant", "A", "--email", "a"], ["--tenant", "A"]],
)
def test_a_wrong_argument_is_refused_before_anything_is_made(wrong: list[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["admin", "bootstrap", *wrong])


def test_the_shell_s_settings_go_before_those_of_the_local_installation(
    told: dict[str, str],
) -> None:
    assert told == settings(told)
