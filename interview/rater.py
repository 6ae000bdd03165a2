"""Raters that are programs: what each is given, and what it gives back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from interview.by_model import FactByModel, is_unanswered
from interview.doubt import is_doubtful, rests_on_doubt
from interview.hostile import Flag
from interview.ids import ScorecardId
from interview.kit import Competency, Jurisdiction, Kit
from interview.ports.models import Reply
from interview.release import Configuration, Panel
from interview.scoring import Rating, unrated
from interview.turns import Turn

Unasked = Literal["not_asked", "not_filed", "transcript"]
"""Why there is nothing to ask a rater."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who rates, in which version: ratings of one transcript under one signature are the same, or
    the rater is one that does not know its own mind. `panels` are those that may answer: several
    where models stand in for each other."""

    rater: str
    version: str
    model: str | None = None
    prompt_hash: str | None = None
    panels: tuple[Panel, ...] = ()

    @property
    def configurations(self) -> tuple[Configuration, ...]:
        """Each of them has to be released by itself: nobody knows beforehand who will answer."""
        if self.model is None:
            return (Configuration(self.rater, self.version, None, self.prompt_hash),)
        return tuple(
            Configuration(self.rater, self.version, one.model, self.prompt_hash, one.endpoint)
            for one in self.panels
        )


@dataclass(frozen=True, slots=True)
class Material:
    """All that a rater sees of an interview for one competency: its definition, and what was said
    on the questions that serve it, as corrected, in order. `flags` are of these turns. `by_person`:
    of these questions a person has asked some. `questions` are they as the kit words them, and
    `jurisdictions` those of the kit, which say what a reason may not name."""

    competency: Competency
    language: str
    turns: tuple[Turn, ...]
    flags: tuple[Flag, ...]
    by_person: bool = False
    questions: tuple[str, ...] = ()
    jurisdictions: tuple[Jurisdiction, ...] = ()

    @property
    def authored(self) -> str:
        """What the kit's author has written about the competency."""
        of = self.competency
        return " ".join((of.name, of.definition, *of.anchors.values(), *self.questions))

    @property
    def answers(self) -> tuple[Turn, ...]:
        return tuple(turn for turn in self.turns if turn.speaker == "candidate")


class Memory(Protocol):
    """What models answered about this interview, by the digest of what they were asked."""

    async def recall(self, asked: bytes) -> Reply | None: ...
    async def keep(self, asked: bytes, reply: Reply) -> Reply:
        """Returns the one that holds: what was answered first is not replaced."""
        ...


@dataclass(frozen=True, slots=True)
class Sitting:
    """The card that is to be made, and what is remembered of the models' answers."""

    card: ScorecardId
    memory: Memory


@dataclass(frozen=True, slots=True)
class Judged:
    """`ratings` by competency, and the facts of the runs behind them. `unanswered` are those that
    lack runs because a model gave no answer: asked again, they may come out otherwise."""

    ratings: Mapping[str, Rating]
    facts: tuple[FactByModel, ...] = ()
    unanswered: frozenset[str] = frozenset()

    @property
    def is_silent(self) -> bool:
        """There was something to judge and no answer at all came."""
        return bool(self.facts) and all(is_unanswered(fact) for fact in self.facts)


class Rater(Protocol):
    """Judges each competency by itself, from words alone."""

    def signature(self, kit: Kit, /) -> Signature: ...
    def says(self, why: Unasked, language: str, /) -> str:
        """For the people who read why there is no level, in the kit's language."""
        ...

    def flags(self, turns: Sequence[Turn], /) -> tuple[Flag, ...]:
        """The candidate's words that speak to a rater of this kind."""
        ...

    async def judge(self, materials: Sequence[Material], sitting: Sitting, /) -> Judged: ...


def materials_of(
    kit: Kit,
    turns: Sequence[Turn],
    flags: Sequence[Flag],
    by_people: frozenset[str] = frozenset(),
) -> tuple[Material, ...]:
    """One per competency, from turns as corrected; a line that was withdrawn was never said.
    `by_people` are questions that people have asked."""

    def material(competency: Competency) -> Material:
        serving = questions_of(kit, competency.key)
        said = tuple(t for t in turns if t.question in serving and t.spoken and not t.withdrawn)
        names = {turn.turn_id for turn in said}
        mine = tuple(flag for flag in flags if flag.turn_id in names)
        by_person = not serving.isdisjoint(by_people)
        texts = tuple(question.text for question in kit.questions if question.key in serving)
        return Material(
            competency, kit.language, said, mine, by_person, texts, tuple(kit.jurisdictions)
        )

    return tuple(map(material, kit.competencies))


def questions_of(kit: Kit, competency: str) -> frozenset[str]:
    """The questions that serve a competency."""
    return frozenset(q.key for q in kit.questions if competency in q.competencies)


def settled(material: Material, rater: Rater) -> Rating | None:
    """The rating for which no rater need be asked: there is nothing that could be judged."""
    key, language = material.competency.key, material.language
    if not material.turns:
        why: Unasked = "not_filed" if material.by_person else "not_asked"
        return unrated(key, why, rater.says(why, language))
    if is_doubtful(material.answers):
        return unrated(key, "transcript", rater.says("transcript", language))
    return None


def gated(rating: Rating, material: Material, rater: Rater) -> Rating:
    """The rating, unless its evidence was hardly understood."""
    turns = {turn.turn_id: turn for turn in material.answers}
    if not rests_on_doubt(rating.quotes, turns):
        return rating
    nothing = unrated(
        rating.competency,
        "transcript",
        rater.says("transcript", material.language),
        runs=rating.runs,
        spread=rating.spread,
    )
    return nothing.model_copy(update={"with_flagged": rating.with_flagged})
