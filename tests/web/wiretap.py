"""All that a browser is sent: answers, frames of its sockets, messages of its data channels."""

import asyncio
import zlib
from contextlib import suppress
from dataclasses import dataclass, field

from playwright.async_api import BrowserContext, Error, Page, Response, WebSocket

CHANNELS = """
    globalThis.tapped = [];
    const watch = (channel) => channel.addEventListener("message", ({ data }) => {
      if (typeof data === "string") { globalThis.tapped.push(data); return; }
      const letter = (byte) => String.fromCharCode(byte);
      const spelt = (bytes) => Array.from(new Uint8Array(bytes), letter).join("");
      const keep = (bytes) => globalThis.tapped.push(spelt(bytes));
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


MOST_SHORT, MOST_LONG = 8, 65_536
"""Bytes of a text; shorter ones hide nothing."""


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
        said = [text for message in channels for text in (message, *inflated(message))]
        return {
            "answers": "\n".join(self.answers),
            "frames": "\n".join(self.frames),
            "channels": "\n".join(said),
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


def inflated(message: str) -> list[str]:
    """LiveKit compresses texts (RFC 1951) somewhere in a message: whatever can be read as one."""
    found = []
    sent = message.encode("latin1", "replace")  # a text message may hold any letter
    for start in range(len(sent) - MOST_SHORT):
        with suppress(zlib.error):
            text = zlib.decompressobj(-zlib.MAX_WBITS).decompress(sent[start:], MOST_LONG)
            if len(text) > MOST_SHORT:
                found.append(text.decode("latin1"))
    return found
