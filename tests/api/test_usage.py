"""What an interview has cost, as the agent reports it and as people read it."""

from decimal import Decimal
from uuid import UUID

import pytest

from interview.accounts import Role
from interview.adapters.system import SystemIds
from interview.ids import InterviewId
from interview.prices import Price, Prices, Used
from interview.use_cases.usage import note_usage
from interview.use_cases.world import World
from tests.api.house import House, Json

pytestmark = pytest.mark.api


def used(house: House, **fields: Json) -> Json:
    return house.report("provider_used", purpose="llm", provider="openai", model="m", **fields)


def path(interview: Json) -> str:
    return f"/v1/interviews/{interview['id']}/usage"


async def test_an_interview_that_used_nothing_has_cost_nothing(house: House) -> None:
    interview = await house.invited()

    nothing: Json = {"lines": [], "costs": [], "is_whole": True, "budget_spent": False}
    assert nothing == await house.get(path(interview))


async def test_what_agents_report_is_added_up_by_provider_and_model(house: House) -> None:
    interview, _, claim = await house.led()
    await house.tell(
        claim,
        used(house, calls=1, input_tokens=900, output_tokens=40, cost="0.0012", currency="USD"),
        used(house, calls=2, input_tokens=100, output_tokens=10, cost="0.0003", currency="USD"),
        house.report("provider_used", purpose="stt", provider="own", model="ear", audio_ms=61_500),
        house.report("budget_spent", amount="0.0015", currency="USD"),
    )

    found = await house.get(path(interview))

    assert {
        "purpose": "llm",
        "provider": "openai",
        "model": "m",
        "calls": 3,
        "input_tokens": 1000,
        "output_tokens": 50,
        "audio_seconds": 0.0,
        "characters": 0,
        "uncounted": 0,
        "costs": [{"amount": "0.0015", "currency": "USD"}],
    } == found["lines"][0]
    assert ("stt", 61.5, []) == tuple(
        found["lines"][1][name] for name in ("purpose", "audio_seconds", "costs")
    )
    assert [{"amount": "0.0015", "currency": "USD"}] == found["costs"]
    assert (False, True) == (found["is_whole"], found["budget_spent"])


async def test_what_comes_after_the_end_counts(house: House) -> None:
    interview, _, claim = await house.led()
    await house.tell(claim, house.report("interview_ended", reason="completed"))
    await house.tell(claim, used(house, calls=1))

    assert 1 == (await house.get(path(interview)))["lines"][0]["calls"]


@pytest.mark.parametrize(
    "fields", [{"calls": -1}, {"cost": "-1"}, {"cost": "NaN"}, {"currency": "euro"}, {"key": "sk"}]
)
async def test_usage_that_makes_no_sense_is_refused(house: House, fields: Json) -> None:
    _, _, claim = await house.led()

    refused = await house.tell(claim, used(house, **fields), status=422)
    assert "invalid" == refused["code"]


async def test_scoring_is_noted_with_its_price(house: House) -> None:
    interview, _, _ = await house.led()
    world = World(house.store, house.clock, SystemIds())
    today = house.clock.now().date()
    prices = Prices((Price("openai", "m", today, "USD", Decimal(1), Decimal(4)),))
    asked = (Used("llm", "openai", "m", 24, 1_000_000, 500_000),)
    tenant, name = house.tenants[house.key], InterviewId(UUID(interview["id"]))

    await note_usage(world, tenant, name, prices, asked)
    await note_usage(world, tenant, name, prices, ())

    assert [{"amount": "3", "currency": "USD"}] == (await house.get(path(interview)))["costs"]


@pytest.mark.parametrize(
    ("role", "sees"), [(Role.RECRUITER, True), (Role.AUDITOR, True), (Role.REVIEWER, False)]
)
async def test_who_sets_interviews_up_sees_what_they_cost(
    house: House, role: Role, sees: bool
) -> None:
    interview = await house.invited()
    signed_in = await house.signed_in(await house.new_member(role))

    answer = await house.call("GET", path(interview), key="", headers=signed_in)
    assert (200 if sees else 403) == answer.status


@pytest.mark.parametrize(
    "said", [{}, {"probing": "model"}, {"wishes": "model"}, {"probing": "kit", "wishes": "rules"}]
)
async def test_a_claim_brings_the_tenants_chains_with_the_keys_that_the_room_uses(
    house: House, said: dict[str, str]
) -> None:
    ear = {
        "name": "deepgram",
        "url": "https://api.deepgram.com/v1/listen",
        "model": "m",
        "key": "sk-for-the-agent-alone",
    }
    mind = {
        "name": "openai",
        "url": "https://api.openai.com/v1",
        "model": "m",
        "key": "sk-for-models",
    }
    budget = {"amount": "2.5", "currency": "USD"}
    body = {"stt": [ear], "tts": [ear], "llm": [mind], "budget_per_interview": budget}
    ever = {"If-Match": "*"}
    await house.call("PUT", "/v1/settings/providers", json=body, headers=ever)

    interview, _, claim = await house.led(await house.draft(**said))

    asks_models = "model" in said.values()
    assert {
        "stt": [ear],
        "tts": [ear],
        "llm": [mind if asks_models else mind | {"key": None}],
        "budget": ["2.5", "USD"],
    } == claim["providers"]
    assert asks_models == ("sk-for-models" in str(claim))
    events = await house.get(f"/v1/interviews/{interview['id']}/events")
    assert "sk-for" not in str(events)
