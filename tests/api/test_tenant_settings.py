"""What a tenant sets for itself: read, changed in part, refused by field."""

import pytest

from interview.accounts import Role
from tests.api.house import House, Json

pytestmark = pytest.mark.api
PATH = "/v1/settings"
DEFAULTS = {
    "allowed_origins": [],
    "mail": {"send": True, "reply_to": None},
    "time_zone": "UTC",
    "blind_roles": ["interviewer", "reviewer"],
    "shares_results": False,
    "observers_may_hide": False,
    "floor_returns_after_s": 30,
    "interviewer_awaited_s": 120,
}


async def change(house: House, body: Json, tag: str = "*", **options: Json) -> Json:
    answer = await house.call(
        "PATCH", PATH, json=body, headers={"If-Match": tag, **options.pop("headers", {})}, **options
    )
    said = await answer.json()
    assert 200 == answer.status, said
    return said


async def last_entry(house: House) -> Json:
    return (await house.get("/v1/audit"))["items"][-1]


async def test_who_has_set_nothing_has_the_defaults(house: House) -> None:
    answer = await house.call("GET", PATH)

    assert (200, DEFAULTS, '"1"') == (answer.status, await answer.json(), answer.headers["ETag"])
    again = await house.call("GET", PATH, headers={"If-None-Match": '"1"'})
    assert (304, b"") == (again.status, await again.read())


async def test_what_is_left_out_stays(house: House) -> None:
    origins = ["https://careers.example", "http://localhost:5173"]

    first = await change(
        house, {"allowed_origins": origins, "mail": {"reply_to": "hr@acme.example"}}
    )
    second = await change(house, {"time_zone": "Europe/Berlin", "mail": {"send": False}})
    third = await change(house, {"mail": {"reply_to": None}})

    assert (
        DEFAULTS
        | {
            "allowed_origins": origins,
            "mail": {"send": True, "reply_to": "hr@acme.example"},
        }
        == first
    )
    assert (
        first
        | {
            "mail": {"send": False, "reply_to": "hr@acme.example"},
            "time_zone": "Europe/Berlin",
        }
        == second
    )
    assert second | {"mail": {"send": False, "reply_to": None}} == third
    assert third == await house.get(PATH)


async def test_a_change_needs_the_tag_of_what_is_there_and_gives_a_new_one(house: House) -> None:
    body = {"time_zone": "Europe/Berlin"}

    assert (428, "precondition_required") == await house.refusal("PATCH", PATH, json=body)
    for said, refusal in (
        ('"2"', (412, "precondition_failed")),
        ('W/"1"', (412, "precondition_failed")),
        ("nonsense", (422, "invalid")),
    ):
        assert refusal == await house.refusal("PATCH", PATH, json=body, headers={"If-Match": said})
    changed = await house.call("PATCH", PATH, json=body, headers={"If-Match": '"1"'})
    now = await house.call("GET", PATH)

    assert (200, '"2"', '"2"') == (changed.status, changed.headers["ETag"], now.headers["ETag"])
    assert "Europe/Berlin" == (await now.json())["time_zone"]


async def test_the_trail_names_the_fields_that_changed_and_not_what_they_say(house: House) -> None:
    await change(house, {"mail": {"reply_to": "hr@acme.example"}, "time_zone": "UTC"})

    entry = await last_entry(house)
    assert ("update_settings", "settings", {"fields": "mail.reply_to"}) == (
        entry["action"],
        entry["subject"],
        entry["facts"],
    )
    assert "hr@" not in str(entry)


async def test_what_changes_nothing_is_no_change(house: House) -> None:
    await change(house, {"time_zone": "Europe/Berlin"})
    await change(house, {"time_zone": "Europe/Berlin"}, tag='"2"')
    await change(house, {}, tag='"2"')

    assert '"2"' == (await house.call("GET", PATH)).headers["ETag"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"allowed_origins": ["https://a.example", "https://b.example/"]}, "allowed_origins.1"),
        ({"allowed_origins": ["https://a.example", "null"]}, "allowed_origins.1"),
        ({"allowed_origins": ["*"]}, "allowed_origins.0"),
        ({"allowed_origins": ["https://*.example"]}, "allowed_origins.0"),
        ({"allowed_origins": ["https://A.example"]}, "allowed_origins.0"),
        ({"allowed_origins": ["https://ann@a.example"]}, "allowed_origins.0"),
        ({"allowed_origins": ["http://a.example"]}, "allowed_origins.0"),
        ({"allowed_origins": ["https://a.example\r\nX: y"]}, "allowed_origins.0"),
        ({"allowed_origins": ["https://a.example", "https://a.example"]}, "allowed_origins.1"),
        ({"allowed_origins": [f"https://{n}.example" for n in range(21)]}, "allowed_origins"),
        ({"allowed_origins": "https://a.example"}, "allowed_origins"),
        ({"allowed_origins": [7]}, "allowed_origins.0"),
        ({"mail": {"send": "yes"}}, "mail.send"),
        ({"mail": {"reply_to": "nobody"}}, "mail.reply_to"),
        ({"mail": {"reply_to": "a@x.example\nBcc: b@x.example"}}, "mail.reply_to"),
        ({"mail": {"reply_to": "a@x.example, b@x.example"}}, "mail.reply_to"),
        ({"mail": {"reply_to": "Ann <a@x.example>"}}, "mail.reply_to"),
        ({"mail": {"to": "a@x.example"}}, "mail.to"),
        ({"time_zone": "Europe/Atlantis"}, "time_zone"),
        ({"time_zone": "localtime"}, "time_zone"),
        ({"time_zone": "../../etc/passwd"}, "time_zone"),
        ({"time_zone": "europe/berlin"}, "time_zone"),
        ({"colour": "red"}, "colour"),
    ],
)
async def test_what_cannot_be_meant_names_its_field_and_nothing_is_stored(
    house: House, body: Json, field: str
) -> None:
    whole = {"allowed_origins": ["https://c.example"], "time_zone": "Asia/Tokyo", **body}

    answer = await house.call("PATCH", PATH, json=whole, headers={"If-Match": "*"})

    problem = await answer.json()
    assert (422, "invalid", field) == (answer.status, problem["code"], problem["field"])
    assert DEFAULTS == await house.get(PATH)
    assert [] == (await house.get("/v1/audit"))["items"]


async def test_each_tenant_has_its_own(house: House) -> None:
    stranger = await house.new_tenant("Second")
    await change(house, {"time_zone": "Europe/Berlin"})

    assert DEFAULTS == await house.get(PATH, key=stranger)
    await change(house, {"time_zone": "Asia/Tokyo"}, key=stranger)
    assert "Europe/Berlin" == (await house.get(PATH))["time_zone"]


@pytest.mark.parametrize(
    ("role", "reads", "changes"),
    [
        (Role.ADMIN, 200, 200),
        (Role.AUDITOR, 200, 403),
        (Role.RECRUITER, 403, 403),
        (Role.REVIEWER, 403, 403),
    ],
)
async def test_who_leads_changes_and_who_audits_reads(
    house: House, role: Role, reads: int, changes: int
) -> None:
    headers = await house.signed_in(await house.new_member(role))
    body = {"time_zone": "Europe/Berlin"}

    read = await house.call("GET", PATH, key="", headers=headers)
    changed = await house.call(
        "PATCH", PATH, key="", headers={**headers, "If-Match": "*"}, json=body
    )

    assert (reads, changes) == (read.status, changed.status)
