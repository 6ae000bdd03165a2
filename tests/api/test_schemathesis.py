"""Whatever schemathesis thinks of: no fault of ours, and nothing that the document does not say.

Operations that are added are covered by themselves: each begins with a good call, further bodies
come from the document's examples, ids from `everything`, and what one call leads to from the
document's links.
"""

import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from api import contract
from api.callers import Door
from api.openapi import as_text, document
from api.rights import Right
from api.settings import Settings
from interview.accounts import Role
from interview.ports import Store
from interview.store.postgres import open_store
from tests.api.fuzzing import Exchange, Findings, Json, Proofs, fuzz
from tests.api.good_calls import GoodCalls, good_calls
from tests.api.house import ORIGIN, PEPPER, House, settings_with
from tests.api.reach import DONE, Ready
from tests.api.test_contract import filled
from tests.api.test_signin import NEAR
from tests.conftest import Database

pytestmark = [pytest.mark.api, pytest.mark.timeout(400)]
ALL = {f"{operation.method} {operation.path}" for operation in contract.PUBLIC}
STAFFED = {f"{o.method} {o.path}" for o in contract.PUBLIC if isinstance(o.access, Right)}
OF_MEMBERS = {f"{o.method} {o.path}" for o in contract.PUBLIC if o.access is Door.MEMBER}
OF_CANDIDATES = {f"{o.method} {o.path}" for o in contract.PUBLIC if o.access is Door.CANDIDATE}


def name_of(call: Ready) -> str:
    return f"{call.operation.method} {call.operation.path}"


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
def settings() -> Settings:
    return settings_with(**NEAR)


@pytest.fixture
async def store(database: Database) -> AsyncIterator[Store]:
    async with open_store(database.app_url, PEPPER) as opened:
        yield opened


async def fuzzed(
    house: House,
    folder: Path,
    ids: dict[str, str],
    proofs: Proofs,
    *options: str,
    begin: list[Ready],
) -> Findings:
    """A run in which paths and bodies name the things in `ids` where they can."""
    drawn = {f"{where}.{name}": {"dictionary": name} for name in ids for where in ("path", "body")}
    settings = SETTINGS | {
        "headers": {"Origin": ORIGIN} if proofs.member else {},
        "dictionaries": {name: {"values": [value]} for name, value in ids.items()},
        "parameters": drawn,
        "auth": {"openapi": proofs.told},
    }
    url = str(house.client.make_url("")).rstrip("/")
    always = ("--seed", "1", "--continue-on-failure", "--checks", "all")
    return await fuzz(url, folder, settings, *always, *options, begin=begin)


async def owner(house: House) -> str:
    """The session of somebody who may do everything."""
    headers = await house.signed_in(await house.new_member(Role.OWNER))
    return headers["Cookie"].partition("=")[2]


async def test_every_operation_is_done_and_keeps_to_the_document_whatever_is_sent(
    house: House, tmp_path: Path
) -> None:
    candidate = await house.consented(await house.invited())
    proofs = Proofs(house.key, candidate, await owner(house))

    async with good_calls(house) as good:
        options = ("--max-examples", "8")
        found = await fuzzed(house, tmp_path, good.ids, proofs, *options, begin=good.calls)

    assert not found.failed, found.output
    assert set() == ALL - found.operations(*DONE)


def of_member(call: Ready, headers: dict[str, str]) -> Ready:
    """The same of a member, who speaks for nobody else."""
    if call.operation.access is Door.MEMBER:
        return call
    body = call.body
    if isinstance(body, dict):
        body = {name: value for name, value in body.items() if name != "person"}
    return replace(call, bearer="", headers={**call.headers, **headers}, body=body)


async def test_a_member_does_by_their_session_all_that_is_for_members(
    house: House, tmp_path: Path
) -> None:
    headers = await house.signed_in(await house.new_member(Role.OWNER))
    proofs = Proofs(member=headers["Cookie"].partition("=")[2])

    async with good_calls(house) as good:
        begin = [of_member(c, headers) for c in good.calls if name_of(c) in STAFFED | OF_MEMBERS]
        (floor,) = (call for call in begin if call.operation.name == "set_floor")
        room = f"/v1/interviews/{floor.ids['interview_id']}/join"
        await house.post(room, {}, status=200, key="", headers=headers)
        options = ("--phases", "examples")
        found = await fuzzed(house, tmp_path, good.ids, proofs, *options, begin=begin)

    assert not found.failed, found.output
    assert set() == (STAFFED | OF_MEMBERS) - found.operations(*DONE)


