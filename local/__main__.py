"""`vivavoce`: the command line of one installation."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from local.errors import LocalError

# Name → module with `main(arguments)`, imported only when it is called, and what it does.
COMMANDS = {
    "admin": (
        "local.commands.admin",
        "bootstrap: a tenant, its owner and a key; setup-link: a new password",
    ),
    "verify": ("local.commands.verify", "check every log and what follows from it"),
    "replay": ("local.commands.replay", "make an interview's scorecards again from its log"),
    "score": ("local.commands.score", "have an interview scored once more"),
    "lab": ("lab.command", "how a rater agrees with people and with itself; the gate to a release"),
    "up": ("local.up.__main__", "run the whole platform on this machine until Ctrl-C"),
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Hand over to one command; a failure is one line."""
    parser = argparse.ArgumentParser(
        prog="vivavoce",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="\n".join(f"  {name:<8} {does}" for name, (_, does) in COMMANDS.items()),
    )
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("arguments", nargs=argparse.REMAINDER)
    called = parser.parse_args(arguments)
    module, _ = COMMANDS[called.command]
    try:
        import_module(module).main(called.arguments)
    except LocalError as error:
        sys.exit(f"vivavoce {called.command}: {error}")


if __name__ == "__main__":
    main()
