"""A LiveKit server of our own, started and stopped within a test, a bench or the demo."""

import os
import secrets
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from local.ports import LOOPBACK
from local.setup.sfu import installed
from local.sfu.config import SfuPorts, render
from local.up.child import Child
from local.up.ready import answers, until

READY_WITHIN_S = 15.0


class EmbeddedSfu:
    """One SFU on the loopback address; an async context manager.

    `folder` holds its configuration and log. Key, secret and ports are random unless given.
    """

    def __init__(
        self,
        folder: Path,
        ports: SfuPorts | None = None,
        *,
        api_key: str | None = None,
        api_secret: str | None = None,
    ) -> None:
        self.ports = ports or SfuPorts.free()
        self.api_key = api_key or f"viv{secrets.token_hex(8)}"
        self.api_secret = api_secret or secrets.token_urlsafe(32)
        self._folder = folder
        self._server: Child | None = None

    @property
    def url(self) -> str:
        """Where clients and workers connect, `ws://…`."""
        return f"ws://{LOOPBACK}:{self.ports.signal}"

    @property
    def http_url(self) -> str:
        """Where the server API answers, `http://…`."""
        return f"http://{LOOPBACK}:{self.ports.signal}"

    @property
    def pid(self) -> int:
        """The running server's process id."""
        assert self._server is not None
        return self._server.pid

    def write_config(self) -> Path:
        """Put the configuration, readable by us alone, into the folder."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._folder / "livekit.yaml"
        text = render(self.ports, self.api_key, self.api_secret)
        path.unlink(missing_ok=True)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
        return path

    async def start(self) -> None:
        """Start, and wait until it answers; raises `NotReady` with the reason otherwise."""
        server = self._server = Child.start(
            "sfu",
            command(self.write_config()),
            {"PATH": os.environ.get("PATH", os.defpath)},
            self._folder / "logs" / "sfu.log",
        )
        try:
            await until(lambda: answers(self.http_url), server, time.monotonic() + READY_WITHIN_S)
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Stop it, whoever is still in a room; no process stays."""
        if self._server is not None:
            await self._server.stop()
            self._server = None

    def kill(self) -> None:
        """End it as a crash would (`kill -9`)."""
        if self._server is not None:
            self._server.kill()
            self._server = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()


def command(config: Path) -> list[str]:
    """How the server is started with a configuration file."""
    return [str(installed()), "--config", str(config)]
