"""`python -m bench latency`: ours and a stock agent, turn about, and one line of JSON."""

import argparse
import asyncio
import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.alone import alone
from bench.guard import Guard
from bench.latency import display
from bench.latency.corpora import CORPORA, STANDARD, Corpus
from bench.latency.figures import BARS, figures, last_line, missed
from bench.latency.measures import measure
from bench.latency.peers import Ours, Peer, Stock, kit, open_rooms, stock_worker
from bench.latency.plan import Step, steps
from bench.latency.talk import Talk, hold
from bench.platform import running_platform
from local.environment import DATA
from tests.standins.deepgram import Deepgram

FOLDER = DATA / "bench" / "latency"
ROUNDS = 2
MOST_WORDS = 1000
CHARACTER_S = 0.055
"""How fast both voices speak: a line of some 3 s is still going on when somebody goes on after the
longest pause, and there is time left in which to see it yield."""


@dataclass(frozen=True)
class Asked:
    """What the call wants; `expected` words are what our questions say that they expect."""

    corpus: Corpus
    rounds: int
    expected: int
    check: bool
    only: str | None
    most: int | None


def main(arguments: Sequence[str]) -> int:
    """Exit code 0 when it could measure; with `--check` only when every bar holds."""
    parser = argparse.ArgumentParser(prog="bench latency", description=__doc__)
    parser.add_argument("--rounds", type=positive, default=ROUNDS, help="talks with each peer")
    parser.add_argument("--check", action="store_true", help="exit code 1 when a bar is missed")
    parser.add_argument("--only", choices=("ours", "stock"), help="for development: one peer")
    parser.add_argument("--steps", type=positive, help="for development: so many of a talk's steps")
    parser.add_argument(
        "--corpus", choices=tuple(CORPORA), default=STANDARD.name, help="which answers are said"
    )
    parser.add_argument(
        "--expected-words", type=_word_count, help="what our questions say that they expect"
    )
    given = parser.parse_args(arguments)
    asked = Asked(
        corpus=CORPORA[given.corpus],
        rounds=given.rounds,
        expected=given.expected_words or STANDARD.expected_words(),
        check=given.check,
        only=given.only,
        most=given.steps,
    )
    with alone(FOLDER.parent / "lock"):
        shutil.rmtree(FOLDER, ignore_errors=True)
        return asyncio.run(_bench(asked))


async def _bench(asked: Asked) -> int:
    clips, bars = asked.corpus.load(), BARS[asked.corpus.name]
    scripts = [steps(asked.corpus, clips, n)[: asked.most] for n in range(asked.rounds)]
    async with (
        Deepgram(character_s=CHARACTER_S) as speech,
        Deepgram(character_s=CHARACTER_S) as stock_speech,
        running_platform(FOLDER, speech) as platform,
        stock_worker(platform.stack, stock_speech),
        open_rooms(platform.stack) as rooms,
    ):
        peers: list[Peer] = [
            Ours(platform, rooms, kit(asked.expected)),
            Stock(platform.stack, rooms, stock_speech),
        ]
        async with Guard() as guard:
            talks = await hold_all([p for p in peers if asked.only in (None, p.name)], scripts)
        load = guard.load()
    keep(talks, FOLDER)
    ours, stock = (
        figures(asked.corpus, [talk for talk in talks if talk.peer == name])
        for name in ("ours", "stock")
    )
    notes = display.notes(asked.corpus, asked.rounds, asked.expected, load)
    print(f"\n{display.table(ours, stock, bars)}\n\n{notes}")
    print(json.dumps({"ours": last_line(ours), "stock": last_line(stock)}), flush=True)
    return 1 if asked.check and missed(ours, bars) else 0


async def hold_all(peers: Sequence[Peer], scripts: Sequence[Sequence[Step]]) -> list[Talk]:
    """Every script with every peer, one after the other: what drifts, drifts for all."""
    return [
        await hold(peer, script, display.Progress(peer.name, len(script)))
        for script in scripts
        for peer in peers
    ]


def keep(talks: Sequence[Talk], folder: Path) -> None:
    """Everything that was measured and stored, for whoever asks why."""
    rows = [
        {
            "peer": talk.peer,
            "first_sound_s": talk.first_sound_s,
            "turns": [asdict(one) for one in measure(talk.said, talk.sounds)],
            "sounds": [asdict(sound) for sound in talk.sounds],
            "record": talk.record and [turn.model_dump(mode="json") for turn in talk.record.turns],
            "over_ms": talk.record and talk.record.over_ms,
        }
        for talk in talks
    ]
    (folder / "talks.json").write_text(json.dumps(rows, indent=1) + "\n")


def _word_count(text: str) -> int:
    number = positive(text)
    if number > MOST_WORDS:
        raise argparse.ArgumentTypeError(f"a kit may expect at most {MOST_WORDS}")
    return number


def positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("expected at least 1")
    return number
