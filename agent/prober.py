"""The prober: asks a model what to ask next while it is still open whether the answer is over.

What comes in time and is admitted lies ready, with its sound, when the answer is over; without it
the kit's own words are said.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from interview.attributed import Attributions
from interview.events import AnswerEnded, Event, Fact
from interview.ids import TurnId
from interview.intents import PLAIN
from interview.plan import PlannedQuestion
from interview.ports.models import Models, Reply
from interview.probe_facts import ProbeOffered, ProbeRefused, Refusal
from interview.probing import Admitted, Exchange, Guard, Refused, prompt_for
from interview.session import AI, Say, question_of

from agent.ahead import Ahead, Table


@dataclass(frozen=True, slots=True)
class Advice:
    """A model and what its answers are held against."""

    models: Models
    guard: Guard
    instructions: str
    attributions: Attributions


@dataclass(slots=True)
class _Asked:
    """What to ask after this answer. `heard` is what the candidate has said about the question."""

    advice: Advice
    turn: TurnId | None
    question: PlannedQuestion
    heard: tuple[str, ...]
    model: str = ""
    admitted: Admitted | None = None


class Prober:
    """Without `advice` it does nothing. `prepare` makes the sound of lines ahead; `past` is what
    happened before we led."""

    def __init__(
        self,
        table: Table,
        prepare: Callable[[tuple[Say, ...]], None],
        advice: Advice | None,
        past: Iterable[Event] = (),
    ) -> None:
        self._chronicle = table.chronicle
        self._prepare = prepare
        self._advice = advice
        self._exchange = Exchange()
        self._ahead = Ahead[_Asked]("probe", table, self._judge, self._missed)
        for event in past:
            self.notes(event.fact)

    def notes(self, fact: Fact) -> None:
        self._exchange.notes(fact)

    def due(self) -> float | None:
        """When to be asked to `consider` again."""
        return None if self._open_question() is None else self._ahead.due(PLAIN)

    def consider(self, now: float, turn: TurnId | None) -> None:
        """Asks once for the words heard so far, as soon as a pause may be the answer's end."""
        text = self._ahead.heard()
        advice, question = self._advice, self._open_question()
        due = self._ahead.due(PLAIN) if question is not None else None
        if advice is None or question is None or due is None or now < due:
            return
        said = self._exchange.before(turn)
        prompt = prompt_for(advice.instructions, self._chronicle.plan, question, said, text)
        heard = (*(one.text for one in said if one.who == "candidate"), text)
        self._ahead.ask(advice.models, prompt, text, _Asked(advice, turn, question, heard), now)

    def _open_question(self) -> PlannedQuestion | None:
        """The question to which a probe may be asked now."""
        plan, state = self._chronicle.plan, self._chronicle.state
        if state.floor != AI:
            return None
        question = question_of(plan, state) if self._advice is not None else None
        if question is None or not state.may_probe or state.unheard or state.wished.in_danger:
            return None
        if question.key not in state.opened or state.wished.left or state.wished.offer:
            return None  # what is said now answers something else
        return question if state.probes_used < question.max_probes else None

    def _judge(self, asked: _Asked, reply: Reply) -> None:
        asked.model = reply.model
        used = self._chronicle.state.probes_used
        said = (asked.question.text, *self._exchange.asked)
        budget = asked.question.max_probes - used
        advice = asked.advice
        judgement = advice.guard.judge(reply.text, budget=budget, said=said)
        match judgement:
            case Admitted(str() as text) if advice.attributions.are_invented(text, asked.heard):
                self._refused(asked, "not_said", text=text)
            case Admitted(text):
                asked.admitted = judgement
                if text is not None:
                    self._prepare((Say("probe", asked.question.key, used, text=text),))
            case Refused(reason, matter, text):
                self._refused(asked, reason, matter, text)

    def _missed(self, asked: _Asked, reason: Refusal) -> None:
        self._refused(asked, reason)

    def _refused(
        self, asked: _Asked, reason: Refusal, matter: str | None = None, text: str | None = None
    ) -> None:
        refused = ProbeRefused(
            turn_id=asked.turn,
            question=asked.question.key,
            reason=reason,
            matter=matter,
            text=text,
            model=asked.model or None,
        )
        self._ahead.tell(refused)

    def news(self) -> tuple[Fact, ...]:
        """What is to be told since the last time."""
        return self._ahead.news()

    def offers(self, ended: AnswerEnded) -> tuple[Fact, ...]:
        """What the director should know before it decides what follows from `ended`, which is an
        answer, or there is nothing to ask about it."""
        asked = self._ahead.over()
        if asked is None or asked.admitted is None or ended.intent not in PLAIN:
            return self.news()
        offered = ProbeOffered(
            turn_id=ended.turn_id,
            question=asked.question.key,
            text=asked.admitted.text,
            model=asked.model,
        )
        return (*self.news(), offered)

    def close(self) -> None:
        """Nothing more is asked."""
        self._ahead.close()
