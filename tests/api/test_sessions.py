"""How members sign in and out, and everything by which somebody else does not get in."""

import time
from datetime import timedelta
from uuid import uuid4

import pytest
from yarl import URL

from api.desk import origin_of
from interview.accounts import Role
from interview.adapters.passwords import Argon2Passwords
from interview.people import IDLE_FOR, SESSION_FOR, SETUP_FOR
from interview.slowdown import ACCOUNT_FREE, ADDRESS_FREE
from interview.store.memory import MemoryStore
from tests.api.house import ORIGIN, House, Json, opened, settings_with

pytestmark = pytest.mark.api
PASSWORD = "a password of some length"
ADA = {"email": "ada@example.com", "password": PASSWORD}
SESSIONS = "/v1/sessions"


async def ada(house: House, role: str = "recruiter") -> Json:
    """A member with a password; who she is."""
    invited = await house.post("/v1/members", {"email": ADA["email"], "role": role})
    token = invited["setup_url"].partition("#")[2]
    await house.post("/v1/setup", {"token": token, "password": PASSWORD}, key="")
    house.client.session.cookie_jar.clear()
    return invited | {"token": token}


async def sign_in(house: House, **changes: Json) -> dict[str, str]:
    """The headers of her browser."""
    answer = await house.call("POST", SESSIONS, json=ADA | changes, key="")
    assert 201 == answer.status, await answer.text()
    house.client.session.cookie_jar.clear()
    return {"Cookie": f"viv_session={answer.cookies['viv_session'].value}", "Origin": ORIGIN}


async def refused(house: House, headers: Json | None = None, **changes: Json) -> tuple[int, str]:
    return await house.refusal("POST", SESSIONS, json=ADA | changes, key="", headers=headers or {})


async def test_the_session_is_a_cookie_that_scripts_cannot_read(house: House) -> None:
    member = await ada(house)

    answer = await house.call("POST", SESSIONS, json=ADA, key="")
    said, cookie = await answer.json(), answer.cookies["viv_session"]

    assert (True, "Lax", "/", "604800") == (
        cookie["httponly"],
        cookie["samesite"],
        cookie["path"],
        cookie["max-age"],
    )
    assert cookie.value not in str(said)
    assert (member["id"], "recruiter") == (said["member"]["id"], said["member"]["role"])
    assert str(house.tenants[house.key]) == said["tenant_id"]
    assert "password" == said["session"]["signed_in_by"]


@pytest.mark.parametrize(
    ("url", "secure"), [("https://hire.example.com", True), ("http://127.0.0.1:8080", "")]
)
async def test_the_cookie_travels_in_the_clear_on_this_machine_alone(
    url: str, secure: bool | str
) -> None:
    async with opened(settings_with(VIVAVOCE_API_URL=url), MemoryStore()) as house:
        await ada(house)
        answer = await house.call("POST", SESSIONS, json=ADA, key="")

    assert secure == answer.cookies["viv_session"]["secure"]


async def test_who_is_signed_in_sees_who_they_are(house: House) -> None:
    member = await ada(house)
    headers = await sign_in(house, email="ADA@Example.com")

    known = await house.get("/v1/sessions/current", key="", headers=headers)

    assert (member["id"], "ada@example.com") == (known["member"]["id"], known["member"]["email"])
    assert known["session"]["is_this_one"]


async def test_who_is_signed_in_knows_in_which_zone_their_organisation_says_times(
    house: House,
) -> None:
    """A recruiter too, who reads no settings."""
    await ada(house)
    body, headers = {"time_zone": "Europe/Berlin"}, {"If-Match": "*"}
    await house.call("PATCH", "/v1/settings", json=body, headers=headers)

    answer = await house.call("POST", SESSIONS, json=ADA, key="")
    browser = await sign_in(house)
    known = await house.get("/v1/sessions/current", key="", headers=browser)

    assert "Europe/Berlin" == (await answer.json())["time_zone"] == known["time_zone"]


