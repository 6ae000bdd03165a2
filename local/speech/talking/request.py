"""What the server asks the synthesis engine for."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Utterance:
    """A text short enough to be one breath, and how to say it."""

    text: str
    voice: str
    words_per_minute: int
    sample_rate: int


def packed(utterance: Utterance) -> bytes:
    return json.dumps(asdict(utterance)).encode()


def unpacked(payload: bytes) -> Utterance:
    return Utterance(**json.loads(payload))
