"""`python -m local.speech`: serve until SIGTERM or SIGINT."""

import asyncio
import os
import signal
import sys

from aiohttp import web

from local.errors import LocalError, PortInUse
from local.speech.logs import configure
from local.speech.server import build
from local.speech.settings import PREFIX, Settings, read_settings

HANG_UP_S = 0.5
"""How long open requests may take at the end."""


async def serve(settings: Settings) -> None:
    """Raises `PortInUse`."""
    told = asyncio.Event()
    for what in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(what, told.set)
    runner = web.AppRunner(
        build(settings), access_log=None, shutdown_timeout=HANG_UP_S, handler_cancellation=True
    )
    await runner.setup()
    try:
        site = web.TCPSite(runner, settings.host, settings.port)
        await site.start()
        print(f"ready on port {runner.addresses[0][1]}", flush=True)
        await told.wait()
    except OSError as error:
        name = f"{PREFIX}PORT"
        where = f"{settings.host}:{settings.port}"
        why = os.strerror(error.errno or 0).lower()
        raise PortInUse(
            f"{name}: cannot listen on {where}, {why}; set {name} to a free port"
        ) from error
    finally:
        await runner.cleanup()


def main() -> int:
    """0 at the asked end, 2 with one line on what is wrong with the settings."""
    try:
        settings = read_settings()
        configure(settings.log_level, settings.log_format)
        asyncio.run(serve(settings))
    except LocalError as error:
        print(f"speech: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
