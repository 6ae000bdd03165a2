"""What a person sees: a row for each relation, for each competency, and what it took."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from string import Template

from lab.examination import Examined, Took
from lab.measures import Agreement, Moves

TEXTS = {
    file.stem: Template(file.read_text("utf-8").rstrip("\n"))
    for file in (Path(__file__).parent / "texts").glob("*.txt")
}
NONE = "–"


def say(name: str, /, **values: object) -> str:
    """A text of the folder with its blanks filled in."""
    return TEXTS[name].substitute(values)


def examined(found: Examined) -> str:
    """All of it."""
    by = found.signature
    head = say("rater", rater=by.rater, version=by.version, model=by.model or NONE)
    return "\n".join(
        [
            head,
            *([moves(found.moves)] if found.moves else []),
            agreements(found.agreements),
            say(
                "rest",
                noticed=_percent(found.noticed),
                abstained=_percent(found.abstained),
                retest=_percent(found.retest),
            ),
            took(found.took),
        ]
    )


def moves(rows: Iterable[Moves]) -> str:
    """A mark where no level may move."""
    told = [
        say(
            "moves_row",
            relation=f"{row.relation:<22}",
            demanded="=" if row.only_irrelevant else " ",
            twins=f"{row.twins:>5}",
            moved=f"{row.moved:>6}",
            shift=f"{_signed(row.mean_shift):>11}",
            abstained=f"{row.abstained:>10}",
            swayed=f"{row.swayed:>7}",
        )
        for row in rows
    ]
    return "\n".join([say("moves_head"), *told])


def noise(rows: Iterable[Moves]) -> str:
    """Of draws of noise: levels that became others, and those that were lost."""
    told = [
        say(
            "noise_row",
            relation=f"{row.relation:<22}",
            twins=f"{row.twins:>5}",
            moved=f"{row.moved:>6}",
            lost=f"{row.abstained:>10}",
            share=f"{_percent(row.abstained / row.twins if row.twins else None):>7}",
        )
        for row in rows
    ]
    return "\n".join([say("noise_head"), *told])


def agreements(rows: Sequence[Agreement]) -> str:
    told = [
        say(
            "agreement_row",
            name=f"{row.competency or say('all'):<42}",
            of=f"{row.of:>6}",
            assessed=f"{row.assessed:>9}",
            kappa=f"{NONE if row.kappa is None else f'{row.kappa:.2f}':>7}",
            exact=f"{_percent(row.exact):>7}",
        )
        for row in rows
    ]
    return "\n".join([say("agreement_head"), *told])


def took(of: Took) -> str:
    if not of.calls:
        return say("took", wall_s=of.wall_s)
    return say(
        "took_models",
        wall_s=of.wall_s,
        calls=of.calls,
        failed=of.failed,
        input=of.input_tokens,
        output=of.output_tokens,
        cost=", ".join(f"{amount} {currency}" for currency, amount in of.cost.items()) or NONE,
    )


def _percent(value: float | None) -> str:
    return NONE if value is None else f"{100 * value:.0f} %"


def _signed(value: float | None) -> str:
    return NONE if value is None else f"{value:+.2f}"
