"""A candidate's line: all that their browser and we say to each other goes through it, and it can
be cut as a wireless network is.

A browser's own "offline" switch (`Network.emulateNetworkConditions`) does not touch WebRTC. Here
packets are lost for good; what goes over TCP arrives after the cut, as TCP sees to.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable
from contextlib import AsyncExitStack, suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from local.ports import LOOPBACK, Ports, free_ports

SCRIPT = Path(__file__).with_name("line.js")
AT_ONCE = 65_536

Address = tuple[str, int]


class Line:
    """Relays the TCP ports `tcp` and the UDP port `udp` of this machine; an async context manager.

    A browser that was started with `flags`, and whose pages run `script` first, has no other way.
    """

    def __init__(self, tcp: Iterable[int], udp: int) -> None:
        ports = [*tcp]
        self._tcp = dict(zip(ports, free_ports(len(ports)), strict=True))
        self._media = Media(udp)
        self._whole = asyncio.Event()
        self._calls: set[asyncio.Task[None]] = set()
        self._stack = AsyncExitStack()
        self.mend()

    @property
    def flags(self) -> list[str]:
        """What leads a Chromium's sockets here."""
        ways = (f"MAP {LOOPBACK}:{to} {LOOPBACK}:{ours}" for to, ours in self._tcp.items())
        return [f"--host-resolver-rules={', '.join(ways)}"]

    @property
    def script(self) -> str:
        """What leads a page's media here."""
        text = SCRIPT.read_text(encoding="utf-8")
        return text.replace("PORT_OF_SFU", str(self._media.to)).replace(
            "PORT_OF_LINE", str(self._media.port)
        )

    def cut(self) -> None:
        """From now on nothing arrives, in neither direction, and nobody is told."""
        self._media.is_whole = False
        self._whole.clear()

    def mend(self) -> None:
        self._media.is_whole = True
        self._whole.set()

    async def move(self) -> None:
        """To another network: connections end, packets come from another address."""
        await self._media.hang_up()
        await self._hang_up()

    async def __aenter__(self) -> Self:
        for to, ours in self._tcp.items():
            server = await asyncio.start_server(partial(self._serve, to), LOOPBACK, ours)
            self._stack.callback(server.close)
        self._media.open()
        self._stack.push_async_callback(self._media.close)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._stack.aclose()
        await self._hang_up()

    async def _hang_up(self) -> None:
        calls = [*self._calls]
        for call in calls:
            call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)

    async def _serve(
        self, to: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        call = asyncio.create_task(self._connect(to, reader, writer))
        self._calls.add(call)
        call.add_done_callback(self._calls.discard)

    async def _connect(
        self, to: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        try:
            begun = await self._until_whole(reader)
            if begun is None:
                return  # whoever calls over a dead line, and hangs up, has never called
            far_reader, far_writer = await asyncio.open_connection(LOOPBACK, to)
            far_writer.write(begun)
            try:
                async with asyncio.TaskGroup() as both:
                    both.create_task(self._pump(reader, far_writer))
                    both.create_task(self._pump(far_reader, writer))
            finally:
                far_writer.close()
        except* OSError:
            pass  # one end is gone, and so is the call
        finally:
            writer.close()

    async def _until_whole(self, reader: asyncio.StreamReader) -> bytes | None:
        """What was said until the line carries; None when the caller hung up before."""
        begun, mended = b"", asyncio.create_task(self._whole.wait())
        while not self._whole.is_set():
            said = asyncio.create_task(reader.read(AT_ONCE))
            await asyncio.wait({said, mended}, return_when=asyncio.FIRST_COMPLETED)
            if not said.done():
                said.cancel()
                await asyncio.gather(said, return_exceptions=True)
            elif part := said.result():
                begun += part
            else:
                mended.cancel()
                return None
        mended.cancel()
        return begun

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while part := await reader.read(AT_ONCE):
            await self._whole.wait()
            writer.write(part)
            await writer.drain()
        with suppress(OSError):
            writer.write_eof()


class Media:
    """Packets of each caller go on from a socket of its own, so that the answers find back."""

    def __init__(self, to: int) -> None:
        self.to = to
        self.is_whole = True
        self._socket = _socket()
        self._socket.bind((LOOPBACK, 0))
        self._flows: dict[Address, Flow] = {}
        self._task: asyncio.Task[None] | None = None

    @property
    def port(self) -> int:
        port: int = self._socket.getsockname()[1]
        return port

    def open(self) -> None:
        self._task = asyncio.create_task(self._relay())

    async def _relay(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            packet, caller = await loop.sock_recvfrom(self._socket, AT_ONCE)
            if not self.is_whole:
                continue
            if caller not in self._flows:
                self._flows[caller] = Flow(self.to, partial(self._answer, caller))
            await self._flows[caller].send(packet)

    async def _answer(self, caller: Address, packet: bytes) -> None:
        if self.is_whole:
            await asyncio.get_running_loop().sock_sendto(self._socket, packet, caller)

    async def hang_up(self) -> None:
        flows, self._flows = [*self._flows.values()], {}
        for flow in flows:
            await flow.close()

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self.hang_up()
        self._socket.close()


class Flow:
    """One caller's packets; what comes back is handed to `back`."""

    def __init__(self, to: int, back: Callable[[bytes], Awaitable[None]]) -> None:
        self._to = (LOOPBACK, to)
        self._socket = _socket()
        self._socket.bind((LOOPBACK, 0))
        self._task = asyncio.create_task(self._answers(back))

    async def send(self, packet: bytes) -> None:
        await asyncio.get_running_loop().sock_sendto(self._socket, packet, self._to)

    async def _answers(self, back: Callable[[bytes], Awaitable[None]]) -> None:
        loop = asyncio.get_running_loop()
        while True:
            packet, _ = await loop.sock_recvfrom(self._socket, AT_ONCE)
            await back(packet)

    async def close(self) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        self._socket.close()


def line_to(ports: Ports) -> Line:
    """The line to an installation of this machine."""
    return Line((ports.api, ports.sfu), ports.sfu_udp)


def _socket() -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.setblocking(False)
    return made
