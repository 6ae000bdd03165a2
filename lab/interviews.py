"""The bundled answers, each with the level that a person gives it, and their twins."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, get_args

import yaml
from pydantic import Field

from api.starter_kits import STARTER_KITS
from interview.kit import Competency, Frozen, Key, Kit
from interview.scoring import Score

FOLDER = Path(__file__).parent
INTERVIEWS, KITS, TWINS = FOLDER / "interviews", FOLDER / "kits", FOLDER / "twins"

Relation = Literal[
    "paraphrase",
    "fillers",
    "disfluency",
    "order",
    "names_and_pronouns",
    "dialect",
    "flattery",
    "repetition",
    "length",
    "prestige",
    "paraphrase_of_evidence",
    "asr_00",
    "asr_10",
    "asr_20",
    "asr_30",
    "without_evidence",
]
RELATIONS: tuple[Relation, ...] = get_args(Relation)
CONTROL: Relation = "without_evidence"
"""Its twins must be rated otherwise than their bases: a rater that always says the same fails."""

BY_HAND: frozenset[Relation] = frozenset({"paraphrase_of_evidence"})
"""These twins are written by people; all others are made by `lab.making`."""

Text = Annotated[str, Field(min_length=1)]


class Said(Frozen):
    """One answer: to a question, or to the kit's probe of that number (from 0) about it.

    `unsure` are the words of `text`, counted from 0, that a recogniser was not sure of; None for
    what no recogniser wrote.
    """

    question: Key
    probe: Annotated[int, Field(ge=0)] | None = None
    text: Text
    unsure: tuple[int, ...] | None = None


class Change(Frozen):
    """Words as they stand in an answer, and others for them."""

    was: Text
    now: Text


class Answer(Frozen):
    """What somebody says on one competency.

    `level` is a person's, by the kit's anchors, `why` that person's reason, `evidence` the words
    that it rests on. `rewordings` change nothing of that; `swaps` are names and pronouns, for
    languages in which a list of them would not do.
    """

    id: Key
    competency: Key
    level: Score
    why: Text
    evidence: Annotated[tuple[Text, ...], Field(min_length=1)]
    rewordings: Annotated[tuple[Change, ...], Field(min_length=1)]
    swaps: tuple[Change, ...] = ()
    said: Annotated[tuple[Said, ...], Field(min_length=2)]


class _Interviews(Frozen):
    kit: Key
    answers: tuple[Answer, ...]


class Twin(Frozen):
    """The answer of `base`, said otherwise."""

    base: Key
    said: tuple[Said, ...]


class Twins(Frozen):
    """All twins of one relation. Where `only_irrelevant` words changed, no level may move."""

    relation: Relation
    only_irrelevant: bool
    twins: tuple[Twin, ...]


@dataclass(frozen=True, slots=True)
class Base:
    """An answer with what it is rated by: the kit, without its other competencies."""

    answer: Answer
    kit_name: str
    kit: Kit

    @property
    def competency(self) -> Competency:
        return self.kit.competencies[0]

    @property
    def language(self) -> str:
        return self.kit.language[:2]


@cache
def bases() -> Mapping[str, Base]:
    """By the answer's id. Raises pydantic's `ValidationError` for a file that is none of ours."""
    read = [_Interviews.model_validate(_yaml(file)) for file in sorted(INTERVIEWS.glob("*.yaml"))]
    found = [_base(answer, each.kit) for each in read for answer in each.answers]
    return {base.answer.id: base for base in found}


@cache
def twins() -> Mapping[Relation, Twins]:
    """By relation, in the order in which they are shown."""
    read = {r: Twins.model_validate(_yaml(TWINS / f"{r}.yaml")) for r in RELATIONS}
    assert all(relation == each.relation for relation, each in read.items())
    return read


def kit_named(name: str) -> Kit:
    """A starter kit, or one of this folder in another language."""
    if name in STARTER_KITS:
        return STARTER_KITS[name].kit
    return Kit.model_validate(_yaml(KITS / f"{name}.yaml"))


def _base(answer: Answer, name: str) -> Base:
    kit = kit_named(name)
    asked = {said.question for said in answer.said}
    alone = {
        "competencies": tuple(c for c in kit.competencies if c.key == answer.competency),
        "questions": tuple(
            q.model_copy(update={"competencies": (answer.competency,)})
            for q in kit.questions
            if q.key in asked and answer.competency in q.competencies
        ),
    }
    return Base(answer, name, kit.model_copy(update=alone))


def _yaml(file: Path) -> object:
    read: object = yaml.safe_load(file.read_text("utf-8"))
    return read
