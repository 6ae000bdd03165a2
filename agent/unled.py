"""A floor that rests with interviewers in the room: so long nobody does anything, and so often they
were called."""

from interview.by_room import FloorFollowed
from interview.copilot_facts import AiAsked, NobodyLeads
from interview.events import AnswerEnded, Fact, SpeechHeard

CALLED_AT_MOST = 3
"""Each call is an alarm in their cockpit, a page to who is on call and a sentence to the candidate.
Who has not heeded three heeds no fourth, and who is told the same for ever is not kept company."""

TALKS_WORDS = 10
"""Whoever says so much at once answers somebody; who calls into the silence says less."""


class Unled:
    """Whoever speaks, has us ask or moves the floor is awake; so is a talk in which the candidate
    tells something."""

    def __init__(self, awaited_s: float) -> None:
        self._awaited_s = awaited_s
        self._since: float | None = None
        self._calls = 0

    def notes(self, fact: Fact) -> None:
        match fact:
            case FloorFollowed() | AiAsked():
                self._begins()
            case SpeechHeard(role=role, text=text):
                if text and (role == "interviewer" or len(text.split()) >= TALKS_WORDS):
                    self._begins()
            case AnswerEnded(words=words) if words >= TALKS_WORDS:
                self._begins()
            case NobodyLeads():
                self._calls += 1
            case _:
                pass

    def _begins(self) -> None:
        self._since, self._calls = None, 0

    def is_due(self, now: float, *, rests: bool) -> bool:
        """Whether they are to be called now. `rests`: the candidate waits with them, and nobody
        leads."""
        if not rests:
            self._since = None
            return False
        self._since = now if self._since is None else self._since
        if self._calls >= CALLED_AT_MOST or now - self._since < self._awaited_s:
            return False
        self._since = now
        return True
