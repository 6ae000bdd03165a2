"""One connection that listens for appends and wakes the followers; when lost, it comes back."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from uuid import UUID

import asyncpg

from interview.ids import InterviewId
from interview.store.followers import Followers
from interview.store.postgres.session import TRANSIENT

CHANNEL = "vivavoce_events"
WAKE = f"SELECT pg_notify('{CHANNEL}', $1)"

AGAIN_AFTER_S = 0.5
ALIVE_EVERY_S = 30.0
"""A peer that vanished without a word is found by asking."""

ALIVE = "SELECT 1"


class Listener:
    """Wakes `followers` from the first call of `start` until `stop`."""

    def __init__(
        self, connect: Callable[[], Awaitable[asyncpg.Connection]], followers: Followers
    ) -> None:
        self._connect = connect
        self._followers = followers
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Once; later calls do nothing as long as it listens."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                with suppress(*TRANSIENT):
                    await self._listen()
            except Exception as error:  # noqa: BLE001 (the outermost loop: followers wait for it)
                loop.call_exception_handler(
                    {"message": "the listening connection was lost", "exception": error}
                )
            await asyncio.sleep(AGAIN_AFTER_S)

    async def _listen(self) -> None:
        """Until the connection is lost."""
        connection = await self._connect()
        lost = asyncio.Event()
        try:
            connection.add_termination_listener(lambda _: lost.set())
            await connection.add_listener(CHANNEL, self._heard)
            self._followers.wake_all()  # what was appended while nobody listened
            while not lost.is_set():
                await _wait(lost, ALIVE_EVERY_S)
                await connection.execute(ALIVE, timeout=ALIVE_EVERY_S)
        finally:
            connection.terminate()

    def _heard(self, *notified: object) -> None:
        """Of connection, process, channel and payload only the last matters."""
        self._followers.wake(InterviewId(UUID(str(notified[-1]))))


async def _wait(event: asyncio.Event, timeout_s: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), timeout_s)
