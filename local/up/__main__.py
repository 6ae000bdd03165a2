"""`python -m local.up`: the whole platform on this machine until Ctrl-C."""

import asyncio
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

from interview.languages import SPOKEN
from local.environment import DATA, LANGUAGES, mail_folder
from local.errors import LocalError
from local.ports import Ports
from local.up.console import Console
from local.up.signals import obey_signals
from local.up.stack import Commands, Stack

WELCOME = Path(__file__).with_name("welcome.txt")
ONE_LANGUAGE = Path(__file__).with_name("embedded_languages.txt")

# The ports of an embedded process; a process outside needs none of ours.
PORTS_OF = {"sfu": ("sfu", "sfu_udp")}


def stack_for(data_dir: Path, given: Mapping[str, str], table: Commands | None = None) -> Stack:
    """The stack that the settings describe; raises `PortInUse` for a port that is taken."""
    given = {"VIVAVOCE_LOG_FORMAT": "console", **given}
    stack = Stack(data_dir, Ports.from_settings(given), given=given, table=table)
    for name in stack.names:
        if hasattr(stack.ports, name):
            stack.ports.require_free(PORTS_OF.get(name, (name,)))
    return stack


async def run(stack: Stack) -> str | None:
    """Run until told to stop (then None) or until a process ends (then what to say about it)."""
    console = Console(stack)
    following = asyncio.create_task(console.follow())
    serving = asyncio.create_task(_serve(stack))
    obey_signals(serving, stack)
    try:
        return await serving
    except asyncio.CancelledError:
        return None
    finally:
        console.print_new()
        await stack.stop()
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following
        console.print_new()


async def _serve(stack: Stack) -> str:
    await stack.start()
    text = Template(WELCOME.read_text())
    places = {"api": stack.api_url, "logs": stack.data_dir / "logs", "mails": mails_of(stack)}
    print(text.substitute(places, languages=languages_of(stack)), flush=True)
    child = await stack.first_to_end()
    return f"{child.name} ended with code {child.returncode}: {child.last_line()}"


def mails_of(stack: Stack) -> str:
    """Where to look for the mails that candidates get; a server's URL is not shown whole."""
    if folder := mail_folder(stack.variables):
        return folder
    return urlsplit(stack.variables["worker"]["VIVAVOCE_SMTP_URL"]).hostname or ""


def languages_of(stack: Stack) -> str:
    """What interviews can be held in, and what is missing for the others."""
    named = stack.variables["api"].get(LANGUAGES, "")
    spoken = sorted(named.replace(",", " ").split() or SPOKEN)
    listed = ", ".join(spoken)
    if "speech" not in stack.names or not (others := SPOKEN.difference(spoken)):
        return listed
    text = Template(ONE_LANGUAGE.read_text().strip())
    return text.substitute(languages=listed, others=", ".join(sorted(others)))


def main(arguments: Sequence[str] = ()) -> None:
    """Run; a failure is one line and a code other than 0."""
    if set(arguments) & {"-h", "--help"}:
        print("usage: vivavoce up: run the whole platform on this machine until Ctrl-C")
        return
    if arguments:
        sys.exit(f"up: takes no arguments, not {arguments[0]!r}")
    try:
        failure = asyncio.run(run(stack_for(DATA, os.environ)))
    except LocalError as error:
        failure = str(error)
    if failure:
        sys.exit(f"up: {failure}")


if __name__ == "__main__":
    main()
