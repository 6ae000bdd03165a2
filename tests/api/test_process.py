"""`python -m api` as a process: its settings, its port, its end."""

import asyncio
import os
import signal
import socket
import sys
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from local.ports import free_port
from tests.conftest import Database

pytestmark = pytest.mark.api
ROOT = Path(__file__).parents[2]
KEY = urlsafe_b64encode(bytes(32)).decode()


def variables(database_url: str, objects: Path, port: int, **changes: str) -> dict[str, str]:
    given = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": database_url,
        "LIVEKIT_URL": "ws://127.0.0.1:1",
        "LIVEKIT_API_KEY": "key",
        "LIVEKIT_API_SECRET": "a-secret-of-some-length-for-tests",
        "VIVAVOCE_API_PORT": str(port),
        "VIVAVOCE_AGENT_KEY": "the-agent-service-key",
        "VIVAVOCE_INSTALLATION_KEY": KEY,
        "VIVAVOCE_KEY_PEPPER": KEY,
        "VIVAVOCE_OBJECTS_URL": objects.as_uri(),
    }
    return {name: value for name, value in (given | changes).items() if value}


@asynccontextmanager
async def process(environment: dict[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "api", cwd=ROOT, env=environment, stderr=asyncio.subprocess.PIPE
    )
    try:
        yield running
    finally:
        if running.returncode is None:
            running.kill()
            await running.wait()


async def ended(environment: dict[str, str]) -> tuple[int | None, str]:
    """Exit code and what was said."""
    async with process(environment) as running:
        _, said = await asyncio.wait_for(running.communicate(), 30)
        return running.returncode, said.decode()


async def test_it_serves_and_a_stop_takes_less_than_three_seconds(
    database: Database, tmp_path: Path
) -> None:
    port = free_port()
    base = f"http://127.0.0.1:{port}/v1"
    async with (
        process(variables(database.app_url, tmp_path, port)) as running,
        aiohttp.ClientSession() as client,
    ):
        await serves(running)
        async with client.get(f"{base}/health/ready") as answer:
            assert 200 == answer.status
        asyncio.get_running_loop().call_soon(running.send_signal, signal.SIGTERM)
        async with asyncio.timeout(3):
            await running.communicate()
    assert 0 == running.returncode


async def test_it_is_not_ready_any_more_before_it_stops_to_listen(
    database: Database, tmp_path: Path
) -> None:
    port = free_port()
    health = f"http://127.0.0.1:{port}/v1/health"
    given = variables(database.app_url, tmp_path, port, VIVAVOCE_API_DRAIN_S="20")
    no_reuse = aiohttp.TCPConnector(force_close=True)
    async with process(given) as running, aiohttp.ClientSession(connector=no_reuse) as client:
        await serves(running)
        running.send_signal(signal.SIGTERM)
        async with asyncio.timeout(10):
            while (await client.get(f"{health}/ready")).status == 200:
                await asyncio.sleep(0.01)
        answers = [(await client.get(each)).status for each in (f"{health}/ready", health)]

    assert [503, 200] == answers


async def serves(running: asyncio.subprocess.Process) -> None:
    """Waits until it says so."""
    assert running.stderr is not None
    while b"api_ready" not in (line := await asyncio.wait_for(running.stderr.readline(), 30)):
        assert line, "the process ended"


async def test_a_missing_setting_is_one_line_that_names_it(tmp_path: Path) -> None:
    code, text = await ended(variables("postgresql://x/y", tmp_path, 0, VIVAVOCE_AGENT_KEY=""))

    assert (2, "api: VIVAVOCE_AGENT_KEY: field required\n") == (code, text)


async def test_a_taken_port_is_one_line_that_names_the_setting(
    database: Database, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, text = await ended(variables(database.app_url, tmp_path, port))

    assert 2 == code
    assert [f"api: VIVAVOCE_API_PORT: port {port} is in use; set it to a free port"] == (
        text.strip().splitlines()
    )


async def test_a_database_that_does_not_answer_is_one_line(tmp_path: Path) -> None:
    nowhere = f"postgresql://app:SECRET@127.0.0.1:{free_port()}/none"

    code, text = await ended(variables(nowhere, tmp_path, free_port()))

    assert (2, 1) == (code, len(text.strip().splitlines()))
    assert "DATABASE_URL" in text
    assert "SECRET" not in text


async def test_a_database_role_that_no_policy_binds_is_one_line(
    database: Database, tmp_path: Path
) -> None:
    code, text = await ended(variables(database.owner_url, tmp_path, free_port()))

    assert (2, 1) == (code, len(text.strip().splitlines()))
    assert text.startswith("api: DATABASE_URL names a role that row-level security does not bind")
