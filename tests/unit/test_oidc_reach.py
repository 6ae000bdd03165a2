"""Where an identity provider leads: it is a tenant's choice, and so is every endpoint it names."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from uuid import UUID

import pytest

from interview.adapters import oidc
from interview.adapters.oidc import OidcProviders
from interview.adapters.outbound import LookUp, system_look_up
from interview.addresses import Reach
from interview.errors import SignInFailed, Unavailable
from interview.ids import TenantId
from interview.oidc import Asked, Provider
from tests.standins.oidc import CLIENT, SECRET, OidcProvider, serving
from tests.unit.test_outbound import PUBLIC, Names, peer, said

pytestmark = pytest.mark.unit
FAR, PRIVATE, ANYWHERE = Reach(), Reach(private=True), Reach(loopback=True, private=True)
NOT_CALLED = f"^{oidc.NOT_CALLED}$"


@asynccontextmanager
async def providers(reach: Reach, look_up: LookUp = system_look_up) -> AsyncIterator[OidcProviders]:
    made = OidcProviders(reach, look_up)
    try:
        yield made
    finally:
        await made.close()


def asked(issuer: str) -> Asked:
    back = "http://127.0.0.1:8080/v1/signin/oidc/callback"
    return Asked(TenantId(UUID(int=1)), issuer, back, "state", "nonce", "verifier")


async def begun(of: OidcProviders, issuer: str) -> str:
    return await of.authorization_url(Provider(issuer, CLIENT, SECRET), asked(issuer))


async def identified(of: OidcProviders, running: OidcProvider, code: str) -> str:
    provider = Provider(running.issuer, CLIENT, SECRET)
    return await of.identify(provider, asked(running.issuer), code, datetime.now(UTC))


async def both_steps(of: OidcProviders, running: OidcProvider) -> str:
    code = running.approve(await begun(of, running.issuer))["code"]
    return await identified(of, running, code)


@pytest.mark.parametrize(
    "found", [["127.0.0.1"], ["10.0.0.1"], [PUBLIC, "169.254.169.254"], ["::ffff:127.0.0.1"]]
)
async def test_an_issuer_whose_name_leads_inside_is_not_called(found: list[str]) -> None:
    names = Names(found)
    async with providers(FAR, names) as of:
        with pytest.raises(SignInFailed, match=NOT_CALLED):
            await begun(of, "https://id.example.com")

    assert ["id.example.com"] == names.asked


@pytest.mark.parametrize("found", [["169.254.169.254"], ["fd00:ec2::254"], ["::1"]])
async def test_private_networks_are_reached_and_neither_this_machine_nor_a_clouds_keys(
    found: list[str],
) -> None:
    async with providers(PRIVATE, Names(found)) as of:
        with pytest.raises(SignInFailed, match=NOT_CALLED):
            await begun(of, "https://keycloak")


async def test_a_name_that_leads_to_the_public_is_never_called_in_clear() -> None:
    names = Names([PUBLIC])
    async with providers(PRIVATE, names) as of:
        with pytest.raises(SignInFailed, match=NOT_CALLED):
            await begun(of, "http://id.example.com")

    assert ["id.example.com"] == names.asked


async def test_a_name_that_leads_elsewhere_when_the_token_is_asked_for_is_not_called() -> None:
    """Rebinding between the two steps; what discovery said is still known."""
    names = Names(["127.0.0.1"], ["169.254.169.254"])
    async with serving() as running, providers(ANYWHERE, names) as of:
        running.url = running.issuer = running.url.replace("127.0.0.1", "localhost")
        code = running.approve(await begun(of, running.issuer))["code"]
        with pytest.raises(SignInFailed, match=NOT_CALLED):
            await identified(of, running, code)

    assert (["localhost"] * 2, ["/.well-known/openid-configuration"]) == (names.asked, running.seen)


@pytest.mark.parametrize("endpoint", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
@pytest.mark.parametrize("url", ["https://169.254.169.254/latest", "http://[::ffff:7f00:1]/x"])
async def test_an_endpoint_that_a_provider_names_is_looked_at_like_its_issuer(
    endpoint: str, url: str
) -> None:
    async with serving() as running, providers(ANYWHERE) as of:
        running.endpoints = {endpoint: url}
        with pytest.raises(SignInFailed, match=NOT_CALLED):
            await both_steps(of, running)


async def test_an_answer_is_asked_for_as_it_is_and_read_up_to_a_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nothing is unpacked: who packs well makes little of very much."""
    monkeypatch.setattr(oidc, "MOST_BYTES", 9)
    async with peer(said("200 OK", b"a" * 10)) as server, providers(ANYWHERE) as of:
        with pytest.raises(SignInFailed):
            await begun(of, f"http://127.0.0.1:{server.port}")

    assert b"\r\nAccept-Encoding: identity\r\n" in server.heard[0]


async def test_a_provider_that_cannot_be_reached_is_said_to_be_away_without_its_address() -> None:
    async with peer(b"") as server:
        port = server.port
    async with providers(ANYWHERE) as of:
        with pytest.raises(Unavailable, match=r"^The identity provider does not answer \(connect"):
            await begun(of, f"http://127.0.0.1:{port}")
