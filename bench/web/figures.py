"""What the runs say: medians, beside their bars."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from bench.web.candidate import Entered

LABELS = Path(__file__).with_name("table.txt")
BARS = {"entry_js_gz_kb": 200.0, "first_sound_s": 2.0, "review_ready_s": 1.0}


@dataclass(frozen=True)
class Figures:
    """Medians of all runs, and the worst of each that has a bar."""

    entry_js_gz_kb: float
    check_js_gz_kb: float
    first_sound_s: float
    first_sound_worst_s: float
    review_ready_s: float
    review_ready_worst_s: float


def figures(entered: Sequence[Entered], ready: Sequence[float]) -> Figures:
    """`ready` are the seconds until a review page was of use."""
    sounds = [each.first_sound_s for each in entered]
    return Figures(
        entry_js_gz_kb=round(max(e.entry_kb for e in entered), 1),
        check_js_gz_kb=round(max(e.check_kb for e in entered), 1),
        first_sound_s=round(median(sounds), 2),
        first_sound_worst_s=round(max(sounds), 2),
        review_ready_s=round(median(ready), 2),
        review_ready_worst_s=round(max(ready), 2),
    )


def last_line(of: Figures) -> dict[str, float]:
    """What the last line of the benchmark holds."""
    return {name: value for name, value in asdict(of).items() if name in BARS}


def missed(of: Figures) -> list[str]:
    """The figures that are over their bar."""
    return [name for name, value in last_line(of).items() if value > BARS[name]]


def table(of: Figures) -> str:
    """One row a figure."""
    told = asdict(of)
    rows = [line.split(None, 1) for line in LABELS.read_text().splitlines()]
    return "\n".join(_row(label, told[name], BARS.get(name)) for name, label in rows)


def _row(label: str, value: float, bar: float | None) -> str:
    verdict = "" if bar is None else f"  ≤ {bar:<4g} {'holds' if value <= bar else 'MISSED'}"
    return f"{label:<62}{value:>8}{verdict}"
