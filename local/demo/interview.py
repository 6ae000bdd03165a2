"""The demo's course: start, prepare, talk, score, verify."""

import asyncio
import time
from dataclasses import dataclass
from uuid import UUID

from interview.adapters.system import SystemClock, SystemIds
from interview.errors import ChainBroken
from interview.ids import InterviewId, TenantId
from interview.ports import Store
from interview.use_cases.bootstrap import bootstrap
from interview.use_cases.verify import verify_interview
from local.candidate.candidate import SimulatedCandidate
from local.candidate.doors import CandidateDoor
from local.candidate.script import demo_script
from local.candidate.talk import Talk, hold
from local.commands.connection import opened, pepper
from local.demo.display import show_line, show_live, show_scorecard, step
from local.demo.recruiter import Json, Recruiter
from local.demo.result import Record, listed, result
from local.errors import LocalError
from local.up.stack import Stack

SCORED_WITHIN_S = 30.0
LOOK_EVERY_S = 0.2


@dataclass(frozen=True)
class Outcome:
    """What came of it: the figures for the file, and what they were taken from."""

    figures: Json
    record: Record


async def interview(stack: Stack, kit: Json) -> Outcome:
    """Starts everything, talks, scores and verifies; stopping is the caller's."""
    began = time.monotonic()
    with step("Starting Postgres, SFU, speech, API, agent and worker"):
        await stack.start()
    variables = stack.variables["api"]
    async with opened(variables) as store:
        tenant, _, key = await bootstrap(
            store, "Demo", "owner@demo.example", pepper(variables), SystemClock().now(), SystemIds()
        )
        async with Recruiter(stack.api_url, key) as recruiter:
            with step("Making job, kit, candidate and invitation through the public API"):
                made = await recruiter.prepare_interview(
                    kit, "Backend engineer", "Robin Sample", "robin@example.com"
                )
            print("\nThe interview, as the candidate hears it:\n")
            talk, first_sound_s = await _talk(stack.api_url, str(made["invitation_url"]))
            record = await _record(recruiter, store, tenant.tenant_id, made, kit)
            print("\nThe scorecard:")
            show_scorecard(record.scorecard, kit, record.turns)
        return Outcome(result(record, talk, first_sound_s, time.monotonic() - began), record)


async def _talk(api_url: str, invitation: str) -> tuple[Talk, float | None]:
    """Holds the interview; the second value counts from the moment the candidate came in."""
    async with CandidateDoor(api_url) as door, SimulatedCandidate(door) as candidate:
        entered = time.monotonic()
        await candidate.enter(invitation)
        showing = asyncio.create_task(show_live(candidate.captions))
        try:
            talk = await hold(candidate, demo_script(), show_line)
        finally:
            showing.cancel()
            await asyncio.gather(showing, return_exceptions=True)
        sounds = candidate.ear.sounds(join_s=0.6)
        return talk, sounds[0].started_at - entered if sounds else None


async def _record(
    recruiter: Recruiter, store: Store, tenant: TenantId, made: Json, kit: Json
) -> Record:
    path = f"/v1/interviews/{made['id']}"
    with step("\nScoring"):
        card = await _scorecard(recruiter, path)
    transcript = await recruiter.get(f"{path}/transcript")
    try:
        verified = await verify_interview(store, tenant, InterviewId(UUID(str(made["id"]))))
        events, chain = verified.events, "verified"
    except ChainBroken as error:
        events, chain = 0, f"broken: {error.detail}"
    planned = tuple(str(question["key"]) for question in listed(kit["questions"]))
    turns = tuple(listed(transcript["turns"]))
    return Record(str(made["id"]), planned, turns, card, events, chain)


async def _scorecard(recruiter: Recruiter, path: str) -> Json:
    """The newest scorecard. Raises `LocalError` when there is none in time."""
    try:
        async with asyncio.timeout(SCORED_WITHIN_S):
            while not (cards := listed((await recruiter.get(f"{path}/scorecards"))["items"])):
                await asyncio.sleep(LOOK_EVERY_S)
            return cards[-1]
    except TimeoutError as error:
        raise LocalError(f"the interview was not scored within {SCORED_WITHIN_S:.0f} s") from error
