"""`python -m bench probes`: a model's probes, scripted lines and a stock agent, turn about."""

import argparse
import asyncio
import json
import shutil
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from string import Template

from bench.alone import alone
from bench.guard import Guard, Load
from bench.latency.corpora import STANDARD
from bench.latency.display import labels
from bench.latency.figures import Figures, holds
from bench.latency.peers import Ours, Peer, Stock, kit, open_rooms, stock_worker
from bench.latency.plan import Step, steps
from bench.latency.run import CHARACTER_S, hold_all, keep, positive
from bench.latency.talk import Talk
from bench.platform import running_platform
from bench.probes.figures import (
    LEAST_TURNS,
    PROBES,
    bars,
    figures,
    has_enough,
    missed,
    outcomes,
    probes_in,
    short,
)
from local.demo.recruiter import Json
from local.environment import DATA
from tests.standins.deepgram import Deepgram
from tests.standins.openai import Message, OpenAI

HERE = Path(__file__).parent
FOLDER = DATA / "bench" / "probes"
ROUNDS = 2
STT_S, LLM_S, TTS_S = 0.25, 0.3, 0.15
LABEL, COLUMN = 50, 10

Talks = dict[str, list[Talk]]


def main(arguments: Sequence[str]) -> int:
    """Exit code 0 when it could measure; with `--check` only when every bar holds."""
    parser = argparse.ArgumentParser(prog="bench probes", description=__doc__)
    parser.add_argument("--rounds", type=positive, default=ROUNDS, help="talks with each peer")
    parser.add_argument("--steps", type=positive, help="for development: so many answers a talk")
    parser.add_argument("--check", action="store_true", help="exit code 1 when a bar is missed")
    given = parser.parse_args(arguments)
    with alone(FOLDER.parent / "lock"):
        shutil.rmtree(FOLDER, ignore_errors=True)
        return asyncio.run(_bench(given.rounds, given.steps, check=given.check))


async def _bench(rounds: int, most: int | None, *, check: bool) -> int:
    clips = STANDARD.load()
    scripts = [_answers(steps(STANDARD, clips, number))[:most] for number in range(rounds)]
    async with (
        OpenAI(proposes(), LLM_S) as model,
        _speech() as speech,
        _speech() as stock_speech,
        running_platform(FOLDER, speech, _settings(model)) as platform,
        stock_worker(platform.stack, stock_speech, LLM_S),
        open_rooms(platform.stack) as rooms,
    ):
        expected = STANDARD.expected_words()
        peers: list[Peer] = [
            Ours(platform, rooms, probing(expected), "probe"),
            Ours(platform, rooms, kit(expected), "scripted"),
            Stock(platform.stack, rooms, stock_speech),
        ]
        async with Guard() as guard:
            talks = await hold_all(peers, scripts)
        load = guard.load()
    keep(talks, FOLDER)
    by = {p.name: [talk for talk in talks if talk.peer == p.name] for p in peers}
    found = {name: figures(of, probes=name == "probe") for name, of in by.items()}
    told = _notes(rounds, len(model.asked), by["probe"], load)
    print(f"\n{_table(found)}\n\n{told}")
    print(json.dumps({name: short(of) for name, of in found.items()}), flush=True)
    return 1 if check and missed(found["probe"], found["scripted"]) else 0


def _answers(script: Sequence[Step]) -> tuple[Step, ...]:
    return tuple(step for step in script if step.kind == "answer")


def _speech() -> Deepgram:
    return Deepgram(delay_s=STT_S, first_byte_s=TTS_S, character_s=CHARACTER_S)


def _settings(model: OpenAI) -> dict[str, str]:
    return {
        "LLM_BASE_URL": model.base_url,
        "LLM_API_KEY": "a-key-that-is-not-checked-here",
        "LLM_MODEL": "stand-in",
    }


def proposes() -> Callable[[Sequence[Message]], str]:
    """One probe after the other, each in words of its own: no sound of it is there already."""
    numbers, text = count(1), (HERE / "probe.txt").read_text().strip()
    return lambda _: json.dumps({"action": "probe", "text": text.format(number=next(numbers))})


def probing(expected_words: int) -> Json:
    """A kit whose probes are a model's. Half of an answer is expected after a probe, and it is the
    answers after a probe that count: they should be as long as what is expected of the others."""
    base = kit(2 * expected_words)
    questions = base["questions"]
    assert isinstance(questions, list)
    texts = [f"Please tell me more of it, part {number}." for number in range(PROBES)]
    more = {"probes": texts, "max_probes": PROBES}
    return {**base, "probing": "model", "questions": [one | more for one in questions]}


def _table(found: dict[str, Figures]) -> str:
    head = f"{'':<{LABEL}}" + "".join(f"{name:>{COLUMN}}" for name in found) + "  bar for probe"
    lines = [line.split(None, 1) for line in (HERE / "table.txt").read_text().splitlines()]
    rows = [row for name, label in lines for row in labels(name, label, found["probe"])]
    return "\n".join([head, *(_row(name, label, found) for name, label in rows)])


def _row(name: str, label: str, found: dict[str, Figures]) -> str:
    values = [of[name].value for of in found.values()]
    cells = "".join(f"{'–' if v is None else f'{v:.2f}':>{COLUMN}}" for v in values)
    if name == "turns":
        verdict = "holds" if has_enough(found["probe"]) else "MISSED"
        return f"{label:<{LABEL}}{cells}  ≥ {LEAST_TURNS:<5} {verdict}"
    bar = bars(found["scripted"]).get(name)
    verdict = "holds" if bar is not None and holds(found["probe"], name, bar) else "MISSED"
    return f"{label:<{LABEL}}{cells}" + ("" if bar is None else f"  ≤ {bar:<5g} {verdict}")


def _notes(rounds: int, calls: int, talks: Sequence[Talk], load: Load) -> str:
    waiting = "unknown" if load.waiting_share is None else f"{load.waiting_share:.0%}"
    text = Template((HERE / "notes.txt").read_text()).substitute(
        rounds=rounds,
        stt=STT_S,
        llm=LLM_S,
        tts=TTS_S,
        calls=calls,
        asked=probes_in(talks),
        outcomes=", ".join(f"{name} {n}" for name, n in outcomes(talks).most_common()),
        late=f"{100 * load.late_share:.1f}",
        worst=f"{load.worst_late_s:.2f}",
        waiting=waiting,
        load=f"{load.load_1m:.1f}",
    )
    busy = (HERE.parent / "latency" / "busy.txt").read_text()
    return text + busy if load.is_busy else text
