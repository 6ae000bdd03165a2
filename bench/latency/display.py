"""What a person sees: every turn as it happens, and the table at the end."""

import sys
from itertools import count
from pathlib import Path
from string import Template

from bench.guard import Load
from bench.latency.figures import BARS, Figure, Figures, holds
from bench.latency.measures import Said

FOLDER = Path(__file__).parent
LABEL, COLUMN = 50, 8


class Progress:
    """Called with what was said. On standard error: standard output has the table."""

    def __init__(self, peer: str, steps: int) -> None:
        self._peer = peer
        self._numbers = (f"{number:>2}/{steps}" for number in count(1))

    def __call__(self, said: Said) -> None:
        line = f"{self._peer:<6} {next(self._numbers)}  {said.step:<9} {said.id}"
        print(line, file=sys.stderr, flush=True)


def table(ours: Figures, stock: Figures) -> str:
    """One row a figure: ours, of how many, the peer's, of how many, the bar for ours."""
    head = f"{'':<{LABEL}}{'ours':>{COLUMN}}{'n':>5}{'stock':>{COLUMN}}{'n':>5}  bar"
    rows = [line.split(None, 1) for line in (FOLDER / "table.txt").read_text().splitlines()]
    return "\n".join([head, *(_row(name, label, ours, stock) for name, label in rows)])


def _row(name: str, label: str, ours: Figures, stock: Figures) -> str:
    bar = ""
    if name in BARS:
        verdict = "holds" if holds(ours, name, BARS[name]) else "MISSED"
        bar = f"  ≤ {BARS[name]:<4g} {verdict}"
    return f"{label:<{LABEL}}{_cells(ours[name])}{_cells(stock[name])}{bar}"


def _cells(figure: Figure) -> str:
    value = "–" if figure.value is None else f"{figure.value:.2f}".removesuffix(".00")
    return f"{value:>{COLUMN}}{figure.n:>5}"


def notes(rounds: int, expected: int, load: Load) -> str:
    """How it was measured, and whether the machine was free enough to believe it."""
    waiting = "unknown" if load.waiting_share is None else f"{load.waiting_share:.0%}"
    text = Template((FOLDER / "notes.txt").read_text()).substitute(
        rounds=rounds,
        expected=expected,
        late=f"{100 * load.late_share:.1f}",
        worst=f"{load.worst_late_s:.2f}",
        waiting=waiting,
        load=f"{load.load_1m:.1f}",
    )
    return text + (FOLDER / "busy.txt").read_text() if load.is_busy else text
