"""Who proposed the probes of one interview, and what models said in vain, counted in its log."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from interview.events import (
    AnswerEnded,
    AnswerResumed,
    Event,
    LineEnded,
    LineStarted,
    SpeechHeard,
)
from interview.ids import TurnId
from interview.probe_facts import ProbeOffered, ProbeRefused
from interview.talk import Session

CAME_TO_NOTHING = frozenset({"late", "unavailable"})


@dataclass(frozen=True, slots=True)
class Probes:
    """After one question: probes that were asked in the kit's words, and in a model's; answers
    after which a model wanted nothing more (`enough`); what it said and code refused, and how often
    it came too late or not at all."""

    by_kit: int = 0
    by_model: int = 0
    enough: int = 0
    refused: int = 0
    late: int = 0


@dataclass
class Proposals:
    """Gathers it, event by event."""

    _begun: dict[TurnId, tuple[str, int, bool]] = field(default_factory=dict)
    _asked: defaultdict[str, dict[int, bool]] = field(default_factory=lambda: defaultdict(dict))
    _offered: ProbeOffered | None = None
    _enough: dict[TurnId, str] = field(default_factory=dict)
    _refused: Counter[str] = field(default_factory=Counter)
    _late: Counter[str] = field(default_factory=Counter)

    def sees(self, event: Event, before: Session) -> None:
        """The next event of the log; `before` is where the talk stood when it came."""
        match event.fact:
            case LineStarted(question=str(question), probe=int(probe)) as fact:
                is_of_model = before.text_of(probe) is not None
                self._begun[fact.turn_id] = question, probe, is_of_model
            case LineEnded(withdrawn=False) as fact if fact.turn_id in self._begun:
                question, probe, is_of_model = self._begun[fact.turn_id]
                self._asked[question][probe] = is_of_model
            case ProbeRefused() as fact:
                told = self._late if fact.reason in CAME_TO_NOTHING else self._refused
                told[fact.question] += 1
            case ProbeOffered() | SpeechHeard() | AnswerEnded() | AnswerResumed():
                self._offer(event.fact)
            case _:
                pass

    def _offer(self, fact: ProbeOffered | SpeechHeard | AnswerEnded | AnswerResumed) -> None:
        """Words that follow make an offer void, as they do for the director."""
        offered = self._offered
        match fact:
            case ProbeOffered():
                self._offered = fact
            case SpeechHeard() if fact.role == "candidate":
                self._offered = None
            case AnswerEnded() if offered and offered.turn_id == fact.turn_id:
                if offered.text is None:
                    self._enough[fact.turn_id] = offered.question
                self._offered = None
            case AnswerResumed():
                self._enough.pop(fact.turn_id, None)
            case _:
                pass

    def after(self, question: str) -> Probes:
        asked = self._asked[question].values()
        return Probes(
            by_kit=sum(not is_of_model for is_of_model in asked),
            by_model=sum(asked),
            enough=sum(each == question for each in self._enough.values()),
            refused=self._refused[question],
            late=self._late[question],
        )
