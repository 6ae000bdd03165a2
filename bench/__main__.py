"""`python -m bench NAME …`: one benchmark; without a name, the list of them."""

import sys
from collections.abc import Sequence
from importlib import import_module

from local.errors import LocalError

BENCHES = {
    "api": ("bench.api.run", "what the API takes of what Postgres and aiohttp could give"),
    "scoring": ("bench.scoring.run", "how long a judge takes for a long interview"),
    "latency": ("bench.latency.run", "how soon, and how patiently, we answer beside a stock agent"),
    "floor": ("bench.floor.run", "how soon the AI is silent when a person leads, and back after"),
    "web": ("bench.web.run", "how soon a candidate hears us, and a recruiter can review"),
    "probes": ("bench.probes.run", "what a model's probe costs beside a scripted line"),
}
"""Name → module with `main(arguments) -> exit code`, imported only when it is called, and what it
measures."""

WRONG_CALL = 2


def main(arguments: Sequence[str]) -> int:
    """Exit code 0 when it could measure, 1 when it could not, 2 when it was called wrongly."""
    if not arguments:
        print("\n".join(f"{name:<10} {measures}" for name, (_, measures) in BENCHES.items()))
        return 0
    name, *rest = arguments
    if name not in BENCHES:
        print(f"bench: no benchmark named {name!r}; there is {', '.join(BENCHES)}", file=sys.stderr)
        return WRONG_CALL
    module, _ = BENCHES[name]
    try:
        code: int = import_module(module).main(rest)
    except LocalError as error:
        print(f"bench {name}: {error}", file=sys.stderr)
        return 1
    return code


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("bench: stopped")