async def test_who_is_signed_in_knows_whether_candidates_have_somebody_to_write_to(
    house: House,
) -> None:
    """A recruiter too, who reads no settings."""
    await ada(house)
    unset = await house.call("POST", SESSIONS, json=ADA, key="")
    body, headers = {"mail": {"reply_to": "jobs@example.com"}}, {"If-Match": "*"}
    await house.call("PATCH", "/v1/settings", json=body, headers=headers)

    browser = await sign_in(house)
    known = await house.get("/v1/sessions/current", key="", headers=browser)
    set_now = await house.call("POST", SESSIONS, json=ADA, key="")

    assert None is (await unset.json())["contact"]
    assert "jobs@example.com" == known["contact"] == (await set_now.json())["contact"]


async def test_nothing_is_done_in_the_name_of_another_than_the_page_shows(house: House) -> None:
    """A colleague has signed in in the same browser, in another tab."""
    member, other = await ada(house), await house.new_member(Role.OWNER)
    mine, shown = await sign_in(house), {"X-Member-Id": str(other)}

    told = await house.get("/v1/jobs", key="", headers=mine | {"X-Member-Id": member["id"]})

    assert [] == told["items"]
    for method, path in (("GET", "/v1/jobs"), ("POST", "/v1/jobs"), ("GET", SESSIONS)):
        assert (409, "other_member") == await house.refusal(
            method, path, key="", headers=mine | shown
        )
    assert [] == (await house.get("/v1/jobs"))["items"]


@pytest.mark.parametrize(
    "changes",
    [
        {"password": "another password"},
        {"email": "eve@example.com"},
        {"email": "invited@example.com"},
        {"tenant_id": str(uuid4())},
    ],
)
async def test_what_does_not_go_together_opens_nothing(house: House, changes: Json) -> None:
    """A wrong password, an unknown address, one without a password, another tenant: one answer."""
    await ada(house)
    await house.new_member(Role.OWNER, "invited@example.com")

    answer = await house.call("POST", SESSIONS, json=ADA | changes, key="")

    said = await answer.json()
    assert (401, "E-mail and password do not go together.") == (answer.status, said["detail"])
    assert "Set-Cookie" not in answer.headers
    assert await sign_in(house)


async def test_an_unknown_address_takes_as_long_as_a_wrong_password() -> None:
    async with opened(settings_with(), MemoryStore(), passwords=Argon2Passwords()) as house:
        await ada(house)

        async def takes(email: str) -> float:
            began = time.perf_counter()
            await refused(house, email=email, password="another password")
            return time.perf_counter() - began

        times = [(await takes("ada@example.com"), await takes("eve@example.com")) for _ in range(4)]

    known, unknown = (min(each) for each in zip(*times, strict=True))
    assert unknown > known / 2


async def test_a_password_in_several_tenants_needs_the_tenants_name(house: House) -> None:
    await ada(house)
    first, second = house.key, await house.new_tenant("Second")
    house.key = second
    await ada(house)

    assert (401, "unauthenticated") == await refused(house)
    for key in (first, second):
        tenant = str(house.tenants[key])
        headers = await sign_in(house, tenant_id=tenant)
        known = await house.get("/v1/sessions/current", key="", headers=headers)
        assert tenant == known["tenant_id"]


async def test_guesses_at_an_account_have_to_wait_longer_and_longer(house: House) -> None:
    await ada(house)
    for _ in range(ACCOUNT_FREE):
        assert (401, "unauthenticated") == await refused(house, password="a guess")

    assert (429, "too_many_attempts") == await refused(house)
    house.clock.advance(1)
    assert (401, "unauthenticated") == await refused(house, password="a guess")
    answer = await house.call("POST", SESSIONS, json=ADA, key="")

    assert (429, "2") == (answer.status, answer.headers["Retry-After"])
    assert "too_many_attempts" == (await answer.json())["code"]
    house.clock.advance(2)
    assert await sign_in(house)
    assert (401, "unauthenticated") == await refused(house, password="a guess")


