"""`python -m local.sfu`: write the SFU's configuration, then become the SFU."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from local.errors import LocalError
from local.ports import required_port
from local.sfu.config import SfuPorts
from local.sfu.server import EmbeddedSfu, command


def from_settings(given: Mapping[str, str]) -> EmbeddedSfu:
    """The server that the environment describes."""
    try:
        return EmbeddedSfu(
            Path(given["VIVAVOCE_SFU_FOLDER"]),
            SfuPorts(
                required_port(given, "VIVAVOCE_SFU_PORT"),
                required_port(given, "VIVAVOCE_SFU_UDP_PORT"),
            ),
            api_key=given["LIVEKIT_API_KEY"],
            api_secret=given["LIVEKIT_API_SECRET"],
        )
    except KeyError as error:
        raise LocalError(f"{error.args[0]} is not set; `make up` sets it") from error


def main() -> None:
    """Become the server, or say in one line why not."""
    try:
        program = command(from_settings(os.environ).write_config())
        os.execv(program[0], program)
    except LocalError as error:
        sys.exit(f"sfu: {error}")


if __name__ == "__main__":
    main()
