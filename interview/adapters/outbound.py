"""Calls to URLs that customers name: to public addresses alone, whatever a name leads to.

A name is resolved once a call; every address it has must be public, and those that were looked at
are the ones connected to. The last look is at the very socket, so that no spelling of a URL and no
second answer of a name server gets past.
"""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Literal

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from interview.addresses import Reach, check_url, literal, may_call
from interview.errors import Invalid

Trouble = Literal["address", "dns", "connect", "tls", "timeout", "protocol", "too_large"]
"""Why there is no answer; closed, so that nothing a stranger wrote is in it."""

LookUp = Callable[[str], Awaitable[list[str]]]
"""The addresses of a name, as the system's resolver says them. Raises `OSError`."""

MOST_AT_ONCE = 50


class OutboundFailed(Exception):
    """There is no answer; `trouble` says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble: Trouble = trouble


class AddressRefused(OSError):
    """An address that is not public."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back; `body` has no more than what was asked for."""

    status: int
    body: bytes


async def system_look_up(name: str) -> list[str]:
    """Raises `OSError`."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(name, None, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return [str(address[0]) for *_, address in found]


class VettedResolver(AbstractResolver):
    """Answers with addresses that may be called; one that may not spoils the whole answer."""

    def __init__(self, look_up: LookUp, reach: Reach) -> None:
        self._look_up = look_up
        self._reach = reach

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_UNSPEC,  # noqa: ARG002 (both are called)
    ) -> list[ResolveResult]:
        """Raises `AddressRefused`, `OSError`."""
        found = await self._look_up(host)
        if not found:
            raise OSError(socket.EAI_NONAME, "no address")
        return [self._vetted(host, each, port) for each in dict.fromkeys(found)]

    def _vetted(self, host: str, found: str, port: int) -> ResolveResult:
        address = literal(found)
        if address is None or not may_call(address, self._reach):
            raise AddressRefused
        family = socket.AF_INET if address.version == 4 else socket.AF_INET6
        flags = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
        return {
            "hostname": host,
            "host": str(address),
            "port": port,
            "family": family,
            "proto": socket.IPPROTO_TCP,
            "flags": flags,
        }

    async def close(self) -> None: ...


def vetted_sockets(reach: Reach) -> Callable[[aiohttp.AddrInfoType], socket.socket]:
    """Makes sockets for addresses that may be called. Raises `AddressRefused`."""

    def make(info: aiohttp.AddrInfoType) -> socket.socket:
        family, kind, proto, _, address = info
        if not may_call(ip_address(str(address[0])), reach):
            raise AddressRefused
        return socket.socket(family, kind, proto)

    return make


class Outbound:
    """Calls within `reach`. Redirects are answers like any other and are not followed."""

    def __init__(self, session: aiohttp.ClientSession, reach: Reach) -> None:
        self._session = session
        self._reach = reach

    async def call(
        self,
        method: Literal["GET", "POST"],
        url: str,
        *,
        headers: Mapping[str, str],
        body: bytes | None = None,
        most_bytes: int = 0,
        within_s: float,
    ) -> Answered:
        """The answer with up to `most_bytes` of body; with 0 none is read. Raises `OutboundFailed`.

        `within_s` is for everything, names and bodies included.
        """
        try:
            check_url(url, self._reach)
            async with asyncio.timeout(within_s):
                return await self._call(method, url, dict(headers), body, most_bytes)
        except (OSError, aiohttp.ClientError, ValueError, Invalid) as error:
            raise OutboundFailed(_trouble(error)) from error

    async def _call(
        self, method: str, url: str, headers: dict[str, str], body: bytes | None, most_bytes: int
    ) -> Answered:
        async with self._session.request(
            method, url, headers=headers, data=body, allow_redirects=False
        ) as response:
            read = await _read(response, most_bytes) if most_bytes else b""
            response.close()  # what is left is not waited for
            return Answered(response.status, read)


async def _read(response: aiohttp.ClientResponse, most_bytes: int) -> bytes:
    read = b""
    async for piece in response.content.iter_chunked(most_bytes + 1):
        read += piece
        if len(read) > most_bytes:
            raise OutboundFailed("too_large")
    return read


def _trouble(error: Exception) -> Trouble:
    match error:
        case Invalid() | AddressRefused():
            return "address"
        case TimeoutError():
            return "timeout"
        case aiohttp.ClientConnectorDNSError():
            return "address" if isinstance(error.os_error, AddressRefused) else "dns"
        case aiohttp.ClientSSLError() | ssl.SSLError():
            return "tls"
        case aiohttp.ClientConnectorError():
            return "address" if isinstance(error.os_error, AddressRefused) else "connect"
        case aiohttp.InvalidURL():
            return "address"
        case aiohttp.ServerDisconnectedError() | aiohttp.ClientOSError():
            return "connect"
        case aiohttp.ClientError() | ValueError():
            return "protocol"
        case _:
            return "connect"


def vetted_session(reach: Reach, look_up: LookUp, most_of_one: int = 0) -> aiohttp.ClientSession:
    """Each call has a connection of its own, no cookies and no proxy; at once there are no more
    than `most_of_one` to the same host, unless that is 0."""
    connector = aiohttp.TCPConnector(
        resolver=VettedResolver(look_up, reach),
        use_dns_cache=False,
        force_close=True,
        limit=MOST_AT_ONCE,
        limit_per_host=most_of_one,
        socket_factory=vetted_sockets(reach),
    )
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=False,
        auto_decompress=False,
        timeout=aiohttp.ClientTimeout(total=None),
    )


@asynccontextmanager
async def open_outbound(
    reach: Reach = Reach(),  # noqa: B008 (frozen)
    look_up: LookUp = system_look_up,
) -> AsyncIterator[Outbound]:
    """Calls while the block lasts."""
    async with vetted_session(reach, look_up) as session:
        yield Outbound(session, reach)
