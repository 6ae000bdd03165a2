"""The starter library: kits to begin with, each a data file that is checked when we start."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from interview.kit import Kit

from api.yaml_text import as_json

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class StarterKit:
    """`name` is what it is called in an address: the name of its file."""

    name: str
    kit: Kit


def _load(file: Path) -> StarterKit:
    """Raises `NotYaml` or pydantic's `ValidationError` for what is no kit."""
    kit = Kit.model_validate_json(as_json(file.read_bytes()), strict=True)
    return StarterKit(file.stem, kit)


STARTER_KITS: Mapping[str, StarterKit] = MappingProxyType(
    {starter.name: starter for starter in map(_load, sorted(FOLDER.glob("*.yaml")))}
)
