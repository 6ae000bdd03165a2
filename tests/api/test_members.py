"""Members: invited with a link, changed and removed by who may do as much, and never all owners."""

from uuid import UUID

import pytest

from interview.accounts import ALL_SCOPES, Role, Scope
from interview.ids import MemberId
from tests.api.house import House, Json

pytestmark = pytest.mark.api
PASSWORD = "a password of some length"
INES = {"email": "Ines@Example.com", "role": "interviewer"}


async def owner_of(house: House) -> str:
    (owner,) = (await house.get("/v1/members"))["items"]
    return str(owner["id"])


async def changed(house: House, member: object, role: str, **who: Json) -> tuple[int, str]:
    answer = await house.call("PATCH", f"/v1/members/{member}", json={"role": role}, **who)
    said = await answer.json()
    return answer.status, said.get("code") or said["role"]


async def removed(house: House, member: object, **who: Json) -> int:
    return (await house.call("DELETE", f"/v1/members/{member}", **who)).status


async def test_who_is_invited_sets_a_password_by_the_link_and_is_signed_in(house: House) -> None:
    invited = await house.post("/v1/members", INES)
    base, _, token = invited["setup_url"].partition("#")
    answer = await house.call(
        "POST", "/v1/setup", json={"token": token, "password": PASSWORD}, key=""
    )
    cookie = answer.cookies["viv_session"].value
    house.client.session.cookie_jar.clear()

    seen = await house.get("/v1/jobs", key="", headers={"Cookie": f"viv_session={cookie}"})

    assert ("http://127.0.0.1:8080/setup", 43) == (base, len(token))
    assert ("ines@example.com", "interviewer") == (invited["email"], invited["role"])
    assert [] == seen["items"]
    assert invited["id"] in [m["id"] for m in (await house.get("/v1/members"))["items"]]


async def test_the_same_address_is_no_second_member(house: House) -> None:
    await house.post("/v1/members", INES)

    again = INES | {"email": "INES@example.com"}

    assert (409, "conflict") == await house.refusal("POST", "/v1/members", json=again)


@pytest.mark.parametrize(
    "changes", [{"email": "nobody"}, {"role": "god"}, {"email": "a b@c"}, {"id": "x"}]
)
async def test_somebody_whom_nobody_can_mean_is_refused(house: House, changes: Json) -> None:
    answer = await house.call("POST", "/v1/members", json=INES | changes)

    assert (422, next(iter(changes))) == (answer.status, (await answer.json())["field"])
    assert 1 == len((await house.get("/v1/members"))["items"])


async def test_the_last_owner_is_neither_removed_nor_demoted(house: House) -> None:
    owner = await owner_of(house)

    assert (409, "last_owner") == await changed(house, owner, "admin")
    assert 409 == await removed(house, owner)
    assert (200, "owner") == await changed(house, owner, "owner")

    other = await house.new_member(Role.OWNER)
    assert (200, "admin") == await changed(house, other, "admin")
    assert (409, "last_owner") == await changed(house, owner, "auditor")
    await changed(house, other, "owner")
    assert 204 == await removed(house, owner)
    by_other = await house.signed_in(other)
    assert 409 == await removed(house, other, key="", headers=by_other)


async def test_an_admin_makes_changes_and_removes_no_owner(house: House) -> None:
    owner = await owner_of(house)
    admin = await house.new_member(Role.ADMIN)
    recruiter = await house.new_member(Role.RECRUITER)
    headers = await house.signed_in(admin)
    as_admin: Json = {"key": "", "headers": headers}

    assert (403, "forbidden") == await changed(house, owner, "auditor", **as_admin)
    assert (403, "forbidden") == await changed(house, recruiter, "owner", **as_admin)
    assert (403, "forbidden") == await changed(house, admin, "owner", **as_admin)
    assert 403 == await removed(house, owner, **as_admin)
    for method, path in (
        ("POST", f"/v1/members/{owner}/setup-links"),
        ("DELETE", f"/v1/members/{owner}/sessions"),
    ):
        assert (403, "forbidden") == await house.refusal(method, path, **as_admin)
    body = {"email": "x@example.com", "role": "owner"}
    assert (403, "forbidden") == await house.refusal("POST", "/v1/members", json=body, **as_admin)

    assert (200, "admin") == await changed(house, recruiter, "admin", **as_admin)
    assert (200, "auditor") == await changed(house, recruiter, "auditor", **as_admin)
    assert 204 == await removed(house, recruiter, **as_admin)


