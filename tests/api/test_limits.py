"""How much each may ask, and what the answers say about it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from aiohttp import ClientWebSocketResponse

from api import pulse
from api.limits import Limits, Policy, ProcessBuckets, TooManyStreams
from api.settings import Settings
from interview.accounts import Scope
from interview.ports import Transaction, Way
from interview.store.memory import MemoryStore
from tests.api.house import AGENT_KEY, House, opened, settings_with
from tests.api.test_events import frames, streaming
from tests.api.test_graphql_socket import closed, connected, heard, kinds, subscribe
from tests.fakes.clock import NOON

pytestmark = pytest.mark.api
FEW = {
    "VIVAVOCE_RATE_KEY": "6",
    "VIVAVOCE_RATE_TENANT": "9",
    "VIVAVOCE_RATE_ADDRESS": "4",
    "VIVAVOCE_RATE_GUESS": "2",
}


@pytest.fixture
def settings() -> Settings:
    return settings_with(**FEW)


async def test_every_answer_says_how_one_stands(house: House) -> None:
    first = await house.call("GET", "/v1/jobs")
    second = await house.call("GET", "/v1/jobs")

    assert ['"key";q=6;w=60, "tenant";q=9;w=60'] == first.headers.getall("RateLimit-Policy")
    assert ['"key";r=5;t=10', '"key";r=4;t=10'] == [
        answer.headers["RateLimit"] for answer in (first, second)
    ]


async def test_who_asks_too_often_waits_as_long_as_it_is_told(house: House) -> None:
    for _ in range(6):
        await house.get("/v1/jobs")

    answer = await house.call("GET", "/v1/jobs")
    problem = await answer.json()
    assert (429, "rate_limited") == (answer.status, problem["code"])
    assert ("10", '"key";r=0;t=10') == (
        answer.headers["Retry-After"],
        answer.headers["RateLimit"],
    )
    house.clock.advance(9)
    assert (429, "rate_limited") == await house.refusal("GET", "/v1/jobs")
    house.clock.advance(1)
    await house.get("/v1/jobs")


async def test_who_follows_an_interview_has_made_one_call(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often it is asked meanwhile whether they may still look."""
    monkeypatch.setattr(pulse, "KEEP_ALIVE_S", 0.001)
    interview, _, claim = await house.led()
    house.clock.advance(60)

    async with streaming(house, interview) as stream, connected(house) as ws:
        await subscribe(ws, interview)
        for n in range(9):
            await house.tell(claim, house.speech("Hello", at_ms=9000 * n))
        await frames(stream, 15)
        await kinds(ws, 15)
        answer = await house.call("GET", "/v1/jobs")

    assert '"key";r=2;t=10' == answer.headers["RateLimit"]


async def test_what_is_refused_is_not_done(house: House) -> None:
    for _ in range(6):
        await house.post("/v1/jobs", {"title": "Engineer"})

    assert (429, "rate_limited") == await house.refusal("POST", "/v1/jobs", json={"title": "More"})
    house.clock.advance(60)
    assert 6 == len((await house.get("/v1/jobs"))["items"])


async def test_keys_of_one_tenant_share_its_limit_and_no_other_tenants(house: House) -> None:
    second = await house.new_key(Scope.INTERVIEWS_READ)
    stranger = await house.new_tenant("Second")
    for _ in range(6):
        await house.get("/v1/jobs")
    for _ in range(3):
        await house.get("/v1/jobs", key=second)

    answer = await house.call("GET", "/v1/jobs", key=second)
    assert (429, '"tenant";r=0;t=7') == (answer.status, answer.headers["RateLimit"])
    await house.get("/v1/jobs", key=stranger)


async def test_guesses_at_a_link_are_few(house: House) -> None:
    guess = {"token": "x" * 43}
    path = "/v1/invitations/redeem"

    codes = [await house.refusal("POST", path, json=guess, key="") for _ in range(3)]

    assert [(404, "invitation_invalid")] * 2 + [(429, "rate_limited")] == codes
    house.clock.advance(30)
    assert (404, "invitation_invalid") == await house.refusal("POST", path, json=guess, key="")


