"""The reader: asks a model what a candidate's words ask for, where no rule knows a wish in them.

What comes in time and is admitted is what the answer meant, when it is over; without it the rules'
reading stands.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from interview.events import AnswerEnded, Event, Fact
from interview.ids import TurnId
from interview.ports.models import Models, Reply
from interview.session import question_of
from interview.understanding import (
    UNKNOWN,
    Read,
    Readings,
    Refused,
    Understanding,
    may_be_read,
    prompt_for,
)
from interview.wish_facts import NotRead, WishRead, WishRefused

from agent.ahead import Ahead, Table


@dataclass(frozen=True, slots=True)
class Reading:
    """A model and what its answers are held against."""

    models: Models
    understanding: Understanding
    instructions: str


@dataclass(slots=True)
class _Asked:
    """What this answer asks for; `question` was open."""

    reading: Reading
    turn: TurnId | None
    question: str | None
    text: str
    model: str = ""
    read: Read | None = None


class WishReader:
    """Without `reading` it does nothing. `past` is what happened before we led."""

    def __init__(self, table: Table, reading: Reading | None, past: Iterable[Event] = ()) -> None:
        self._chronicle = table.chronicle
        self._reading = reading
        self._before = Readings()
        self._ahead = Ahead[_Asked]("wish", table, self._judge, self._missed)
        for event in past:
            self.notes(event.fact)

    def notes(self, fact: Fact) -> None:
        self._before.notes(fact)

    def due(self) -> float | None:
        """When to be asked to `consider` again."""
        is_wanted = self._reading is not None and may_be_read(self._chronicle.state)
        return self._ahead.due(UNKNOWN) if is_wanted else None

    def consider(self, now: float, turn: TurnId | None) -> None:
        """Asks once for the words heard so far, as soon as a pause may be the answer's end."""
        text, due = self._ahead.heard(), self.due()
        reading = self._reading
        if reading is None or due is None or now < due:
            return
        plan = self._chronicle.plan
        question = question_of(plan, self._chronicle.state)
        prompt = prompt_for(reading.instructions, plan, question, text)
        asked = _Asked(reading, turn, question.key if question else None, text)
        self._ahead.ask(reading.models, prompt, text, asked, now)

    def _judge(self, asked: _Asked, reply: Reply) -> None:
        asked.model = reply.model
        found = asked.reading.understanding.judge(
            reply.text,
            asked.text,
            asked.question,
            may_be_read(self._chronicle.state),
            self._before,
        )
        if isinstance(found, Refused):
            self._refused(asked, found)
        else:
            asked.read = found

    def _missed(self, asked: _Asked, reason: NotRead) -> None:
        self._refused(asked, Refused(reason))

    def _refused(self, asked: _Asked, refused: Refused) -> None:
        fact = WishRefused(
            turn_id=asked.turn,
            question=asked.question,
            reason=refused.reason,
            wish=refused.wish,
            words=refused.words,
            model=asked.model or None,
        )
        self._ahead.tell(fact)

    def news(self) -> tuple[Fact, ...]:
        """What is to be told since the last time."""
        return self._ahead.news()

    def reads(self, ended: AnswerEnded) -> tuple[tuple[Fact, ...], AnswerEnded]:
        """What is to be told before the end of an answer, and the end as the words are understood.
        What a rule knows, a wish or a question about a fact of the kit, stands."""
        asked = self._ahead.over()
        read = asked.read if asked is not None else None
        if asked is None or read is None or ended.intent not in UNKNOWN or ended.topic is not None:
            return self.news(), ended
        if read.wish not in may_be_read(self._chronicle.state):
            self._refused(asked, Refused("not_now", read.wish, read.words))
            return self.news(), ended
        fact = WishRead(
            turn_id=ended.turn_id,
            question=asked.question,
            wish=read.wish,
            words=read.words,
            model=asked.model,
        )
        return (*self.news(), fact), replace(ended, intent=read.wish)

    def close(self) -> None:
        """Nothing more is asked."""
        self._ahead.close()
