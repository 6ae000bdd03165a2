"""Filings over REST and GraphQL: which core question a turn belongs to, said after the end."""

from uuid import uuid4

import pytest

from interview.accounts import Role
from interview.ids import interviewer_identity
from interview.use_cases.verify import verify_all
from tests.api.house import House, Json
from tests.api.test_room import come

pytestmark = pytest.mark.api

WHY = "Anna asked it while the AI did not hear her."


def path(interview: Json, what: str) -> str:
    return f"/v1/interviews/{interview['id']}/{what}"


async def over(house: House) -> tuple[Json, str, str]:
    """An interview that Anna sat in, her identity, and the candidate's turn that answers nothing
    as far as the room knew."""
    interview, _, claim = await house.led()
    anna = await house.new_member(Role.INTERVIEWER)
    await come(house, interview, anna, {"name": "Anna"})
    turn = str(uuid4())
    said = house.speech("I read the logs and found it", turn=turn, at_ms=200)
    said["fact"]["question"] = None
    await house.tell(claim, said, house.report("interview_ended", reason="completed"))
    return interview, interviewer_identity(anna), turn


def filing(question: str | None, asked_by: str | None = None) -> Json:
    return {"question": question, "asked_by": asked_by, "reason": WHY, "person": "Grace Hopper"}


async def turn_in(house: House, interview: Json, query: str = "") -> Json:
    (turn,) = (await house.get(path(interview, f"transcript{query}")))["turns"]
    return turn


async def test_what_was_asked_by_a_person_is_filed_with_who_and_why_and_both_are_kept(
    house: House,
) -> None:
    interview, anna, turn = await over(house)

    made = await house.post(path(interview, f"turns/{turn}/filings"), filing("outage", anna))

    corrected = await turn_in(house, interview)
    original = await turn_in(house, interview, "?version=original")
    kid = house.key.removeprefix("viv_live_").partition("_")[0]
    assert ("outage", None) == (corrected["question"], original["question"])
    assert (
        {
            "seq": made["seq"],
            "question": "outage",
            "asked_by": anna,
            "reason": WHY,
            "by": {"kind": "key", "id": kid, "name": "Grace Hopper"},
            "at": made["filed_at"],
        }
        == original["filing"]
        == corrected["filing"]
    )
    assert "turn_refiled" == (await house.kinds(interview))[-1]
    assert [] == (await verify_all(house.store)).broken


async def test_parity_tells_who_asked_what_was_filed_after_the_end(house: House) -> None:
    interview, anna, turn = await over(house)
    where = f"/v1/kits/{interview['kit_id']}/parity"
    before = (await house.get(where))["items"][0]["ledger"]

    await house.post(path(interview, f"turns/{turn}/filings"), filing("outage", anna))

    after = (await house.get(where))["items"][0]["ledger"]
    assert [None, "person"] == [each["questions"][0]["by"] for each in (before, after)]
    assert [] == before["people"]["by_person"]
    assert [(anna, "Anna", ["outage"])] == [
        (one["identity"], one["name"], one["asked"]) for one in after["people"]["by_person"]
    ]


async def test_graphql_shows_both(house: House) -> None:
    interview, anna, turn = await over(house)
    await house.post(path(interview, f"turns/{turn}/filings"), filing("outage", anna))
    asked = (
        "query($id: UUID!, $version: String) { interview(id: $id) {"
        " turns(version: $version) { items { question filing { question askedBy reason } } } } }"
    )

    shown = []
    for version in ("original", "corrected"):
        variables = {"id": interview["id"], "version": version}
        body = {"query": asked, "variables": variables}
        answer = await house.post("/graphql", body, status=200)
        shown += answer["data"]["interview"]["turns"]["items"]

    filed = {"question": "outage", "askedBy": anna, "reason": WHY}
    assert [
        {"question": None, "filing": filed},
        {"question": "outage", "filing": filed},
    ] == shown


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"question": "unknown"}, "question"),
        ({"question": "Not a key"}, "question"),
        ({"question": None}, "question"),
        ({"asked_by": "cand-1"}, "asked_by"),
        ({"asked_by": f"int-{9:032x}"}, "asked_by"),
        ({"reason": ""}, "reason"),
        ({"person": None}, "person"),
    ],
)
async def test_what_is_no_filing_names_the_field(house: House, change: Json, field: str) -> None:
    interview, _, turn = await over(house)

    answer = await house.call(
        "POST", path(interview, f"turns/{turn}/filings"), json=filing("outage") | change
    )

    assert (422, field) == (answer.status, (await answer.json())["field"])
    assert "turn_refiled" not in await house.kinds(interview)


async def test_nothing_is_filed_before_the_end(house: House) -> None:
    interview, _, claim = await house.led()
    turn = str(uuid4())
    await house.tell(claim, house.speech("I read the logs", turn=turn, at_ms=200))

    assert (409, "wrong_state") == await house.refusal(
        "POST", path(interview, f"turns/{turn}/filings"), json=filing("tools")
    )
