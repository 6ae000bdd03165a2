"""What the co-pilot does for the human interviewers of a talk, as facts for its log."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from interview.ids import TurnId
from interview.kit import Frozen, Key

PromptKind = Literal[
    "coverage", "ask", "missing", "verify", "time", "protected", "relief", "unheard"
]
"""`protected` is about what an interviewer said, `relief` asks them to take over, `unheard` says
that one of them is not transcribed; all others are about the interview."""

ReliefReason = Literal["person", "distress", "danger", "trouble", "nobody_came", "section"]
"""Why the AI wants a person to lead: the candidate asked for one, is not well or in danger, cannot
be heard or spoken to, waits for an interviewer who did not come or does not lead; or a person's
section begins."""


class HintGiven(Frozen):
    """A private prompt was shown to `readers`, and to nobody else. `about` is a competency's name,
    what is protected, why relief is wanted, or who is not heard; `model` is who thought of it, None
    for our rules."""

    kind: Literal["hint_given"] = "hint_given"
    prompt_id: UUID
    hint: PromptKind
    text: Annotated[str, Field(max_length=2500)]
    reason: Annotated[str, Field(max_length=1000)] | None
    question: Key | None = None
    about: str | None = None
    at_ms: int
    readers: tuple[str, ...]
    model: str | None = None


class HintRated(Frozen):
    """An interviewer found a prompt useful or not, or put it away unrated (None). The last word of
    each counts."""

    kind: Literal["hint_rated"] = "hint_rated"
    prompt_id: UUID
    identity: str
    useful: bool | None


class AiAsked(Frozen):
    """An interviewer had the AI ask this question, or say goodbye (None), without giving it the
    floor."""

    kind: Literal["ai_asked"] = "ai_asked"
    identity: str
    question: Key | None


class QuestionTicked(Frozen):
    """An interviewer says whether a person has asked a question. The last tick counts, whatever
    anybody or anything else makes of it."""

    kind: Literal["question_ticked"] = "question_ticked"
    identity: str
    question: Key
    covered: bool


class CoverageJudged(Frozen):
    """A model finds a core question asked by a person and answered in the turn `turn_id`."""

    kind: Literal["coverage_judged"] = "coverage_judged"
    question: Key
    turn_id: TurnId
    model: str


class TurnFiled(Frozen):
    """A turn while a person leads is about a core question: an interviewer's by its own `words`,
    others as a `model` found or an interviewer's `tick` says. None: the tick was taken back, and it
    is about no question of the kit's."""

    kind: Literal["turn_filed"] = "turn_filed"
    turn_id: TurnId
    question: Key | None
    by: Literal["words", "model", "tick"]


class ReliefWanted(Frozen):
    """The AI asks for a person to take over."""

    kind: Literal["relief_wanted"] = "relief_wanted"
    reason: ReliefReason


class NobodyCame(Frozen):
    """A person was to lead, and none has come in the time that the tenant gives them."""

    kind: Literal["nobody_came"] = "nobody_came"


class NobodyLeads(Frozen):
    """Interviewers are in the room, and for so long as one is waited for none of them has led, nor
    said anything."""

    kind: Literal["nobody_leads"] = "nobody_leads"


FactOfCopilot = (
    HintGiven
    | HintRated
    | AiAsked
    | QuestionTicked
    | CoverageJudged
    | TurnFiled
    | ReliefWanted
    | NobodyCame
    | NobodyLeads
)

KINDS_OF_COPILOT = frozenset(
    {
        "hint_given",
        "hint_rated",
        "ai_asked",
        "question_ticked",
        "coverage_judged",
        "turn_filed",
        "relief_wanted",
        "nobody_came",
        "nobody_leads",
    }
)

TELLING = frozenset({"hint_given", "hint_rated", "coverage_judged"})
"""What says something of how an answer was found: nothing for who still has to judge it."""
