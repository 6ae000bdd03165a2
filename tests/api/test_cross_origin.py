"""Pages of other origins: those that a tenant allows read its answers, with a key and no cookie."""

from collections.abc import Iterator

import pytest
from multidict import CIMultiDict

from api import contract, cross_origin
from api.aging import HEADERS as AGING
from api.conditions import hears, says
from api.idempotency import KEY, REPLAY
from interview.accounts import Role, Scope
from tests.api.house import ORIGIN, House, unknown
from tests.api.pages import (
    CREDENTIALS,
    HOSTILE,
    OURS,
    THEIRS,
    allow,
    from_page,
    opened,
    preflight,
    told,
)
from tests.api.test_events import STREAM, frame
from tests.sounds import ogg, tone

pytestmark = pytest.mark.api


async def test_a_page_that_the_tenant_allows_reads_the_answer(house: House) -> None:
    await allow(house, OURS)

    answer = await from_page(house, OURS)

    assert (200, OURS, "Origin") == (answer.status, opened(answer), answer.headers["Vary"])
    exposed = set(answer.headers["Access-Control-Expose-Headers"].split(", "))
    assert {"ETag", "Location", "Link", "RateLimit", "X-Request-Id", "Content-Range"} <= exposed


async def test_without_an_origin_an_answer_only_says_that_it_varies(house: House) -> None:
    await allow(house, OURS)

    answer = await house.call("GET", "/v1/jobs")

    assert ("Origin", set()) == (answer.headers["Vary"], told(answer))


@pytest.mark.parametrize("origin", HOSTILE)
async def test_a_page_that_nobody_allows_reads_nothing(house: House, origin: str) -> None:
    await allow(house, OURS)

    answers = [
        await from_page(house, origin),
        await from_page(house, origin, key=""),
        await from_page(house, origin, path="/v1/nothing"),
        await preflight(house, "/v1/jobs", origin),
    ]

    assert [200, 401, 404, 204] == [answer.status for answer in answers]
    assert [set()] * 4 == [told(answer) for answer in answers]
    assert ["Origin"] * 4 == [answer.headers["Vary"] for answer in answers]


async def test_two_origins_are_none(house: House) -> None:
    await allow(house, OURS, THEIRS)
    bearer = ("Authorization", f"Bearer {house.key}")
    for twice in ((OURS, OURS), (OURS, THEIRS), ("https://evil.example", OURS)):
        headers = CIMultiDict([bearer, *(("Origin", each) for each in twice)])

        answer = await house.client.get("/v1/jobs", headers=headers)

        assert (200, set()) == (answer.status, told(answer))


async def test_a_key_answers_pages_of_its_own_tenant_alone(house: House) -> None:
    second = await house.new_tenant("Second")
    await allow(house, OURS)
    await allow(house, THEIRS, key=second)

    assert None is opened(await from_page(house, THEIRS))
    assert OURS == opened(await from_page(house, OURS))
    assert THEIRS == opened(await from_page(house, THEIRS, key=second))
    assert None is opened(await from_page(house, OURS, key=second))


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_key_without_the_right_is_refused_to_its_own_pages_alone(
    house: House, method: str
) -> None:
    second = await house.new_tenant("Second")
    await allow(house, OURS)
    await allow(house, THEIRS, key=second)
    key = await house.new_key(Scope.AUDIT_READ)

    for origin, reader in ((OURS, OURS), (THEIRS, None)):
        refused = await from_page(house, origin, method, key=key, json={"title": "x"})
        assert (403, reader) == (refused.status, opened(refused))


async def test_an_origin_that_was_taken_away_is_refused_from_the_next_call_on(house: House) -> None:
    await allow(house, OURS)
    assert OURS == opened(await from_page(house, OURS))

    await allow(house)

    assert None is opened(await from_page(house, OURS))
    assert None is opened(await from_page(house, OURS, key=""))
    assert set() == told(await preflight(house, "/v1/jobs"))


async def test_a_cookie_opens_nothing_to_another_page(house: House) -> None:
    """Also where the browser sends it: from a page of the same site."""
    await allow(house, OURS)
    cookie = (await house.signed_in(await house.new_member(Role.OWNER)))["Cookie"]

    read = await from_page(house, OURS, key="", headers={"Cookie": cookie})
    changed = await from_page(
        house, OURS, "POST", key="", headers={"Cookie": cookie}, json={"title": "x"}
    )

    assert (200, set()) == (read.status, told(read))
    assert 403 == changed.status
    assert CREDENTIALS not in changed.headers


