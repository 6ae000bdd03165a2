"""Private prompts: what human interviewers are told, alone, while they lead or listen.

The rules need no model. They see what was said, which question it answered and the guide: which
competency each question is about, by name; never an anchor, a weight, a rating.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from interview.copilot_facts import PromptKind
from interview.kit import Frozen, Kit
from interview.plan import Plan, PlannedQuestion

HintKind = PromptKind

EVERY = timedelta(seconds=20)
"""At most one hint in this time, but for an alarm, which is useless later."""

MINUTES_TOLD = (10, 5, 2)
"""With so many minutes left it is said what is still open."""

ENOUGH_SHARE = 0.7
"""A question is covered when its answers have this share of the words that are expected."""

NAMED_SHARE = 0.5
"""Something was said when this share of what it is about was named."""

LONG_WORD = 5
"""Shorter words say little about what a probe asks for."""

AROUND = 4
"""So many words on either side of a figure are quoted."""


class GuidedCompetency(Frozen):
    """What interviewers may know of a competency."""

    key: str
    name: str
    questions: tuple[str, ...]


class Guide(Frozen):
    """Which questions are about what."""

    competencies: tuple[GuidedCompetency, ...]

    @classmethod
    def of(cls, kit: Kit) -> "Guide":
        return cls(
            competencies=tuple(
                GuidedCompetency(
                    key=one.key,
                    name=one.name,
                    questions=tuple(q.key for q in kit.questions if one.key in q.competencies),
                )
                for one in kit.competencies
            )
        )


@dataclass(frozen=True, slots=True)
class Hint:
    """What is told, as facts; its words are a template of the interviewers' language.

    `about` is a competency's name, a matter that is protected, why relief is wanted, who is not
    heard, or None.
    `text` is the question to ask, the words to verify, and `question` the core question that it is
    or is about. `minutes` are left; `share` of the competency is covered; `open` core questions
    were not asked. `model` is who thought of it, for a `reason` of its own. `whom`: the identity of
    who is not heard, or has lost the floor.
    """

    kind: HintKind
    about: str | None = None
    text: str | None = None
    minutes: int | None = None
    share: float | None = None
    open: int | None = None
    question: str | None = None
    reason: str | None = None
    model: str | None = None
    whom: str | None = None

    @property
    def is_alarm(self) -> bool:
        """It is told at once."""
        return self.kind in ALARMS


ALARMS = frozenset({"protected", "relief", "unheard"})


@dataclass(frozen=True, slots=True)
class Covered:
    """How far a competency is covered, 0 to 1, by the words about its questions."""

    name: str
    share: float


@dataclass(slots=True)
class Said:
    """What was said so far: words by question, probes that were asked, the last answer."""

    words: dict[str, int] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    probes: dict[str, set[str]] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)

    def question(self, key: str) -> None:
        """A core question was asked, by whomever."""
        self.asked.add(key)

    def probe(self, key: str, text: str) -> None:
        self.probes.setdefault(key, set()).add(text)

    def answer(self, key: str, text: str) -> None:
        """Another piece of what the candidate said about a question."""
        self.words[key] = self.words.get(key, 0) + len(text.split())
        self.answers[key] = f"{self.answers.get(key, '')} {text}".strip()

    def unsay(self, key: str, text: str) -> None:
        """A piece was about something else."""
        self.words[key] = max(0, self.words.get(key, 0) - len(text.split()))
        self.answers[key] = self.answers.get(key, "").replace(text, "", 1).strip()


def coverage(guide: Guide, plan: Plan, said: Said) -> tuple[Covered, ...]:
    """Each competency's share, in the order of the kit. A question that somebody asked counts by
    its answer, one that nobody asked counts nothing."""
    expected = {question.key: question.expected_words for question in plan.questions}
    return tuple(
        Covered(one.name, _share([_covered(key, expected, said) for key in one.questions]))
        for one in guide.competencies
    )


def _covered(key: str, expected: Mapping[str, int], said: Said) -> float:
    enough = max(1.0, expected.get(key, 1) * ENOUGH_SHARE)
    return min(1.0, said.words.get(key, 0) / enough) if key in said.asked else 0.0


def _share(shares: Sequence[float]) -> float:
    return sum(shares) / len(shares) if shares else 1.0


def next_question(guide: Guide, plan: Plan, said: Said) -> Hint | None:
    """The core question that nobody asked and that serves what is covered least; of two the one
    that the plan asks first. None when all were asked."""
    by_name = {one.name: one.share for one in coverage(guide, plan, said)}
    least: tuple[float, str, PlannedQuestion] | None = None
    for question in plan.questions:
        if question.key in said.asked:
            continue
        served = [one for one in guide.competencies if question.key in one.questions]
        lowest = min(served, key=lambda one: by_name[one.name], default=None)
        share, name = (by_name[lowest.name], lowest.name) if lowest else (1.0, "")
        if least is None or share < least[0]:
            least = (share, name, question)
    if least is None:
        return None
    share, name, question = least
    return Hint("ask", about=name or None, text=question.text, share=share, question=question.key)


def missing(question: PlannedQuestion, said: Said) -> Hint | None:
    """The first of the kit's probes that was not asked and whose matter no answer names."""
    answer = _stems(said.answers.get(question.key, ""))
    for probe in question.probes:
        matter = _stems(probe)
        named = len(matter & answer) / len(matter) if matter else 0.0
        if probe not in said.probes.get(question.key, set()) and named < NAMED_SHARE:
            return Hint("missing", text=probe, question=question.key)
    return None


