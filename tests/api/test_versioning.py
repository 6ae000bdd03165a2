"""The contract ages in public: what is deprecated says so, what would break clients is found."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from api import contract
from api.aging import Aging
from api.openapi import FILE, document
from api.settings import Settings
from interview.ports import Store
from local.released import __main__ as released
from local.released.__main__ import breaking
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


def test_the_check_fails_once_there_is_a_release_that_breaks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(released, "RELEASED", tmp_path / "released.json")
    monkeypatch.setattr("sys.argv", ["released", "--check"])
    released.main()
    assert "no release" in capsys.readouterr().out
    monkeypatch.setattr("sys.argv", ["released", "--write"])
    released.main()
    monkeypatch.setattr("sys.argv", ["released", "--check"])
    released.main()

    monkeypatch.setattr(released, "CURRENT", changed(gone, tmp_path))
    with pytest.raises(SystemExit, match="/v1/jobs/{job_id}"):
        released.main()


def changed(change: Callable[[Json], None], folder: Path) -> Path:
    """The document as it is now, with a change."""
    current = json.loads(FILE.read_text())
    change(current)
    path = folder / "openapi.json"
    path.write_text(json.dumps(current))
    return path
