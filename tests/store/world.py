"""A small world for the stores: a tenant with all that one interview needs."""

from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from uuid import UUID, uuid4

from interview.accounts import Candidate, Interview, Job, KitRecord, Tenant, token_digest
from interview.events import (
    AnswerEnded,
    Fact,
    LineEnded,
    LineStarted,
    Report,
    SpeechHeard,
    Word,
)
from interview.ids import (
    CandidateId,
    EventId,
    InterviewId,
    JobId,
    KitId,
    ScorecardId,
    TenantId,
    TurnId,
)
from interview.kit import Kit
from interview.lifecycle import State
from interview.ports import Store
from interview.scoring import Quote, Rating, Scorecard, Stamp
from tests.fakes.clock import NOON

INSTALLATION_KEY = urlsafe_b64encode(bytes(range(32))).decode()
SAID = "I drained the overflowing queue"


@dataclass(frozen=True)
class Held:
    """The names of what `hold` made."""

    tenant: TenantId
    job: JobId
    kit: KitId
    candidate: CandidateId
    interview: InterviewId


KIT = Kit.model_validate(
    {
        "name": "Engineer",
        "language": "en",
        "competencies": [
            {
                "key": key,
                "name": key.title(),
                "definition": "What it is.",
                "weight": "1.50",
                "anchors": {level: f"Anchor {level}" for level in "12345"},
            }
            for key in ("debugging", "teamwork")
        ],
        "questions": [
            {
                "key": "outage",
                "text": "Tell me about an outage.",
                "competencies": ["debugging", "teamwork"],
                "minutes": 4,
            }
        ],
        "minutes": 20,
    }
)


async def hold(store: Store, name: str = "First", state: State = State.LIVE) -> Held:
    """A tenant with a job, a published kit, a candidate and one interview."""
    tenant = TenantId(uuid4())
    await store.create_tenant(Tenant(tenant, name, NOON))
    held = Held(tenant, JobId(uuid4()), KitId(uuid4()), CandidateId(uuid4()), InterviewId(uuid4()))
    async with store.transaction(tenant) as tx:
        await tx.jobs.add(Job(held.job, "Engineer", NOON))
        await tx.kits.add(KitRecord(held.kit, held.job, KIT, None, NOON))
        await tx.kits.publish(held.kit, NOON)
        await tx.candidates.add(candidate(held.candidate))
        await tx.interviews.add(interview(held, held.interview, state=state))
    return held


def candidate(name: CandidateId, age: int = 0) -> Candidate:
    return Candidate(
        name, "Ada Lovelace", "ada@example.com", "en-GB", NOON + timedelta(seconds=age)
    )


def interview(held: Held, name: InterviewId, age: int = 0, state: State = State.LIVE) -> Interview:
    return Interview(
        interview_id=name,
        tenant=held.tenant,
        kit_id=held.kit,
        kit_version=1,
        candidate_id=held.candidate,
        state=state,
        created_at=NOON + timedelta(seconds=age),
        starts_at=NOON + timedelta(hours=1),
        expires_at=NOON + timedelta(days=7),
    )


def report(fact: Fact, name: UUID | None = None) -> Report:
    return Report(event_id=EventId(name or uuid4()), at=NOON, fact=fact)


def line(turn: TurnId, text: str = "Tell me about an outage.") -> tuple[Report, Report]:
    """The AI says a question from beginning to end."""
    started = LineStarted(
        turn_id=turn,
        line="question",
        question="outage",
        probe=None,
        text=text,
        identity="ai-1",
        started_ms=1000,
    )
    ended = LineEnded(turn_id=turn, spoken=text, ended_ms=2500, cut_off=False)
    return report(started), report(ended)


def speech(turn: TurnId, text: str = SAID, started_ms: int = 3000) -> Report:
    """The candidate says `text`, 300 ms a word."""
    words = tuple(
        Word(
            text=word,
            start_ms=started_ms + 300 * at,
            end_ms=started_ms + 300 * at + 250,
            confidence=0.5,
        )
        for at, word in enumerate(text.split())
    )
    heard = SpeechHeard(
        turn_id=turn,
        question="outage",
        identity="cand-1",
        role="candidate",
        text=text,
        words=words,
        started_ms=words[0].start_ms,
        ended_ms=words[-1].end_ms,
    )
    return report(heard)


def talk(question: TurnId, answer: TurnId) -> tuple[Report, ...]:
    """A question, an answer in two pieces, and its end."""
    ended = AnswerEnded(turn_id=answer, question="outage", signal="patience", words=8)
    return (
        *line(question),
        speech(answer),
        speech(answer, "and paged nobody", started_ms=6000),
        report(ended),
    )


def scorecard(turn: TurnId, quoted: Sequence[str] = ("the overflowing queue",)) -> Scorecard:
    """One rating with evidence from `turn`, one without a level."""
    quotes = tuple(Quote(turn_id=turn, text=text, start=SAID.find(text)) for text in quoted)
    rated = Rating(
        competency="debugging",
        level=4,
        not_assessed=None,
        runs=3,
        spread=1,
        quotes=quotes,
        reason="named the overflowing queue",
    )
    unrated = Rating(
        competency="teamwork",
        level=None,
        not_assessed="no_evidence",
        runs=3,
        spread=0,
        quotes=(),
        reason="nothing was said of it",
    )
    return Scorecard(
        scorecard_id=ScorecardId(uuid4()),
        stamp=Stamp(
            kit_version=1,
            rater="indicators",
            rater_version="1",
            model=None,
            prompt_hash=None,
            transcript_seq=5,
        ),
        ratings=(rated, unrated),
        total=Decimal("4.00"),
        coverage=Decimal("0.50"),
        created_at=NOON,
    )


def digest(text: str) -> bytes:
    return token_digest(text)
