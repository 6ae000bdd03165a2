"""The SFU's configuration: `livekit.yaml` of the repository, completed for one installation."""

from dataclasses import dataclass

import yaml

from local.ports import free_ports
from local.up.child import ROOT

TEMPLATE = ROOT / "livekit.yaml"


@dataclass(frozen=True)
class SfuPorts:
    """Signalling (HTTP and WebSocket) and media (UDP)."""

    signal: int
    udp: int

    @classmethod
    def free(cls) -> "SfuPorts":
        """Two ports that are free now."""
        return cls(*free_ports(2))


def render(ports: SfuPorts, api_key: str, api_secret: str) -> str:
    """The complete configuration as YAML; it holds the secret, so keep it private."""
    config = yaml.safe_load(TEMPLATE.read_text())
    config["port"] = ports.signal
    config["rtc"] |= {"udp_port": ports.udp}
    config["keys"] = {api_key: api_secret}
    return str(yaml.safe_dump(config, sort_keys=False))
