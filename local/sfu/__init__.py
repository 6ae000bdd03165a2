"""The embedded default for a LiveKit server: the real SFU, on the loopback address."""

from local.sfu.config import SfuPorts
from local.sfu.server import EmbeddedSfu

__all__ = ["EmbeddedSfu", "SfuPorts"]
