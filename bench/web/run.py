"""`python -m bench web`: a candidate comes in, a recruiter opens a review; one line of JSON."""

import argparse
import asyncio
import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from string import Template

from bench.alone import alone
from bench.guard import Guard, Load
from bench.platform import running_platform
from bench.web.candidate import enter
from bench.web.figures import figures, last_line, missed, table
from bench.web.recruiter import Desk
from bench.web.seed import seed, talk
from local.demo.display import step
from local.environment import DATA
from tests.standins.deepgram import Deepgram
from tests.web.browser import running_browsers

FOLDER = DATA / "bench" / "web"
RUNS = 5
HERE = Path(__file__).parent


def main(arguments: Sequence[str]) -> int:
    """Exit code 0 when it could measure; with `--check` only when every bar holds."""
    parser = argparse.ArgumentParser(prog="bench web", description=__doc__)
    parser.add_argument("--runs", type=int, choices=range(1, 51), default=RUNS)
    parser.add_argument("--check", action="store_true", help="exit code 1 when a bar is missed")
    asked = parser.parse_args(arguments)
    with alone(FOLDER.parent / "lock"):
        shutil.rmtree(FOLDER, ignore_errors=True)
        return asyncio.run(_bench(asked.runs, asked.check))


async def _bench(runs: int, check: bool) -> int:
    async with (
        Deepgram() as speech,
        running_platform(FOLDER, speech) as platform,
        running_browsers(FOLDER) as browsers,
    ):
        with step("Making a long interview"):
            long = await seed(platform.stack)
        browser = await browsers.start()
        desk = Desk(browser, platform.stack.api_url, long)
        entered, opened = [], []
        async with Guard() as guard:
            for number in range(1, runs + 1):
                entered.append(await enter(platform, browser))
                _tell(f"{number:>2}/{runs}  {entered[-1]}")
                opened.append(await desk.open())
                _tell(f"{number:>2}/{runs}  {opened[-1]:.2f} s")
        load = guard.load()
    found = figures(entered, opened)
    print(f"\n{table(found)}\n\n{_notes(runs, load)}")
    print(json.dumps(last_line(found)), flush=True)
    return 1 if check and missed(found) else 0


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _notes(runs: int, load: Load) -> str:
    """How it was measured, and whether the machine was free enough to believe it."""
    waiting = "unknown" if load.waiting_share is None else f"{load.waiting_share:.0%}"
    text = Template((HERE / "notes.txt").read_text()).substitute(
        runs=runs,
        minutes=round(talk()[1] / 60_000),
        late=f"{100 * load.late_share:.1f}",
        worst=f"{load.worst_late_s:.2f}",
        waiting=waiting,
        load=f"{load.load_1m:.1f}",
    )
    return text + (HERE / "busy.txt").read_text() if load.is_busy else text
