"""Each benchmark measures, once and little: what changes elsewhere must not leave one behind that
can measure no more. What the figures say is nothing here."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from bench.__main__ import BENCHES

pytestmark = [pytest.mark.room, pytest.mark.timeout(300)]
ROOT = Path(__file__).parents[2]

LITTLE: dict[str, tuple[str, ...]] = {
    "api": ("--rounds", "1", "--seconds", "0.3"),
    "scoring": ("--interviews", "1", "--answer-s", "0.05"),
    "latency": ("--rounds", "1", "--steps", "1", "--only", "ours"),
    "floor": ("--rounds", "1", "--changes", "1"),
    "web": ("--runs", "1"),
    "probes": ("--rounds", "1", "--steps", "1"),
}

PROMISED: dict[str, set[str]] = {
    "api": {"calls"},
    "scoring": {"runs", "wall_s", "peak_mb"},
    "latency": {"ours", "stock"},
    "floor": {
        "takeovers",
        "takeover_silence_s",
        "handback_sound_s",
        "agent_utterances_while_human_holds",
        "turns",
        "turns_attributed",
        "questions_repeated",
    },
    "web": {"entry_js_gz_kb", "first_sound_s", "review_ready_s"},
    "probes": {"probe", "scripted", "stock"},
}
"""The names in the last line."""


def test_every_benchmark_is_run_here() -> None:
    assert set(BENCHES) == set(LITTLE) == set(PROMISED)


@pytest.mark.parametrize("name", BENCHES)
async def test_it_measures_and_says_so_in_its_last_line(name: str) -> None:
    bench = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bench", name, *LITTLE[name]),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        said, complained = await bench.communicate()
    finally:
        if bench.returncode is None:
            bench.terminate()
            await bench.wait()

    assert 0 == bench.returncode, complained.decode()[-4000:]
    last: dict[str, Any] = json.loads(said.splitlines()[-1])
    assert PROMISED[name] == set(last)
