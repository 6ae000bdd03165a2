"""All that a browser is sent: answers, frames of its sockets, messages of its data channels."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field

from playwright.async_api import BrowserContext, Error, Page, Response, WebSocket

CHANNELS = """
    globalThis.tapped = [];
    const watch = (channel) => channel.addEventListener("message", ({ data }) => {
      if (typeof data === "string") { globalThis.tapped.push(data); return; }
      const keep = (bytes) => globalThis.tapped.push(new TextDecoder("latin1").decode(bytes));
      if (data instanceof Blob) void data.arrayBuffer().then(keep);
      else keep(data);
    });
    const Native = globalThis.RTCPeerConnection;
    globalThis.RTCPeerConnection = class extends Native {
      constructor(...given) {
        super(...given);
        this.addEventListener("datachannel", ({ channel }) => watch(channel));
      }
      createDataChannel(...given) {
        const channel = super.createDataChannel(...given);
        watch(channel);
        return channel;
      }
    };
"""
"""Before any script of a page: whoever makes a connection makes one that is listened to."""


@dataclass
class Wiretap:
    """What the pages of a profile are sent from here on, each kind as one text of bytes."""

    answers: list[str] = field(default_factory=list)
    frames: list[str] = field(default_factory=list)
    _responses: list["asyncio.Task[None]"] = field(default_factory=list)

    async def put_on(self, context: BrowserContext) -> None:
        await context.add_init_script(CHANNELS)
        context.on("response", self._answered)
        context.on("page", self._opened)

    async def heard(self, page: Page) -> dict[str, str]:
        """By the way on which it came."""
        await asyncio.gather(*self._responses)
        channels: list[str] = await page.evaluate("globalThis.tapped")
        return {
            "answers": "\n".join(self.answers),
            "frames": "\n".join(self.frames),
            "channels": "\n".join(channels),
        }

    def _answered(self, response: Response) -> None:
        self._responses.append(asyncio.create_task(self._keep(response)))

    async def _keep(self, response: Response) -> None:
        self.answers.append(str(response.headers))
        with suppress(Error):  # a redirect has no body
            self.answers.append((await response.body()).decode("latin1"))

    def _opened(self, page: Page) -> None:
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._framed)

    def _framed(self, payload: bytes | str) -> None:
        self.frames.append(payload if isinstance(payload, str) else payload.decode("latin1"))