def asked_in(text: str, plan: Plan) -> str | None:
    """The core question that an interviewer's words come closest to, when they name enough of what
    no other question names."""
    heard, found, most = _stems(text), None, 0.0
    stems = {question.key: _stems(question.text) for question in plan.questions}
    for key, matter in stems.items():
        own = matter.difference(*(other for name, other in stems.items() if name != key))
        common = len(own & heard)
        share = common / len(own) if own else 0.0
        if share >= NAMED_SHARE and share > most and common >= min(2, len(own)):
            found, most = key, share
    return found


def closest(text: str, plan: Plan, keys: Iterable[str]) -> str | None:
    """The one of these core questions of whose own words most are named; None when it is none, or
    two alike."""
    heard, stems = _stems(text), {key: _stems(plan.question(key).text) for key in keys}
    shares = {}
    for key, matter in stems.items():
        own = matter.difference(*(other for name, other in stems.items() if name != key))
        shares[key] = len(own & heard) / len(own) if own else 0.0
    most = max(shares.values(), default=0.0)
    found = [key for key, share in shares.items() if share == most > 0]
    return found[0] if len(found) == 1 else None


def to_verify(answer: str, figures: Iterable[str]) -> Hint | None:
    """The last figure that was named, with the words around it. `figures` are the language's words
    for amounts; digits are figures in any language."""
    words, known = answer.split(), {figure.casefold() for figure in figures}
    for at in reversed(range(len(words))):
        bare = words[at].strip(".,;:!?…\"'“”„«»()").casefold()
        if bare in known or re.search(r"\d", bare):
            first, last = max(0, at - AROUND), at + AROUND + 1
            return Hint("verify", text=" ".join(words[first:last]))
    return None


def time_left(before_s: float, now_s: float, open_questions: int) -> Hint | None:
    """A mark of `MINUTES_TOLD` that lies between what was left `before_s` and is left now."""
    for minutes in MINUTES_TOLD:
        if now_s <= minutes * 60 < before_s:
            return Hint("time", minutes=minutes, open=open_questions)
    return None


def _stems(text: str) -> frozenset[str]:
    """What the longer words begin with: enough to see whether something was named."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return frozenset(word[:LONG_WORD] for word in words if len(word) >= LONG_WORD)


@dataclass(slots=True)
class Queue:
    """Lets one hint pass at a time, the gravest of those that wait; none is told twice."""

    last_at_s: float | None = None
    told: set[Hint] = field(default_factory=set)
    waiting: dict[HintKind, Hint] = field(default_factory=dict)

    def add(self, hint: Hint | None) -> None:
        """A newer hint of a kind replaces the one that waits: it knows more."""
        if hint is not None and hint not in self.told:
            self.waiting[hint.kind] = hint

    def take(self, at_s: float) -> Hint | None:
        """What is to be told now. `at_s` is a monotonic time."""
        for kind in GRAVEST:
            hint = self.waiting.get(kind)
            if hint is None or not (hint.is_alarm or self._is_time(at_s)):
                continue
            del self.waiting[kind]
            self.told.add(hint)
            if not hint.is_alarm:
                self.last_at_s = at_s
            return hint
        return None

    def forget(self, *kinds: HintKind) -> None:
        """What is about an answer is of no use once the next question was asked."""
        for kind in kinds:
            self.waiting.pop(kind, None)

    def drop(self, is_over: Callable[[Hint], bool]) -> None:
        """What is over is told to nobody."""
        self.waiting = {kind: hint for kind, hint in self.waiting.items() if not is_over(hint)}

    def untell(self, kind: HintKind) -> None:
        """What was told of this kind is shown no more, and may be told anew."""
        self.told = {hint for hint in self.told if hint.kind != kind}

    def _is_time(self, at_s: float) -> bool:
        return self.last_at_s is None or at_s - self.last_at_s >= EVERY.total_seconds()


GRAVEST: tuple[HintKind, ...] = (
    "relief",
    "unheard",
    "protected",
    "time",
    "verify",
    "missing",
    "ask",
    "coverage",
)
"""Which of the hints that wait is told first."""
