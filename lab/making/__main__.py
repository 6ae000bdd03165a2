"""`python -m lab.making --write | --check`: the twins that follow from the bundled answers."""

import argparse
import sys
from pathlib import Path
from random import Random

import yaml

from lab.interviews import TWINS, Relation, Twin, Twins, bases
from lab.making.relations import MAKERS, RELEVANT

HEAD = "# Made by `python -m lab.making --write` from lab/interviews.\n"
WIDTH = 120


def made(relation: Relation) -> Twins:
    """One twin of each base; what is random is seeded by its name and the relation's."""
    maker = MAKERS[relation]
    return Twins(
        relation=relation,
        only_irrelevant=relation not in RELEVANT,
        twins=tuple(
            Twin(base=name, said=maker(base, Random(f"{relation}/{name}")))
            for name, base in bases().items()
        ),
    )


def files() -> dict[Path, str]:
    """The text of each file."""
    return {TWINS / f"{relation}.yaml": _text(made(relation)) for relation in MAKERS}


def _text(twins: Twins) -> str:
    plain = twins.model_dump(exclude_none=True)
    dumped: str = yaml.safe_dump(
        _listed(plain), allow_unicode=True, sort_keys=False, width=WIDTH, default_flow_style=False
    )
    return HEAD + dumped


def _listed(value: object) -> object:
    """Tuples as lists: YAML knows no tuples."""
    match value:
        case dict():
            return {key: _listed(each) for key, each in value.items()}
        case tuple() | list():
            return [_listed(each) for each in value]
        case _:
            return value


def main(arguments: list[str]) -> int:
    """1 when a file is not what would be made."""
    parser = argparse.ArgumentParser(prog="python -m lab.making")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--write", action="store_true")
    what.add_argument("--check", action="store_true")
    asked = parser.parse_args(arguments)
    stale = [
        path for path, text in files().items() if not path.exists() or path.read_text() != text
    ]
    if asked.write:
        TWINS.mkdir(exist_ok=True)
        for path in stale:
            path.write_text(files()[path])
        return 0
    for path in stale:
        print(f"{path.name}: not what `python -m lab.making --write` makes", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
