"""Which ports the local processes listen on: free ones for tests, the usual ones for `up`."""

import random
import socket
from collections.abc import Mapping
from dataclasses import dataclass, fields

from local.errors import LocalError, PortInUse

LOOPBACK = "127.0.0.1"

# Below the range that Linux and macOS hand out to outgoing connections, so that a port
# which was free a moment ago does not become the near end of somebody's connection.
CANDIDATES = range(20_000, 32_000)
TRIES = 200


def is_free(port: int, host: str = LOOPBACK) -> bool:
    """Whether `port` can be bound now, for TCP and for UDP."""
    with (
        socket.socket(socket.AF_INET, socket.SOCK_STREAM) as stream,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagram,
    ):
        # Servers set this too: a port whose last connections linger in TIME_WAIT is free.
        stream.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            stream.bind((host, port))
            datagram.bind((host, port))
        except OSError:
            return False
    return True


def free_ports(count: int) -> list[int]:
    """`count` different ports, each free for TCP and UDP on the loopback address."""
    found: list[int] = []
    for port in random.sample(CANDIDATES, TRIES):
        if len(found) == count:
            break
        if is_free(port):
            found.append(port)
    if len(found) < count:
        raise LocalError(f"no {count} free ports on {LOOPBACK} between 20000 and 32000")
    return found


def free_port() -> int:
    """One port that is free for TCP and UDP on the loopback address."""
    return free_ports(1)[0]


def require_free(port: int, setting: str) -> None:
    """Raises `PortInUse`, naming the setting to change, when somebody else listens on `port`."""
    if not is_free(port):
        raise PortInUse(f"{setting}: port {port} is in use; set {setting} to a free port")


@dataclass(frozen=True)
class Ports:
    """The ports of one local installation."""

    api: int = 8080
    agent: int = 8081
    sfu: int = 7880
    sfu_udp: int = 7882
    db: int = 5433
    speech: int = 7890

    @classmethod
    def free(cls) -> "Ports":
        """Free ports for all, so that several installations can run side by side."""
        return cls(*free_ports(len(fields(cls))))

    @classmethod
    def from_settings(cls, given: Mapping[str, str]) -> "Ports":
        """The usual ports, each replaced by `VIVAVOCE_<NAME>_PORT` when that is set."""
        chosen = {f.name: _number(given, setting(f.name)) for f in fields(cls)}
        return cls(**{name: port for name, port in chosen.items() if port is not None})

    def require_free(self, names: tuple[str, ...]) -> None:
        """Raises `PortInUse` for the first of `names` whose port is taken."""
        for name in names:
            require_free(getattr(self, name), setting(name))


def setting(name: str) -> str:
    """The variable that sets the port `name`, e.g. `VIVAVOCE_API_PORT`."""
    return f"VIVAVOCE_{name.upper()}_PORT"


def required_port(given: Mapping[str, str], name: str) -> int:
    """The port that `name` sets. Raises `LocalError` when it is missing or no port."""
    if (port := _number(given, name)) is None:
        raise LocalError(f"{name} is not set; `make up` sets it")
    return port


def _number(given: Mapping[str, str], name: str) -> int | None:
    text = given.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65_536):
        raise LocalError(f"{name}: expected a port between 1 and 65535, not {text!r}")
    return int(text)
