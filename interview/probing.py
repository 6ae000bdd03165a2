"""Probes by a model: what it is shown, and which of its answers may be followed.

It is shown the question, what its probes should find out, and what was said about it; never an
anchor, a weight, another question, a name. What it answers is admitted by code alone, which gives a
reason for each refusal, so that a model that errs, or obeys the candidate, is not heard.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pydantic import ValidationError

from interview.asides import Asides
from interview.delimited import delimited
from interview.events import Fact, LineEnded, LineStarted, SpeechHeard
from interview.ids import TurnId
from interview.kit import Frozen
from interview.plan import Plan, PlannedQuestion
from interview.ports.models import Prompt
from interview.probe_facts import Refusal
from interview.readings import (
    ASCII_MARKS,
    MARKS,
    closed_up,
    folded,
    hides_letters,
    is_one_question,
    readings,
    word_count,
)

WITHIN_S = 1.2
"""So long a model has, from the pause on that may be the end of the answer."""

PERSON = "person"
"""The matter of a question about who somebody is, which no list of words knows."""

MOST_WORDS = 30
MOST_CHARACTERS = 300
LONGEST_TAIL = 5
"""Words of “and what came of it”, which belongs to its question; more of them are another one."""

KEPT_CHARACTERS = 1000
"""So much of what was refused is kept for people."""

MOST_SHOWN = 8000
"""So many characters of a conversation, its latest, are shown: an hour's answer costs no more."""

MOST_TOKENS = 150

FORM: Mapping[str, object] = {
    "type": "object",
    "properties": {
        "action": {"type": "string", "enum": ["probe", "next"]},
        "text": {"type": "string"},
    },
    "required": ["action", "text"],
    "additionalProperties": False,
}


class _Answer(Frozen):
    action: Literal["probe", "next"]
    text: str


@dataclass(frozen=True, slots=True)
class Admitted:
    """`text` may be asked; None: nothing more is to be asked."""

    text: str | None


@dataclass(frozen=True, slots=True)
class Refused:
    """`matter` is what is protected; `text` is what was not said, for people."""

    reason: Refusal
    matter: str | None = None
    text: str | None = None


