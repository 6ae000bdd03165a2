"""Language models, asked one thing at a time, with a strict form for the answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

Trouble = Literal["refused", "busy", "unreachable", "timeout", "broken", "over_budget"]
"""Why a model gave no answer. `broken`: what came was cut off, or not of the form asked for."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is asked.

    `instructions` are ours alone; `content` holds what people said, as delimited data. `form` is
    the JSON schema of the answer and `name` its name (`[a-z_]+`).
    Answers have `max_tokens` at most.
    """

    name: str
    instructions: str
    content: str = field(repr=False)
    form: Mapping[str, object] = field(repr=False)
    max_tokens: int = 1000


@dataclass(frozen=True, slots=True)
class Spent:
    """Tokens, as the model's provider counts them; 0 where it does not say. `is_known` is false for
    a call that ended before it could say, and is paid for perhaps."""

    input_tokens: int
    output_tokens: int
    is_known: bool = field(default=True, kw_only=True)


@dataclass(frozen=True, slots=True)
class Reply:
    """`text` is JSON, unread: who asked checks it. `model` is what the provider calls itself."""

    text: str = field(repr=False)
    model: str
    spent: Spent


class ModelFailed(Exception):
    """A model gave no answer that could be used. `spent` is what it has cost all the same, and
    `model` what the provider calls itself, as far as it came to say so."""

    def __init__(self, trouble: Trouble, spent: Spent | None = None, model: str = "") -> None:
        self.trouble = trouble
        self.spent = spent
        self.model = model
        super().__init__(trouble)


class Models(Protocol):
    """One or more endpoints behind one face."""

    async def ask(self, prompt: Prompt, *, within_s: float) -> Reply:
        """Raises `ModelFailed`."""
        ...
