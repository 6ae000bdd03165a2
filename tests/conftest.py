"""What holds for every test: one marker a module, no network beyond loopback, real servers."""

import asyncio
import ipaddress
import sys
import uuid
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pytest
from blockbuster import blockbuster_ctx

from local.ports import free_port
from local.postgres import EmbeddedPostgres, roles
from local.sfu import EmbeddedSfu
from tests.fakes.steady import SteadyLoop
from tests.standstill import Standstill

REACHES = frozenset({"unit", "store", "api", "voice", "room", "web", "evals"})
TEMPLATE = "vivavoce_template"


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Standstill(), "standstill")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Fail unless each module says with exactly one marker how far its tests reach."""
    wrong = {
        item.nodeid.partition("::")[0]
        for item in items
        if len(REACHES & {mark.name for mark in item.iter_markers()}) != 1
    }
    if wrong:
        listed = ", ".join(sorted(wrong))
        raise pytest.UsageError(f"exactly one of {sorted(REACHES)} as pytestmark: {listed}")


def pytest_asyncio_loop_factories(
    item: pytest.Item,
) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Time that stands with the process; not in rooms and browsers, which are measured from outside
    and go on meanwhile."""
    far = {"room", "web"} & {mark.name for mark in item.iter_markers()}
    return {"loop": asyncio.new_event_loop if far else SteadyLoop}


def _refuse_outside(event: str, arguments: tuple[object, ...]) -> None:
    """An audit hook: no test opens a connection to anything but this machine."""
    if event == "socket.connect":
        address = arguments[1]
        if isinstance(address, tuple) and not _is_loopback(str(address[0])):
            raise PermissionError(f"a test tried to reach {address[0]}")
    elif event == "socket.getaddrinfo" and arguments[0] and not _is_loopback(str(arguments[0])):
        raise PermissionError(f"a test tried to look up {arguments[0]}")


def _is_loopback(host: str) -> bool:
    if host in {"localhost", ""}:
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


sys.addaudithook(_refuse_outside)


@pytest.fixture(autouse=True)
def no_blocking_calls(request: pytest.FixtureRequest) -> Iterator[None]:
    """In `unit` and `api` tests a blocking call inside the event loop is an error."""
    if not {"unit", "api"} & {mark.name for mark in request.node.iter_markers()}:
        yield
        return
    with blockbuster_ctx(["agent", "api", "interview", "worker"]):
        yield


@dataclass(frozen=True)
class Database:
    """A migrated database of one test's own; the URLs differ in the role."""

    name: str
    owner_url: str
    app_url: str


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    """One PostgreSQL for the whole run, quick and forgetful."""
    server = EmbeddedPostgres(tmp_path_factory.mktemp("postgres"), free_port(), durable=False)
    asyncio.run(server.start())
    yield server
    asyncio.run(server.stop())


@pytest.fixture(scope="session")
def template(postgres: EmbeddedPostgres) -> str:
    """The name of a database in which all migrations have run."""
    asyncio.run(_make_template(postgres))
    return TEMPLATE


async def _make_template(postgres: EmbeddedPostgres) -> None:
    from migrations.runner import migrate

    admin = await asyncpg.connect(postgres.admin_url)
    await roles.create_database(admin, TEMPLATE)
    await admin.close()
    owner = await asyncpg.connect(postgres.owner_url(TEMPLATE))
    await migrate(owner)
    await owner.close()


@pytest.fixture
async def database(postgres: EmbeddedPostgres, template: str) -> AsyncIterator[Database]:
    """A fresh database, copied from the migrated template and dropped afterwards."""
    name = f"test_{uuid.uuid4().hex}"
    admin = await asyncpg.connect(postgres.admin_url)
    await roles.create_database(admin, name, template)
    yield Database(name, postgres.owner_url(name), postgres.app_url(name))
    await roles.drop_database(admin, name)
    await admin.close()


@pytest.fixture(scope="session")
def sfu(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedSfu]:
    """One real SFU for the whole run, on free ports."""
    server = EmbeddedSfu(Path(tmp_path_factory.mktemp("sfu")))
    asyncio.run(server.start())
    yield server
    asyncio.run(server.stop())
