"""Ctrl-C and its kin, for whoever runs a stack."""

import asyncio
import signal
from typing import Any

from local.up.stack import Stack


def obey_signals(running: "asyncio.Task[Any]", stack: Stack) -> None:
    """The first signal stops in order, the second at once."""

    def stop() -> None:
        if not running.cancel():
            stack.kill_all()

    for what in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(what, stop)