async def test_our_own_pages_need_no_leave(house: House) -> None:
    assert set() == told(await from_page(house, ORIGIN))


async def test_a_candidate_answers_pages_of_the_tenant_with_the_access_token_alone(
    house: House,
) -> None:
    second = await house.new_tenant("Second")
    await allow(house, OURS)
    await allow(house, THEIRS, key=second)
    session = await house.redeemed(await house.invited())
    path = "/v1/candidate/interview"

    by_token = [await from_page(house, each, path=path, key=session) for each in (OURS, THEIRS)]
    cookie = {"Cookie": f"viv_candidate={session}"}
    by_cookie = await from_page(house, OURS, path=path, key="", headers=cookie)

    assert [OURS, None] == [opened(each) for each in by_token]
    assert (200, None) == (by_cookie.status, opened(by_cookie))


async def test_what_is_said_to_nobody_is_read_by_pages_that_any_tenant_allows(house: House) -> None:
    second = await house.new_tenant("Second")
    await allow(house, OURS)
    await allow(house, THEIRS, key=second)
    interview = await house.invited()
    token = interview["invitation_url"].partition("#")[2]

    answers = [
        await from_page(house, THEIRS, key=""),
        await from_page(house, THEIRS, key="viv_live_nonsense"),
        await from_page(house, THEIRS, path="/v1/openapi.json", key=""),
        await from_page(
            house, THEIRS, "POST", "/v1/invitations/redeem", key="", json={"token": token}
        ),
    ]

    assert [401, 401, 200, 200] == [answer.status for answer in answers]
    assert [THEIRS] * 4 == [opened(answer) for answer in answers]


async def test_problems_and_what_is_known_already_are_read_too(house: House) -> None:
    await allow(house, OURS)
    job = await house.post("/v1/jobs", {"title": "Engineer"})
    path = f"/v1/jobs/{job['id']}"

    invalid = await from_page(house, OURS, "POST", json={"title": ""})
    missing = await from_page(house, OURS, path=f"/v1/jobs/{unknown()}")
    known = await from_page(house, OURS, path=path, headers={"If-None-Match": '"1"'})

    assert [(422, OURS), (404, OURS), (304, OURS)] == [
        (answer.status, opened(answer)) for answer in (invalid, missing, known)
    ]
    assert "application/problem+json" == invalid.content_type


async def test_a_stream_is_read_by_pages_of_its_tenant_alone(house: House) -> None:
    second = await house.new_tenant("Second")
    await allow(house, OURS)
    await allow(house, THEIRS, key=second)
    interview, _, _ = await house.led()
    path = f"/v1/interviews/{interview['id']}/events"

    for origin, reader in ((OURS, OURS), (THEIRS, None)):
        stream = await from_page(house, origin, path=path, headers=STREAM)
        assert (200, reader) == (stream.status, opened(stream))
        assert "1" == (await frame(stream))["id"]
        stream.close()


async def test_a_recording_is_read_by_pages_of_its_tenant(house: House) -> None:
    await allow(house, OURS)
    interview, _, claim = await house.led()
    who = claim["candidate_identity"]
    await house.hand_in(claim, ogg(tone(440, 0.1)), participant=who)
    path = f"/v1/interviews/{interview['id']}/recording"

    part = await from_page(house, OURS, path=path, headers={"Range": "bytes=0-1"})

    assert (206, OURS) == (part.status, opened(part))
    assert "Content-Range" in part.headers


async def test_a_question_in_graphql_is_answered_to_pages_of_the_tenant(house: House) -> None:
    await allow(house, OURS)
    question = {"query": "{ jobs { next } }"}

    for origin, reader in ((OURS, OURS), (THEIRS, None)):
        answer = await from_page(house, origin, "POST", "/graphql", json=question)
        assert (200, reader) == (answer.status, opened(answer))


def heard() -> Iterator[str]:
    for operation in contract.PUBLIC + contract.GRAPHQL:
        yield from (each.name for each in (*operation.hears, *hears(operation), KEY))


def answered() -> Iterator[str]:
    for operation in contract.PUBLIC + contract.GRAPHQL:
        yield from (each.name for each in (*operation.says, *says(operation), REPLAY))
    yield from AGING


def test_pages_may_send_and_read_every_header_of_the_contract() -> None:
    assert set() == set(heard()) - set(cross_origin.HEARD)
    assert set() == set(answered()) - set(cross_origin.SAID) - {"Set-Cookie"}
