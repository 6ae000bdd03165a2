"""The interview kit: competencies with anchors, questions with probes, what makes it complete."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from interview.languages import SPOKEN, base_of

Level = Literal["1", "2", "3", "4", "5"]
LEVELS: tuple[Level, ...] = ("1", "2", "3", "4", "5")

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
Line = Annotated[str, Field(min_length=1, max_length=2000)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")]
Phrase = Annotated[str, Field(min_length=2, max_length=120)]
Indicator = Annotated[tuple[Phrase, ...], Field(min_length=1, max_length=20)]
"""One thing to hear, in phrases of which one is enough."""

Indicators = Annotated[tuple[Indicator, ...], Field(max_length=10)]
MAX_PHRASES = 600
"""In a whole kit, so that no rating takes longer than seconds."""

Probing = Literal["kit", "model"]
"""Whose probes are asked: the kit's alone, or a model's where it has one that may be asked."""

WishReading = Literal["rules", "model"]
"""Who finds out what candidates ask for besides answering: rules alone, or a model too where they
know nothing."""

Jurisdiction = Literal["eu", "gb", "us", "us_ca", "us_il", "us_ny"]
"""Whose law names more that no probe may ask about, beside what none may anywhere."""


AssistMode = Literal["ai_leads", "human_leads", "alternating"]
"""Who leads an interview: the AI, with people who may look on; a person, with the AI at their side;
or each the sections of the kit that are theirs."""

Leads = Literal["ai", "human"]


class Frozen(BaseModel):
    """A border model that does not change and does not accept what it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Mismatch(ValueError):
    """Fields that are well in themselves do not go together; `found` is (path, what is wrong)."""

    def __init__(self, found: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{path}: {what}" for path, what in found))
        self.found = found


class Example(Frozen):
    """An answer as people rated it, for a rater to measure others by."""

    level: Annotated[int, Field(ge=1, le=5)]
    text: Line


class Competency(Frozen):
    """What is assessed. `indicators[level]` is a list of indicators; each is a list of phrases of
    which one is enough; a level is met when every one of its indicators was heard. `examples` are
    shown to models that rate, and to nobody else."""

    key: Key
    name: Annotated[str, Field(min_length=1, max_length=200)]
    definition: Line
    weight: Annotated[Decimal, Field(gt=0, le=100)]
    anchors: dict[Level, Line]
    indicators: dict[Level, Indicators] = {}
    examples: Annotated[tuple[Example, ...], Field(max_length=3)] = ()

    @property
    def phrases(self) -> int:
        """How many there are, over all levels."""
        return sum(len(phrases) for level in self.indicators.values() for phrases in level)

    @property
    def has_indicators(self) -> bool:
        """Whether a rater that understands nothing has anything to look for."""
        return any(self.indicators.values())


class Question(Frozen):
    """What is asked of everybody. `minutes` is the time an answer with its probes may take;
    `rephrasing` is the same question in other words, for who asks for them. Unless
    `covered_if_asked_by_human`, it is asked in the kit's words though a person has asked it.

    `guidance` tells a model what its probes should find out; it is shown no other field but `text`
    and `probes`.
    """

    key: Key
    text: Line
    competencies: tuple[Key, ...]
    probes: tuple[Line, ...] = ()
    guidance: Line | None = None
    max_probes: Annotated[int, Field(ge=0, le=5)] = 0
    minutes: Annotated[float, Field(gt=0, le=60)]
    expected_words: Annotated[int, Field(ge=1, le=1000)] | None = None
    rephrasing: Line | None = None
    covered_if_asked_by_human: bool = True

    @model_validator(mode="after")
    def _probes_suffice(self) -> "Question":
        if self.max_probes > len(self.probes):
            raise Mismatch([("max_probes", "larger than the number of probes")])
        return self


class JobFact(Frozen):
    """What the interviewer may say about the position: `text`, word for word, to a question that
    names one of the phrases."""

    key: Key
    phrases: Annotated[tuple[Phrase, ...], Field(min_length=1, max_length=20)]
    text: Line


class Section(Frozen):
    """Questions that belong together, and who leads through them where an interview alternates."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    leads: Leads
    questions: Annotated[tuple[Key, ...], Field(min_length=1, max_length=50)]


class Kit(Frozen):
    """A draft or published kit, as in `POST /v1/kits` without `job_id`."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    language: Language
    competencies: Annotated[tuple[Competency, ...], Field(min_length=1, max_length=12)]
    questions: Annotated[tuple[Question, ...], Field(min_length=1, max_length=50)]
    intro: Annotated[str, Field(max_length=2000)] | None = None
    closing: Annotated[str, Field(max_length=2000)] | None = None
    minutes: Annotated[float, Field(gt=0, le=240)]
    probing: Probing = "kit"
    wishes: WishReading = "rules"
    jurisdictions: Annotated[tuple[Jurisdiction, ...], Field(max_length=6)] = ()
    facts: Annotated[tuple[JobFact, ...], Field(max_length=50)] = ()
    sections: Annotated[tuple[Section, ...], Field(max_length=20)] = ()

    @model_validator(mode="after")
    def _keys_are_unique_and_known(self) -> "Kit":
        if found := list(self._mismatches()):
            raise Mismatch(found)
        return self

    def _mismatches(self) -> Iterator[tuple[str, str]]:
        yield from _twice("competencies", self.competencies)
        yield from _twice("questions", self.questions)
        yield from _twice("facts", self.facts)
        known = {competency.key for competency in self.competencies}
        for at, question in enumerate(self.questions):
            for key in question.competencies:
                if key not in known:
                    yield f"questions.{at}.competencies", f"no competency is named {key}"
        in_sections = [key for section in self.sections for key in section.questions]
        if self.sections and in_sections != [question.key for question in self.questions]:
            yield "sections", "every question belongs to one section, in the order of the kit"
        if sum(competency.phrases for competency in self.competencies) > MAX_PHRASES:
            yield "competencies", f"a kit may name {MAX_PHRASES} phrases in all"


def _twice(
    name: str, of: tuple[Competency, ...] | tuple[Question, ...] | tuple[JobFact, ...]
) -> Iterator[tuple[str, str]]:
    keys = [each.key for each in of]
    for at, key in enumerate(keys):
        if key in keys[:at]:
            yield f"{name}.{at}.key", "every key may appear once"


def gaps(kit: Kit, spoken: frozenset[str] = SPOKEN) -> Iterator[tuple[str, str]]:
    """What keeps a kit from being published, as (field, what is missing). `spoken`: what interviews
    can be held in here."""
    if gap := spoken_gap(kit, spoken):
        yield gap
    covered = {key for question in kit.questions for key in question.competencies}
    for competency in kit.competencies:
        where = f"competencies.{competency.key}"
        if competency.key not in covered:
            yield where, "no question covers this competency"
        for level in LEVELS:
            if level not in competency.anchors:
                yield f"{where}.anchors.{level}", "this level has no behaviour anchor"
    for question in kit.questions:
        if not question.competencies:
            yield f"questions.{question.key}", "this question serves no competency"
        if _tells_an_anchor(kit, question):
            yield f"questions.{question.key}.guidance", "a behaviour anchor stands in it"
    needed = sum(question.minutes for question in kit.questions)
    if needed > kit.minutes:
        yield "minutes", f"the questions need {needed:g} minutes, the interview has {kit.minutes:g}"


def spoken_gap(kit: Kit, spoken: frozenset[str]) -> tuple[str, str] | None:
    """What keeps an interview from being held in the language of `kit`."""
    if base_of(kit.language) in spoken:
        return None
    return "language", f"the interviewer speaks {', '.join(sorted(spoken))} here"


def _tells_an_anchor(kit: Kit, question: Question) -> bool:
    """What a level wants to hear is nothing that a model may be told; a word or two are no anchor
    yet."""
    told = " ".join((question.guidance or "").casefold().split())
    anchors = (anchor for one in kit.competencies for anchor in one.anchors.values())
    wanted = (anchor.casefold().rstrip(".").split() for anchor in anchors)
    return any(len(words) > 2 and " ".join(words) in told for words in wanted)


def doubts(kit: Kit) -> Iterator[tuple[str, str]]:
    """What a kit may lack, though somebody may miss it later, as (field, what is missing)."""
    for competency in kit.competencies:
        if not competency.has_indicators:
            what = "only a model or a person can score this, the bundled rater needs indicators"
            yield f"competencies.{competency.key}.indicators", what