Judgement = Admitted | Refused


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that was said about the open question."""

    turn: TurnId | None
    who: Literal["interviewer", "candidate"]
    text: str


@dataclass(slots=True)
class Exchange:
    """What was said since the open question was asked, gathered from the facts."""

    question: str | None = None
    pieces: list[Piece] = field(default_factory=list)
    asides: Asides = field(default_factory=Asides)

    def notes(self, fact: Fact) -> None:
        self.asides.notes(fact)
        match fact:
            case LineStarted(line="question") if fact.question != self.question:
                self.question, self.pieces = fact.question, []
            case LineStarted(line="probe"):
                self.pieces.append(Piece(fact.turn_id, "interviewer", fact.text))
            case LineEnded(withdrawn=True):
                self.pieces = [one for one in self.pieces if one.turn != fact.turn_id]
            case SpeechHeard(role="candidate") if fact.question == self.question and fact.text:
                self.pieces.append(Piece(fact.turn_id, "candidate", fact.text))
            case _:
                pass

    def before(self, turn: TurnId | None) -> tuple[Piece, ...]:
        """All but the answer `turn`, which is still being given, and asides."""
        left_out = self.asides.turns | {turn}
        return tuple(one for one in self.pieces if one.turn is None or one.turn not in left_out)

    @property
    def asked(self) -> tuple[str, ...]:
        """The probes so far."""
        return tuple(one.text for one in self.pieces if one.who == "interviewer")


def prompt_for(
    instructions: str, plan: Plan, question: PlannedQuestion, said: Iterable[Piece], answer: str
) -> Prompt:
    """What a model is asked after `answer`; `said` is what was said about the question before."""
    talk = [*said, Piece(None, "candidate", answer)]
    data = {
        "language": plan.language,
        "question": question.text,
        "guidance": question.guidance,
        "examples_of_probes": question.probes,
        "conversation": [{"speaker": one.who, "text": one.text} for one in _latest(talk)],
    }
    return Prompt(
        name="probe",
        instructions=instructions,
        content=delimited(data),
        form=FORM,
        max_tokens=MOST_TOKENS,
    )


def _latest(talk: Sequence[Piece]) -> list[Piece]:
    """The end of the conversation, as far as it is shown."""
    left, kept = MOST_SHOWN, list[Piece]()
    for one in reversed(talk):
        if left <= 0:
            break
        kept.append(Piece(one.turn, one.who, one.text[-left:]))
        left -= len(one.text)
    return kept[::-1]


SPACE = re.compile(" ")
MOST_REACH = 8
"""Words that a phrase may have beside what is excused."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A folded text; `spans` of it are excused, and `rest` is what is left."""

    text: str
    spans: tuple[tuple[int, int], ...]
    rest: str


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases of one language, as authors write them: `*` stands for any letters, `…` for up to
    three words, `a|b` for either word."""

    pattern: re.Pattern[str]

    @classmethod
    def of(cls, phrases: Iterable[str]) -> "Phrases":
        either = "|".join(sorted(_regex(phrase) for phrase in phrases))
        return cls(re.compile(f"(?<= )(?:{either})" if either else r"(?!)"))

    def are_in(self, readings: Iterable["Reading"]) -> bool:
        """One of them stands in a reading, and not wholly in what is excused there."""
        return any(
            self.pattern.search(one.rest) or any(self._reach_out(one.text, *at) for at in one.spans)
            for one in readings
        )

    def excused_in(self, reading: str) -> "Reading":
        spans = tuple(found.span() for found in self.pattern.finditer(reading))
        return Reading(reading, spans, self.pattern.sub("| ", reading))

    def _reach_out(self, text: str, opens: int, closes: int) -> bool:
        """One of them begins before what is excused, or goes on behind it: “the parents in” lends
        its last word to “in a relationship”."""
        before = [m.end() for m in SPACE.finditer(text, 0, opens)][-MOST_REACH:]
        within = [m.end() for m in SPACE.finditer(text, opens, closes)]
        behind = [m.end() for m in SPACE.finditer(text, closes)][:MOST_REACH]
        return any(
            self.pattern.fullmatch(text, start, end)
            for start in (*before, *within[:-1])
            if self.pattern.match(text, start)
            for end in (*within, *behind)
            if start < end and (start < opens or end > closes)
        )

    def stand_alone_in(self, clause: str, excused: "Phrases") -> bool:
        """One of them is in a folded clause, and nothing that is excused begins where it does."""
        found = self.pattern.finditer(clause)
        return any(excused.pattern.match(clause, one.start()) is None for one in found)

    def begin(self, clause: str) -> str | None:
        """What follows in a folded clause that begins with one of them."""
        found = self.pattern.match(clause, 1)
        return clause[found.end() - 1 :] if found else None


def _regex(phrase: str) -> str:
    return "".join(
        "(?:[a-z0-9]+ ){0,3}" if word == "…" else _word_regex(word) for word in phrase.split()
    )


def _word_regex(words: str) -> str:
    """Of one word, or of several of which any one will do."""
    either = ("[a-z0-9]*".join(map(_bare, word.split("*"))) for word in words.split("|"))
    return f"(?:{'|'.join(either)}) "


def _bare(part: str) -> str:
    return folded(part).strip()


@dataclass(frozen=True, slots=True)
class Openings:
    """What a clause of a probe may begin with, for a verdict, a promise or a lesson would stand
    before the question.

    A clause that `asks` is the question, one that `places` says what it is about, and `joins` are
    words before either; `second` is how another question begins that is joined to the first.
    `tells` are beginnings that no clause may have, whatever else fits. Where
    a question has a `mark` of its own, only what stands behind it asks. What is `personal` asks who
    the candidate is (“are you …”, “your …”), unless what begins there is `of_work`.
    """

    asks: Phrases
    places: Phrases
    joins: Phrases
    second: Phrases
    tells: Phrases
    personal: Phrases
    of_work: Phrases
    mark: str = ""

    def only_ask(self, text: str) -> bool:
        """Nothing is told before the question, and nothing told after it."""
        before, mark, asked = text.rpartition(self.mark) if self.mark else ("", "", text)
        if mark != self.mark or not all(map(self._places, self._clauses(before))):
            return False
        clauses = self._clauses(asked)
        if any(self.tells.begin(clause) is not None for clause in clauses):
            return False
        for clause in clauses:
            if self.asks.begin(clause) is not None:
                return True
            if not self._places(clause):
                return False
        return True

    def ask_twice(self, text: str) -> bool:
        """A second question is joined to the first; a short one (“and why”) belongs to it."""
        asked = False
        for clause in map(folded, BREAKS.split(text)):
            for one in self.second.pattern.finditer(clause):
                is_joined = asked or one.start() > 1
                if is_joined and len(clause[one.start() :].split()) > LONGEST_TAIL:
                    return True
            asked = asked or self.asks.begin(self._bare(clause)) is not None
        return False

    def is_personal(self, text: str) -> bool:
        """Some clause asks who somebody is, not what they did."""
        return any(
            self.personal.stand_alone_in(clause, self.of_work) for clause in self._clauses(text)
        )

    def _places(self, clause: str) -> bool:
        is_told = self.tells.begin(clause) is not None
        return clause == " " or not (is_told or self.places.begin(clause) is None)

    def _clauses(self, text: str) -> list[str]:
        """Folded, without the words that join them; such a word alone leaves nothing to look at."""
        return [self._bare(folded(part)) for part in BREAKS.split(text) if word_count(part)]

    def _bare(self, clause: str) -> str:
        while (rest := self.joins.begin(clause)) is not None:
            clause = rest
        return clause


BREAKS = re.compile(r"[,;:()¿«»“”„\"–—…]|\s-+\s")


@dataclass(frozen=True, slots=True)
class Guard:
    """What the words of a probe are held against, for one language and the jurisdictions of a kit.

    `speaks` names the language of a text. What is of `work` touches nothing protected: “the mother
    of the pupil”. `letters` are those of the language beside a to z.
    """

    language: str
    speaks: Callable[[str], str]
    letters: frozenset[str]
    protected: Mapping[str, Phrases]
    promise: Phrases
    verdict: Phrases
    rubric: Phrases
    work: Phrases
    openings: Openings

    def judge(self, reply: str, *, budget: int, said: Iterable[str]) -> Judgement:
        """Whether a model's answer may be followed, `budget` probes being left; `said` is what was
        asked about the question before."""
        try:
            answer = _Answer.model_validate_json(reply)
        except ValidationError:
            return Refused("form", text=reply[:KEPT_CHARACTERS])
        text = " ".join(answer.text.split())
        if answer.action == "next":
            return Admitted(None)
        if not text:
            return Refused("form", text=reply[:KEPT_CHARACTERS])
        refused = self._refusal(text, budget, said)
        return Admitted(text) if refused is None else refused

    def touches(self, text: str, *, spoken: bool = False) -> str | None:
        """The protected matter that a text names; who has `spoken` hides nothing between words."""
        private = self._besides_work(text)
        if not spoken:
            private.append(Reading("", (), closed_up(private[0].rest)))
        return next((one for one, held in self.protected.items() if held.are_in(private)), None)

    def _besides_work(self, text: str) -> list[Reading]:
        """Its readings, where what touches nothing is excused: “the rating of the restaurant”."""
        return [self.work.excused_in(reading) for reading in readings(text)]

    def admits(self, text: str) -> bool:
        """Words for an interviewer, of which none would be refused in a probe."""
        refused = self.touches(text) or self._about_words(self._besides_work(text))
        return refused is None and all(map(self._is_usual, text))

    def _refusal(self, text: str, budget: int, said: Iterable[str]) -> Refused | None:
        """What speaks against a probe, the gravest first."""
        kept, read = text[:KEPT_CHARACTERS], self._besides_work(text)
        if (matter := self.touches(text)) is not None:
            return Refused("protected", matter, kept)
        reason = self._about_words(read) or self._about_form(text, said)
        if reason is None and self.openings.is_personal(text):
            return Refused("protected", PERSON, kept)
        if reason is None and budget <= 0:
            reason = "budget"
        return Refused(reason, text=kept) if reason else None

    def _about_words(self, read: Iterable[Reading]) -> Refusal | None:
        if self.promise.are_in(read):
            return "promise"
        if self.verdict.are_in(read):
            return "verdict"
        return "rubric" if self.rubric.are_in(read) else None

    def _about_form(self, text: str, said: Iterable[str]) -> Refusal | None:
        if not all(self._is_usual(character) for character in text):
            return "characters"
        if hides_letters(text):
            return "characters"
        if word_count(text) > MOST_WORDS or len(text) > MOST_CHARACTERS:
            return "too_long"
        if not is_one_question(text):
            return "not_one_question"
        if self.speaks(text) != self.language:
            return "language"
        if not self.openings.only_ask(text) or self.openings.ask_twice(text):
            return "not_one_question"
        return "said_before" if folded(text) in {folded(one) for one in said} else None

    def _is_usual(self, character: str) -> bool:
        if character.isascii():
            return character.isalnum() or character in ASCII_MARKS
        return character.lower() in self.letters or character in MARKS
