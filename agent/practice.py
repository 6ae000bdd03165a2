"""A question for practice: the voice and the ear of the interview, and nothing is kept."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import structlog
from interview.door import Claim, Desired, DispatchMetadata, Practice
from interview.events import CandidateLeft, Event, LineEnded, LineStarted, Paused, Report
from interview.ids import InterviewId, TurnId, agent_identity
from interview.plan import Plan, PlannedQuestion

from agent.clock import RecordingClock
from agent.interview_job import InterviewJob
from agent.script import Script, phrases

FOLDER = Path(__file__).parent / "practising"
LONGEST_S = 180.0
EXPECTED_WORDS = 8


class PracticeJob(InterviewJob):
    """Without a lease: nobody is told anything, and it is over after one answer."""

    async def run(self) -> None:
        order = DispatchMetadata.read(self._ctx.job.metadata)
        assert order.practice is not None, "somebody else's job"
        structlog.contextvars.bind_contextvars(practice=str(order.interview))
        claim = claim_of(order, order.practice, datetime.now(UTC))
        clock = RecordingClock.started(claim.clock_zero, claim.now)
        try:
            async with asyncio.timeout(LONGEST_S):
                await self._serve(claim, clock, Unfiled(), Unrecorded())
        except TimeoutError:
            return

    def _script(self, plan: Plan) -> Script:
        script = Script.load(plan)
        return Script(plan, script.phrases | phrases(FOLDER, plan.language))


def claim_of(order: DispatchMetadata, practice: Practice, now: datetime) -> Claim:
    """What an interview's lease would say."""
    key = InterviewId(order.interview)
    return Claim(
        interview_id=key,
        epoch=order.epoch,
        token="",
        room="",
        candidate_identity=practice.candidate_identity,
        agent_identity=agent_identity(key, order.epoch),
        clock_zero=now,
        now=now,
        previous_heartbeat_at=None,
        plan=plan_in(practice.language),
        events=(),
        desired=Desired(floor="ai", phase="live"),
    )


def plan_in(language: str) -> Plan:
    asked = PlannedQuestion(
        key="practice",
        text=phrases(FOLDER, language)["asked"],
        probes=(),
        max_probes=0,
        minutes=1.0,
        expected_words=EXPECTED_WORDS,
    )
    return Plan(language=language, intro=None, closing=None, minutes=2.0, questions=(asked,))


class Unfiled:
    """The journal of what nobody files: it is over when the last line was said, or nobody hears."""

    def __init__(self) -> None:
        self.lost = asyncio.Event()
        self._seq = 0
        self._last: TurnId | None = None

    async def write(self, report: Report) -> Event:
        match report.fact:
            case LineStarted(line="candidate_questions", turn_id=turn):
                self._last = turn
            case LineEnded(turn_id=turn) if turn == self._last:
                self.lost.set()
            case CandidateLeft() | Paused():
                self.lost.set()
            case _:
                pass
        self._seq += 1
        return Event(
            seq=self._seq, event_id=report.event_id, epoch=0, at=report.at, fact=report.fact
        )

    async def drained(self, timeout_s: float) -> bool:  # noqa: ARG002
        return True

    async def ask(self) -> Desired | None:
        return None

    @property
    def asked_at(self) -> float:
        return 0.0

    async def beat(self, on_desired: Callable[[Desired], None]) -> None:  # noqa: ARG002 - as it is
        await self.lost.wait()


class Unrecorded:
    """The recorder that records nothing, and each of its tracks."""

    def track(self, participant: str) -> "Unrecorded":  # noqa: ARG002
        return self

    def write(self, at_ms: int, pcm: bytes, rate: int) -> None: ...
    def began_earlier(self, by_ms: int) -> None: ...
    def close(self) -> None: ...
