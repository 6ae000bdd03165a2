"""A mock interview of a kit: an agent gets its plan, and nothing of it is anywhere afterwards."""

from uuid import UUID, uuid4

import pytest

from interview.door import DispatchMetadata
from interview.ids import interview_of
from tests.api.house import AGENT_KEY, House, Json

pytestmark = pytest.mark.api
TICKETS = "/internal/v1/rehearsals"


async def rehearsed(house: House, kit: Json) -> tuple[Json, DispatchMetadata]:
    """The answer, and the order that an agent was sent for with."""
    made = await house.post(f"/v1/kits/{kit['id']}/rehearsals", status=200)
    await house.errands_done()
    _, metadata = house.rooms.dispatched[-1]
    return made, DispatchMetadata.model_validate_json(metadata)


async def claim(house: House, ticket: str | None, status: int = 201) -> Json:
    answer = await house.call("POST", TICKETS, json={"ticket": ticket}, key=AGENT_KEY)
    assert status == answer.status
    return await answer.json()


async def test_a_draft_is_rehearsed_as_it_is_stored_now(house: House) -> None:
    kit = await house.draft()

    made, order = await rehearsed(house, kit)
    claimed = await claim(house, order.rehearsal, status=200)

    assert (1, "en", 2) == (order.epoch, made["language"], made["questions"])
    room, identity, _ = made["token"].split("/")
    assert (claimed["room"], claimed["candidate_identity"]) == (room, identity)
    asked = [question["text"] for question in claimed["plan"]["questions"]]
    assert [question["text"] for question in kit["questions"]] == asked
    assert "SECRET-ANCHOR" not in str(claimed)


async def test_a_mock_interview_is_in_no_list_and_leaves_the_kit_a_draft(house: House) -> None:
    kit = await house.draft()

    _, order = await rehearsed(house, kit)
    await claim(house, order.rehearsal, status=200)

    for path in ("/v1/interviews", "/v1/candidates"):
        assert [] == (await house.get(path))["items"]
    room = house.rooms.dispatched[-1][0]
    assert None is interview_of(room), "the watch over live rooms leaves it alone"
    assert None is (await house.get(f"/v1/kits/{kit['id']}"))["version"]
    last = (await house.get("/v1/audit"))["items"][-1]
    assert ("rehearse_kit", kit["id"]) == (last["action"], last["subject"])


async def test_its_plan_is_for_who_was_sent_for_and_for_minutes_alone(house: House) -> None:
    _, order = await rehearsed(house, await house.draft())
    ticket = str(order.rehearsal)
    told, _, signature = ticket.rpartition(".")
    which, tenant, _, until = told.split(".")
    another = f"{which}.{tenant}.{uuid4().hex}.{until}.{signature}"

    for wrong in ("nonsense", another, f"{ticket}x"):
        assert "not_found" == (await claim(house, wrong, status=404))["code"]
    house.clock.advance(301)
    assert "not_found" == (await claim(house, ticket, status=404))["code"]


async def test_an_agent_of_a_mock_interview_holds_nothing_that_opens_a_lease(house: House) -> None:
    _, order = await rehearsed(house, await house.draft())
    claimed = await claim(house, order.rehearsal, status=200)
    path = f"/internal/v1/interviews/{claimed['interview_id']}/heartbeat"

    answer = await house.call("POST", path, json={"epoch": 1, "spooled": 0}, key=AGENT_KEY)

    assert "" == claimed["token"]
    assert answer.status in {401, 403, 409}


async def test_a_language_that_nobody_speaks_here_is_told(house: House) -> None:
    kit = await house.draft(language="nb")

    assert (422, "kit_incomplete") == await house.refusal(
        "POST", f"/v1/kits/{kit['id']}/rehearsals"
    )
    assert [] == house.rooms.dispatched


async def test_an_sfu_that_is_away_is_told_before_anybody_is_sent_for(house: House) -> None:
    kit = await house.draft()
    house.rooms.is_up = False

    assert (503, "unavailable") == await house.refusal("POST", f"/v1/kits/{kit['id']}/rehearsals")


async def test_another_one_is_another_room(house: House) -> None:
    kit = await house.draft()

    first, _ = await rehearsed(house, kit)
    second, _ = await rehearsed(house, kit)

    assert first["token"] != second["token"]
    assert 2 == len({UUID(hex=room.removeprefix("mock-")) for room, _ in house.rooms.dispatched})
