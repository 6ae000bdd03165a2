"""A model's advice to interviewers: what it is shown, and which of its answers may be told.

It is shown the names of competencies, the core questions and what was said; never an anchor, a
weight, a rating, another candidate. What it writes is held against the same words as a probe.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import ValidationError

from interview.delimited import delimited
from interview.hints import Guide, Hint
from interview.kit import Frozen
from interview.plan import Plan, PlannedQuestion
from interview.ports.models import Prompt
from interview.probing import MOST_SHOWN, Admitted, Guard
from interview.prompting import Spoken
from interview.readings import word_count

WITHIN_S = 6.0
"""So long a model has. Nobody waits for it: what comes later, or when more was said, is dropped."""

MOST_TOKENS = 250
MOST_REASON_WORDS = 25
MOST_REASON = 200
MOST_QUOTED = 300

FORM: Mapping[str, object] = {
    "type": "object",
    "properties": {
        "kind": {"type": "string", "enum": ["missing", "verify", "ask", "none"]},
        "text": {"type": "string"},
        "reason": {"type": "string"},
        "question": {"type": "string"},
        "asked": {"type": "array", "items": {"type": "string"}},
        "answered": {"type": "array", "items": {"type": "string"}},
    },
    "required": ["kind", "text", "reason", "question", "asked", "answered"],
    "additionalProperties": False,
}


class _Answer(Frozen):
    kind: Literal["missing", "verify", "ask", "none"]
    text: str
    reason: str
    question: str
    asked: tuple[str, ...]
    answered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """`covered` are core questions that a person has asked and the candidate answered."""

    hint: Hint | None = None
    covered: tuple[str, ...] = ()


def prompt_for(
    instructions: str,
    plan: Plan,
    guide: Guide,
    open_question: str | None,
    asked: Collection[str],
    turns: Sequence[Spoken],
) -> Prompt:
    """What a model is asked after the last of `turns`."""
    data = {
        "language": plan.language,
        "competencies": [
            {"name": one.name, "questions": one.questions} for one in guide.competencies
        ],
        "core_questions": [
            {"key": q.key, "text": q.text, "was_asked": q.key in asked} for q in plan.questions
        ],
        "open_question": open_question,
        "conversation": [{"speaker": one.who, "text": one.text} for one in _latest(turns)],
    }
    return Prompt(
        name="advice",
        instructions=instructions,
        content=delimited(data),
        form=FORM,
        max_tokens=MOST_TOKENS,
    )


def _latest(turns: Sequence[Spoken]) -> list[Spoken]:
    left, kept = MOST_SHOWN, list[Spoken]()
    for one in reversed(turns):
        if left <= 0:
            break
        kept.append(Spoken(one.turn, one.who, one.text[-left:]))
        left -= len(one.text)
    return kept[::-1]


def advice_in(
    reply: str, guard: Guard, plan: Plan, asked: Collection[str], answer: str, model: str
) -> Advice:
    """As much of a model's answer as may be told. `answer` is the candidate's last turn."""
    try:
        said = _Answer.model_validate_json(reply)
    except ValidationError:
        return Advice()
    known = {question.key: question for question in plan.questions}
    covered = tuple(key for key in known if key in said.asked and key in said.answered)
    return Advice(_hint(said, guard, known, asked, answer, model), covered)


def _hint(
    said: _Answer,
    guard: Guard,
    known: Mapping[str, PlannedQuestion],
    asked: Collection[str],
    answer: str,
    model: str,
) -> Hint | None:
    text, reason = " ".join(said.text.split()), " ".join(said.reason.split())
    is_long = word_count(reason) > MOST_REASON_WORDS or len(reason) > MOST_REASON
    if is_long or not guard.admits(reason) or not reason:
        return None
    question = said.question if said.question in known else None
    match said.kind:
        case "ask" if question is not None and question not in asked:
            return Hint(
                "ask", text=known[question].text, question=question, reason=reason, model=model
            )
        case "missing" if _is_probe(guard, text):
            return Hint("missing", text=text, question=question, reason=reason, model=model)
        case "verify" if text and len(text) <= MOST_QUOTED and text in " ".join(answer.split()):
            return Hint("verify", text=text, question=question, reason=reason, model=model)
        case _:
            return None


def _is_probe(guard: Guard, text: str) -> bool:
    reply = json.dumps({"action": "probe", "text": text})
    return guard.judge(reply, budget=1, said=()) == Admitted(text)
