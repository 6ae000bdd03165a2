"""The plan of one interview: what the agent may know. No anchor, weight or competency is in it."""

from interview.kit import AssistMode, Frozen, Jurisdiction, Kit, Leads, Probing, WishReading


class PlannedQuestion(Frozen):
    """A core question with its probe budget. `expected_words` is about how long an answer is;
    `guidance` says what a model's probes should find out."""

    key: str
    text: str
    probes: tuple[str, ...]
    max_probes: int
    minutes: float
    expected_words: int
    guidance: str | None = None
    rephrasing: str | None = None
    covered_if_asked_by_human: bool = True
    section: str | None = None
    leads: Leads = "ai"


class PlannedFact(Frozen):
    """What may be said about the position, to a question that names one of the phrases."""

    key: str
    phrases: tuple[str, ...]
    text: str


class Plan(Frozen):
    """Order, time and words of an interview, the same for every candidate of a kit version but for
    accommodations: its minutes are `more_time` times the kit's, `patience` stretches every wait, a
    break is offered before each question of `breaks`, and lasts `break_minutes` before the
    candidate is spoken to again. `assist` says who leads, and the questions which section they are
    of."""

    language: str
    intro: str | None
    closing: str | None
    minutes: float
    questions: tuple[PlannedQuestion, ...]
    probing: Probing = "kit"
    jurisdictions: tuple[Jurisdiction, ...] = ()
    facts: tuple[PlannedFact, ...] = ()
    patience: float = 1.0
    more_time: float = 1.0
    breaks: tuple[str, ...] = ()
    break_minutes: float = 5.0
    assist: AssistMode = "ai_leads"
    wishes: WishReading = "rules"

    @property
    def asks_models(self) -> bool:
        """Models are asked in the room."""
        return "model" in (self.probing, self.wishes)

    def question(self, key: str) -> PlannedQuestion:
        """The question named `key`; the plan is small, so it is searched."""
        return next(q for q in self.questions if q.key == key)

    def fact(self, key: str) -> PlannedFact | None:
        """The fact named `key`, or None."""
        return next((fact for fact in self.facts if fact.key == key), None)


# People speak about 130 words a minute; an answer that uses a quarter of its time is a whole one.
WORDS_PER_MINUTE = 130
USED_SHARE = 0.25


def plan_of(kit: Kit, assist: AssistMode = "ai_leads") -> Plan:
    """The agent's share of a kit, for an interview that is led so."""
    sections = {key: section for section in kit.sections for key in section.questions}
    return Plan(
        language=kit.language,
        intro=kit.intro,
        closing=kit.closing,
        minutes=kit.minutes,
        probing=kit.probing,
        assist=assist,
        wishes=kit.wishes,
        jurisdictions=kit.jurisdictions,
        questions=tuple(
            PlannedQuestion(
                key=q.key,
                text=q.text,
                probes=q.probes[: q.max_probes],
                max_probes=q.max_probes,
                minutes=q.minutes,
                expected_words=q.expected_words or round(q.minutes * WORDS_PER_MINUTE * USED_SHARE),
                guidance=q.guidance if kit.probing == "model" else None,
                rephrasing=q.rephrasing,
                covered_if_asked_by_human=q.covered_if_asked_by_human,
                section=sections[q.key].name if q.key in sections else None,
                leads=sections[q.key].leads if q.key in sections else "ai",
            )
            for q in kit.questions
        ),
        facts=tuple(PlannedFact(key=f.key, phrases=f.phrases, text=f.text) for f in kit.facts),
    )
