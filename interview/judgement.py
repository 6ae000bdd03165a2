"""What a model is asked about one competency, and which of its answers count."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import from_json

from interview.by_model import Refusal
from interview.hostile import CUT, Flag, kept, without
from interview.ids import TurnId
from interview.kit import Competency
from interview.languages import ENGLISH, base_of
from interview.lexicon import nfc
from interview.ports.models import Prompt
from interview.rater import Material, Unasked
from interview.scoring import Quote, Run, Score
from interview.spans import span
from interview.turns import Speaker, Turn

NAME = "rating"
MAX_TOKENS = 1500
MAX_QUOTES = 10

FORM: Mapping[str, object] = {
    "type": "object",
    "properties": {
        "quotes": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"turn": {"type": "integer"}, "text": {"type": "string"}},
                "required": ["turn", "text"],
                "additionalProperties": False,
            },
        },
        "reason": {"type": "string"},
        "level": {"type": ["integer", "null"], "enum": [1, 2, 3, 4, 5, None]},
    },
    "required": ["quotes", "reason", "level"],
    "additionalProperties": False,
}
"""Evidence first, the level last: what is written first is what the rest is written from."""

SPEAKERS: Mapping[Speaker, str] = {
    "ai": "AI interviewer",
    "interviewer": "human interviewer",
    "candidate": "candidate",
}
"""Who asked is told apart: what a person says aside from the kit is no question of it."""


class Refused(Exception):
    """A model's answer does not count."""

    def __init__(self, reason: Refusal, matter: str | None = None) -> None:
        self.reason, self.matter = reason, matter
        super().__init__(reason)


class _Given(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class _Cited(_Given):
    turn: int
    text: Annotated[str, Field(min_length=1, max_length=4000)]


class _Answer(_Given):
    """The form, read strictly: a level of "4", 4.0 or 7 is none."""

    level: Score | None
    quotes: Annotated[list[_Cited], Field(max_length=MAX_QUOTES)]
    reason: Annotated[str, Field(max_length=4000)]


@dataclass(frozen=True, slots=True)
class Brief:
    """The instructions as templates. `instructions` has `{name}`, `{definition}`, `{anchors}`,
    `{examples}`, `{language}` and `{cut}`; `examples` goes before the lines of `example`, which
    has `{level}` and `{text}`, as `anchor` has. `reasons` are for people, by language."""

    instructions: str
    anchor: str
    examples: str
    example: str
    reasons: Mapping[str, Mapping[Unasked, str]]

    def says(self, why: Unasked, language: str) -> str:
        """In a language or its base, or else in English."""
        return self.reasons.get(base_of(language), self.reasons[ENGLISH])[why]

    @property
    def hash(self) -> str:
        """Of all that every prompt has in common."""
        common = [self.instructions, self.anchor, self.examples, self.example, NAME, MAX_TOKENS]
        return hashlib.sha256(_canonical([*common, FORM, SPEAKERS])).hexdigest()

    def prompt(self, material: Material, *, flagged: bool) -> Prompt:
        """With the words that were flagged, or with a mark in their place."""
        return Prompt(
            name=NAME,
            instructions=self._instructions(material.competency, material.language),
            content=content(material, flagged=flagged),
            form=FORM,
            max_tokens=MAX_TOKENS,
        )

    def _instructions(self, competency: Competency, language: str) -> str:
        anchors = sorted(competency.anchors.items())
        examples = "".join(
            self.example.format(level=each.level, text=each.text) for each in competency.examples
        )
        return self.instructions.format(
            name=competency.name,
            definition=competency.definition,
            anchors="".join(self.anchor.format(level=at, text=text) for at, text in anchors),
            examples=f"{self.examples}{examples}\n" if examples else "",
            language=language,
            cut=CUT,
        )


def content(material: Material, *, flagged: bool) -> str:
    """What was said, as JSON: no speaker can end their own words or begin another's."""
    said = [
        {
            "turn": number,
            "speaker": SPEAKERS[turn.speaker],
            "text": nfc(turn.spoken) if flagged else without(nfc(turn.spoken), _of(turn, material)),
        }
        for number, turn in enumerate(material.turns, start=1)
    ]
    text = json.dumps({"turns": said}, ensure_ascii=False, separators=(",", ":"))
    # Nothing in it looks like markup, whatever a model makes of that.
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("\u2028", "\\u2028")


def digest(prompt: Prompt) -> str:
    """SHA-256 (hexadecimal) of all that a prompt says."""
    said = [prompt.name, prompt.instructions, prompt.content, prompt.form, prompt.max_tokens]
    return hashlib.sha256(_canonical(said)).hexdigest()


def asked(prompt_sha256: str, model: str, run: int) -> bytes:
    """What an answer is remembered by."""
    return hashlib.sha256(_canonical([prompt_sha256, model, run])).digest()


def read(text: str, material: Material, *, flagged: bool) -> Run:
    """The run that an answer makes. Raises `Refused` unless it is of the form, every quote is a
    verbatim span of the turn of the candidate that it names, and a level has one."""
    answer = _answer(text)
    quotes = tuple(dict.fromkeys(_quote(cited, material, flagged) for cited in answer.quotes))
    if answer.level is not None and not quotes:
        raise Refused("no_evidence")
    shown = quotes if answer.level is not None else ()
    return Run(level=answer.level, quotes=shown, reason=answer.reason)


def _answer(text: str) -> _Answer:
    try:
        said = from_json(text.encode(errors="replace"))
    except ValueError as error:
        raise Refused("not_json") from error
    try:
        return _Answer.model_validate(said)
    except ValidationError as error:
        raise Refused("wrong_form") from error


def _quote(cited: _Cited, material: Material, flagged: bool) -> Quote:
    if not 1 <= cited.turn <= len(material.turns):
        raise Refused("not_the_candidate")
    turn = material.turns[cited.turn - 1]
    if turn.speaker != "candidate":
        raise Refused("not_the_candidate")
    spoken, quoted = nfc(turn.spoken), nfc(cited.text).strip()
    stretches = [(0, len(spoken))] if flagged else [*kept(spoken, _of(turn, material))]
    at = span(spoken, quoted, stretches) if re.search(r"\w", quoted) else None
    if at is None:
        raise Refused("not_verbatim")
    return Quote(turn_id=TurnId(turn.turn_id), text=quoted, start=at)


def _of(turn: Turn, material: Material) -> list[Flag]:
    return [flag for flag in material.flags if flag.turn_id == turn.turn_id]


def _canonical(said: object) -> bytes:
    return json.dumps(said, sort_keys=True, separators=(",", ":")).encode()
