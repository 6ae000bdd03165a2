"""`python -m local.demo`: one whole interview by voice on this machine, and what came of it."""

import asyncio
import json
import logging
import os
import shutil
import sys
from argparse import ArgumentParser
from collections.abc import Coroutine
from pathlib import Path

import aiohttp
from livekit import rtc

from local.candidate.doors import DoorRefused
from local.candidate.script import demo_kit
from local.demo.display import show_result, step
from local.demo.interview import Outcome, interview
from local.demo.result import shortfalls
from local.elsewhere import discard
from local.environment import DATA
from local.errors import LocalError
from local.setup.lock import alone
from local.up.signals import obey_signals
from local.up.stack import Stack

FOLDER = DATA / "demo"
WITHIN_S = 480.0
STOPPED = 130
"""What a shell says of a program that Ctrl-C ended."""


Course = Coroutine[None, None, Outcome]


async def run(stack: Stack, course: Course) -> Outcome | None:
    """What came of `course`, or None when told to stop. Raises `LocalError`; no process stays."""
    holding = asyncio.create_task(beside(stack, course))
    obey_signals(holding, stack)
    try:
        return await holding
    except asyncio.CancelledError:
        return None
    finally:
        with step("\nStopping everything"):
            await stack.stop()


async def beside(stack: Stack, course: Course) -> Outcome:
    """The whole course, as long as all processes live and the time suffices."""
    working = asyncio.create_task(course)
    ending = asyncio.create_task(stack.first_to_end())
    try:
        await asyncio.wait({working, ending}, timeout=WITHIN_S, return_when=asyncio.FIRST_COMPLETED)
        if ending.done():
            ending.result().require_running()
        if not working.done():
            raise LocalError(f"not done within {WITHIN_S:.0f} s (see {stack.data_dir / 'logs'})")
        return working.result()
    finally:
        for task in (working, ending):
            task.cancel()
        await asyncio.gather(working, ending, return_exceptions=True)


def fresh(folder: Path) -> Path:
    """An empty folder, and nothing left of the data of the time before."""
    discard(folder / "postgres")
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "logs").mkdir(parents=True)
    return folder


def keep_log(path: Path) -> None:
    """What the SDK has to say goes where the other processes' words are, not among the talk."""
    logging.basicConfig(filename=path, format="%(asctime)s %(levelname)s %(name)s %(message)s")


def finish(outcome: Outcome, folder: Path) -> None:
    """Write and show the figures; exits with 1 when the interview lacked anything."""
    path = folder / "result.json"
    path.write_text(json.dumps(outcome.figures, indent=2) + "\n")
    show_result(outcome.figures, os.path.relpath(path))
    if missing := shortfalls(outcome.figures, outcome.record):
        sys.exit("demo: " + "; ".join(missing))


def main() -> None:
    """Exit code 1 with one line when the interview did not come to its end as planned."""
    try:
        with alone(DATA / "demo.lock", "demo", waits=False):
            folder = fresh(FOLDER)
            keep_log(folder / "logs" / "candidate.log")
            stack, kit = Stack(folder), demo_kit()
            outcome = asyncio.run(run(stack, interview(stack, kit)))
            if outcome is not None:
                finish(outcome, folder)
    except (LocalError, DoorRefused, aiohttp.ClientError, rtc.ConnectError) as error:
        sys.exit(f"demo: {error}")
    except TimeoutError:
        sys.exit(f"demo: an answer did not come in time (see {FOLDER / 'logs'})")
    if outcome is None:
        print("demo: stopped", file=sys.stderr)
        sys.exit(STOPPED)


if __name__ == "__main__":
    ArgumentParser(prog="python -m local.demo", description=__doc__).parse_args()
    main()
