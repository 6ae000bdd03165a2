"""A talk as a director sees it: a plan, facts that follow one another, and what is commanded."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from interview.by_room import FloorFollowed, FloorOffered
from interview.events import (
    FACTS,
    AgentJoined,
    AnswerEnded,
    AnswerResumed,
    AnswerSignal,
    CandidateArrived,
    Event,
    Fact,
    InterviewEnded,
    LineEnded,
    LineStarted,
    Paused,
    SpeechHeard,
)
from interview.ids import EventId, TurnId
from interview.plan import Plan, PlannedQuestion
from interview.probe_facts import ProbeOffered
from interview.session import (
    Command,
    End,
    HandOver,
    Pause,
    Phase,
    Say,
    Session,
    advance,
    state_question,
)
from tests.fakes.clock import NOON

CANDIDATE = "cand-1"
WHOLE, SHORT = 200, 1
"""Words of an answer that needs no probe, and of one that does."""


def question(key: str, probes: int = 2, expected_words: int = 60) -> PlannedQuestion:
    return PlannedQuestion(
        key=key,
        text=f"What about {key}?",
        probes=tuple(f"Please say more about {key}, part {n}." for n in range(probes)),
        max_probes=probes,
        minutes=2,
        expected_words=expected_words,
    )


def plan(*questions: PlannedQuestion, minutes: float = 20) -> Plan:
    return Plan(
        language="en",
        intro="We will talk for twenty minutes.",
        closing="Thank you for your time.",
        minutes=minutes,
        questions=questions or (question("first"), question("second", 1), question("third", 0)),
    )


@dataclass
class Talk:
    """Folds as it goes. `todo` is the line that was commanded last and not begun yet."""

    plan: Plan = field(default_factory=plan)
    state: Session = field(default_factory=Session)
    events: list[Event] = field(default_factory=list)
    commands: list[Command] = field(default_factory=list)
    todo: Say | None = None
    epoch: int = 1
    at: datetime = NOON
    turns: int = 0
    text: str = ""

    @classmethod
    def resumed(cls, plan: Plan, events: Iterable[Event]) -> "Talk":
        """An heir: it knows the log and nothing else."""
        talk = cls(plan)
        for event in events:
            talk.state, _ = advance(plan, talk.state, event)
            talk.events.append(event)
            talk.at, talk.epoch = event.at, event.epoch
        talk.epoch, talk.turns = talk.epoch + 1, 1000 * talk.epoch
        return talk

    def tell(self, fact: Fact, after_s: float = 1.0, epoch: int | None = None) -> list[Command]:
        """The fact happens; what it makes the director command is returned, and pauses and ends
        follow at once."""
        self.at += timedelta(seconds=after_s)
        event = Event(
            seq=len(self.events) + 1,
            event_id=EventId(UUID(int=len(self.events) + 1)),
            epoch=self.epoch if epoch is None else epoch,
            at=self.at,
            fact=fact,
        )
        state, commands = advance(self.plan, self.state, event)
        self.state = state
        self.events.append(event)
        self.commands = list(commands)
        for command in commands:
            match command:
                case Say():
                    self.todo = command
                case Pause():
                    self.tell(Paused(reason=command.reason), 0)
                case End():
                    self.tell(InterviewEnded(reason=command.reason), 0)
                case HandOver():
                    self.tell(FloorOffered(section=command.section), 0)
                    self.tell(FloorFollowed(floor="paused"), 0)
        return list(commands)

    def new_turn(self) -> TurnId:
        self.turns += 1
        return TurnId(UUID(int=self.turns))

    def joins(self) -> None:
        """An agent and the candidate are in the room."""
        self.tell(AgentJoined(identity=f"ai-{self.epoch}", versions={}))
        self.tell(CandidateArrived(identity=CANDIDATE))

    def begins(self, say: Say | None = None, lead: str = "") -> TurnId:
        """The line that is due can be heard; `lead` is said before what it asks."""
        say = say or self.todo
        assert say is not None, "no line is due"
        self.todo, turn = None, self.new_turn()
        self.text = f"{lead} {self._text(say)}".strip()
        self.tell(
            LineStarted(
                turn_id=turn,
                line=say.line,
                question=say.question,
                probe=say.probe,
                text=self.text,
                identity="ai",
                started_ms=0,
            )
        )
        return turn

    def _text(self, say: Say) -> str:
        if say.question is None:
            return say.line
        asked = self.plan.question(say.question)
        if say.text is not None:
            return say.text
        return asked.text if say.probe is None else asked.probes[say.probe]

    def ends(
        self, turn: TurnId, *, cut_off: bool = False, withdrawn: bool = False, heard: float = 1.0
    ) -> None:
        """The line is over; `heard` is the share of its words that was."""
        words = self.text.split()
        self.tell(
            LineEnded(
                turn_id=turn,
                spoken=" ".join(words[: round(heard * len(words))]),
                ended_ms=1,
                cut_off=cut_off,
                withdrawn=withdrawn,
            ),
            after_s=5,
        )

    def is_cut_off(self, heard: float) -> Say:
        """The line that is due is stopped when `heard` of it was."""
        say = self.todo
        self.ends(self.begins(), cut_off=True, heard=heard)
        assert say is not None
        return say

    def says(self) -> Say:
        """The line that is due is heard to its end."""
        say = self.todo
        assert say is not None, "no line is due"
        self.ends(self.begins())
        return say

    def hears(self, turn: TurnId | None = None) -> TurnId:
        """The candidate speaks."""
        turn = turn or self.new_turn()
        self.tell(
            SpeechHeard(
                turn_id=turn,
                question=state_question(self.plan, self.state),
                identity=CANDIDATE,
                role="candidate",
                text="well",
                words=(),
                started_ms=0,
                ended_ms=1,
            )
        )
        return turn

    def answered(
        self,
        turn: TurnId,
        words: int = WHOLE,
        intent: str = "answer",
        signal: AnswerSignal = "patience",
        topic: str | None = None,
    ) -> list[Command]:
        ended = AnswerEnded(
            turn_id=turn,
            question=state_question(self.plan, self.state),
            signal=signal,
            words=words,
            topic=topic,
        )
        said = FACTS.dump_python(ended) | {"intent": intent}
        return self.tell(FACTS.validate_python(said), after_s=20)

    def offered(self, turn: TurnId, text: str | None) -> list[Command]:
        """A model says what to ask after the answer `turn`; None: nothing more."""
        question = state_question(self.plan, self.state)
        assert question is not None
        fact = ProbeOffered(turn_id=turn, question=question, text=text, model="fake-1")
        return self.tell(fact, 0)

    def answers(self, words: int = WHOLE, intent: str = "answer") -> TurnId:
        """The candidate speaks and has finished."""
        turn = self.hears()
        self.answered(turn, words, intent)
        return turn

    def wishes(self, intent: str, topic: str | None = None) -> Say | None:
        """The candidate wishes for something; the line that it leads to."""
        self.answered(self.hears(), 5, intent, topic=topic)
        return self.todo

    def resumes(self, turn: TurnId) -> None:
        self.tell(AnswerResumed(turn_id=turn))

    def to_the_end(self, words: int = WHOLE) -> None:
        """Every line is said and every answer has so many words, until the interview is over."""
        for _ in range(100):
            if self.is_over():
                return
            if self.todo is not None:
                self.says()
            else:
                self.answers(words)
        raise AssertionError("the interview does not end")

    def is_over(self) -> bool:
        return self.state.phase is Phase.ENDED

    def started(self) -> list[Say]:
        """The lines that were begun and not withdrawn, in order."""
        withdrawn = {
            event.fact.turn_id
            for event in self.events
            if isinstance(event.fact, LineEnded) and event.fact.withdrawn
        }
        return [
            Say(event.fact.line, event.fact.question, event.fact.probe)
            for event in self.events
            if isinstance(event.fact, LineStarted) and event.fact.turn_id not in withdrawn
        ]

    def asked(self) -> list[str | None]:
        """The keys of the questions that were begun as questions, in order."""
        return [say.question for say in self.started() if say.line == "question"]


def without_lead(say: Say | None) -> Say | None:
    return replace(say, lead=None) if say else None


def whole_interview(plan: Plan, words: int = WHOLE) -> Talk:
    """From the first agent's arrival to the end."""
    talk = Talk(plan)
    talk.joins()
    talk.to_the_end(words)
    return talk


def asking() -> Talk:
    """The first question was just asked."""
    talk = Talk()
    talk.joins()
    assert "greeting" == talk.says().line
    assert "question" == talk.says().line
    return talk


def inviting() -> Talk:
    """The candidate was just asked for questions."""
    talk = asking()
    while talk.state.phase is not Phase.INVITING or talk.todo:
        if talk.todo:
            talk.says()
        else:
            talk.answers()
    return talk


def check_what_was_asked(talk: Talk) -> None:
    """Each question began exactly once and in order, nobody was greeted twice, all were heard."""
    keys = [q.key for q in talk.plan.questions]
    lines = [say.line for say in talk.started()]
    assert keys == list(talk.state.asked)
    assert keys == talk.asked()
    assert 1 == lines.count("greeting")
    assert "closing" in lines
    check_budget(talk)


def check_budget(talk: Talk) -> None:
    """No question had more probes than it may have, and each of them once."""
    for question in talk.plan.questions:
        asked = [s for s in talk.started() if s.line == "probe" and s.question == question.key]
        probes = [say.probe for say in asked]
        assert sorted(set(probes), key=lambda n: n or 0) == probes
        assert len(probes) <= question.max_probes
