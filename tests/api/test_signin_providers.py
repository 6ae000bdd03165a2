"""Whose word of its people is taken: which providers are set, called and believed."""

from collections.abc import AsyncIterator

import pytest

from api.settings import Settings
from interview.adapters.oidc import NOT_CALLED
from interview.store.memory import MemoryStore
from tests.api.house import House, Json, opened, settings_with
from tests.api.test_signin import BEGIN, NEAR, SETTING, WHATEVER, ready, said
from tests.standins.oidc import CLIENT, SECRET, OidcProvider, serving

pytestmark = pytest.mark.api


@pytest.fixture
def settings() -> Settings:
    return settings_with(**NEAR)


@pytest.fixture
async def provider() -> AsyncIterator[OidcProvider]:
    async with serving() as running:
        yield running


async def test_a_provider_that_does_not_answer_is_unavailable(
    house: House, provider: OidcProvider
) -> None:
    browser = await ready(house, provider)
    brought = provider.approve(await browser.begin())
    provider.status = 503

    answer = await browser.finish(**brought)

    assert (503, "unavailable") == await said(answer)
    assert provider.url not in await answer.text()
    body = {"issuer": "http://127.0.0.1:1", "client_id": CLIENT, "client_secret": SECRET}
    await house._expect(200, "PUT", SETTING, json=body, headers=WHATEVER)
    query = f"?tenant_id={house.tenants[house.key]}"
    assert (503, "unavailable") == await house.refusal("GET", BEGIN + query, key="")


@pytest.mark.parametrize("trouble", ["issuer", "redirect", "status"])
async def test_a_provider_that_is_not_the_one_that_was_set_is_not_gone_to(
    house: House, provider: OidcProvider, trouble: str
) -> None:
    await ready(house, provider)
    provider.issuer += "/other" if trouble == "issuer" else ""
    provider.redirects = trouble == "redirect"
    provider.status = 404 if trouble == "status" else 200
    query = f"?tenant_id={house.tenants[house.key]}"

    assert (403, "sign_in_failed") == await house.refusal("GET", BEGIN + query, key="")
    assert ["/.well-known/openid-configuration"] == provider.seen


@pytest.mark.parametrize(
    ("reach", "taken"),
    [
        ("public", {"https://id.example.com/realm"}),
        ("private", {"https://id.example.com/realm", "https://10.0.0.1:9443", "http://keycloak"}),
        ("anywhere", {"https://id.example.com/realm", "https://10.0.0.1:9443", "http://keycloak"}),
    ],
)
async def test_an_issuer_is_taken_as_far_as_sign_in_reaches_and_refused_by_its_field(
    reach: str, taken: set[str]
) -> None:
    near = {"http://127.0.0.1:9000", "http://localhost:9000"} if reach == "anywhere" else set()
    async with opened(settings_with(VIVAVOCE_SIGN_IN_REACH=reach), MemoryStore()) as house:
        found = {url: await setting(house, {"issuer": url}) for url in ISSUERS}

    assert {url: REFUSED if url not in taken | near else (200, None) for url in ISSUERS} == found


REFUSED = (422, "issuer")
ISSUERS = [
    "https://id.example.com/realm",
    "http://127.1",
    "https://10.0.0.1:9443",
    "http://keycloak",
    "http://127.0.0.1:9000",
    "http://localhost:9000",
    "https://169.254.169.254",
    "http://[fe80::1]",
    "https://user:pass@id.example.com",
    "https://id.example.com/#x",
    "file:///etc/passwd",
    "https://",
    "https://[::1",
]


async def setting(house: House, change: Json) -> tuple[int, str | None]:
    """What comes of setting a provider, and which field was at fault."""
    body = {"issuer": "https://id.example.com", "client_id": "a", "client_secret": "b"} | change
    answer = await house.call("PUT", SETTING, json=body, headers=WHATEVER)
    return answer.status, (await answer.json()).get("field")


@pytest.mark.parametrize("field", ["issuer", "client_id", "client_secret"])
async def test_a_setting_that_nobody_can_mean_is_refused(house: House, field: str) -> None:
    assert (422, field) == await setting(house, {field: ""})
    assert (404, "not_found") == await house.refusal("GET", SETTING)


async def test_a_provider_that_was_set_when_sign_in_reached_further_is_not_called(
    provider: OidcProvider,
) -> None:
    store = MemoryStore()
    async with opened(settings_with(**NEAR), store) as house:
        await ready(house, provider)
        key, tenants = house.key, house.tenants
    async with opened(settings_with(), store) as house:
        query = f"?tenant_id={tenants[key]}"
        answer = await house.call("GET", BEGIN + query, key="", allow_redirects=False)
        problem = await answer.json()

    assert (403, "sign_in_failed") == (answer.status, problem["code"])
    assert NOT_CALLED == problem["detail"]
    assert [] == provider.seen
