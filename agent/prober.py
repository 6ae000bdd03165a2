"""The prober: asks a model what to ask next while it is still open whether the answer is over.

One call at a time, for the words heard so far: more words make it void. What comes in time and is
admitted lies ready, with its sound, when the answer is over; it delays nobody, and without it the
kit's own words are said.
"""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import structlog
from interview.attributed import Attributions
from interview.events import AnswerEnded, Event, Fact
from interview.ids import TurnId
from interview.plan import PlannedQuestion
from interview.ports.models import ModelFailed, Models, Reply
from interview.probe_facts import ProbeOffered, ProbeRefused, Refusal
from interview.probing import WITHIN_S, Admitted, Exchange, Guard, Refused, prompt_for
from interview.session import AI, Say, question_of
from interview.turn_taking import MIN_SLEEP_S, TurnTaking

from agent.chronicle import Chronicle
from agent.messages import Message, Suggested

OVERDUE_S = 0.3
"""So much later we end a call ourselves. A chain has to end it first, at its time, or it does not
learn which of its endpoints was late and asks that one first for ever."""

SLACK_S = 0.05
"""An answer of the last moment counts, however late a busy loop sees it."""

log = structlog.get_logger()

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """A model and what its answers are held against."""

    models: Models
    guard: Guard
    instructions: str
    attributions: Attributions


@dataclass(slots=True)
class _Call:
    """A question to the model about the answer that has so many `words`."""

    words: Words
    heard: tuple[str, ...]
    turn: TurnId | None
    question: PlannedQuestion
    task: "asyncio.Task[Reply]"
    model: str = ""
    admitted: Admitted | None = None


