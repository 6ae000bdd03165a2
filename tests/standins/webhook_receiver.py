"""An integration as its makers would write it: the `standardwebhooks` library, nothing of ours."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from standardwebhooks.webhooks import Webhook, WebhookVerificationError


class WebhookReceiver:
    """Takes what verifies with `secret`, and says `answers` first, one after the other."""

    def __init__(self) -> None:
        self.secret = ""
        self.answers: list[int] = []
        self.url = ""
        self.took: list[tuple[str, Any]] = []
        self.refused = 0
        self.tried: list[str] = []
        self.raw: list[tuple[dict[str, str], bytes]] = []
        self._heard = asyncio.Event()

    async def take(self, request: web.Request) -> web.Response:
        body, headers = await request.read(), dict(request.headers)
        self.tried.append(headers.get("webhook-id", ""))
        self.raw.append((headers, body))
        try:
            event = Webhook(self.secret).verify(body, headers)
        except WebhookVerificationError:
            self.refused += 1
            return self._said(401)
        if self.answers:
            return self._said(self.answers.pop(0))
        self.took.append((headers["webhook-id"], event))
        return self._said(204)

    def _said(self, status: int) -> web.Response:
        self._heard.set()
        return web.Response(status=status)

    async def has_taken(self, count: int, within_s: float = 30) -> None:
        """Wait until so many events were taken."""
        async with asyncio.timeout(within_s):
            while len(self.took) < count:
                self._heard.clear()
                await self._heard.wait()


@asynccontextmanager
async def receiving() -> AsyncIterator[WebhookReceiver]:
    """On a free port of this machine until the block ends."""
    receiver, app = WebhookReceiver(), web.Application()
    app.router.add_post("/in", receiver.take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    receiver.url = f"{site.name}/in"
    try:
        yield receiver
    finally:
        await runner.cleanup()
