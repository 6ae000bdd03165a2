"""`python -m bench scoring`: long interviews, one after the other, and one line of JSON."""

import argparse
import asyncio
import gc
import json
import re
import resource
import shutil
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.alone import alone
from bench.guard import Guard
from bench.scoring.talk import COMPETENCIES, hold
from interview.adapters.hostile import detector
from interview.adapters.judging import brief
from interview.adapters.lexicons import indicator_rater
from interview.adapters.models import Endpoint, OpenAiModels, open_sessions
from interview.adapters.reasons import reason_guard
from interview.adapters.system import SystemClock, SystemIds
from interview.release import Member
from interview.use_cases.judging import RUNS, Judge, Seat
from interview.use_cases.scoring import score_interview
from interview.use_cases.world import World
from local.commands.connection import opened
from local.demo.display import step
from local.environment import DATA, common
from local.errors import LocalError
from local.up.stack import Stack

FOLDER = DATA / "bench" / "scoring"
INTERVIEWS = 4
ANSWER_S = 1.0
MOST_S = 5.0
MOST_GROWTH_MB = 16.0
"""From the first interview to the last; more is no flat memory."""

MODEL = "stand-in"


@dataclass(frozen=True)
class Measured:
    """`runs` and `wall_s` of the slowest interview; `growth_mb` since the first one."""

    runs: int
    wall_s: float
    peak_mb: float
    growth_mb: float

    @property
    def holds(self) -> bool:
        is_whole = self.runs == COMPETENCIES * RUNS
        return is_whole and self.wall_s <= MOST_S and self.growth_mb <= MOST_GROWTH_MB

    def last_line(self) -> str:
        return json.dumps(
            {"runs": self.runs, "wall_s": round(self.wall_s, 2), "peak_mb": round(self.peak_mb, 1)}
        )


def main(arguments: Sequence[str]) -> int:
    """Exit code 0 when it could measure; with `--check` only when every bar holds."""
    parser = argparse.ArgumentParser(prog="bench scoring", description=__doc__)
    parser.add_argument("--interviews", type=int, choices=range(1, 21), default=INTERVIEWS)
    parser.add_argument("--answer-s", type=float, default=ANSWER_S, help="of the model, for one")
    parser.add_argument("--check", action="store_true", help="exit code 1 when a bar is missed")
    asked = parser.parse_args(arguments)
    with alone(FOLDER.parent / "lock"):
        shutil.rmtree(FOLDER, ignore_errors=True)
        measured, is_busy = asyncio.run(_bench(asked.interviews, asked.answer_s))
    if is_busy:
        print(Path(__file__).with_name("busy.txt").read_text(), file=sys.stderr)
    print(measured.last_line(), flush=True)
    return 1 if asked.check and not measured.holds else 0


async def _bench(interviews: int, answer_s: float) -> tuple[Measured, bool]:
    async with Stack(FOLDER, durable=False) as stack, _stand_in(answer_s) as url:
        with step("Starting Postgres"):
            await stack.start(only=["db"])
        async with opened(stack.variables["api"]) as store, open_sessions() as sessions:
            world = World(store, SystemClock(), SystemIds())
            end = Endpoint(url, MODEL)
            seat = Seat(MODEL, OpenAiModels(sessions.of(end), end), (Member(MODEL, url),))
            judge = Judge((seat,), brief(), detector(), reason_guard())
            async with Guard() as guard:
                measured = await _measure(world, judge, interviews)
            return measured, guard.load().is_busy


async def _measure(world: World, judge: Judge, interviews: int) -> Measured:
    """Both raters, as the worker has them work."""
    indicators = indicator_rater()
    runs: list[int] = []
    walls: list[float] = []
    peaks: list[float] = []
    for number in range(interviews):
        held = await hold(world, number)
        gc.collect()
        began = time.monotonic()
        await score_interview(world, indicators, held.tenant, held.interview)
        card = await score_interview(world, judge, held.tenant, held.interview)
        walls.append(time.monotonic() - began)
        runs.append(sum(rating.runs for rating in card.ratings))
        peaks.append(peak_mb())
        said = f"{runs[-1]} runs in {walls[-1]:.2f} s, {peaks[-1]:.0f} MB at most so far"
        print(f"interview {number + 1}: {said}", file=sys.stderr)
    return Measured(min(runs), max(walls), peaks[-1], peaks[-1] - peaks[0])


def peak_mb() -> float:
    """The most memory that this process has had, as the kernel counts it."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@asynccontextmanager
async def _stand_in(answer_s: float) -> AsyncIterator[str]:
    """The scripted model in a process of its own; where it is asked."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.standins.models", "--latency-s", str(answer_s)),
        stdout=asyncio.subprocess.PIPE,
        env=common({"PATH": "/usr/bin:/bin"}),
        cwd=Path(__file__).parents[2],
    )
    try:
        assert process.stdout is not None
        async with asyncio.timeout(20):
            said = (await process.stdout.readline()).decode().strip()
        if not re.match("https?://", said):
            raise LocalError("the scripted model did not start")
        yield said
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
