"""Webhooks over the API: made, changed, followed, sent again, and everything that is refused."""

from collections.abc import Mapping
from functools import partial

import pytest

from interview.adapters.system import SystemIds
from interview.ports import Store
from interview.store.memory import MemoryStore
from interview.use_cases.delivering import deliver
from interview.use_cases.webhooks import MOST
from interview.use_cases.world import World
from interview.webhooks import HookType, Outcome, judged
from tests.api.house import House, Json, opened, settings_with, unknown
from tests.fakes.queue import FakeQueue

pytestmark = pytest.mark.api

BODY = {"url": "https://hooks.example.com/in", "event_types": ["interview.invited"]}
WHATEVER = {"If-Match": "*"}


class Receiver:
    """Port `Courier`: says one status and keeps where it was called."""

    def __init__(self, status: int) -> None:
        self.status = status
        self.urls: list[str] = []

    async def bring(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        self.urls.append(url)
        return judged(self.status, 7)


async def made(house: House, **changes: Json) -> Json:
    return await house.post("/v1/webhooks", BODY | changes)


async def tried(house: House, receiver: Receiver) -> None:
    """The worker does what is due now."""
    assert isinstance(house.store, MemoryStore)
    world = World(house.store, house.clock, SystemIds())
    queue = FakeQueue(house.store, house.clock, partial(deliver, world, receiver))
    await queue.work_until(house.clock.now())


async def changed(house: House, webhook: Json, body: Json) -> Json:
    path = f"/v1/webhooks/{webhook['id']}"
    answer = await house.call("PATCH", path, json=body, headers=WHATEVER)
    assert 200 == answer.status, await answer.text()
    return await answer.json()


async def test_a_new_endpoint_is_shown_with_its_secret_once(house: House) -> None:
    webhook = await made(house, description="the ATS")
    secret = webhook.pop("secret")

    assert secret.startswith("whsec_")
    assert webhook == await house.get(f"/v1/webhooks/{webhook['id']}")
    assert {"items": [webhook], "next": None} == await house.get("/v1/webhooks")
    assert (BODY["url"], ["interview.invited"], True, None) == (
        webhook["url"],
        webhook["event_types"],
        webhook["enabled"],
        webhook["disabled_reason"],
    )


async def test_the_same_request_makes_one_endpoint_and_says_its_secret_again(
    house: House,
) -> None:
    headers = {"Idempotency-Key": "once"}
    first, second = [await house.post("/v1/webhooks", BODY, headers=headers) for _ in range(2)]

    assert first == second
    assert 1 == len((await house.get("/v1/webhooks"))["items"])


async def refusal(house: House, method: str, path: str, body: Json) -> tuple[int, str, str]:
    """Status, code and field."""
    answer = await house.call(method, path, json=body, headers=WHATEVER)
    problem = await answer.json(content_type="application/problem+json")
    return answer.status, problem["code"], problem["field"]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hooks.example.com",
        "http://hooks.example.com",
        "https://user:password@hooks.example.com",
        "https://127.0.0.1/",
        "https://127.1/",
        "https://0x7f000001/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://localhost/",
        "https://metadata.google.internal/",
        "https://169.254.169.254/latest/meta-data/",
        "https://hooks.example.com:22/",
        "https://hooks.example.com/\\evil",
        "https://hooks.example.com/" + "a" * 2000,
        "javascript:alert(1)",
        None,
        7,
    ],
)
async def test_a_url_that_may_not_be_called_is_refused_by_its_field(
    house: House, url: Json
) -> None:
    webhook = await made(house)

    assert (422, "invalid", "url") == await refusal(
        house, "POST", "/v1/webhooks", BODY | {"url": url}
    )
    if url is not None:
        path = f"/v1/webhooks/{webhook['id']}"
        assert (422, "invalid", "url") == await refusal(house, "PATCH", path, {"url": url})
    assert 1 == len((await house.get("/v1/webhooks"))["items"])


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"event_types": []}, "event_types"),
        ({"event_types": ["interview.exploded"]}, "event_types.0"),
        ({"event_types": ["*"]}, "event_types.0"),
        ({"event_types": ["interview.ended"] * 99}, "event_types"),
        ({"event_types": "interview.ended"}, "event_types"),
        ({"description": "a" * 201}, "description"),
        ({"description": "a\u0007"}, "description"),
        ({"secret": "whsec_mine"}, "secret"),
    ],
)
async def test_what_is_not_understood_is_refused_by_its_field(
    house: House, body: Json, field: str
) -> None:
    path = f"/v1/webhooks/{(await made(house))['id']}"

    assert (422, "invalid", field) == await refusal(house, "POST", "/v1/webhooks", BODY | body)
    assert (422, "invalid", field) == await refusal(house, "PATCH", path, body)


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("secret", {"overlap_hours": -1}, "overlap_hours"),
        ("secret", {"overlap_hours": 169}, "overlap_hours"),
        ("secret", {"overlap_hours": "1"}, "overlap_hours"),
        ("replay", {}, "since"),
        ("replay", {"since": "yesterday"}, "since"),
        ("replay", {"since": "2026-03-02T12:00:00"}, "since"),
    ],
)
async def test_a_wrong_time_is_refused_by_its_field(
    house: House, path: str, body: Json, field: str
) -> None:
    webhook = await made(house)

    assert (422, "invalid", field) == await refusal(
        house, "POST", f"/v1/webhooks/{webhook['id']}/{path}", body
    )