async def test_a_key_gives_no_role_beyond_its_scopes(house: House) -> None:
    weak = await house.new_key(*(ALL_SCOPES - {Scope.REVIEW_READ}))
    strong = await house.new_key(*ALL_SCOPES)

    refused = await house.refusal("POST", "/v1/members", json=INES, key=weak)

    assert (403, "forbidden") == refused
    assert await house.post("/v1/members", INES | {"role": "owner"}, key=strong)


async def test_a_new_role_counts_from_the_next_call(house: House) -> None:
    member = await house.new_member(Role.AUDITOR)
    headers = await house.signed_in(member)
    body = {"title": "Engineer"}
    before = await house.call("POST", "/v1/jobs", json=body, key="", headers=headers)

    await changed(house, member, "recruiter")

    after = await house.call("POST", "/v1/jobs", json=body, key="", headers=headers)
    assert (403, 201) == (before.status, after.status)


async def test_who_is_removed_is_out_at_once_and_known_to_the_trail_alone(house: House) -> None:
    invited = await house.post("/v1/members", INES)
    member = MemberId(UUID(invited["id"]))
    headers = await house.signed_in(member)
    token = invited["setup_url"].partition("#")[2]

    assert 204 == await removed(house, member)

    assert (401, "unauthenticated") == await house.refusal(
        "GET", "/v1/jobs", key="", headers=headers
    )
    body = {"token": token, "password": PASSWORD}
    assert (404, "setup_link_invalid") == await house.refusal(
        "POST", "/v1/setup", json=body, key=""
    )
    path = f"/v1/members/{member}"
    assert (await house.get(path))["removed_at"]
    assert invited["id"] not in str(await house.get("/v1/members"))
    assert (404, "not_found") == await changed(house, member, "auditor")
    assert 404 == await removed(house, member)
    assert (404, "not_found") == await house.refusal("POST", f"{path}/setup-links")
    assert invited["id"] != (await house.post("/v1/members", INES))["id"]


async def test_a_member_is_signed_out_everywhere(house: House) -> None:
    member = await house.new_member(Role.AUDITOR)
    one, two = await house.signed_in(member), await house.signed_in(member)

    answer = await house.call("DELETE", f"/v1/members/{member}/sessions")

    assert 204 == answer.status
    for headers in (one, two):
        assert (401, "unauthenticated") == await house.refusal(
            "GET", "/v1/jobs", key="", headers=headers
        )


async def test_a_new_link_ends_those_before_it(house: House) -> None:
    invited = await house.post("/v1/members", INES)
    newer = await house.post(f"/v1/members/{invited['id']}/setup-links")

    def body(link: Json) -> Json:
        return {"token": link["setup_url"].partition("#")[2], "password": PASSWORD}

    assert (404, "setup_link_invalid") == await house.refusal(
        "POST", "/v1/setup", json=body(invited), key=""
    )
    assert await house.post("/v1/setup", body(newer), key="")


async def test_what_a_member_does_is_in_the_trail_under_their_id(house: House) -> None:
    member = await house.new_member(Role.RECRUITER)
    headers = await house.signed_in(member)
    await house.post("/v1/jobs", {"title": "Engineer"}, key="", headers=headers)
    await changed(house, member, "auditor")

    entries = (await house.get("/v1/audit"))["items"]

    assert [
        ("member", str(member), "create_session"),
        ("member", str(member), "create_job"),
        ("key", house.key.split("_")[2], "change_member"),
    ] == [(e["actor_kind"], e["actor"], e["action"]) for e in entries]
    assert {"role": "auditor", "keys_revoked": "0"} == entries[-1]["facts"]