async def test_guesses_from_an_address_have_to_wait_whoever_they_are_at(house: House) -> None:
    await ada(house)
    for number in range(ADDRESS_FREE):
        assert 401 == (await refused(house, email=f"{number}@example.com"))[0]

    assert (429, "too_many_attempts") == await refused(house)


# ---- the setup link ----


async def test_a_setup_link_works_once_and_ends_the_sessions_before(house: House) -> None:
    member = await ada(house)
    headers = await sign_in(house)
    newer = await house.post(f"/v1/members/{member['id']}/setup-links")
    token = newer["setup_url"].partition("#")[2]
    still = await house.call("GET", "/v1/jobs", key="", headers=headers)

    body = {"token": token, "password": "quite another password"}
    await house.post("/v1/setup", body, key="")
    house.client.session.cookie_jar.clear()

    assert 200 == still.status
    assert (401, "unauthenticated") == await house.refusal(
        "GET", "/v1/jobs", key="", headers=headers
    )
    assert (401, "unauthenticated") == await refused(house)
    assert await sign_in(house, password="quite another password")
    for used in (token, member["token"], "a" * 43):
        again = {"token": used, "password": PASSWORD}
        assert (404, "setup_link_invalid") == await house.refusal(
            "POST", "/v1/setup", json=again, key=""
        )


async def test_a_setup_link_expires(house: House) -> None:
    invited = await house.post("/v1/members", {"email": "ada@example.com", "role": "admin"})
    body = {"token": invited["setup_url"].partition("#")[2], "password": PASSWORD}
    house.clock.advance(SETUP_FOR.total_seconds())

    assert (404, "setup_link_invalid") == await house.refusal(
        "POST", "/v1/setup", json=body, key=""
    )


@pytest.mark.parametrize("password", ["short", "x" * 201])
async def test_a_password_that_is_short_or_endless_is_refused_and_not_repeated(
    house: House, password: str
) -> None:
    invited = await house.post("/v1/members", {"email": "ada@example.com", "role": "admin"})
    body = {"token": invited["setup_url"].partition("#")[2], "password": password}

    answer = await house.call("POST", "/v1/setup", json=body, key="")

    said = await answer.json()
    assert (422, "password") == (answer.status, said["field"])
    assert password not in str(said)
    assert await house.post("/v1/setup", body | {"password": PASSWORD}, key="")


# ---- pages of others ----


@pytest.mark.parametrize("origin", [None, "null", "https://evil.example", f"{ORIGIN}.evil.example"])
async def test_a_session_changes_nothing_for_a_page_of_somebody_else(
    house: House, origin: str | None
) -> None:
    await ada(house)
    headers = await sign_in(house)
    from_there = {"Cookie": headers["Cookie"]} | ({"Origin": origin} if origin else {})
    body = {"title": "x"}

    refusal = await house.refusal("POST", "/v1/jobs", json=body, key="", headers=from_there)
    signing_out = await house.refusal("DELETE", "/v1/sessions/current", key="", headers=from_there)

    assert (403, "cross_origin") == refusal == signing_out
    assert [] == (await house.get("/v1/jobs", key="", headers=from_there))["items"]
    assert await house.post("/v1/jobs", body, key="", headers=headers)


@pytest.mark.parametrize("path", [SESSIONS, "/v1/setup"])
async def test_nobody_is_signed_in_by_a_page_of_somebody_else(house: House, path: str) -> None:
    await ada(house)
    body = ADA if path == SESSIONS else {"token": "a" * 43, "password": PASSWORD}

    refusal = await house.refusal(
        "POST", path, json=body, key="", headers={"Origin": "https://evil.example"}
    )

    assert (403, "cross_origin") == refusal
    assert await sign_in(house)


