"""Giving way: whose turn it is when a line of ours was heard, or is spoken over."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime

from interview.cut_short import cut_short
from interview.events import AnswerResumed, CandidateLeft, Fact
from interview.session import Session
from interview.turn_taking import Act, TurnTaking

from agent.filing import Filing
from agent.speech import ANSWER_GOES_ON, FOR_THE_SILENT, Speaking, Speech
from agent.timekeeper import Timekeeper


class GivingWay:
    """Leaves the candidate their turn. What it finds out goes to `tell`."""

    def __init__(
        self,
        speech: Speech,
        turns: TurnTaking,
        filing: Filing,
        time: Timekeeper,
        tell: Callable[[Iterable[Fact]], Awaitable[None]],
    ) -> None:
        self._speech = speech
        self._turns = turns
        self._filing = filing
        self._time = time
        self._tell = tell

    async def after(self, line: Speaking, now: float) -> None:
        """It is the candidate's turn after `line` was heard."""
        kind = line.say.line
        if kind in ANSWER_GOES_ON and self._turns.answer is not None:
            self._turns.listen_on(now, invited=True)
            return
        if kind not in ANSWER_GOES_ON:
            await self._tell(self._filing.asked(line.started_ms, self._said))
        self._turns.listen(now, *self._time.expects(kind))

    async def to(self, act: Act, line: Speaking, now: float) -> None:
        """The candidate speaks while a line of ours is on its way or heard."""
        if act is Act.WITHDRAW or (line.started_ms is None and self._turns.can_withdraw(0)):
            self.withdraw(now)
        elif line.started_ms is None:
            # It was not heard by anybody: it is said when the candidate is quiet again.
            self._turns.drop_line()
            self._speech.stop()
            self._speech.waiting = None if line.say.line in FOR_THE_SILENT else line.say
        elif act is Act.HOLD:
            self._speech.hold()
        else:
            self._speech.stop()
            await self.stopped(line, now)

    def withdraw(self, now: float) -> None:
        """The line was begun too soon: the answer goes on as if there had been none."""
        self._turns.listen_on(now)
        self._filing.over = None
        self._speech.withdraw()

    def left(self, state: Session, reason: str, at: datetime, since: float) -> tuple[Fact, ...]:
        """The candidate is away since. Of an answer that seemed over when their line was dead, what
        followed is unsaid: it goes on when they are back."""
        turn = cut_short(state, at)
        if turn is not None and self._speech.is_busy:
            self.withdraw(since)
        elif turn is not None:
            so_far = self._filing.goes_on(turn)
            self._turns.listen(since, *self._time.expects(None), so_far)
        self._turns.went(since)
        self._speech.waiting = None
        self._speech.stop()
        gone = CandidateLeft(reason=reason)
        return (gone,) if turn is None else (gone, AnswerResumed(turn_id=turn))

    async def stopped(self, line: Speaking, now: float) -> None:
        """Real words over our line: what was said over it begins the answer."""
        over, self._filing.over = self._filing.over, None
        if line.say.line in ANSWER_GOES_ON and self._turns.answer is not None:
            self._turns.listen_on(now)
            self._filing.answer = self._filing.answer or over
            return
        await self._tell(self._filing.asked(line.started_ms, self._said))
        self._filing.answer = over
        self._turns.listen(now, *self._time.expects(None), stopped=True)

    @property
    def _said(self) -> str:
        return self._turns.answer.text if self._turns.answer else ""

    def listen(self, now: float) -> None:
        """The candidate's turn begins anew."""
        self._turns.listen(now, *self._time.expects(None))
