"""The captions on topic `viv.caption`, as the candidate reads them."""

from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, ValidationError

from local.candidate.received import Received

TOPIC = "viv.caption"
AI = "ai"


class CaptionLine(BaseModel):
    """One line as the agent sends it; `speaker` is `ai` or an identity. What was said before one
    came is told `again`."""

    model_config = ConfigDict(frozen=True)

    segment: str
    speaker: str
    text: str
    final: bool
    again: bool = False


@dataclass(frozen=True)
class Caption:
    """A caption and when it came (`time.monotonic()`)."""

    line: CaptionLine
    at: float


class Captions:
    """Everything that was captioned so far; `received` keeps all other data too."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.shown: list[Caption] = []
        self.malformed: list[Received] = []

    def take(self, received: Received) -> None:
        """Anything at all that arrived; captions are picked out."""
        self.received.append(received)
        if received.topic != TOPIC or received.kind != "text_stream":
            return
        try:
            lines = [CaptionLine.model_validate_json(r) for r in received.content.splitlines() if r]
        except ValidationError:
            self.malformed.append(received)
            return
        self.shown += [Caption(line, received.at) for line in lines]

    def final_lines(self, speaker: str = AI, since: int = 0) -> list[Caption]:
        """Final captions of one speaker, from position `since` in `shown` on; what is told again
        was not said again."""
        lines = (c for c in self.shown[since:] if c.line.final and not c.line.again)
        return [c for c in lines if c.line.speaker == speaker]
