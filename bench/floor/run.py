"""`python -m bench floor`: the floor changes hands in a real room, and one line of JSON."""

import argparse
import asyncio
import json
import shutil
import sys
from collections.abc import Sequence
from dataclasses import asdict
from itertools import count
from pathlib import Path
from string import Template

from bench.alone import alone
from bench.floor.figures import AT_LEAST, AT_MOST, Figures, figures, holds, last_line, missed
from bench.floor.measures import Passed, Talk, measure
from bench.floor.plan import changes
from bench.floor.talk import hold
from bench.guard import Guard, Load
from bench.latency.corpora import STANDARD
from bench.latency.peers import Ours, kit, open_rooms
from bench.latency.run import CHARACTER_S, positive
from bench.platform import running_platform
from interview.events import FACTS
from local.environment import DATA
from tests.standins.deepgram import Deepgram

HERE = Path(__file__).parent
FOLDER = DATA / "bench" / "floor"
ROUNDS, CHANGES = 2, 20
EXPECTED_WORDS = 8
LABEL = 62


def main(arguments: Sequence[str]) -> int:
    """Exit code 0 when it could measure; with `--check` only when every bar holds."""
    parser = argparse.ArgumentParser(prog="bench floor", description=__doc__)
    parser.add_argument("--rounds", type=positive, default=ROUNDS, help="talks")
    parser.add_argument("--changes", type=positive, default=CHANGES, help="take-overs a talk")
    parser.add_argument("--check", action="store_true", help="exit code 1 when a bar is missed")
    given = parser.parse_args(arguments)
    with alone(FOLDER.parent / "lock"):
        shutil.rmtree(FOLDER, ignore_errors=True)
        return asyncio.run(_bench(given.rounds, given.changes, check=given.check))


async def _bench(rounds: int, many: int, *, check: bool) -> int:
    clips = STANDARD.load()
    scripts = [changes(clips, number, many) for number in range(rounds)]
    show = _Progress(rounds * many)
    async with (
        Deepgram(character_s=CHARACTER_S, by_sound=True) as speech,
        running_platform(FOLDER, speech) as platform,
        open_rooms(platform.stack) as rooms,
    ):
        ours = Ours(platform, rooms, kit(EXPECTED_WORDS), "floor")
        async with Guard() as guard:
            talks = [await hold(ours, platform.recruiter, one, show) for one in scripts]
        load = guard.load()
    _keep(talks)
    found = figures(measure(talks))
    print(f"\n{table(found)}\n\n{notes(rounds, many, load)}")
    print(json.dumps(last_line(found)), flush=True)
    return 1 if check and missed(found) else 0


class _Progress:
    def __init__(self, of: int) -> None:
        self._numbers = (f"{number:>2}/{of}" for number in count(1))

    def __call__(self, passed: Passed) -> None:
        change = passed.change
        line = f"floor  {next(self._numbers)}  {change.way:<5} {change.taken:<7} {change.back}"
        print(line, file=sys.stderr, flush=True)


def _keep(talks: Sequence[Talk]) -> None:
    """Everything that was measured and stored, for whoever asks why."""
    rows = [
        {
            "candidate": talk.candidate,
            "passed": [
                {
                    "way": one.change.way,
                    "taken": one.change.taken,
                    "back": one.change.back,
                    "covers": one.change.covers,
                    "taken_at": one.taken_at,
                    "back_at": one.back_at,
                }
                for one in talk.passed
            ],
            "said": [asdict(one) for one in talk.said],
            "sounds": [asdict(sound) for sound in talk.sounds],
            "turns": [turn.model_dump(mode="json") for turn in talk.turns],
            "facts": [FACTS.dump_python(fact, mode="json") for fact in talk.facts],
        }
        for talk in talks
    ]
    (FOLDER / "talks.json").write_text(json.dumps(rows, indent=1) + "\n")


def table(found: Figures) -> str:
    lines = [line.split(None, 1) for line in (HERE / "table.txt").read_text().splitlines()]
    return "\n".join(_row(name, label, found) for name, label in lines)


def _row(name: str, label: str, found: Figures) -> str:
    value, bar = found[name], ""
    cell = "–" if value is None else f"{value:.3f}".rstrip("0").rstrip(".")
    if (verdict := holds(found, name)) is not None:
        sign, limit = ("≤", AT_MOST[name]) if name in AT_MOST else ("≥", AT_LEAST[name])
        bar = f"  {sign} {limit:<5g} {'holds' if verdict else 'MISSED'}"
    return f"{label:<{LABEL}}{cell:>8}{bar}"


def notes(rounds: int, many: int, load: Load) -> str:
    waiting = "unknown" if load.waiting_share is None else f"{load.waiting_share:.0%}"
    text = Template((HERE / "notes.txt").read_text()).substitute(
        rounds=rounds,
        changes=many,
        late=f"{100 * load.late_share:.1f}",
        worst=f"{load.worst_late_s:.2f}",
        waiting=waiting,
        load=f"{load.load_1m:.1f}",
    )
    busy = (HERE.parent / "latency" / "busy.txt").read_text()
    return text + busy if load.is_busy else text
