"""Members on call are those who are called when the AI wants a person."""

import json
from uuid import UUID

import pytest

from interview.accounts import Role
from interview.ids import HookEventId, MemberId, WebhookId
from interview.webhooks import payload
from tests.api.house import House, Json

pytestmark = pytest.mark.api

HOOK = {"url": "https://hooks.example/vivavoce", "event_types": ["interview.relief_wanted"]}


async def patched(house: House, member: MemberId, **changes: Json) -> Json:
    response = await house.call("PATCH", f"/v1/members/{member}", json=changes)
    assert 200 == response.status, await response.text()
    return await response.json()


async def calls(house: House, member: MemberId) -> Json:
    return await house.get("/v1/calls", key="", headers=await house.signed_in(member))


async def takes(house: House, interview: Json, member: MemberId) -> None:
    path, headers = f"/v1/interviews/{interview['id']}", await house.signed_in(member)
    await house.post(f"{path}/join", None, status=200, key="", headers=headers)
    await house.post(f"{path}/floor", {"holder": "me"}, status=200, key="", headers=headers)


async def test_a_member_is_put_on_call_and_off_again(house: House) -> None:
    anna = await house.new_member(Role.INTERVIEWER)
    assert (await house.get(f"/v1/members/{anna}"))["on_call"] is False

    assert (await patched(house, anna, on_call=True))["on_call"] is True
    assert "interviewer" == (await house.get(f"/v1/members/{anna}"))["role"]
    listed = (await house.get("/v1/members"))["items"]
    assert [str(anna)] == [one["id"] for one in listed if one["on_call"]]
    [entry] = (await house.get("/v1/audit?limit=1"))["items"]
    assert ("change_member", {"on_call": "true"}) == (entry["action"], entry["facts"])
    assert (await patched(house, anna, on_call=False))["on_call"] is False


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.AUDITOR])
async def test_who_does_not_interview_is_not_on_call(house: House, role: Role) -> None:
    anna = await house.new_member(Role.INTERVIEWER)
    await patched(house, anna, on_call=True)

    assert (await patched(house, anna, role=role))["on_call"] is False
    refused = await house.refusal("PATCH", f"/v1/members/{anna}", json={"on_call": True})
    assert (422, "invalid") == refused


async def test_who_is_on_call_is_called_until_a_person_has_the_floor(house: House) -> None:
    hook = await house.post("/v1/webhooks", HOOK)
    interview, _, claim = await house.led()
    anna, bert = [await house.new_member(Role.INTERVIEWER) for _ in range(2)]
    await patched(house, anna, on_call=True)
    assert {"on_call": True, "items": []} == await calls(house, anna)

    await house.tell(claim, house.report("relief_wanted", reason="person"))

    (sent,) = (await house.get(f"/v1/webhooks/{hook['id']}/deliveries"))["items"]
    names = WebhookId(UUID(hook["id"])), HookEventId(UUID(sent["event_id"]))
    async with house.store.transaction(house.tenants[house.key]) as tx:
        event = (await tx.deliveries.get(*names)).event
    assert [str(anna)] == json.loads(payload(event))["data"]["on_call"]
    called = await calls(house, anna)
    assert [interview["id"]] == [one["interview_id"] for one in called["items"]]
    assert (await calls(house, bert))["on_call"] is False
    await takes(house, interview, bert)
    assert {"on_call": True, "items": []} == await calls(house, anna)


async def test_nobody_is_called_to_an_interview_that_is_over(house: House) -> None:
    interview, _, claim = await house.led()
    anna = await house.new_member(Role.INTERVIEWER)
    await patched(house, anna, on_call=True)
    await house.tell(claim, house.report("relief_wanted", reason="trouble"))
    assert 1 == len((await calls(house, anna))["items"])

    await house.tell(claim, house.report("interview_ended", reason="completed"))

    assert "ended" == await house.state(interview)
    assert [] == (await calls(house, anna))["items"]


async def test_a_section_that_begins_as_it_was_agreed_calls_nobody(house: House) -> None:
    _, _, claim = await house.led()
    anna = await house.new_member(Role.INTERVIEWER)
    await patched(house, anna, on_call=True)

    await house.tell(claim, house.report("relief_wanted", reason="section"))

    assert [] == (await calls(house, anna))["items"]
