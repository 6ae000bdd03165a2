"""Signing in with a provider that somebody else wrote, running as a process of its own."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest

from api.settings import Settings
from interview.accounts import Role
from interview.adapters import oidc
from local.ports import free_ports
from tests.api.house import House, Json, settings_with
from tests.api.test_signin import NEAR

pytestmark = pytest.mark.api
ADA = {"email": "ada@example.com", "email_verified": True}
USERS: list[Json] = [
    {"sub": "ada", **ADA},
    {"sub": "only claimed", "email": "ada@example.com"},
    {"sub": "other issuer", **ADA, "iss": "https://other.example"},
    {"sub": "other client", **ADA, "aud": "somebody else"},
    {"sub": "other client, too", **ADA, "aud": ["vivavoce", "other"], "azp": "other"},
    {"sub": "other sign-in", **ADA, "nonce": "of another time"},
    {"sub": "of the past", **ADA, "exp": 1_000_000_000},
]
SIGNING = """
from oidc_provider_mock import _app
from oidc_provider_mock.__main__ import run
_app._JWS_ALG = "{}"
run()
"""
STARTS_WITHIN_S = 30


@dataclass
class Process:
    """`oidc-provider-mock`; it knows Ada, and others whose tokens are not as they should be."""

    port: int
    signs_with: str = ""
    running: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, signs_with: str = "RS256") -> None:
        """Anew, with a new key; `signs_with` as its own tokens are signed."""
        self.stop()
        users = [part for user in USERS for part in ("--user-claims", json.dumps(user))]
        self.signs_with = signs_with
        self.running = subprocess.Popen(
            [sys.executable, "-c", SIGNING.format(signs_with), "--port", str(self.port), *users],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        latest = time.monotonic() + STARTS_WITHIN_S
        while not self._answers():
            assert time.monotonic() < latest, "the provider does not start"
            time.sleep(0.05)

    def stop(self) -> None:
        if self.running is not None:
            self.running.terminate()
            self.running.wait()
            self.running = None

    def _answers(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return True
        return False


@pytest.fixture
def settings() -> Settings:
    return settings_with(**NEAR)


@pytest.fixture(scope="module")
def process() -> Iterator[Process]:
    (port,) = free_ports(1)
    one = Process(port)
    yield one
    one.stop()


@pytest.fixture
def provider(process: Process) -> Process:
    """As providers are, whatever a test before has done to it."""
    if process.running is None or process.signs_with != "RS256":
        process.start()
    return process


async def agreed(house: House, subject: str) -> tuple[str, dict[str, str]]:
    """Where the provider sends the browser back to, and what with, after `subject` agreed."""
    tenant = str(house.tenants[house.key])
    begun = await house.call(
        "GET", f"/v1/signin/oidc?tenant_id={tenant}", key="", allow_redirects=False
    )
    assert 302 == begun.status, await begun.text()
    async with (
        aiohttp.ClientSession() as client,
        client.post(
            begun.headers["Location"], data={"sub": subject}, allow_redirects=False
        ) as sent_back,
    ):
        there = urlsplit(sent_back.headers["Location"])
    return there.path, {name: values[0] for name, values in parse_qs(there.query).items()}


async def brought(house: House, path: str, query: dict[str, str]) -> tuple[int, str]:
    """Status, and the session's cookie."""
    answer = await house.call("GET", path, key="", params=query, allow_redirects=False)
    house.client.session.cookie_jar.clear()
    cookie = answer.cookies.get("viv_session")
    return answer.status, cookie.value if cookie else ""


async def came_back(house: House, subject: str) -> tuple[int, str]:
    return await brought(house, *await agreed(house, subject))


async def set_provider(house: House, issuer: str) -> None:
    house.clock.at = datetime.now(UTC)
    await house.new_member(Role.AUDITOR, "ada@example.com")
    body = {"issuer": issuer, "client_id": "vivavoce", "client_secret": "secret"}
    fresh = {"If-Match": '"0"'}
    await house._expect(200, "PUT", "/v1/settings/sign-in", json=body, headers=fresh)


async def test_a_member_signs_in_and_whose_token_is_wrong_does_not(
    house: House, provider: Process
) -> None:
    """Each is signed by the provider itself: for another issuer, client, time or sign-in, or with
    an address that was only claimed."""
    await set_provider(house, provider.url)

    status, session = await came_back(house, "ada")
    refused = {each["sub"]: await came_back(house, each["sub"]) for each in USERS[1:]}

    headers = {"Cookie": f"viv_session={session}"}
    known = await house.get("/v1/sessions/current", key="", headers=headers)
    assert (303, "ada@example.com") == (status, known["member"]["email"])
    assert {each["sub"]: (403, "") for each in USERS[1:]} == refused


async def test_a_provider_that_goes_by_another_name_is_none(
    house: House, provider: Process
) -> None:
    """It calls itself as it was called: by the number it is another issuer than by the name."""
    await set_provider(house, f"{provider.url}/")
    tenant = str(house.tenants[house.key])

    begin = f"/v1/signin/oidc?tenant_id={tenant}"
    assert (403, "sign_in_failed") == await house.refusal("GET", begin, key="")


async def test_keys_that_were_changed_are_read_again(
    house: House, provider: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its tokens name no key, so it is the signature that tells."""
    await set_provider(house, provider.url)
    assert 303 == (await came_back(house, "ada"))[0]
    provider.start()

    assert 403 == (await came_back(house, "ada"))[0], "keys are not asked for again at once"
    monkeypatch.setattr(oidc, "ROTATED_AFTER_S", 0)

    assert 303 == (await came_back(house, "ada"))[0]


async def test_a_provider_that_is_down_lets_nobody_in(house: House, provider: Process) -> None:
    await set_provider(house, provider.url)
    path, query = await agreed(house, "ada")
    provider.stop()

    assert (503, "") == await brought(house, path, query)
    provider.start()
    assert 303 == (await came_back(house, "ada"))[0]


async def test_a_signature_of_another_kind_is_none(house: House, provider: Process) -> None:
    await set_provider(house, provider.url)
    provider.start(signs_with="RS512")

    assert (403, "") == await came_back(house, "ada")
