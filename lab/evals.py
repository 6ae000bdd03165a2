"""`make evals`: the metamorphic suite on the indicators, and on the model if one is named."""

import argparse
import asyncio
import json
import sys
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout

from lab import display
from lab.configurations import Subject, Wanted, indicators, judge, wanted
from lab.examination import Examined, examine, moves_in
from lab.interviews import Base, Relation, Twins, bases, twins
from lab.making.draws import drawn
from lab.measures import Moves
from lab.replay import Silent
from local.errors import LocalError

Counts = Mapping[str, int]
Suite = tuple[Mapping[str, Base], Mapping[Relation, Twins]]


def main(arguments: Sequence[str]) -> int:
    """1 when an indicator twin moved that must not, or a model was named and does not answer.

    What a model does is reported; the gate to a release is what holds it to account.
    """
    parser = argparse.ArgumentParser(prog="make evals")
    parser.add_argument(
        "--every", type=int, default=1, metavar="N", help="ask the model every Nth answer alone"
    )
    asked = parser.parse_args(arguments)
    try:
        return asyncio.run(run(indicators(), every_nth(1), wanted(), every_nth(asked.every)))
    except LocalError as error:
        print(f"evals: {error}", file=sys.stderr)
        return 1


async def run(subject: Subject, suite: Suite, of: Wanted | None, of_model: Suite) -> int:
    """Prints tables, and the counts as JSON in the last line."""
    found = await examine(subject, *suite)
    print(display.examined(found), flush=True)
    print(display.noise(await noise(subject, suite[0])), flush=True)
    model, is_silent = await _model(of, of_model)
    counted = {"indicators": counts(found), "model": counts(model) if model else None}
    print()
    print(json.dumps(counted))
    return 1 if counts(found)["moved"] or is_silent else 0


async def noise(subject: Subject, some: Mapping[str, Base]) -> tuple[Moves, ...]:
    """What other draws of noise than the bundled one do, by how much there is. Raises `Silent`."""
    return await moves_in(subject, some, drawn(some))


async def _model(of: Wanted | None, suite: Suite) -> tuple[Examined | None, bool]:
    if of is None:
        print(display.say("no_model"))
        return None, False
    async with judge(of) as subject:
        try:
            with redirect_stdout(sys.stderr):  # whatever the log says of the model
                found = await examine(subject, *suite)
        except Silent:
            print(display.say("silent"))
            return None, True
    print(display.examined(found), flush=True)
    return found, False


def every_nth(every: int) -> Suite:
    """Some of the answers with all of their twins."""
    some = {name: base for at, (name, base) in enumerate(bases().items()) if at % every == 0}
    suite = {relation: _of(each, some) for relation, each in twins().items()}
    return some, suite


def _of(every: Twins, some: Mapping[str, Base]) -> Twins:
    kept = tuple(twin for twin in every.twins if twin.base in some)
    return every.model_copy(update={"twins": kept})


def counts(found: Examined) -> Counts:
    """Twins in which only irrelevant words changed, and those of them whose level moved."""
    twins, moved = found.demanded
    return {"twins": twins, "moved": moved}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
