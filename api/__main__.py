"""`python -m api`: the door as a process of its own."""

import asyncio
import errno
import gc
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from aiohttp import web
from interview.adapters.livekit_rooms import open_rooms
from interview.adapters.logs import log_stray_failures
from interview.adapters.system import SystemClock, SystemIds
from interview.errors import Forbidden, Unavailable
from interview.store.postgres import open_store

from api.app import create_app
from api.logs import configure_logs
from api.objects import ObstoreObjects
from api.settings import Settings, SettingsWrong, read_settings
from api.tags import DESK

log = structlog.get_logger()
SHUTDOWN_S = 1.0
WRONG = 2
COLLECT_AFTER = 100_000
"""Containers made and not yet gone: many busy requests, some ten megabytes."""


@asynccontextmanager
async def serving(settings: Settings) -> AsyncIterator[web.AppRunner]:
    """The API, open on its port until the block is left. Raises `OSError` for a taken port."""
    secret = settings.livekit_api_secret.get_secret_value()
    url, key = settings.database_url.get_secret_value(), settings.installation_key
    async with (
        open_store(url, key.get_secret_value()) as store,
        open_rooms(settings.livekit_url, settings.livekit_api_key, secret) as rooms,
    ):
        objects = ObstoreObjects(settings.objects_url)
        app = create_app(settings, store, rooms, objects, SystemClock(), SystemIds())
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=SHUTDOWN_S)
        await runner.setup()
        try:
            await web.TCPSite(runner, settings.host, settings.port).start()
            yield runner
        finally:
            await runner.cleanup()


def spare_the_collector() -> None:
    """What was made at the start stays for good, and requests leave few cycles: look rarely."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER)


async def run(settings: Settings) -> None:
    """Serves until SIGTERM or SIGINT; what was begun is finished.

    For `drain_s` it goes on serving but says that it is not ready: who sends requests here looks
    from time to time, and until then a closed door would be a failure to somebody.
    """
    stop = asyncio.Event()
    log_stray_failures(asyncio.get_running_loop())
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with serving(settings) as runner:
        spare_the_collector()
        log.info("api_ready", host=settings.host, port=settings.port)
        await stop.wait()
        log.info("api_stopping", drain_s=settings.drain_s)
        runner.app[DESK].closing.set()
        await asyncio.sleep(settings.drain_s)


def main() -> int:
    """The exit code: 0 after a stop, 2 when a setting is wrong, in one clear line."""
    try:
        settings = read_settings()
    except SettingsWrong as error:
        return _wrong(str(error))
    configure_logs(settings.log_level, settings.log_format)
    try:
        asyncio.run(run(settings))
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        return _wrong(f"VIVAVOCE_API_PORT: port {settings.port} is in use; set it to a free port")
    except Forbidden as error:
        return _wrong(error.detail)
    except Unavailable:
        return _wrong("DATABASE_URL: the database does not answer, or refuses this user")
    return 0


def _wrong(what: str) -> int:
    print(f"api: {what}", file=sys.stderr)
    return WRONG


if __name__ == "__main__":
    sys.exit(main())
