"""The embedded default for a LiveKit server: the real SFU, on the loopback address."""

from local.sfu.server import EmbeddedSfu, SfuPorts

__all__ = ["EmbeddedSfu", "SfuPorts"]
