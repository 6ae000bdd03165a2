"""How a command reaches the installation: by the shell's settings, else by those of `make up`."""

from base64 import urlsafe_b64decode
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from string import Template

from interview.errors import InterviewError, Unavailable
from interview.ports import Store
from interview.store.postgres import open_store
from local.environment import of_this_machine
from local.errors import LocalError
from local.ports import LOOPBACK, Ports

NEEDED = ("DATABASE_URL", "VIVAVOCE_INSTALLATION_KEY", "VIVAVOCE_KEY_PEPPER")


def settings(shell: Mapping[str, str]) -> dict[str, str]:
    """The variables that the API has: all from the shell, or all of the local installation's."""
    if all(shell.get(name) for name in NEEDED):
        return {name: shell[name] for name in NEEDED}
    told = of_this_machine(shell)["api"]
    return {name: told[name] for name in NEEDED}


def pepper(told: Mapping[str, str]) -> bytes:
    """What API keys are digested with."""
    return urlsafe_b64decode(told["VIVAVOCE_KEY_PEPPER"])


def public_url(shell: Mapping[str, str]) -> str:
    """Where people reach the API."""
    here = f"http://{LOOPBACK}:{Ports.from_settings(shell).api}"
    said = shell.get("VIVAVOCE_PUBLIC_URL") or shell.get("VIVAVOCE_API_URL")
    return (said or here).rstrip("/")


@asynccontextmanager
async def opened(told: Mapping[str, str]) -> AsyncIterator[Store]:
    """The store; raises `LocalError` when the database is not there or refuses."""
    try:
        async with open_store(
            told["DATABASE_URL"], told["VIVAVOCE_INSTALLATION_KEY"], max_size=2
        ) as store:
            yield store
    except Unavailable as error:
        raise LocalError("the database does not answer: is `make up` running?") from error
    except InterviewError as error:
        raise LocalError(error.detail) from error


def say(template: str, **values: object) -> None:
    """Print a text of this folder with its blanks filled in."""
    text = Path(__file__).with_name(f"{template}.txt").read_text()
    print(Template(text).substitute(values), end="")
