"""Mails as the API tells of them: who is written to, and nothing of what they were sent."""

import json
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from interview.adapters.system import SystemIds
from interview.ids import MailId
from interview.mails import link_of
from interview.store.memory import MemoryStore
from interview.tenant_settings import TenantSettings
from interview.use_cases.sending import send_mail
from interview.use_cases.world import World
from tests.api.house import House, Json, opened, settings_with
from tests.fakes.mailroom import FakePost

pytestmark = pytest.mark.api

DAY = timedelta(days=1)
NO_MAIL = {"mail": False}
TOMORROW, LATER, LATEST = "2026-03-04T12:00:00Z", "2026-03-06T12:00:00Z", "2026-03-09T12:00:00Z"


def path(interview: Json, what: str = "/mails") -> str:
    return f"/v1/interviews/{interview['id']}{what}"


async def mails(house: House, interview: Json) -> list[Json]:
    found: list[Json] = (await house.get(path(interview)))["items"]
    return found


async def kinds(house: House, interview: Json) -> list[tuple[str, str]]:
    return [(mail["kind"], mail["state"]) for mail in await mails(house, interview)]


async def send_due(house: House, interview: Json, post: FakePost | None = None) -> None:
    """What the worker does."""
    world, tenant = World(house.store, house.clock, SystemIds()), house.tenants[house.key]
    post = post or FakePost(house.clock)
    for mail in await mails(house, interview):
        await send_mail(world, post, tenant, MailId(UUID(mail["id"])))


async def invited_with(house: House, **more: Json) -> Json:
    known = await house.invited()
    body = {name: known[name] for name in ("kit_id", "candidate_id")}
    return await house.post("/v1/interviews", {**body, "starts_at": TOMORROW, **more})


async def test_an_invitation_and_its_reminders_are_on_their_way(house: House) -> None:
    interview = await invited_with(house)

    found = await mails(house, interview)

    assert [
        ("invitation", "2026-03-02T12:00:00Z"),
        ("reminder_24h", "2026-03-03T12:00:00Z"),
        ("reminder_1h", "2026-03-04T11:00:00Z"),
    ] == [(mail["kind"], mail["due_at"]) for mail in found]
    assert {("waiting", None, 0, None)} == {
        (mail["state"], mail["sent_at"], mail["attempts"], mail["trouble"]) for mail in found
    }


async def test_neither_link_nor_address_is_told(house: House) -> None:
    interview = await invited_with(house)
    said = json.dumps(await mails(house, interview))

    assert interview["invitation_url"].partition("#")[2] not in said
    assert "ada@example.com" not in said
    assert {"id", "kind", "state", "due_at", "sent_at", "attempts", "trouble"} == set(
        json.loads(said)[0]
    )


async def test_an_answer_and_a_mail_say_the_same_link() -> None:
    urls = {
        "VIVAVOCE_API_URL": "http://api.internal:8080",
        "VIVAVOCE_PUBLIC_URL": "https://viv.example/",
    }
    async with opened(settings_with(**urls), MemoryStore()) as house:
        interview = await house.invited()
        await send_due(house, interview, post := FakePost(house.clock))

    ((_, letter),) = post.took
    assert letter.mail.token is not None
    assert link_of("https://viv.example", letter.mail.token) == interview["invitation_url"]


@pytest.mark.parametrize(
    ("tenant", "call", "count"),
    [(True, None, 3), (True, False, 0), (False, None, 0), (False, True, 3)],
)
async def test_tenant_and_call_say_whether_candidates_are_written_to(
    house: House, tenant: bool, call: bool | None, count: int
) -> None:
    async with house.store.transaction(house.tenants[house.key]) as tx:
        await tx.settings.put(TenantSettings(sends_mail=tenant), house.clock.now())
    interview = await invited_with(house, **({} if call is None else {"mail": call}))

    assert count == len(await mails(house, interview))


@pytest.mark.parametrize(("mail", "count"), [(None, 1), (False, 0)])
async def test_those_who_are_invited_in_bulk_are_written_to_alike(
    house: House, mail: bool | None, count: int
) -> None:
    known = await house.invited()
    rows = [{"candidate_id": known["candidate_id"]}, {"name": "Eve", "email": "eve@x.example"}]
    body = {"kit_id": known["kit_id"], "rows": rows, "mail": mail}
    made = await house.post("/v1/interviews/bulk", body, status=200)

    for each in made["results"]:
        assert count == len(await mails(house, {"id": each["interview_id"]}))


