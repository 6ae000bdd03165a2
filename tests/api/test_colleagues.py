"""Whoever reads what a colleague judged reads who it was; whoever rates blind learns neither."""

import json

import pytest

from interview.accounts import Role
from tests.api.house import House, Json
from tests.api.test_blind import as_member, keep_blind, own
from tests.api.test_judging import ended, path

pytestmark = pytest.mark.api

BEN, ADA = "ben@example.com", "ada@example.com"
TELLING = ("scorecards", "decision", "notes")


async def judged(house: House) -> tuple[Json, str, Json]:
    """Ben, a recruiter, rated, decided and wrote; and how Ben is named in answers."""
    interview, turn = await ended(house)
    member = await house.new_member(Role.RECRUITER, BEN)
    who: Json = {"key": "", "headers": await house.signed_in(member)}
    decided: Json = {"outcome": "advance", "reason_code": "meets_requirements", "person": None}
    for what, body in (
        ("ratings", own(turn)),
        ("notes", {"text": "Read it twice."}),
        ("decision", decided | {"evidence": [{"kind": "transcript"}]}),
    ):
        await house.post(path(interview, what), body, **who)
    return interview, turn, {"id": str(member), "email": BEN}


async def seated(house: House, role: Role) -> Json:
    member = await house.new_member(role, ADA)
    return {"key": "", "headers": await house.signed_in(member)}


@pytest.mark.parametrize("what", TELLING)
async def test_whoever_reads_what_a_colleague_did_reads_who_it_was(house: House, what: str) -> None:
    """A recruiter too, who may not list the members."""
    interview, _, ben = await judged(house)
    ada = await seated(house, Role.RECRUITER)

    listed = await as_member(house, ada, "GET", "/v1/members")
    found = await as_member(house, ada, "GET", path(interview, what))

    assert 403 == listed["status"]
    assert [ben] == found["colleagues"]


@pytest.mark.parametrize("what", TELLING)
async def test_whoever_rates_blind_learns_who_judged_once_they_have_rated(
    house: House, what: str
) -> None:
    interview, turn, ben = await judged(house)
    ada = await seated(house, Role.REVIEWER)
    await house.post(path(interview, "notes"), {"text": "Mine."}, **ada)

    before = await as_member(house, ada, "GET", path(interview, what))
    await house.post(path(interview, "ratings"), own(turn), **ada)
    after = await as_member(house, ada, "GET", path(interview, what))

    assert BEN not in json.dumps(before)
    assert ben in after["colleagues"]


async def test_a_colleague_who_was_removed_is_still_named(house: House) -> None:
    interview, _, ben = await judged(house)
    ada = await seated(house, Role.RECRUITER)
    assert 204 == (await house.call("DELETE", f"/v1/members/{ben['id']}")).status

    found = await as_member(house, ada, "GET", path(interview, "scorecards"))

    assert [ben] == found["colleagues"]


@pytest.mark.parametrize("what", TELLING)
async def test_where_no_member_did_anything_nobody_is_named(house: House, what: str) -> None:
    interview, _ = await ended(house)

    found = await house.get(path(interview, what))

    assert [] == found["colleagues"]


async def test_whoever_compares_raters_reads_who_they_are(house: House) -> None:
    interview, _, ben = await judged(house)
    ada = await seated(house, Role.RECRUITER)

    found = await as_member(house, ada, "GET", await raters_beside(house, interview))

    raters = [each["rater"]["person"] for each in found["items"]]
    assert [ben["id"]] == [person["id"] for person in raters if person]
    assert [ben] == found["colleagues"]


async def test_whoever_compares_raters_and_rates_blind_reads_nobody_else(house: House) -> None:
    interview, turn, ben = await judged(house)
    ada = await seated(house, Role.RECRUITER)
    await keep_blind(house, "recruiter")
    raters = await raters_beside(house, interview)

    before = await as_member(house, ada, "GET", raters)
    await house.post(path(interview, "ratings"), own(turn), **ada)
    after = await as_member(house, ada, "GET", raters)

    assert [] == before["colleagues"]
    assert BEN not in json.dumps(before)
    assert ben in after["colleagues"]


async def raters_beside(house: House, interview: Json) -> str:
    kit = (await house.get(f"/v1/interviews/{interview['id']}"))["kit_id"]
    return f"/v1/jobs/{(await house.get(f'/v1/kits/{kit}'))['job_id']}/raters"
