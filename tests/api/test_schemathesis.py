"""Whatever schemathesis thinks of: no fault of ours, and nothing that the document does not say.

Operations that are added are covered by themselves: bodies come from the document's examples, ids
from `everything`, and what one call leads to from the document's links.
"""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from api import contract
from api.openapi import as_text, document
from api.rights import Right
from interview.ports import Store
from interview.store.postgres import open_store
from tests.api.fuzzing import Findings, Json, fuzz
from tests.api.house import PEPPER, House
from tests.api.test_contract import everything
from tests.conftest import Database

pytestmark = [pytest.mark.api, pytest.mark.timeout(400)]
ALL = {f"{operation.method} {operation.path}" for operation in contract.PUBLIC}
STAFFED = {f"{o.method} {o.path}" for o in contract.PUBLIC if isinstance(o.access, Right)}
DONE = (200, 201, 202, 204, 206)
TURNED_AWAY = {400, 401, 403, 405, 406, 413, 415, 422}
"""By the door, or for the request's form: the use case was never asked."""

OF_ANOTHER_PROOF = {
    "GET /v1/sessions",
    "GET /v1/sessions/current",
    "DELETE /v1/sessions/current",
    "DELETE /v1/sessions/{session_id}",
    "GET /v1/signin/oidc/callback",
    "PUT /v1/settings/sign-in",
    "GET /v1/recordings/{interview_id}",
}
"""Asked and refused as documented, but never served here: they want a member's session, a provider,
or a signature of ours, and have tests of their own."""

FITS = ["2xx", 304, 401, 403, 404, 409, 410, 412, 422, 428, 429]
"""A schema cannot say all of what makes a body valid (keys that refer to each other, cursors)."""

SETTINGS: Json = {
    "checks": {
        "positive_data_acceptance": {"expected-statuses": FITS},
        "missing_required_header": {"expected-statuses": [400, 401, 403, 406, 415, 422, 428]},
    },
    "generation": {"deterministic": True, "no-shrink": True},
    "phases": {
        # The ids that are tried are those that were given, not what some answer has told before.
        "examples": {"extra-data-sources": {"responses": False}},
        "fuzzing": {"extra-data-sources": {"responses": False}},
        "coverage": {"unexpected-methods": ["DELETE", "OPTIONS", "PATCH"]},
        "stateful": {"generation": {"mode": "positive", "max-examples": 25}, "max-steps": 8},
    },
}


@pytest.fixture
async def store(database: Database) -> AsyncIterator[Store]:
    async with open_store(database.app_url, PEPPER) as opened:
        yield opened


async def fuzzed(
    house: House, folder: Path, ids: dict[str, str], key: str, session: str, *options: str
) -> Findings:
    """A run in which paths and bodies name the things in `ids` where they can."""
    drawn = {f"{where}.{name}": {"dictionary": name} for name in ids for where in ("path", "body")}
    settings = SETTINGS | {
        "dictionaries": {name: {"values": [value]} for name, value in ids.items()},
        "parameters": drawn,
        "auth": {
            "openapi": {
                "api_key": {"bearer": key},
                "candidate_token": {"bearer": session},
                "candidate_cookie": {"api_key": session},
            }
        },
    }
    url = str(house.client.make_url("")).rstrip("/")
    return await fuzz(url, folder, settings, "--seed", "1", "--continue-on-failure", *options)


async def test_every_operation_keeps_to_the_document_whatever_is_sent(
    house: House, tmp_path: Path
) -> None:
    session = await house.consented(await house.invited())
    # No schema says what host is public.
    ids = await everything(house) | {"url": "https://hooks.example.com/in"}
    options = ("--checks", "all", "--max-examples", "8")

    found = await fuzzed(house, tmp_path, ids, house.key, session, *options)

    assert not found.failed, found.output
    handled = {name for name, status in found.answers if status not in TURNED_AWAY}
    assert set() == ALL - handled - OF_ANOTHER_PROOF


async def test_a_foreign_key_gets_nothing_of_ours_whatever_it_sends(
    house: House, tmp_path: Path
) -> None:
    ids = await everything(house)
    stranger = await house.new_tenant("Second")
    phases = ("--phases", "examples,fuzzing", "--mode", "positive", "--max-examples", "4")

    found = await fuzzed(house, tmp_path, ids, stranger, "nobody", *phases)

    assert not found.failed, found.output
    own = ids.keys() - {"starter"}  # starter kits belong to everybody
    ours = {name for name in STAFFED if any(f"{{{each}}}" in name for each in own)}
    assert ours
    assert set() == ours & found.operations(*DONE)
    assert set() == ours - found.operations()
    assert set() == {name for name in ours if name.startswith("GET")} - found.operations(404)


def test_links_lead_from_what_was_made_to_what_can_be_done_with_it() -> None:
    paths = json.loads(as_text(document()))["paths"]

    made = paths["/v1/kits"]["post"]["responses"]["201"]["links"]

    assert {"kit_id": "$response.body#/id"} == made["publish_kit"]["parameters"]
    assert {"job_id": "$response.body#/job_id"} == made["get_job"]["parameters"]
