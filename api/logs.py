"""The API's logs: the house's, and one canonical line a request instead of aiohttp's."""

import logging

from interview.adapters import logs
from interview.adapters.logs import Form, Level


def configure_logs(level: Level, form: Form) -> None:
    """Raw paths are in aiohttp's access log; ours is the canonical line."""
    logs.configure_logs(level, form)
    logging.getLogger("aiohttp.access").setLevel(logging.ERROR)