async def test_guesses_at_a_key_are_few_and_harm_no_other_caller(house: House) -> None:
    codes = [await house.refusal("GET", "/v1/jobs", key="viv_live_no") for _ in range(3)]

    assert [(401, "unauthenticated")] * 2 + [(429, "rate_limited")] == codes
    await house.get("/v1/jobs")


async def test_an_address_without_proof_is_limited() -> None:
    async with house_with(**FEW | {"VIVAVOCE_RATE_GUESS": "0"}) as house:
        statuses = [await status_from(house, "1.1.1.1") for _ in range(5)]

    assert [404] * 4 + [429] == statuses


async def test_who_asks_whether_the_process_lives_is_always_told(house: House) -> None:
    for _ in range(12):
        assert {"status": "live"} == await house.get("/v1/health", key="")


async def test_agents_are_not_limited(house: House) -> None:
    body = {"interview_id": "019ab000-0000-7000-8000-000000000000", "epoch": 1, "agent": "host"}

    for _ in range(12):
        answer = await house.call("POST", "/internal/v1/leases", json=body, key=AGENT_KEY)
        assert (404, None) == (answer.status, answer.headers.get("RateLimit"))


QUESTIONS = {
    "a question": "query { jobs { items { id } } }",
    "what is no question": "subscription { nothing }",
    "what is too large": "subscription { events(interview: 1) { %s } }" % ("seq " * 2000),
}


@pytest.mark.parametrize("query", QUESTIONS.values(), ids=QUESTIONS)
async def test_a_socket_asks_no_oftener_than_a_key(house: House, query: str) -> None:
    """Whatever is asked, and though it is refused; the socket itself was a call."""
    async with connected(house) as ws:
        for n in range(5):
            await asks(ws, query, n)
            await refused(ws)
        await asks(ws, query, 5)
        assert 4429 == await closed(ws)

    assert (429, "rate_limited") == await house.refusal("GET", "/v1/jobs")
    house.clock.advance(60)
    async with connected(house) as ws:
        await asks(ws, query, 0)
        await refused(ws)


async def refused(ws: ClientWebSocketResponse) -> None:
    """Before it was begun, or by what resolves it, with `complete` behind."""
    if "next" == (said := await heard(ws))["type"]:
        assert said["payload"]["errors"]
        said = await heard(ws)
    assert said["type"] in {"error", "complete"}


async def asks(ws: ClientWebSocketResponse, query: str, name: int) -> None:
    await ws.send_json({"type": "subscribe", "id": str(name), "payload": {"query": query}})


async def test_signs_of_life_and_farewells_to_nobody_are_counted_too(house: House) -> None:
    async with connected(house) as ws:
        for _ in range(2):
            await ws.send_json({"type": "ping"})
            assert {"type": "pong"} == await heard(ws)
        for _ in range(3):
            await ws.send_json({"type": "complete", "id": "nobody"})
        for _ in range(9):
            await ws.send_json({"type": "pong"})
        await ws.send_json({"type": "ping"})
        assert 4429 == await closed(ws)


async def test_who_has_heard_enough_may_always_say_so(house: House) -> None:
    interview = await house.invited()
    house.clock.advance(60)

    async with connected(house) as ws:
        for n in range(5):
            await subscribe(ws, interview, str(n), after=1)
        for n in range(5):
            await ws.send_json({"type": "complete", "id": str(n)})
        await ws.send_json({"type": "ping"})
        assert 4429 == await closed(ws)


async def test_sockets_of_one_key_share_its_limit_and_no_other_keys(house: House) -> None:
    stranger = await house.new_tenant("Second")
    async with connected(house) as one, connected(house, key=stranger) as other:
        for _ in range(5):
            await house.get("/v1/jobs")
        for ws, told in ((one, 4429), (other, None)):
            await ws.send_json({"type": "ping"})
            if told is None:
                assert {"type": "pong"} == await heard(ws)
            else:
                assert told == await closed(ws)


