"""The contract ages in public: what is deprecated says so, what would break clients is found."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from api import contract
from api.aging import Aging
from api.graph.schema import FILE as SCHEMA
from api.openapi import FILE, document
from api.settings import Settings
from interview.ports import Store
from local.released import __main__ as released
from local.released.__main__ import breaking, breaking_graph
from local.up.child import ROOT
from tests.api.house import opened

pytestmark = pytest.mark.api
Json = Any
OLD = Aging(since=date(2026, 10, 1), sunset=date(2027, 10, 1), instead="list_interviews")
SAID = {
    "Deprecation": "@1790812800",
    "Sunset": "Fri, 01 Oct 2027 00:00:00 GMT",
    "Link": '</docs#list_interviews>; rel="successor-version"',
}


async def test_what_is_deprecated_says_so_in_every_answer(
    settings: Settings, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    aged = tuple(replace(o, ages=OLD) if o.name == "list_jobs" else o for o in contract.ALL)
    monkeypatch.setattr(contract, "ALL", aged)
    async with opened(settings, store) as house:
        done = await house.call("GET", "/v1/jobs")
        refused = await house.call("GET", "/v1/jobs", key="")
        other = await house.call("GET", "/v1/kits")

    for answer in (done, refused):
        assert SAID == {name: answer.headers[name] for name in SAID}
    assert 401 == refused.status
    assert set() == set(SAID) & set(other.headers)


def test_what_is_deprecated_is_so_in_the_document() -> None:
    aged = [replace(o, ages=OLD) if o.name == "list_jobs" else o for o in contract.PUBLIC]

    entry = json.loads(json.dumps(document(aged)))["paths"]["/v1/jobs"]["get"]

    assert (True, "2027-10-01") == (entry["deprecated"], entry["x-sunset"])
    assert all(set(SAID) <= set(each["headers"]) for each in entry["responses"].values())


def test_less_than_a_year_of_notice_is_refused() -> None:
    with pytest.raises(ValueError, match="2027-09-30 is less than 365 days after 2026-10-01"):
        Aging(since=date(2026, 10, 1), sunset=date(2027, 9, 30), instead="list_interviews")


def gone(of: Json) -> None:
    del of["paths"]["/v1/jobs/{job_id}"]


def needed(of: Json) -> None:
    body = of["components"]["schemas"]["JobBody"]
    body["properties"]["team"] = {"type": "string"}
    body["required"].append("team")


def shorter(of: Json) -> None:
    of["components"]["schemas"]["JobBody"]["properties"]["title"]["maxLength"] = 10


def unsaid(of: Json) -> None:
    view = of["components"]["schemas"]["JobView"]
    del view["properties"]["title"]
    view["required"].remove("title")


def renumbered(of: Json) -> None:
    answers = of["paths"]["/v1/jobs"]["post"]["responses"]
    answers["200"] = answers.pop("201")


def stricter(of: Json) -> None:
    of["paths"]["/v1/jobs"]["get"]["security"] = [{"api_key": ["audit:read"]}]


def renamed(of: Json) -> None:
    of["paths"]["/v1/jobs/{job_id}"]["get"]["operationId"] = "fetch_job"


def more_told(of: Json) -> None:
    schemas = of["components"]["schemas"]
    schemas["JobView"]["properties"]["team"] = {"type": "string"}
    schemas["State"]["enum"].append("postponed")


def more_taken(of: Json) -> None:
    of["components"]["schemas"]["JobBody"]["properties"]["team"] = {"type": "string"}


def one_more(of: Json) -> None:
    of["paths"]["/v1/new"] = of["paths"]["/v1/health"]


@pytest.mark.parametrize("change", [gone, needed, shorter, unsaid, renumbered, stricter, renamed])
def test_a_change_that_breaks_clients_is_found(
    change: Callable[[Json], None], tmp_path: Path
) -> None:
    assert breaking(FILE, changed(change, tmp_path))


@pytest.mark.parametrize("change", [more_told, more_taken, one_more])
def test_what_the_policy_admits_is_no_breaking_change(
    change: Callable[[Json], None], tmp_path: Path
) -> None:
    assert "" == breaking(FILE, changed(change, tmp_path))


def taken_away(of: str) -> str:
    return of.replace("  title: String!\n", "", 1)


def must_be_said(of: str) -> str:
    return of.replace("jobs(limit: Int! = 10", "jobs(team: String!, limit: Int! = 10", 1)


def emptier(of: str) -> str:
    return of.replace("  title: String!\n", "  title: String\n", 1)


def richer(of: str) -> str:
    return of.replace("  title: String!\n", "  title: String!\n  team: String\n", 1)


@pytest.mark.parametrize("change", [taken_away, must_be_said, emptier])
def test_a_change_that_breaks_questions_is_found(
    change: Callable[[str], str], tmp_path: Path
) -> None:
    assert breaking_graph(SCHEMA, asked_otherwise(change, tmp_path))


def test_a_field_more_breaks_no_question(tmp_path: Path) -> None:
    assert "" == breaking_graph(SCHEMA, asked_otherwise(richer, tmp_path))


def test_the_last_release_is_kept_and_nobody_breaks() -> None:
    assert "" == released.found(released.DOCS)


@pytest.mark.parametrize("name", [released.OPENAPI[0], released.GRAPHQL[0]])
def test_without_the_last_release_the_check_fails(
    name: str, house_alone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(released, "DOCS", house_alone / "docs")
    monkeypatch.setattr("sys.argv", ["released", "--check"])

    (house_alone / "docs" / name).unlink()

    with pytest.raises(SystemExit, match=f"^released: docs/{name} is missing"):
        released.main()


def test_make_check_fails_over_what_breaks_and_over_nothing_else(house_alone: Path) -> None:
    assert 0 == checked(house_alone)[0]

    changed(gone, house_alone / "docs")
    schema = house_alone / "docs" / "schema.graphql"
    schema.write_text(taken_away(schema.read_text()))

    status, _, said = checked(house_alone)
    assert 0 != status
    assert "/v1/jobs/{job_id}" in said
    assert "graphql: Field Job.title was removed." in said
    assert "clients of the last release would break" in said


def test_what_is_written_is_what_is_compared_with(
    house_alone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed(gone, house_alone / "docs")
    monkeypatch.setattr(released, "DOCS", house_alone / "docs")
    monkeypatch.setattr("sys.argv", ["released", "--write"])

    released.main()

    for kept, current in (released.OPENAPI, released.GRAPHQL):
        docs = house_alone / "docs"
        assert (docs / current).read_text() == (docs / kept).read_text()


@pytest.fixture
def house_alone(tmp_path: Path) -> Path:
    """What `make check` needs to compare the contract with the last release, and nothing else."""
    house = tmp_path / "house"
    shutil.copytree(ROOT / "local", house / "local")
    (house / "docs").mkdir()
    for name in (*released.OPENAPI, *released.GRAPHQL):
        shutil.copy(ROOT / "docs" / name, house / "docs" / name)
    shutil.copy(ROOT / "Makefile", house / "Makefile")
    programs = house / "bin"
    programs.mkdir()
    for name in ("ruff", "mypy", "lint-imports"):
        written(programs / name, "exit 0")
    written(
        programs / "python",
        f'[ "$2" = local.released ] || exit 0\nexec {sys.executable} "$@"',
    )
    return house


def written(path: Path, line: str) -> None:
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(0o755)


def checked(house: Path) -> tuple[int, str, str]:
    """How `make check` ends there and what it says, every other check being content."""
    command = ["make", "--no-print-directory", "-o", "tools", "check", "BIN=bin"]
    done = subprocess.run(command, cwd=house, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def asked_otherwise(change: Callable[[str], str], folder: Path) -> Path:
    """The schema as it is now, with a change."""
    current = SCHEMA.read_text()
    path = folder / "schema.graphql"
    path.write_text(change(current))
    assert path.read_text() != current
    return path


def changed(change: Callable[[Json], None], folder: Path) -> Path:
    """The document as it is now, with a change."""
    current = json.loads(FILE.read_text())
    change(current)
    path = folder / "openapi.json"
    path.write_text(json.dumps(current))
    return path
