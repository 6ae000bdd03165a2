"""What a tenant sets for itself."""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address

from interview.accounts import Role
from interview.blind import USUALLY_BLIND

MOST_ORIGINS = 20
USUAL_PORTS = {"https": 443, "http": 80}
ON_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "[::1]"})
ORIGIN = re.compile(
    r"(?P<scheme>https?)://(?P<host>[a-z0-9._-]{1,253}|\[[0-9a-f:]{2,39}\])"
    r"(?::(?P<port>[1-9][0-9]{0,4}))?"
)
LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")


UNSEEN = "-unseen"
"""Ends the version of a notice that says that observers may hide."""


@dataclass(frozen=True, slots=True)
class TenantSettings:
    """Who has set nothing has these. `revision` is 1 then, and one more with every change.

    `allowed_origins` are the web origins (RFC 6454) whose pages may call the API; `sends_mail` is
    whether candidates are written to; `reply_to` is where their answers go; times in mails are of
    `time_zone`, a name of the IANA database; members of `blind_roles` see what others judged once
    they have rated themselves; with `shares_results` candidates see how they were rated, once a
    person has decided. Observers whom nobody sees are let into rooms where `observers_may_hide`; a
    floor whose holder is gone returns to the AI `floor_returns_after_s`. Where a person leads, one
    is waited for `interviewer_awaited_s`, and so are people who are there while nobody leads.
    """

    allowed_origins: tuple[str, ...] = ()
    sends_mail: bool = True
    reply_to: str | None = None
    time_zone: str = "UTC"
    blind_roles: tuple[Role, ...] = USUALLY_BLIND
    shares_results: bool = False
    observers_may_hide: bool = False
    floor_returns_after_s: int = 30
    interviewer_awaited_s: int = 120
    revision: int = 1


def is_web_origin(text: str) -> bool:
    """True for an origin exactly as a browser says it (RFC 6454, section 6.2), of a page that
    nobody on the way can have changed: `https`, or plain `http` of this very machine."""
    found = ORIGIN.fullmatch(text)
    if found is None:
        return False
    scheme, host, port = found["scheme"], found["host"], int(found["port"] or 0)
    if port > 65535 or port == USUAL_PORTS[scheme]:  # browsers leave the usual one out
        return False
    return _is_host(host) and (scheme == "https" or host in ON_THIS_MACHINE)


def _is_host(host: str) -> bool:
    """As the URL standard writes hosts: addresses in one form alone, names in ASCII."""
    labels = host.split(".")
    try:
        if host.startswith("["):
            address = IPv6Address(host[1:-1])
            return address.ipv4_mapped is None and f"[{address}]" == host
        if NUMBER.fullmatch(labels[-1]):
            return str(IPv4Address(host)) == host
    except ValueError:
        return False
    return all(LABEL.fullmatch(label) for label in labels)
