"""A long interview as it lies in the store: forty-five minutes, a hundred and twenty turns."""

import random
from dataclasses import dataclass
from decimal import Decimal
from uuid import uuid4

from interview.accounts import Candidate, Interview, Job, KitRecord, Tenant
from interview.events import Fact, InterviewEnded, LineEnded, LineStarted, SpeechHeard, Word
from interview.ids import CandidateId, InterviewId, JobId, KitId, TenantId, TurnId
from interview.kit import LEVELS, Competency, Kit, Question
from interview.lifecycle import State
from interview.use_cases.world import World

COMPETENCIES = 8
QUESTIONS = 15
TURNS = 120
MINUTES = 45
WORDS = 75
"""Of an answer; sixty of them are half an hour of talk."""

VOCABULARY = """
    we I the a customer service restarted queue then called checked log told manager because and
    found broken deployed night after before wrote down asked first second error fixed team decided
    rolled back measured again learned that was is it in on at with for from
"""


@dataclass(frozen=True)
class Held:
    """What was made, ended and not scored yet."""

    tenant: TenantId
    interview: InterviewId


def kit() -> Kit:
    """Each question serves two competencies."""
    names = [f"skill_{at}" for at in range(COMPETENCIES)]
    return Kit(
        name="Long",
        language="en",
        competencies=tuple(
            Competency(
                key=name,
                name=name,
                definition=f"How somebody shows {name} at work, by what they did.",
                weight=Decimal(1),
                anchors={level: f"Shows {name} as level {level} does." * 4 for level in LEVELS},
                indicators={"3": (("called",),), "4": (("measured again", "wrote down"),)},
            )
            for name in names
        ),
        questions=tuple(
            Question(
                key=f"question_{at}",
                text=f"Tell me about a time, number {at}, when something went wrong at work.",
                competencies=(names[at % COMPETENCIES], names[(at + 3) % COMPETENCIES]),
                minutes=MINUTES / QUESTIONS,
            )
            for at in range(QUESTIONS)
        ),
        minutes=MINUTES,
    )


async def hold(world: World, number: int) -> Held:
    """Another interview of a tenant of its own; `number` says what is talked about."""
    tenant, candidate = TenantId(uuid4()), CandidateId(uuid4())
    job, kit_id, interview = JobId(uuid4()), KitId(uuid4()), InterviewId(uuid4())
    now = world.now()
    await world.store.create_tenant(Tenant(tenant, "Bench", now))
    async with world.transaction(tenant) as tx:
        await tx.jobs.add(Job(job, "Engineer", now))
        await tx.kits.add(KitRecord(kit_id, job, kit(), None, now))
        await tx.kits.publish(kit_id, now)
        await tx.candidates.add(Candidate(candidate, "Ada", "ada@example.com", None, now))
        held = Interview(interview, tenant, kit_id, 1, candidate, State.LIVE, now)
        await tx.interviews.add(held)
        await world.note(tx, interview, *_said(random.Random(number)))
        await world.note(tx, interview, InterviewEnded(reason="completed"))
        await tx.interviews.set_state(interview, State.ENDED, now)
    return Held(tenant, interview)


def _said(dice: random.Random) -> list[Fact]:
    """Every question, and three probes to each."""
    facts: list[Fact] = []
    each_ms = MINUTES * 60_000 // (TURNS // 2)
    for at in range(TURNS // 2):
        question, zero = f"question_{at * QUESTIONS // (TURNS // 2)}", at * each_ms
        facts += _line(question, zero)
        facts.append(_answer(question, zero + 6000, dice))
    return facts


def _line(question: str, at_ms: int) -> tuple[Fact, Fact]:
    turn, text = TurnId(uuid4()), "What did you do yourself, and what came of it?"
    started = LineStarted(
        turn_id=turn,
        line="question",
        question=question,
        probe=None,
        text=text,
        identity="ai",
        started_ms=at_ms,
    )
    return started, LineEnded(turn_id=turn, spoken=text, ended_ms=at_ms + 5000, cut_off=False)


def _answer(question: str, at_ms: int, dice: random.Random) -> Fact:
    known = VOCABULARY.split()
    words = tuple(
        Word(
            text=dice.choice(known),
            start_ms=at_ms + 400 * at,
            end_ms=at_ms + 400 * at + 300,
            confidence=dice.uniform(0.6, 1.0),
        )
        for at in range(WORDS)
    )
    return SpeechHeard(
        turn_id=TurnId(uuid4()),
        question=question,
        identity="cand",
        role="candidate",
        text=" ".join(word.text for word in words),
        words=words,
        started_ms=at_ms,
        ended_ms=words[-1].end_ms,
    )
