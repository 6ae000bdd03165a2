"""What the slices say: the median of the rounds, and the ratio to the floor of the same round."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from bench.api.load import Slice

LABELS = Path(__file__).with_name("table.txt")
BAR = 0.6
"""Throughput as a share of the floor's that every call must reach."""


@dataclass(frozen=True)
class Figure:
    """One call beside its floor; times are ours, in ms."""

    rps: float
    floor_rps: float
    ratio: float
    p50_ms: float
    p99_ms: float


def figure(ours: Sequence[Slice], floors: Sequence[Slice]) -> Figure:
    """The rounds pair up: what disturbed one side of a round disturbed the other, too."""
    ratios = [mine.rps / floor.rps for mine, floor in zip(ours, floors, strict=True)]
    return Figure(
        rps=round(median(each.rps for each in ours), 1),
        floor_rps=round(median(each.rps for each in floors), 1),
        ratio=round(median(ratios), 3),
        p50_ms=round(median(each.p50_ms for each in ours), 2),
        p99_ms=round(median(each.p99_ms for each in ours), 2),
    )


def last_line(figures: Mapping[str, Figure]) -> Mapping[str, object]:
    """What the last line of the benchmark holds."""
    return {"calls": {name: asdict(each) for name, each in figures.items()}}


def missed(figures: Mapping[str, Figure]) -> list[str]:
    """The calls that stay below the bar."""
    return [name for name, each in figures.items() if each.ratio < BAR]


def table(figures: Mapping[str, Figure]) -> str:
    """One row a call."""
    rows = [line.split(None, 1) for line in LABELS.read_text().splitlines()]
    head = f"{'':<34}{'req/s':>9}{'floor':>9}{'ratio':>8}{'p50 ms':>9}{'p99 ms':>9}"
    return "\n".join(
        [head, *(_row(label, figures[name]) for name, label in rows if name in figures)]
    )


def _row(label: str, of: Figure) -> str:
    verdict = "holds" if of.ratio >= BAR else "MISSED"
    return (
        f"{label:<34}{of.rps:>9.0f}{of.floor_rps:>9.0f}{of.ratio:>8.2f}"
        f"{of.p50_ms:>9.1f}{of.p99_ms:>9.1f}  ≥ {BAR} {verdict}"
    )