@pytest.mark.parametrize("query", ["status=lost", "since=yesterday", "after=nothing", "limit=0"])
async def test_a_filter_that_is_none_is_refused(house: House, query: str) -> None:
    path = f"/v1/webhooks/{(await made(house))['id']}/deliveries?{query}"

    assert (422, "invalid") == await house.refusal("GET", path)


async def test_there_are_only_so_many_endpoints(house: House) -> None:
    for _ in range(MOST):
        await made(house)

    assert (409, "limit_reached") == await house.refusal("POST", "/v1/webhooks", json=BODY)
    (first, *_) = (await house.get("/v1/webhooks"))["items"]
    await house.call("DELETE", f"/v1/webhooks/{first['id']}", headers=WHATEVER)
    await made(house)


async def test_what_is_not_there_is_not_found(house: House) -> None:
    webhook = await made(house)
    for path in (
        f"{unknown()}",
        f"{unknown()}/deliveries",
        f"{webhook['id']}/deliveries/{unknown()}",
    ):
        assert (404, "not_found") == await house.refusal("GET", f"/v1/webhooks/{path}")
    assert (404, "not_found") == await house.refusal("GET", f"/v1/webhooks/{unknown()}")
    replay = f"/v1/webhooks/{webhook['id']}/deliveries/{unknown()}/replay"
    assert (404, "not_found") == await house.refusal("POST", replay)


async def test_an_endpoint_changes_where_it_is_told_to_and_nowhere_else(house: House) -> None:
    webhook = await made(house, description="old")
    house.clock.advance(1)

    after = await changed(house, webhook, {"description": "", "event_types": ["interview.ended"]})

    assert ("", ["interview.ended"], webhook["url"], True) == (
        after["description"],
        after["event_types"],
        after["url"],
        after["enabled"],
    )
    assert webhook["created_at"] == after["created_at"] != after["changed_at"]
    assert "secret" not in after


async def test_an_endpoint_is_changed_and_removed_only_as_it_was_read(house: House) -> None:
    webhook = await made(house)
    path = f"/v1/webhooks/{webhook['id']}"

    async def said(method: str, tag: str | None, **body: Json) -> tuple[int, str | None]:
        headers = {} if tag is None else {"If-Match": tag}
        answer = await house.call(method, path, headers=headers, json=body or None)
        return answer.status, answer.headers.get("ETag")

    first = (await house.call("GET", path)).headers["ETag"]
    assert (428, None) == await said("PATCH", None, description="Mine.")
    assert (200, '"2"') == await said("PATCH", first, description="Mine.")
    assert (412, '"2"') == await said("PATCH", first, description="Theirs.")
    assert "Mine." == (await house.get(path))["description"]
    rotated = await house.call(
        "POST", f"{path}/secret", json={"overlap_hours": 1}, headers={"If-Match": '"2"'}
    )
    assert (200, '"3"') == (rotated.status, rotated.headers["ETag"])
    assert (412, "precondition_failed") == await house.refusal(
        "POST", f"{path}/secret", json={"overlap_hours": 1}, headers={"If-Match": '"2"'}
    )
    assert [(428, None), (412, '"3"'), (204, None)] == [
        await said("DELETE", tag) for tag in (None, first, '"3"')
    ]


async def test_who_has_read_an_endpoint_is_told_when_it_begins_to_fail(house: House) -> None:
    """And not of each failure after the first."""
    webhook = await made(house)
    path = f"/v1/webhooks/{webhook['id']}"
    await house.invited()
    tags = [(await house.call("GET", path)).headers["ETag"]]

    for _ in range(2):
        await tried(house, Receiver(500))
        tags.append((await house.call("GET", path)).headers["ETag"])
        house.clock.advance(600)

    assert ['"1"', '"2"', '"2"'] == tags


async def test_a_deleted_endpoint_is_gone_with_its_deliveries(house: House) -> None:
    webhook = await made(house)
    await house.invited()

    answer = await house.call("DELETE", f"/v1/webhooks/{webhook['id']}", headers=WHATEVER)

    assert (204, b"") == (answer.status, await answer.read())
    assert (404, "not_found") == await house.refusal("GET", f"/v1/webhooks/{webhook['id']}")
    assert (404, "not_found") == await house.refusal("DELETE", f"/v1/webhooks/{webhook['id']}")
    receiver = Receiver(200)
    await tried(house, receiver)
    assert [] == receiver.urls


async def test_a_new_secret_is_another_and_the_old_one_has_an_end(house: House) -> None:
    webhook = await made(house)
    path = f"/v1/webhooks/{webhook['id']}/secret"

    rotated = await house.post(path, {"overlap_hours": 2}, status=200)
    at_once = await house.post(path, {"overlap_hours": 0}, status=200)

    assert 3 == len({webhook["secret"], rotated["secret"], at_once["secret"]})
    assert ("2026-03-02T14:00:00Z", None) == (
        rotated["old_secret_until"],
        at_once["old_secret_until"],
    )


