"""`python -m bench api`: four calls beside their floor, turn about, and one line of JSON."""

import argparse
import asyncio
import json
import os
import shutil
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from itertools import cycle, islice
from pathlib import Path

import aiohttp
from livekit import api as livekit

from bench.alone import alone
from bench.api.figures import Figure, figure, last_line, missed, table
from bench.api.floor import Settings
from bench.api.load import Generator, Shot, Slice
from bench.api.seed import MARK, Seed, batch_body, seed
from bench.guard import Guard
from interview.ids import room_name
from local.commands.connection import opened, pepper
from local.demo.display import step
from local.environment import DATA, common
from local.ports import LOOPBACK, free_port
from local.setup.vegeta import installed
from local.up.child import Child
from local.up.ready import listens, until
from local.up.stack import Stack

FOLDER = DATA / "bench" / "api"
CALLS = ("join", "transcript", "list", "events")
ROUNDS, SECONDS = 3, 4.0
WARM_S = 1.0
MOST_BATCHES_A_S = 400
UNLIMITED = ("VIVAVOCE_RATE_KEY", "VIVAVOCE_RATE_TENANT", "VIVAVOCE_RATE_ADDRESS")
"""Limits that are kept, and set so high that no load reaches them."""


def main(arguments: Sequence[str]) -> int:
    """Exit code 0 when it could measure; with `--check` only when every bar holds."""
    parser = argparse.ArgumentParser(prog="bench api", description=__doc__)
    parser.add_argument("--rounds", type=int, choices=range(1, 21), default=ROUNDS)
    parser.add_argument("--seconds", type=float, default=SECONDS, help="of load on each side")
    parser.add_argument(
        "--only", choices=CALLS, action="append", help="for development: some calls"
    )
    parser.add_argument("--check", action="store_true", help="exit code 1 when a bar is missed")
    asked = parser.parse_args(arguments)
    with alone(FOLDER.parent / "lock"):
        shutil.rmtree(FOLDER, ignore_errors=True)
        return asyncio.run(_bench(asked))


async def _bench(asked: argparse.Namespace) -> int:
    calls = [name for name in CALLS if not asked.only or name in asked.only]
    program = installed()
    extra = {"api": dict.fromkeys(UNLIMITED, str(10**9))}
    async with Stack(FOLDER, durable=False, extra=extra) as stack, Guard() as guard:
        with step("Starting Postgres, API and what a join asks"):
            await stack.start(only=["db", "api", *(["sfu"] if "join" in calls else [])])
        told = stack.variables["api"]
        with step("Making interviews"):
            async with opened(told) as store:
                made = await seed(store, pepper(told))
        async with _floor(stack, made, calls) as floor_url:
            sides = _Sides(stack.api_url, floor_url, made, Generator(program, FOLDER))
            found = {name: await sides.compare(name, asked.rounds, asked.seconds) for name in calls}
        load = guard.load()
    print(table(found))
    if load.is_busy:
        print(Path(__file__).with_name("busy.txt").read_text(), file=sys.stderr)
    print(json.dumps(last_line(found)), flush=True)
    return 1 if asked.check and missed(found) else 0


@dataclass
class _Sides:
    """Ours and the floor, under the same load."""

    ours_url: str
    floor_url: str
    made: Seed
    generator: Generator

    async def compare(self, name: str, rounds: int, seconds: float) -> Figure:
        """Turn about, beginning with the other side in every other round."""
        slices: dict[bool, list[Slice]] = {True: [], False: []}
        for is_ours in (True, False):
            await self._fire(name, is_ours, WARM_S)
        for number in range(rounds):
            for is_ours in (True, False) if number % 2 else (False, True):
                slices[is_ours].append(await self._fire(name, is_ours, seconds))
        result = figure(slices[True], slices[False])
        print(f"{name:<11} {result.rps:>7} of {result.floor_rps:>7} /s", file=sys.stderr)
        return result

    async def _fire(self, name: str, is_ours: bool, seconds: float) -> Slice:
        base = self.ours_url if is_ours else self.floor_url
        shots: Iterator[Shot] = self._shots(name)
        if not is_ours:
            shots = (Shot(shot.method, f"/{name}", "", shot.body) for shot in shots)
        most = int(seconds * MOST_BATCHES_A_S)
        once = name == "events"
        return await self.generator.fire(
            base, islice(shots, most) if once else shots, seconds, once=once
        )

    def _shots(self, name: str) -> Iterator[Shot]:
        made = self.made
        match name:
            case "join":
                for door in made.doors:
                    yield Shot("POST", "/v1/candidate/join", door.session)
            case "transcript":
                yield Shot("GET", f"/v1/interviews/{made.transcript}/transcript", made.key)
            case "list":
                yield Shot("GET", "/v1/interviews?limit=50", made.key)
            case _:
                body = batch_body()
                for door in cycle(made.doors):
                    path = f"/internal/v1/interviews/{door.interview}/events"
                    numbered = body.replace(MARK, f"{next(self.generator.numbers):012x}")
                    yield Shot("POST", path, door.lease, numbered)


@asynccontextmanager
async def _floor(stack: Stack, made: Seed, calls: Sequence[str]) -> AsyncIterator[str]:
    """The floor as a process of its own; it answers what ours has answered."""
    sides = _Sides(stack.api_url, "", made, Generator(Path(), FOLDER))
    answers: dict[str, str] = {}
    async with aiohttp.ClientSession(stack.api_url) as session:
        for name in dict.fromkeys(("events", *calls)):  # a batch of which the floor learns
            shot = next(sides._shots(name))
            answers[name] = await _asked(session, shot)
    told = stack.variables["api"]
    settings = Settings(
        port=free_port(),
        database_url=told["DATABASE_URL"],
        tenant=str(made.tenant),
        transcript=str(made.transcript),
        doors=[str(door.interview) for door in made.doors],
        sample=str(made.doors[0].interview),
        sfu=_room_request(told, made),
        answers=answers,
    )
    path = FOLDER / "floor.json"
    path.write_text(json.dumps(asdict(settings)))
    command = [sys.executable, "-m", "bench.api.floor", str(path)]
    child = Child.start("floor", command, common(os.environ), FOLDER / "logs" / "floor.log")
    try:
        where = f"{LOOPBACK}:{settings.port}"
        await until(lambda: listens(f"tcp://{where}"), child, time.monotonic() + 30)
        yield f"http://{where}"
    finally:
        await child.stop()


async def _asked(session: aiohttp.ClientSession, shot: Shot) -> str:
    headers = {"Authorization": f"Bearer {shot.bearer}", "Content-Type": "application/json"}
    async with session.request(
        shot.method, shot.path, data=shot.body or None, headers=headers, raise_for_status=True
    ) as answer:
        return await answer.text()


def _room_request(told: Mapping[str, str], made: Seed) -> dict[str, str]:
    """What a join asks of the SFU, ready to be sent."""
    token = livekit.AccessToken(told["LIVEKIT_API_KEY"], told["LIVEKIT_API_SECRET"])
    token = token.with_grants(livekit.VideoGrants(room_create=True))
    room = livekit.CreateRoomRequest(name=room_name(made.doors[0].interview), metadata="{}")
    base = told["LIVEKIT_URL"].replace("ws", "http", 1)
    return {
        "url": f"{base}/twirp/livekit.RoomService/CreateRoom",
        "authorization": f"Bearer {token.to_jwt()}",
        "body": room.SerializeToString().hex(),
    }