@asynccontextmanager
async def house_with(**changes: str) -> AsyncIterator[House]:
    async with opened(settings_with(**changes), MemoryStore()) as house:
        yield house


async def status_from(house: House, address: str) -> int:
    """Of a call that needs no proof."""
    body, headers = {"token": "none"}, {"X-Forwarded-For": address}
    path = "/v1/invitations/redeem"
    return (await house.call("POST", path, json=body, key="", headers=headers)).status


async def test_an_address_is_believed_only_of_our_own_proxies() -> None:
    async with house_with(VIVAVOCE_RATE_ADDRESS="1") as house:
        assert [404, 429] == [await status_from(house, one) for one in ("1.1.1.1", "2.2.2.2")]
    async with house_with(VIVAVOCE_RATE_ADDRESS="1", VIVAVOCE_PROXIES="1") as house:
        asked = ["1.1.1.1", "2.2.2.2", "3.3.3.3, 1.1.1.1"]
        assert [404, 404, 429] == [await status_from(house, one) for one in asked]


async def test_without_a_quota_there_is_no_limit() -> None:
    none = dict.fromkeys(FEW, "0")
    async with house_with(**none) as house:
        for _ in range(20):
            answer = await house.call("GET", "/v1/jobs")
            assert (200, None) == (answer.status, answer.headers.get("RateLimit"))


class Slow(MemoryStore):
    """Holds every transaction until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting = 0
        self.held = asyncio.Event()
        self.go = asyncio.Event()
        self.go.set()

    @asynccontextmanager
    async def enter(self, way: Way) -> AsyncIterator[Transaction]:
        self.waiting += 1
        if self.waiting == 2:
            self.held.set()
        await self.go.wait()
        async with super().enter(way) as tx:
            yield tx


async def test_overload_is_answered_at_once() -> None:
    store = Slow()
    async with opened(settings_with(VIVAVOCE_IN_FLIGHT="2"), store) as house:
        store.go.clear()
        held = [asyncio.create_task(house.call("GET", "/v1/jobs")) for _ in range(2)]
        await store.held.wait()

        async with asyncio.timeout(1):
            answer = await house.call("GET", "/v1/jobs")
            alive = await house.call("GET", "/v1/health", key="")
        store.go.set()

        assert (503, "1", 200) == (answer.status, answer.headers["Retry-After"], alive.status)
        assert [200, 200] == [(await each).status for each in held]
        await house.get("/v1/jobs")


def test_a_stream_that_has_ended_makes_room_for_another_of_its_key() -> None:
    limits = Limits(settings_with(VIVAVOCE_STREAMS="1").policies)

    with limits.stream("a"), limits.stream("b"), pytest.raises(TooManyStreams), limits.stream("a"):
        pass
    with limits.stream("a"):
        pass


def test_what_was_not_asked_for_longest_is_forgotten_first() -> None:
    buckets, policy = ProcessBuckets(most=2), Policy("key", 2)
    for who in ("a", "b", "a", "c"):
        buckets.take(policy, who, NOON)

    assert buckets.take(policy, "a", NOON).is_over
    assert 1 == buckets.take(policy, "b", NOON).left


def test_a_clock_that_goes_back_gives_nothing_and_takes_nothing() -> None:
    buckets, policy = ProcessBuckets(), Policy("key", 2)
    buckets.take(policy, "a", NOON)

    assert 0 == buckets.take(policy, "a", NOON - timedelta(hours=1)).left
    assert buckets.take(policy, "a", NOON).is_over


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("fe80::1%eth0", "fe80::2", True),
        ("not:an:address", "not:another", False),
    ],
)
async def test_a_network_of_ipv6_addresses_asks_as_one(one: str, other: str, is_one: bool) -> None:
    async with house_with(**FEW, VIVAVOCE_PROXIES="1") as house:
        for _ in range(2):
            await status_from(house, one)

        assert is_one == (429 == await status_from(house, other))
