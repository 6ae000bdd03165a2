"""A floor that rests with interviewers in the room: so long nobody does anything, and so often they
were called."""

from interview.by_room import FloorFollowed
from interview.copilot_facts import AiAsked, NobodyLeads
from interview.events import AnswerEnded, Fact, SpeechHeard

CALLED_AT_MOST = 3
"""Each call is an alarm in their cockpit, a page to who is on call and a sentence to the candidate.
Who has not heeded three heeds no fourth, and who is told the same for ever is not kept company."""


class Unled:
    """Whoever speaks, has us ask or moves the floor is awake. The candidate's words alone are no
    sign of that, but for their answer to what an interviewer had us put."""

    def __init__(self, awaited_s: float) -> None:
        self._awaited_s = awaited_s
        self._since: float | None = None
        self._calls = 0
        self._is_put = False

    def notes(self, fact: Fact) -> None:
        match fact:
            case FloorFollowed():
                self._is_put = False
                self._begins()
            case AiAsked():
                self._is_put = True
                self._begins()
            case SpeechHeard(role="interviewer", text=text) if text:
                self._begins()
            case SpeechHeard() if self._is_put:
                self._begins()
            case AnswerEnded() if self._is_put:
                self._is_put = False
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
