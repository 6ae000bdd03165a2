"""Addresses that customers name and we call: which URLs may be stored, which addresses called.

A name says nothing about where it leads, so a URL is looked at twice: its spelling when it is
given, and every address that its name has when it is called.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from interview.errors import Invalid

LONGEST_URL = 2000
PORTS = frozenset({443, 8443})
"""No other is called: a webhook is no way to knock at other people's doors."""

_NAME = re.compile(r"(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,63}")
_NEAR_NAME = re.compile(r"(?=.{1,253}$)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_PRINTED = re.compile(r"[!#-;=?-\[\]_a-z~]+")
_HERE = ("localhost", "local", "internal", "home.arpa", "lan")

_NOT_PUBLIC = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "168.63.129.16/32",  # Azure's host, from within every machine there
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3",
            "2001::/23",  # Teredo, ORCHID, benchmarks
            "2001:db8::/32",
            "2002::/16",  # 6to4
            "3fff::/20",
        ),
    )
)
"""IANA's special-purpose registries, for `is_global` of older Pythons misses some of them."""

_PRIVATE = tuple(
    map(ip_network, ("10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"))
)
"""RFC 1918, 6598, 4193."""

_KEYS_OF_CLOUDS = tuple(map(ip_network, ("100.100.100.200/32", "fd00:ec2::/32", "fd20:ce::/32")))
"""Alibaba's, Amazon's and Google's metadata, which lie among private addresses."""

_UNICAST = ip_network("2000::/3")
_NAT64 = ip_network("64:ff9b::/96")

Address = IPv4Address | IPv6Address


@dataclass(frozen=True, slots=True)
class Reach:
    """How far calls may go. With `loopback` also to this machine, with `private` also to networks
    that are nobody else's: in clear and on any port. Never to where clouds hand out their keys."""

    loopback: bool = False
    private: bool = False
    public: bool = True


def check_url(url: str, reach: Reach, field: str = "url") -> str:
    """The URL, if it may be called as far as its spelling tells. Raises `Invalid`."""
    if len(url) > LONGEST_URL or not _PRINTED.fullmatch(url.lower()):
        raise Invalid(f"{field}: expected a URL of plain ASCII characters", field=field)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Invalid(f"{field}: expected a URL", field=field) from error
    if "@" in parts.netloc or parts.fragment:
        raise Invalid(f"{field}: expected no user name and no fragment", field=field)
    is_near = _is_near(parts.hostname or "", reach)
    if not is_near:
        _check_far(parts, port, field)
    elif parts.scheme not in {"http", "https"}:
        raise Invalid(f"{field}: expected a URL that begins with http:// or https://", field=field)
    return url


def _check_far(parts: SplitResult, port: int | None, field: str) -> None:
    if parts.scheme != "https":
        raise Invalid(f"{field}: expected a URL that begins with https://", field=field)
    if (443 if port is None else port) not in PORTS or parts.netloc.endswith(":"):
        raise Invalid(f"{field}: expected one of the ports 443 and 8443", field=field)
    if not _may_be_public(parts.hostname or ""):
        raise Invalid(f"{field}: expected the name of a public host", field=field)


def _may_be_public(host: str) -> bool:
    if (address := literal(host)) is not None:
        return is_public(address)
    if _NUMBER.fullmatch(host.rpartition(".")[2]):
        return False  # 127.1, 0x7f.1, 2130706433: some resolver makes an address of it
    is_here = any(host == name or host.endswith(f".{name}") for name in _HERE)
    return _NAME.fullmatch(host) is not None and not is_here


def _is_near(host: str, reach: Reach) -> bool:
    """Whether `reach` makes an exception of it. Where a name leads is seen when it is called."""
    address = literal(host)
    if address is not None:
        return (reach.loopback and is_loopback(address)) or (reach.private and is_private(address))
    if host == "localhost":
        return reach.loopback
    is_number = _NUMBER.fullmatch(host.rpartition(".")[2]) is not None
    return reach.private and not is_number and _NEAR_NAME.fullmatch(host) is not None


def literal(host: str) -> Address | None:
    """The address that is written out, None for a name and for any but the usual spelling."""
    try:
        return ip_address(host)
    except ValueError:
        return None


def is_loopback(address: Address) -> bool:
    """127.0.0.0/8 and ::1 alone, in no other dress."""
    if isinstance(address, IPv4Address):
        return address.is_loopback
    return address.scope_id is None and address == IPv6Address("::1")


def is_private(address: Address) -> bool:
    """Of a network that its owner numbers, in no other dress."""
    if isinstance(address, IPv6Address) and address.scope_id is not None:
        return False
    if any(address in network for network in _KEYS_OF_CLOUDS):
        return False
    return any(address in network for network in _PRIVATE)


def is_public(address: Address) -> bool:
    """Whether anybody on the Internet would reach the same host under it.

    Of the forms that carry an IPv4 address NAT64's is judged by what it carries, for where there is
    no IPv4 every name has one; the others (mapped, compatible, 6to4, Teredo) have no good use here.
    """
    if isinstance(address, IPv6Address):
        if address.scope_id is not None:
            return False
        if address in _NAT64:
            return is_public(IPv4Address(int(address) & 0xFFFF_FFFF))
        if address not in _UNICAST:
            return False
    return address.is_global and not any(address in network for network in _NOT_PUBLIC)


def may_call(address: Address, reach: Reach) -> bool:
    """Whether a connection to `address` may be opened."""
    return (
        (reach.public and is_public(address))
        or (reach.loopback and is_loopback(address))
        or (reach.private and is_private(address))
    )