async def test_another_time_more_time_and_none_are_told_who_was_invited(house: House) -> None:
    interview = await invited_with(house, expires_at=LATER)
    await send_due(house, interview)
    times = {"starts_at": LATER, "expires_at": LATEST}
    await house.post(path(interview, "/reschedule"), times, status=200)
    until = {"expires_at": "2026-03-10T12:00:00Z"}
    await house.post(path(interview, "/extend"), until, status=200)
    await house.post(path(interview, "/cancel"), {"reason": "other"}, status=200)

    found = await kinds(house, interview)
    assert {("invitation", "sent"), ("cancelled", "waiting")} == {
        each for each in found if each[1] != "dropped"
    }
    assert 2 == found.count(("rescheduled", "dropped"))


@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("/reschedule", {"starts_at": LATER, "expires_at": LATEST}),
        ("/extend", {"expires_at": LATEST}),
        ("/cancel", {"reason": "other"}),
    ],
)
async def test_a_change_may_go_without_a_mail(house: House, what: str, body: Json) -> None:
    interview = await invited_with(house, expires_at=LATER)
    await house.post(path(interview, what), {**body, "mail": False}, status=200)

    assert {"invitation", "reminder_24h", "reminder_1h"} == {
        kind for kind, _ in await kinds(house, interview)
    }


async def test_a_new_link_is_written_of(house: House) -> None:
    interview = await invited_with(house)
    await house.post(path(interview, "/invitations"))

    found = await kinds(house, interview)
    assert 2 == found.count(("invitation", "dropped")) + found.count(("invitation", "waiting"))
    assert ("invitation", "dropped") in found


@pytest.mark.parametrize(
    ("body", "count"), [(None, 2), ({}, 2), ({"mail": None}, 2), ({"mail": True}, 2), (NO_MAIL, 1)]
)
async def test_a_new_link_may_be_made_with_and_without_a_body(
    house: House, body: Json, count: int
) -> None:
    interview = await invited_with(house)
    await house.post(path(interview, "/invitations"), body)

    assert count == len([kind for kind, _ in await kinds(house, interview) if kind == "invitation"])


async def test_an_empty_body_may_be_called_json(house: House) -> None:
    interview = await invited_with(house)
    headers = {"Content-Type": "application/json"}
    answer = await house.call("POST", path(interview, "/invitations"), headers=headers)

    assert 201 == answer.status


@pytest.mark.parametrize("body", ["null", "[]", '{"mail": 1}', '{"male": true}', "{"])
async def test_a_body_of_a_new_link_that_is_wrong_is_refused(house: House, body: str) -> None:
    interview = await invited_with(house)
    headers = {"Content-Type": "application/json"}

    assert (422, "invalid") == await house.refusal(
        "POST", path(interview, "/invitations"), data=body, headers=headers
    )
    assert 1 == len([kind for kind, _ in await kinds(house, interview) if kind == "invitation"])


async def test_withdrawn_access_ends_what_waits_with_a_link(house: House) -> None:
    interview = await invited_with(house)
    answer = await house.call("DELETE", path(interview, "/access"))
    assert 204 == answer.status

    assert {("dropped", "overtaken")} == {
        (mail["state"], mail["trouble"]) for mail in await mails(house, interview)
    }


async def test_a_refused_call_writes_to_nobody(house: House) -> None:
    interview = await invited_with(house)
    before = await kinds(house, interview)
    late = {"starts_at": LATER, "expires_at": "2026-03-05T12:00:00Z"}

    assert (422, "invalid") == await house.refusal(
        "POST", path(interview, "/reschedule"), json=late
    )
    assert before == await kinds(house, interview)


async def test_a_repeat_with_the_same_key_writes_once(house: House) -> None:
    known = await house.invited()
    body = {name: known[name] for name in ("kit_id", "candidate_id")}
    headers = {"Idempotency-Key": "once"}
    first = await house.post("/v1/interviews", body, headers=headers)
    again = await house.post("/v1/interviews", body, headers=headers)

    assert first == again
    assert 1 == len(await mails(house, first))


async def test_the_mails_of_no_interview_are_not_found(house: House) -> None:
    assert (404, "not_found") == await house.refusal("GET", path({"id": uuid4()}))
