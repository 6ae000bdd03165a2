"""The schema, as it is served and as it is kept in `docs/schema.graphql`."""

import argparse
import sys
from functools import lru_cache
from pathlib import Path

import strawberry
from graphql import GraphQLError
from strawberry.extensions import DisableIntrospection
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext

from api.graph.limits import Limits
from api.graph.refusals import StableCodes, tell_faults
from api.graph.roots import Query, Subscription

FILE = Path(__file__).parents[2] / "docs" / "schema.graphql"


class Schema(strawberry.Schema):
    """Tells the log what is our fault, and that alone."""

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        del execution_context  # it has the question, which may name a person
        tell_faults(errors)


@lru_cache(maxsize=2)
def schema(*, introspection: bool) -> Schema:
    """Without introspection nothing of it can be learnt by asking, nor by misspelling."""
    hidden = [] if introspection else [DisableIntrospection]
    return Schema(
        Query,
        subscription=Subscription,
        extensions=[Limits, StableCodes, *hidden],
        config=StrawberryConfig(disable_field_suggestions=not introspection),
    )


def as_text() -> str:
    """The schema in its own language."""
    return schema(introspection=True).as_str() + "\n"


def main() -> int:
    """`--write` keeps `docs/schema.graphql`; `--check` fails when it is not what the code says."""
    parser = argparse.ArgumentParser(prog="python -m api.graph.schema", description=main.__doc__)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--check", action="store_true")
    what.add_argument("--write", action="store_true", help="the default")
    if not parser.parse_args().check:
        FILE.write_text(as_text(), encoding="utf-8")
        return 0
    if FILE.exists() and FILE.read_text(encoding="utf-8") == as_text():
        return 0
    print(f"{FILE.name} has drifted: run python -m api.graph.schema --write", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