async def test_a_key_needs_no_page_and_counts_before_a_cookie(house: House) -> None:
    await ada(house, "auditor")
    headers = {"Cookie": (await sign_in(house))["Cookie"]}

    assert await house.post("/v1/jobs", {"title": "x"}, headers=headers)


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://Hire.Example.com/app/", "https://hire.example.com"),
        ("https://hire.example.com:443", "https://hire.example.com"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_our_origin_is_spelled_as_browsers_do(url: str, origin: str) -> None:
    assert origin == origin_of(url) == str(URL(url).origin())


# ---- sessions end ----


async def test_ones_own_sessions_are_listed_and_ended(house: House) -> None:
    await ada(house)
    here, there = await sign_in(house), await sign_in(house)
    listed = (await house.get(SESSIONS, key="", headers=here))["items"]
    (other,) = [
        each["id"]
        for each in listed
        if not each["is_this_one"] and each["signed_in_by"] == "password"
    ]

    gone = await house.call("DELETE", f"{SESSIONS}/{other}", key="", headers=here)

    assert (204, 3) == (gone.status, len(listed))
    assert 1 == sum(each["is_this_one"] for each in listed)
    assert (401, "unauthenticated") == await house.refusal("GET", "/v1/jobs", key="", headers=there)
    assert 2 == len((await house.get(SESSIONS, key="", headers=here))["items"])


async def test_who_signs_out_is_out_and_the_cookie_is_taken_back(house: House) -> None:
    await ada(house)
    headers = await sign_in(house)

    answer = await house.call("DELETE", "/v1/sessions/current", key="", headers=headers)

    assert (204, "0") == (answer.status, answer.cookies["viv_session"]["max-age"])
    assert (401, "unauthenticated") == await house.refusal(
        "GET", "/v1/sessions/current", key="", headers=headers
    )


async def test_a_session_of_somebody_else_is_not_found(house: House) -> None:
    await ada(house)
    headers = await sign_in(house)
    theirs = await house.signed_in(await house.new_member(Role.OWNER))
    (session,) = (await house.get(SESSIONS, key="", headers=theirs))["items"]

    path = f"{SESSIONS}/{session['id']}"

    assert (404, "not_found") == await house.refusal("DELETE", path, key="", headers=headers)
    assert await house.get(SESSIONS, key="", headers=theirs)


async def test_a_session_that_is_not_used_ends(house: House) -> None:
    await ada(house)
    headers = await sign_in(house)
    nearly = IDLE_FOR - timedelta(minutes=1)
    for _ in range(3):
        house.clock.advance(nearly.total_seconds())
        await house.get("/v1/jobs", key="", headers=headers)
    house.clock.advance(IDLE_FOR.total_seconds())

    assert (401, "unauthenticated") == await house.refusal(
        "GET", "/v1/jobs", key="", headers=headers
    )


async def test_a_session_ends_however_busy_it_is(house: House) -> None:
    await ada(house)
    headers = await sign_in(house)
    hours = int(SESSION_FOR / timedelta(hours=1))
    for _ in range(hours - 1):
        house.clock.advance(3600)
        await house.get("/v1/jobs", key="", headers=headers)
    house.clock.advance(3600)

    assert (401, "unauthenticated") == await house.refusal(
        "GET", "/v1/jobs", key="", headers=headers
    )


@pytest.mark.parametrize("cookie", ["a" * 43, "%00", "ключ"])
async def test_an_invented_session_is_nobody(house: House, cookie: str) -> None:
    headers = {"Cookie": f"viv_session={cookie}"}

    assert (401, "unauthenticated") == await house.refusal(
        "GET", "/v1/jobs", key="", headers=headers
    )
    assert (401, "unauthenticated") == await house.refusal("GET", SESSIONS, key="", headers=headers)


async def test_a_key_has_no_sessions(house: House) -> None:
    assert (401, "unauthenticated") == await house.refusal("GET", SESSIONS)