async def strangers(house: House) -> Proofs:
    """Those of another tenant: its key, its candidate, its owner."""
    ours, house.key = house.key, await house.new_tenant("Second")
    candidate = await house.consented(await house.invited())
    found = Proofs(house.key, candidate, await owner(house))
    house.key = ours
    return found


def by_strangers(call: Ready, who: Proofs) -> Ready:
    """The same by them."""
    if call.operation.access is Door.MEMBER:
        headers = {**call.headers, "Cookie": f"viv_session={who.member}"}
        return replace(call, headers=headers)
    return replace(call, bearer=who.key)


@dataclass(frozen=True)
class Ours:
    """What no answer may show to others: `ids` of ours."""

    ids: re.Pattern[str]

    @classmethod
    def of(cls, good: GoodCalls) -> "Ours":
        known = [good.ids, *(call.ids for call in good.calls)]
        ids = {value for each in known for name, value in each.items() if name.endswith("_id")}
        return cls(re.compile("|".join(map(re.escape, sorted(ids)))))

    def named(self, text: str) -> set[str]:
        return set(self.ids.findall(text))

    def are_in(self, call: Ready) -> bool:
        where = filled(call.operation.path, dict(call.ids))
        return bool(self.named(where + json.dumps(call.body)))

    def are_given(self, exchange: Exchange) -> bool:
        """Something was done with what is ours, or an answer says more of it than was asked."""
        said = self.named(exchange.said)
        if exchange.status not in DONE:
            return not said <= self.named(exchange.path + exchange.query + exchange.sent)
        if exchange.operation == IN_ROWS:
            rows = json.loads(exchange.sent)["rows"]
            results = json.loads(exchange.said)["results"]
            named = [bool(self.named(json.dumps(row))) for row in rows]
            made = [result["error"] is None for result in results]
            return bool(said) or any(a and b for a, b in zip(named, made, strict=True))
        return bool(said or self.named(exchange.path + exchange.sent))


IN_ROWS = "POST /v1/interviews/bulk"
"""Its refusals are in its answer, one for each row."""


async def test_strangers_get_nothing_of_ours_whatever_they_send(
    house: House, tmp_path: Path
) -> None:
    async with good_calls(house) as good:
        who, ours = await strangers(house), Ours.of(good)
        wanted = [c for c in good.calls if name_of(c) in STAFFED | OF_MEMBERS and ours.are_in(c)]
        begin = [by_strangers(call, who) for call in wanted]
        looks = [c for c in good.calls if c.operation.method == "GET" and name_of(c) in STAFFED]
        before = [await (await look.made(house)).read() for look in looks]
        options = ("--phases", "examples,fuzzing,stateful", "--max-examples", "3")
        found = await fuzzed(house, tmp_path, good.ids, who, *options, begin=begin)
        after = [await (await look.made(house)).read() for look in looks]

    assert [] == [each for each in found.exchanges if ours.are_given(each)]
    assert not found.failed, found.output
    assert [] == [
        look.operation.name for look, a, b in zip(looks, before, after, strict=True) if a != b
    ]
    assert set() == {name_of(call) for call in begin} - found.operations(404)
    theirs = {(each.phase, each.operation) for each in found.exchanges if each.status in DONE}
    assert {"examples", "fuzzing", "stateful"} == {phase for phase, _ in theirs}
    assert {"POST /v1/jobs", "GET /v1/sessions"} <= {operation for _, operation in theirs}
    assert OF_CANDIDATES & {operation for _, operation in theirs}


def test_links_lead_from_what_was_made_to_what_can_be_done_with_it() -> None:
    paths = json.loads(as_text(document()))["paths"]

    made = paths["/v1/kits"]["post"]["responses"]["201"]["links"]

    assert {"kit_id": "$response.body#/id"} == made["publish_kit"]["parameters"]
    assert {"job_id": "$response.body#/job_id"} == made["get_job"]["parameters"]
