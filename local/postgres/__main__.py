"""`python -m local.postgres`: run the embedded database until told to stop."""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

from local.errors import LocalError, NotReady
from local.ports import required_port
from local.postgres.server import EmbeddedPostgres, Passwords


def from_settings(given: Mapping[str, str]) -> EmbeddedPostgres:
    """The server that the environment describes."""
    try:
        return EmbeddedPostgres(
            Path(given["VIVAVOCE_DB_FOLDER"]),
            required_port(given, "VIVAVOCE_DB_PORT"),
            Passwords(
                given["VIVAVOCE_DB_ADMIN_PASSWORD"],
                given["VIVAVOCE_DB_OWNER_PASSWORD"],
                given["VIVAVOCE_DB_APP_PASSWORD"],
            ),
            durable=given.get("VIVAVOCE_DB_DURABLE", "yes") == "yes",
            own_group=False,
        )
    except KeyError as error:
        raise LocalError(f"{error.args[0]} is not set; `make up` sets it") from error


async def serve(database: EmbeddedPostgres) -> None:
    """Run until SIGTERM or SIGINT; raises `NotReady` when the server ends by itself."""
    told = asyncio.Event()
    for what in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(what, told.set)
    async with database:
        print(f"ready on port {database.port}", flush=True)
        waits = [asyncio.create_task(told.wait()), asyncio.create_task(database.ended())]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()
    if not told.is_set():
        raise NotReady("the database ended by itself")


def main() -> None:
    """Run, and say in one line why it could not."""
    try:
        asyncio.run(serve(from_settings(os.environ)))
    except LocalError as error:
        sys.exit(f"db: {error}")


if __name__ == "__main__":
    main()