class Prober:
    """Without `advice` it does nothing. `prepare` makes the sound of lines ahead; `past` is what
    happened before we led."""

    def __init__(
        self,
        chronicle: Chronicle,
        turns: TurnTaking,
        prepare: Callable[[tuple[Say, ...]], None],
        post: Callable[[Message], None],
        advice: Advice | None,
        past: Iterable[Event] = (),
    ) -> None:
        self._chronicle = chronicle
        self._turns = turns
        self._prepare = prepare
        self._post = post
        self._advice = advice
        self._exchange = Exchange()
        self._call: _Call | None = None
        self._late: _Call | None = None
        self._news: list[Fact] = []
        self._is_worth_waiting = True
        for event in past:
            self.notes(event.fact)

    def notes(self, fact: Fact) -> None:
        self._exchange.notes(fact)

    def wake_at(self, now: float, other: float | None) -> float | None:
        """When to be asked to `consider` again, or `other` when that is sooner."""
        due = self._due()
        if due is None:
            return other
        at = max(due, now + MIN_SLEEP_S)
        return at if other is None else min(at, other)

    def _due(self) -> float | None:
        """When to ask: so late that the answer can be over at the end of the model's time."""
        over = self._turns.over_due()
        if over is None or self._call is not None or self._open_question() is None:
            return None
        return over - WITHIN_S

    def consider(self, now: float, turn: TurnId | None) -> None:
        """Asks once for the words heard so far, as soon as a pause may be the answer's end."""
        answer = self._turns.answer
        text = answer.text if answer else ""
        if self._call is not None and self._call.words != _words(text):
            self._drop()
        due, question = self._due(), self._open_question()
        if self._advice is None or question is None or due is None or now < due:
            return
        self._ask(self._advice, question, turn, text)
        if self._is_worth_waiting:
            self._turns.hold_until(now + WITHIN_S)

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

    def _ask(
        self, advice: Advice, question: PlannedQuestion, turn: TurnId | None, answer: str
    ) -> None:
        if self._late is not None:
            self._late.task.cancel()
            self._late = None
        said = self._exchange.before(turn)
        prompt = prompt_for(advice.instructions, self._chronicle.plan, question, said, answer)

        async def ask() -> Reply:
            clock = asyncio.get_running_loop().time
            ends_at = clock() + WITHIN_S
            async with asyncio.timeout(WITHIN_S + OVERDUE_S):
                reply = await advice.models.ask(prompt, within_s=WITHIN_S)
            if clock() > ends_at + SLACK_S:
                raise TimeoutError
            return reply

        task = asyncio.create_task(ask(), name="probe")
        heard = (*(one.text for one in said if one.who == "candidate"), answer)
        call = self._call = _Call(_words(answer), heard, turn, question, task)
        task.add_done_callback(lambda _: self._answered(advice, call))

    def _answered(self, advice: Advice, call: _Call) -> None:
        if call.task.cancelled():
            return
        error = call.task.exception()
        self._is_worth_waiting = error is None
        if call is not self._call:
            self._late = None
            return
        self._turns.hold_until(0.0)
        if error is None:
            self._judge(advice, call, call.task.result())
        else:
            self._failed(call, error)
        self._post(Suggested())

    def _judge(self, advice: Advice, call: _Call, reply: Reply) -> None:
        self._chronicle.works("llm")
        call.model = reply.model
        used = self._chronicle.state.probes_used
        said = (call.question.text, *self._exchange.asked)
        budget = call.question.max_probes - used
        judgement = advice.guard.judge(reply.text, budget=budget, said=said)
        match judgement:
            case Admitted(str() as text) if advice.attributions.are_invented(text, call.heard):
                self._refused(call, "not_said", text=text)
            case Admitted(text):
                call.admitted = judgement
                if text is not None:
                    self._prepare((Say("probe", call.question.key, used, text=text),))
            case Refused(reason, matter, text):
                self._refused(call, reason, matter, text)

    def _failed(self, call: _Call, error: BaseException) -> None:
        """A model that fails, in whatever way, ends no interview."""
        if not isinstance(error, ModelFailed | TimeoutError):
            log.error("probe_failed", exc_info=error)
        trouble = error.trouble if isinstance(error, ModelFailed) else None
        if _took_too_long(error):
            self._refused(call, "late")
        else:
            self._refused(call, "form" if trouble == "broken" else "unavailable")
        if trouble != "over_budget":
            self._news += self._chronicle.outage("llm", trouble or type(error).__name__)

    def _refused(
        self, call: _Call, reason: Refusal, matter: str | None = None, text: str | None = None
    ) -> None:
        self._news.append(
            ProbeRefused(
                turn_id=call.turn,
                question=call.question.key,
                reason=reason,
                matter=matter,
                text=text,
                model=call.model or None,
            )
        )

    def news(self) -> tuple[Fact, ...]:
        """What is to be told since the last time."""
        news, self._news = tuple(self._news), []
        return news

    def offers(self, ended: AnswerEnded) -> tuple[Fact, ...]:
        """What the director should know before it decides what follows from `ended`."""
        call, self._call = self._call, None
        self._turns.hold_until(0.0)
        if call is None:
            return self.news()
        if not call.task.done():
            # Its answer is dropped, but tells whether the model is worth waiting for.
            self._late = call
            self._refused(call, "late")
        if call.admitted is None:
            return self.news()
        offered = ProbeOffered(
            turn_id=ended.turn_id,
            question=call.question.key,
            text=call.admitted.text,
            model=call.model,
        )
        return (*self.news(), offered)

    def _drop(self) -> None:
        """More was said than the model was asked about."""
        if self._call is not None:
            self._call.task.cancel()
        self._call = None
        self._turns.hold_until(0.0)

    def close(self) -> None:
        """Nothing more is asked."""
        self._drop()
        if self._late is not None:
            self._late.task.cancel()


def _took_too_long(error: BaseException | None) -> bool:
    if isinstance(error, ModelFailed):
        return error.trouble == "timeout"
    return isinstance(error, TimeoutError)


def _words(text: str) -> Words:
    return tuple(word.strip(".,;:!?…").casefold() for word in text.split())
