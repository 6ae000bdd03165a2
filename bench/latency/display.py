"""What a person sees: every turn as it happens, and the table at the end."""

import sys
from itertools import count
from pathlib import Path
from string import Template

from bench.guard import Load
from bench.latency.corpora import Corpus
from bench.latency.figures import Bars, Figure, Figures, holds
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


def table(ours: Figures, stock: Figures, bars: Bars) -> str:
    """One row a figure: ours, of how many, the peer's, of how many, the bar for ours."""
    head = f"{'':<{LABEL}}{'ours':>{COLUMN}}{'n':>5}{'stock':>{COLUMN}}{'n':>5}  bar"
    lines = [line.split(None, 1) for line in (FOLDER / "table.txt").read_text().splitlines()]
    rows = [row for name, label in lines for row in labels(name, label, ours)]
    return "\n".join([head, *(_row(name, label, ours, stock, bars) for name, label in rows)])


def labels(name: str, label: str, of: Figures) -> list[tuple[str, str]]:
    """One row, or one for each length of pause: `…_*` stands for all figures that begin so."""
    if not name.endswith("*"):
        return [(name, label)]
    lengths = [key.removeprefix(name[:-1]) for key in of if key.startswith(name[:-1])]
    return [(name[:-1] + s, Template(label).substitute(length=s)) for s in lengths]


def _row(name: str, label: str, ours: Figures, stock: Figures, bars: Bars) -> str:
    bar = ""
    if name in bars:
        verdict = "holds" if holds(ours, name, bars[name]) else "MISSED"
        bar = f"  ≤ {bars[name]:<4g} {verdict}"
    return f"{label:<{LABEL}}{_cells(ours[name])}{_cells(stock[name])}{bar}"


def _cells(figure: Figure) -> str:
    value = "–" if figure.value is None else f"{figure.value:.2f}".removesuffix(".00")
    return f"{value:>{COLUMN}}{figure.n:>5}"


def notes(corpus: Corpus, rounds: int, expected: int, load: Load) -> str:
    """How it was measured, and whether the machine was free enough to believe it."""
    waiting = "unknown" if load.waiting_share is None else f"{load.waiting_share:.0%}"
    text = Template((FOLDER / "notes.txt").read_text()).substitute(
        corpus=corpus.name,
        rounds=rounds,
        expected=expected,
        late=f"{100 * load.late_share:.1f}",
        worst=f"{load.worst_late_s:.2f}",
        waiting=waiting,
        load=f"{load.load_1m:.1f}",
    )
    return text + (FOLDER / "busy.txt").read_text() if load.is_busy else text
