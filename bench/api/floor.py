"""`python -m bench.api.floor SETTINGS`: each call's transaction, bare, and the bytes of its answer.

No authentication, no validation, no models, no sealing: what asyncpg and aiohttp cost at least.
The statements are the store's own, on the same rows; the answers are what our API said.
"""

import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from uuid import UUID

import aiohttp
import asyncpg
from aiohttp import web

from interview.ports.lists import ALL_INTERVIEWS
from interview.store.postgres import doors, interviews, log, store, work
from interview.store.postgres.listening import WAKE
from interview.store.postgres.lists import Filter, statement
from local.ports import LOOPBACK

Connection = asyncpg.pool.PoolConnectionProxy
TURN = (*log.OUTLINE, "version", "sealed_speech")


@dataclass(frozen=True)
class Settings:
    """What the floor is told: where the database is, whose rows, and what is answered."""

    port: int
    database_url: str
    tenant: str
    transcript: str
    doors: list[str]
    """Interviews that are live."""

    sample: str
    """The one of them that holds one batch, which is written again and again."""

    sfu: dict[str, str]
    """`url` and `authorization` of a request that makes a room, and its `body` in hexadecimal."""

    answers: dict[str, str]


class Floor:
    """The four transactions."""

    def __init__(self, told: Settings, pool: asyncpg.Pool, sfu: aiohttp.ClientSession) -> None:
        self._told = told
        self._pool = pool
        self._sfu = sfu
        self._tenant = UUID(told.tenant)
        self._bodies = {name: body.encode() for name, body in told.answers.items()}
        self._numbers = count(1)
        self._events: list[asyncpg.Record] = []
        self._turns: list[asyncpg.Record] = []

    async def learn(self) -> None:
        """Reads the batch that it will write."""
        async with self._pool.acquire() as conn, conn.transaction():
            await self._bind(conn)
            sample = UUID(self._told.sample)
            rows = await conn.fetch(log.EVENTS, self._tenant, sample, 0, None)
            turns = await conn.fetch(log.TURNS, self._tenant, sample)
        first = turns[0]["seq"]
        self._events = [row for row in rows if first <= row["seq"]]
        self._turns = list(turns)

    def handler(self, name: str) -> Callable[[web.Request], Awaitable[web.Response]]:
        """Reads the request, does what the call does, answers what it answers."""
        run: Callable[[Connection], Awaitable[None]] = self._call(name)
        body = self._bodies[name]

        async def handle(request: web.Request) -> web.Response:
            await request.read()
            async with self._pool.acquire() as conn, conn.transaction():
                await self._bind(conn)
                await run(conn)
            return web.Response(body=body, content_type="application/json")

        return handle

    def _call(self, name: str) -> Callable[[Connection], Awaitable[None]]:
        calls = {
            "join": self.join,
            "transcript": self.transcript,
            "list": self.interviews,
            "events": self.events,
        }
        return calls[name]

    async def _bind(self, conn: Connection) -> None:
        await conn.execute(store.BIND, str(self._tenant))

    async def transcript(self, conn: Connection) -> None:
        which = UUID(self._told.transcript)
        await conn.fetchrow(interviews.INTERVIEW, self._tenant, which)
        await conn.fetch(work.LOAD_KEYS, self._tenant, "interview", [which])
        await conn.fetch(log.TURNS_TOLD, self._tenant, which, [])

    async def interviews(self, conn: Connection) -> None:
        mine: Filter = ("tenant = {}", self._tenant)
        sql, arguments = statement(
            interviews.INTERVIEWS_TOLD, interviews.BY_AGE, ALL_INTERVIEWS, [mine], None
        )
        await conn.fetch(sql, 51, *arguments)

    async def join(self, conn: Connection) -> None:
        door, number = self._door()
        held = await conn.fetchrow(interviews.INTERVIEW_LOCKED, self._tenant, door)
        assert held is not None, "the benchmark made it"
        await conn.fetchrow(doors.LATEST_CONSENT, self._tenant, door)
        await conn.fetchrow(doors.LEASE_LOCKED, self._tenant, door)
        await self._append(conn, door, held["last_seq"], number, self._events[:1])
        sfu = self._told.sfu
        headers = {"Authorization": sfu["authorization"], "Content-Type": "application/protobuf"}
        body = bytes.fromhex(sfu["body"])
        async with self._sfu.post(sfu["url"], data=body, headers=headers) as answer:
            answer.raise_for_status()
            await answer.read()

    async def events(self, conn: Connection) -> None:
        door, number = self._door()
        held = await conn.fetchrow(interviews.INTERVIEW_LOCKED, self._tenant, door)
        assert held is not None, "the benchmark made it"
        await conn.fetchrow(doors.LEASE_LOCKED, self._tenant, door)
        await self._append(conn, door, held["last_seq"], number, self._events)
        turns = [_renamed(row["turn_id"], number) for row in self._turns]
        await conn.fetch(log.TURNS_NAMED, self._tenant, door, turns)
        rows = []
        for turn_id, row in zip(turns, self._turns, strict=True):
            moved = {
                "turn_id": turn_id,
                "seq": held["last_seq"] + 1,
                "version": held["last_seq"] + 1,
            }
            values = (moved.get(name, row[name]) for name in TURN)
            rows.append((self._tenant, door, *values))
        await conn.executemany(log.SAVE_TURN, rows)

    def _door(self) -> tuple[UUID, int]:
        number = next(self._numbers)
        return UUID(self._told.doors[number % len(self._told.doors)]), number

    async def _append(
        self, conn: Connection, door: UUID, last: int, number: int, rows: list[asyncpg.Record]
    ) -> None:
        await conn.fetch(work.LOAD_KEYS, self._tenant, "interview", [door])
        ids = [_renamed(row["event_id"], number) for row in rows]
        await conn.fetch(log.KNOWN_EVENTS, self._tenant, door, ids)
        links = []
        for at, (event_id, row) in enumerate(zip(ids, rows, strict=True), start=1):
            moved = {"interview_id": door, "event_id": event_id, "seq": last + at}
            links.append(tuple(moved.get(name, row[name]) for name in row.keys()))  # noqa: SIM118
        await conn.executemany(log.ADD_EVENT, links)
        await conn.execute(log.MOVE_END, self._tenant, door, last + len(rows), bytes(32))
        await conn.execute(WAKE, str(door))


def _renamed(name: UUID, number: int) -> UUID:
    """An id of this request's own."""
    return UUID(int=(name.int & ~0xFFFFFFFFFFFF) | 0xF00000000000 | number)


def application(told: Settings) -> web.Application:
    """A bare handler for each call."""

    async def opened(_: web.Application) -> AsyncIterator[None]:
        async with (
            asyncpg.create_pool(told.database_url, min_size=1, max_size=10) as pool,
            aiohttp.ClientSession() as sfu,
        ):
            floor = Floor(told, pool, sfu)
            await floor.learn()
            for name in told.answers:
                handlers[name] = floor.handler(name)
            yield

    handlers: dict[str, Callable[[web.Request], Awaitable[web.Response]]] = {}

    async def serve(request: web.Request) -> web.Response:
        return await handlers[request.match_info["name"]](request)

    app = web.Application(client_max_size=2**22)
    app.router.add_route("*", "/{name}", serve)
    app.cleanup_ctx.append(opened)
    return app


def main() -> None:
    told = Settings(**json.loads(Path(sys.argv[1]).read_text()))
    web.run_app(application(told), host=LOOPBACK, port=told.port, access_log=None, print=None)


if __name__ == "__main__":
    main()