async def test_a_whole_interview_is_told_from_its_invitation_on(house: House) -> None:
    webhook = await made(house, event_types=sorted(HookType))
    interview, _, claim = await house.led()
    await house.tell(claim, house.report("paused", reason="absent"))
    await house.tell(claim, house.report("resumed"))
    await house.tell(claim, house.report("interview_ended", reason="completed"))

    sent = await house.get(f"/v1/webhooks/{webhook['id']}/deliveries")

    # Same instant, so they are in order of their ids, which count up.
    assert [
        "interview.invited",
        "interview.ready",
        "interview.started",
        "interview.paused",
        "interview.resumed",
        "interview.ended",
    ] == [delivery["type"] for delivery in sent["items"]]
    assert {interview["id"]} == {delivery["interview_id"] for delivery in sent["items"]}


async def test_the_log_of_a_delivery_tells_every_try(house: House) -> None:
    webhook = await made(house)
    await house.invited()
    await tried(house, Receiver(503))

    path = f"/v1/webhooks/{webhook['id']}/deliveries"
    (waiting,) = (await house.get(f"{path}?status=waiting"))["items"]
    delivery = await house.get(f"{path}/{waiting['event_id']}")

    assert ("waiting", 1, "2026-03-02T12:00:05Z") == (
        delivery["status"],
        delivery["attempts"],
        delivery["next_at"],
    )
    assert [
        {
            "number": 1,
            "at": "2026-03-02T12:00:00Z",
            "status": 503,
            "failure": "status",
            "duration_ms": 7,
        }
    ] == delivery["log"]
    assert [] == (await house.get(f"{path}?status=delivered"))["items"]
    assert [] == (await house.get(f"{path}?since=2026-03-02T12:00:01Z"))["items"]
    failing = await house.get(f"/v1/webhooks/{webhook['id']}")
    assert ("2026-03-02T12:00:00Z", True) == (failing["failing_since"], failing["enabled"])


async def test_an_endpoint_that_is_gone_says_so_and_is_sent_again_when_it_is_back(
    house: House,
) -> None:
    webhook = await made(house)
    path = f"/v1/webhooks/{webhook['id']}"
    await house.invited()
    await tried(house, Receiver(410))
    await house.invited()
    gone = await house.get(path)
    assert (False, "gone", "2026-03-02T12:00:00Z") == (
        gone["enabled"],
        gone["disabled_reason"],
        gone["disabled_at"],
    )
    body = {"since": "2026-03-02T12:00:00Z"}
    assert (409, "webhook_disabled") == await house.refusal("POST", f"{path}/replay", json=body)
    failed, _ = (await house.get(f"{path}/deliveries"))["items"]
    one = f"{path}/deliveries/{failed['event_id']}/replay"
    assert (409, "webhook_disabled") == await house.refusal("POST", one)

    back = await changed(house, webhook, {"enabled": True})
    replayed = await house.post(f"{path}/replay", body, status=202)
    again = await house.post(one, status=202)
    receiver = Receiver(200)
    await tried(house, receiver)

    assert (True, None, None) == (back["enabled"], back["disabled_reason"], back["failing_since"])
    assert {"count": 2, "more": False} == replayed
    assert ("waiting", failed["event_id"]) == (again["status"], again["event_id"])
    assert ["delivered"] * 2 == [
        delivery["status"] for delivery in (await house.get(f"{path}/deliveries"))["items"]
    ]
    assert {"count": 0, "more": False} == await house.post(f"{path}/replay", body, status=202)


async def test_a_delivery_that_arrived_can_be_sent_once_more(house: House) -> None:
    webhook, receiver = await made(house), Receiver(200)
    await house.invited()
    await tried(house, receiver)
    path = f"/v1/webhooks/{webhook['id']}/deliveries"
    (delivered,) = (await house.get(path))["items"]

    await house.post(f"{path}/{delivered['event_id']}/replay", status=202)
    await tried(house, receiver)

    assert [BODY["url"]] * 2 == receiver.urls


async def test_the_trail_says_what_was_changed_and_not_what_was_written(house: House) -> None:
    webhook = await made(house)
    await changed(house, webhook, {"description": "canary", "enabled": False})

    (entry,) = [
        e for e in (await house.get("/v1/audit"))["items"] if e["action"] != "create_webhook"
    ]

    assert ("change_webhook", webhook["id"]) == (entry["action"], entry["subject"])
    assert {"fields": "description,enabled", "enabled": "false"} == entry["facts"]


async def test_this_machine_may_be_named_only_where_a_setting_says_so(store: Store) -> None:
    here = BODY | {"url": "http://127.0.0.1:9000/in"}
    async with opened(settings_with(VIVAVOCE_WEBHOOKS_ALLOW_LOOPBACK="true"), store) as house:
        await house.post("/v1/webhooks", here)
    async with opened(settings_with(), MemoryStore()) as house:
        assert (422, "invalid", "url") == await refusal(house, "POST", "/v1/webhooks", here)
