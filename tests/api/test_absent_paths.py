"""What is not there: a problem like every other one, also for pages that some tenant allows."""

import pytest

from api.settings import Settings
from api.tags import DESK
from tests.api.house import House, settings_with
from tests.api.pages import HOSTILE, OURS, allow, from_page, opened, preflight, told

pytestmark = pytest.mark.api
ABSENT = [
    ("GET", "/v1/nothing", 404, None),
    ("DELETE", "/v1/nothing/at/all", 404, None),
    ("POST", "/", 405, "GET,HEAD"),
    ("GET", "/v1/jobs/", 404, None),
    ("PUT", "/v1/jobs", 405, "GET,POST"),
    ("OPTIONS", "/v1/jobs", 405, "GET,POST"),
    ("GET", "/v1/interviews/bulk", 405, "POST"),
    ("POST", "/v1/openapi.json", 405, "GET,HEAD"),
]
CLOSED = ["/internal/v1/nothing", "/internal", "/v1/sessions/x/y", "/v1/signin/nothing"]


@pytest.fixture
def settings() -> Settings:
    return settings_with(VIVAVOCE_RATE_ADDRESS="3", VIVAVOCE_IN_FLIGHT="1")


@pytest.mark.parametrize(("method", "path", "status", "allowed"), ABSENT)
@pytest.mark.parametrize("key", [None, ""])
async def test_a_page_that_is_allowed_reads_that_there_is_nothing(
    house: House, method: str, path: str, status: int, allowed: str | None, key: str | None
) -> None:
    await allow(house, OURS)

    answer = await from_page(house, OURS, method, path, key=key)

    problem = await answer.json(content_type="application/problem+json")
    code = {404: "not_found", 405: "method_not_allowed"}[status]
    assert (status, code) == (answer.status, problem["code"])
    assert answer.headers["X-Request-Id"] == problem["request_id"] != ""
    assert (OURS, "Origin") == (opened(answer), answer.headers["Vary"])
    assert allowed == answer.headers.get("Allow")
    exposed = set(answer.headers["Access-Control-Expose-Headers"].split(", "))
    assert {"Allow", "X-Request-Id", "RateLimit"} <= exposed


@pytest.mark.parametrize("origin", HOSTILE)
async def test_a_page_that_nobody_allows_does_not_read_it(house: House, origin: str) -> None:
    await allow(house, OURS)

    answers = [await from_page(house, origin, path="/v1/nothing")]
    answers.append(await from_page(house, origin, "PUT"))

    assert [404, 405] == [answer.status for answer in answers]
    assert [set()] * 2 == [told(answer) for answer in answers]


@pytest.mark.parametrize("path", CLOSED)
async def test_behind_what_is_closed_no_page_learns_what_is_not_there(
    house: House, path: str
) -> None:
    await allow(house, OURS)

    answers = [await from_page(house, OURS, path=path), await preflight(house, path)]

    assert [(404, set())] * 2 == [(answer.status, told(answer)) for answer in answers]


async def test_a_page_that_asks_too_often_for_nothing_is_told_so(house: House) -> None:
    """Whoever is no page is asked for nothing, since nothing is looked up for them."""
    await allow(house, OURS)
    seen = [await from_page(house, OURS, path="/v1/nothing", key="") for _ in range(3)]
    over = await from_page(house, OURS, path="/v1/nothing", key="")
    others = [await house.call("GET", "/v1/nothing", key="") for _ in range(2)]

    assert [(404, OURS)] * 3 == [(each.status, opened(each)) for each in seen]
    assert (429, set(), "20") == (over.status, told(over), over.headers["Retry-After"])
    assert [404, 404] == [each.status for each in others]
    house.clock.advance(20)
    again = await from_page(house, OURS, path="/v1/nothing", key="")
    assert (404, OURS) == (again.status, opened(again))


@pytest.mark.parametrize("path", ["/v1/nothing", "/v1/interviews/bulk"])
async def test_while_all_places_are_taken_nothing_is_looked_up(house: House, path: str) -> None:
    await allow(house, OURS)

    with house.client.app[DESK].limits.flight():
        busy = await from_page(house, OURS, path=path)

    assert busy.status in {404, 405}
    assert set() == told(busy)
