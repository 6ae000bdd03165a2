"""Wishes that a model reads in a candidate's words: what it is shown, and what may be followed.

It is shown the open question and the answer; never an anchor, another question, a name. What it
reads is admitted by code alone, which gives a reason for each refusal, and leads to an offer, a
pause, or the question again at the most: a model that errs, or obeys the candidate, moves nothing
on and takes no answer away.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, assert_never, get_args

from pydantic import ValidationError

from interview.delimited import delimited
from interview.events import AnswerResumed, Fact
from interview.floor import AI
from interview.ids import TurnId
from interview.intents import LONGEST_WISH, Intent, Wishes, told_by_others
from interview.kit import Frozen
from interview.lexicon import nfc
from interview.plan import Plan, PlannedQuestion
from interview.ports.models import Prompt
from interview.probing import KEPT_CHARACTERS, MOST_SHOWN
from interview.spans import span
from interview.talk import Phase, Session
from interview.wish_facts import NotRead, ReadWish, WishRead
from interview.wishes import MEANT_FOR_US

UNKNOWN: frozenset[Intent] = frozenset({"answer", "asks"})
"""What the rules say of words in which they know no wish; a model is asked about nothing else."""

LONGEST_READ = LONGEST_WISH
"""An answer of more words has answered something as well (see `interview.asides`), whatever else it
asks for: its question is not said again. Who is in danger may say so at any length."""

MOST_READ = 2
"""So many wishes a model may read while one question is open: who is misunderstood gets on with the
interview after that."""

MOST_TOKENS = 150

EVERY: tuple[ReadWish, ...] = get_args(ReadWish)

FORM: Mapping[str, object] = {
    "type": "object",
    "properties": {
        "wish": {"type": "string", "enum": ["none", *EVERY]},
        "words": {"type": "string"},
    },
    "required": ["wish", "words"],
    "additionalProperties": False,
}

AT_ITS_ENDS = ' .,;:!?…"“”„«»'
"""What a model writes around a quotation, and a recogniser does not."""


class _Answer(Frozen):
    wish: ReadWish | Literal["none"]
    words: str


@dataclass(frozen=True, slots=True)
class Read:
    """The candidate wishes for this, in these words of theirs."""

    wish: ReadWish
    words: str


@dataclass(frozen=True, slots=True)
class Refused:
    """`words` are what was taken for the wish, or all that was answered; for people."""

    reason: NotRead
    wish: ReadWish | None = None
    words: str | None = None


def prompt_for(
    instructions: str, plan: Plan, question: PlannedQuestion | None, answer: str
) -> Prompt:
    """What a model is asked about `answer`, which was given while `question` was open."""
    data = {
        "language": plan.language,
        "question": question.text if question else None,
        "answer": answer[-MOST_SHOWN:],
    }
    return Prompt(
        name="wish",
        instructions=instructions,
        content=delimited(data),
        form=FORM,
        max_tokens=MOST_TOKENS,
    )


def may_be_read(state: Session) -> frozenset[ReadWish]:
    """What a model may read where the talk stands. While an offer is open, words choose what it
    leads to, and an interview may end with that: then nothing is read but a cry for help."""
    if state.floor != AI or state.paused:
        return frozenset()
    if state.phase not in (Phase.GREETING, Phase.ASKING, Phase.INVITING):
        return frozenset()
    match state.wished.offer:
        case "danger":
            return frozenset()
        case "person" | "stop":
            return frozenset({"danger"})
        case None | "distress":
            before = state.phase is Phase.GREETING
            return frozenset(one for one in EVERY if not before or _is_heard_at_once(one))
        case offer:
            assert_never(offer)


def _is_heard_at_once(wish: ReadWish) -> bool:
    return wish == "danger" or wish in MEANT_FOR_US


@dataclass(slots=True)
class Readings:
    """What models have read in this interview so far, gathered from the facts. What was read in an
    answer that went on after all was not acted on."""

    so_far: list[tuple[TurnId, str | None, ReadWish]] = field(default_factory=list)

    def notes(self, fact: Fact) -> None:
        match fact:
            case WishRead():
                self.so_far.append((fact.turn_id, fact.question, fact.wish))
            case AnswerResumed():
                self.so_far = [one for one in self.so_far if one[0] != fact.turn_id]
            case _:
                pass

    def are_enough(self, wish: ReadWish, question: str | None) -> bool:
        """Danger is read once in an interview, any other wish once while a question is open: who
        has said that they would rather go on is not offered the same again."""
        if wish == "danger":
            return any(read == wish for _, _, read in self.so_far)
        here = [read for _, key, read in self.so_far if key == question and read != "danger"]
        return wish in here or len(here) >= MOST_READ


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a model's reading is held against: `wishes` know by which words others are told to have
    spoken."""

    wishes: Wishes

    def judge(
        self,
        reply: str,
        answer: str,
        question: str | None,
        may_be: frozenset[ReadWish],
        before: Readings,
    ) -> Read | Refused | None:
        """What a model has read in `answer`, to `question`; None: nothing. `may_be` is what counts
        now, and `before` what was read so far."""
        try:
            said = _Answer.model_validate_json(reply)
        except ValidationError:
            return Refused("form", words=reply[:KEPT_CHARACTERS])
        if said.wish == "none":
            return None
        quoted = nfc(said.words).strip(AT_ITS_ENDS)
        reason = self._refusal(said.wish, quoted, nfc(answer))
        if said.wish not in may_be:
            reason = "not_now"
        elif reason is None and before.are_enough(said.wish, question):
            reason = "again"
        if reason is None:
            return Read(said.wish, quoted)
        return Refused(reason, said.wish, said.words[:KEPT_CHARACTERS])

    def _refusal(self, wish: ReadWish, quoted: str, answer: str) -> NotRead | None:
        whole = (0, len(answer))
        at = span(answer, quoted, (whole,)) if re.search(r"\w", quoted) else None
        if at is None:
            return "not_said"
        if wish != "danger" and len(answer.split()) > LONGEST_READ:
            return "too_long"
        told = told_by_others(answer[:at], answer[at + len(quoted) :], self.wishes)
        return "reported" if told else None
