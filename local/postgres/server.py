"""A PostgreSQL server of our own: made at the first start, stopped without a trace."""

import asyncio
import os
import secrets
import signal
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

import asyncpg

from local.errors import LocalError, NotReady
from local.ports import LOOPBACK
from local.postgres import place, roles
from local.up.child import Child, Steps

READY_WITHIN_S = 30.0
POLL_S = 0.05

# SIGINT is PostgreSQL's fast shutdown: sessions end, everything is on disk. SIGQUIT recovers at
# the next start instead.
FAST: Steps = ((signal.SIGINT, 2.0), (signal.SIGQUIT, 0.4))
AT_ONCE: Steps = ((signal.SIGQUIT, 1.0),)

SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "max_connections": "100",
}
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Passwords:
    """The passwords of the superuser and of our two roles; random unless given."""

    admin: str = field(default_factory=secrets.token_urlsafe, repr=False)
    owner: str = field(default_factory=secrets.token_urlsafe, repr=False)
    app: str = field(default_factory=secrets.token_urlsafe, repr=False)


class EmbeddedPostgres:
    """One server on the loopback address; an async context manager.

    `folder` holds the data (`postgres/`) and the log. `durable=False` is for tests: quick, and
    the data are deleted at the end. `own_group=False` leaves the server in our process group.
    """

    def __init__(
        self,
        folder: Path,
        port: int,
        passwords: Passwords | None = None,
        *,
        durable: bool = True,
        own_group: bool = True,
    ) -> None:
        self.port = port
        self._folder = folder
        self._passwords = passwords or Passwords()
        self._durable = durable
        self._own_group = own_group
        self._place: place.Place | None = None
        self._server: Child | None = None

    @property
    def programs(self) -> Path:
        """The folder with `pg_dump`, `psql` and the like, of the server's own version."""
        assert self._place is not None
        return self._place.programs

    @property
    def admin_url(self) -> str:
        """The superuser's connection string; to the database `postgres`."""
        return url(roles.ADMIN, self._passwords.admin, self.port, "postgres")

    def owner_url(self, database: str = roles.DATABASE) -> str:
        """For migrations: the role that owns the tables."""
        return url(roles.OWNER, self._passwords.owner, self.port, database)

    def app_url(self, database: str = roles.DATABASE) -> str:
        """For `api` and `worker`: bound by row-level security, owns nothing."""
        return url(roles.APP, self._passwords.app, self.port, database)

    async def start(self) -> None:
        """Start, making data, roles and database first where they are missing."""
        where = self._place = place.prepare(self._folder, durable=self._durable)
        await asyncio.to_thread(
            where.make_data, roles.ADMIN, self._passwords.admin, durable=self._durable
        )
        self._server = self._launch(where)
        try:
            conn = await self._connection(self._server)
            await roles.provide(conn, self._passwords.owner, self._passwords.app)
            await conn.close()
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Shut down; no process stays."""
        if self._server is not None:
            await self._server.stop(FAST if self._durable else AT_ONCE)
            self._server = None
        if self._place is not None and not self._durable:
            self._place.remove()

    async def ended(self) -> None:
        """Wait until the server ends by itself, which it should not."""
        if self._server is not None:
            await self._server.ended()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    def _launch(self, where: place.Place) -> Child:
        settings = {**SETTINGS, **({} if self._durable else FORGETFUL), "port": str(self.port)}
        return Child.start(
            "db",
            [
                where.program("postgres"),
                "-D",
                str(where.data),
                *(f"--{name}={value}" for name, value in settings.items()),
            ],
            {"PATH": os.environ.get("PATH", os.defpath)},
            self._folder / "logs" / "postgres.log",
            at_parents_end=signal.SIGINT,
            account=where.account,
            own_group=self._own_group,
        )

    async def _connection(self, server: Child) -> asyncpg.Connection:
        deadline = time.monotonic() + READY_WITHIN_S
        while time.monotonic() < deadline:
            server.require_running()
            with suppress(OSError, asyncpg.CannotConnectNowError):
                return await self._as_admin()
            await asyncio.sleep(POLL_S)
        raise NotReady(f"db: not ready within {READY_WITHIN_S:.0f} s (see {server.log})")

    async def _as_admin(self) -> asyncpg.Connection:
        try:
            return await asyncpg.connect(self.admin_url, timeout=5)
        except asyncpg.InvalidPasswordError as error:
            raise LocalError(
                f"the database in {self._folder}/postgres was made with other secrets: "
                "restore secrets.json, or remove both"
            ) from error


def url(role: str, password: str, port: int, database: str) -> str:
    """A connection string; loopback, hence without TLS."""
    return f"postgresql://{role}:{password}@{LOOPBACK}:{port}/{database}?sslmode=disable"
