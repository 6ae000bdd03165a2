"""What a browser asks before a page of another origin calls, and what no page may call at all."""

import re
from uuid import UUID

import pytest

from api import contract, cross_origin
from api.callers import AGENTS, Door
from api.registry import Operation
from tests.api.house import AGENT_KEY, House, unknown
from tests.api.pages import OURS, THEIRS, allow, from_page, opened, preflight, told
from tests.api.test_contract import filled

pytestmark = pytest.mark.api


async def test_a_preflight_says_what_a_page_may_send(house: House) -> None:
    await allow(house, OURS)

    answer = await preflight(house, "/v1/settings", method="PATCH")

    assert (204, b"", OURS, "Origin") == (
        answer.status,
        await answer.read(),
        opened(answer),
        answer.headers["Vary"],
    )
    said = answer.headers
    assert "600" == said["Access-Control-Max-Age"]
    allowed = set(said["Access-Control-Allow-Headers"].split(", "))
    assert {"Authorization", "Content-Type", "If-Match", "Idempotency-Key"} <= allowed


async def test_a_preflight_is_for_pages_that_any_tenant_allows(house: House) -> None:
    second = await house.new_tenant("Second")
    await allow(house, OURS)
    await allow(house, THEIRS, key=second)

    for origin in (OURS, THEIRS):
        assert origin == opened(await preflight(house, "/v1/jobs", origin))


@pytest.mark.parametrize(
    "path",
    [
        "/v1/jobs",
        "/graphql",
        "/v1/interviews/bulk",
        f"/v1/interviews/{UUID(int=1)}",
        "/v1/openapi.json",
        "/v1/nothing",
    ],
)
@pytest.mark.parametrize("method", ["GET", "DELETE"])
async def test_a_preflight_names_every_method_whatever_its_path_has(
    house: House, path: str, method: str
) -> None:
    """A browser that was refused would hide from the page that there is no such thing."""
    await allow(house, OURS)

    answer = await preflight(house, path, method=method)

    said = answer.headers["Access-Control-Allow-Methods"]
    assert (204, OURS) == (answer.status, opened(answer))
    assert {operation.method for operation in contract.ALL} | {"HEAD"} == set(said.split(", "))


@pytest.mark.parametrize("lacking", ["Origin", "Access-Control-Request-Method"])
async def test_options_that_are_no_preflight_are_refused_as_ever(
    house: House, lacking: str
) -> None:
    said = {"Origin": OURS, "Access-Control-Request-Method": "POST"}
    del said[lacking]

    answer = await house.call("OPTIONS", "/v1/jobs", headers=said, key="")

    assert (405, "GET,POST") == (answer.status, answer.headers["Allow"])


# ---- what is closed ----


def closed(operation: Operation) -> bool:
    return operation.access in AGENTS | {Door.MEMBER} or operation.tag == "sessions"


def test_the_agents_door_and_what_lives_by_a_cookie_are_closed_and_nothing_else() -> None:
    assert {o.path for o in contract.ALL if closed(o)} == {
        o.path for o in contract.ALL if cross_origin.CLOSED.fullmatch(o.path)
    }


@pytest.mark.parametrize("path", sorted({o.path for o in contract.ALL if closed(o)}))
async def test_no_page_reads_what_is_closed(house: House, path: str) -> None:
    await allow(house, OURS)
    names = re.findall(r"{(\w+)}", path)
    where = filled(path, dict.fromkeys(names, str(unknown())))
    methods = [o.method for o in contract.ALL if o.path == path]

    asked = await preflight(house, where, method=methods[0])
    answers = [
        await from_page(house, OURS, method, where, key=AGENT_KEY, allow_redirects=False)
        for method in methods
    ]

    assert 405 == asked.status
    assert [set()] * (len(methods) + 1) == [told(answer) for answer in (asked, *answers)]


async def test_no_page_learns_what_is_behind_the_agents_door(house: House) -> None:
    await allow(house, OURS)

    for path in ("/internal", "/internal/", "/internal/v2", "/internal/v1/leases/"):
        asked = await preflight(house, path)
        assert (404, set()) == (asked.status, told(asked))
