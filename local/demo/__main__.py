"""`python -m local.demo`: one whole interview by voice on this machine, and what came of it."""

import asyncio
import json
import os
import shutil
import sys
import time
from pathlib import Path
from uuid import UUID

from interview.adapters.system import SystemClock, SystemIds
from interview.errors import ChainBroken
from interview.ids import InterviewId, TenantId
from interview.ports import Store
from interview.use_cases.bootstrap import bootstrap
from interview.use_cases.verify import verify_interview
from local.candidate.candidate import SimulatedCandidate
from local.candidate.doors import CandidateDoor
from local.candidate.script import DEMO_KIT, demo_script
from local.candidate.talk import Talk, hold
from local.commands.connection import opened, pepper
from local.demo.display import show_line, show_result, show_scorecard, step
from local.demo.recruiter import Json, Recruiter
from local.demo.result import Record, result, shortfalls
from local.environment import DATA
from local.errors import LocalError
from local.up.stack import Stack

FOLDER = DATA / "demo"
SCORED_WITHIN_S = 30.0
LOOK_EVERY_S = 0.2


async def demo(folder: Path) -> Json:
    """Starts everything, talks, scores, verifies, stops everything; returns the figures."""
    began = time.monotonic()
    async with Stack(folder) as stack:
        with step("Starting Postgres, SFU, speech, API, agent and worker"):
            await stack.start()
        variables = stack.variables["api"]
        async with opened(variables) as store:
            tenant, _, key = await bootstrap(
                store,
                "Demo",
                "owner@demo.example",
                pepper(variables),
                SystemClock().now(),
                SystemIds(),
            )
            kit: Json = json.loads(DEMO_KIT.read_text())
            async with Recruiter(stack.api_url, key) as recruiter:
                with step("Making job, kit, candidate and invitation through the public API"):
                    interview = await recruiter.prepare_interview(
                        kit, "Backend engineer", "Robin Sample", "robin@example.com"
                    )
                print("\nThe interview, as the candidate hears it:\n")
                talk, first_sound_s = await _talk(stack.api_url, str(interview["invitation_url"]))
                record = await _record(recruiter, store, tenant.tenant_id, interview, kit)
                print("\nThe scorecard:")
                show_scorecard(record.scorecard, kit, record.turns)
            return result(record, talk, first_sound_s, time.monotonic() - began)


async def _talk(api_url: str, invitation: str) -> tuple[Talk, float | None]:
    """Holds the interview; the second value counts from the moment the candidate came in."""
    async with CandidateDoor(api_url) as door, SimulatedCandidate(door) as candidate:
        entered = time.monotonic()
        await candidate.enter(invitation)
        talk = await hold(candidate, demo_script(), show_line)
        sounds = candidate.ear.sounds(join_s=0.6)
        return talk, sounds[0].started_at - entered if sounds else None


async def _record(
    recruiter: Recruiter, store: Store, tenant: TenantId, interview: Json, kit: Json
) -> Record:
    path = f"/v1/interviews/{interview['id']}"
    with step("\nScoring"):
        card = await _scorecard(recruiter, path)
    transcript = await recruiter.get(f"{path}/transcript")
    try:
        verified = await verify_interview(store, tenant, InterviewId(UUID(str(interview["id"]))))
        events, chain = verified.events, "verified"
    except ChainBroken as error:
        events, chain = 0, f"broken: {error.detail}"
    turns = transcript["turns"]
    questions = kit["questions"]
    assert isinstance(turns, list)
    assert isinstance(questions, list)
    planned = tuple(str(q["key"]) for q in questions)
    return Record(str(interview["id"]), planned, tuple(turns), card, events, chain)


async def _scorecard(recruiter: Recruiter, path: str) -> Json:
    async with asyncio.timeout(SCORED_WITHIN_S):
        while True:
            cards = (await recruiter.get(f"{path}/scorecards"))["items"]
            if isinstance(cards, list) and cards:
                card: Json = cards[-1]
                return card
            await asyncio.sleep(LOOK_EVERY_S)


def main() -> None:
    """Exit code 1 with one line when the interview did not come to its end as planned."""
    try:
        shutil.rmtree(FOLDER, ignore_errors=True)
        figures = asyncio.run(demo(FOLDER))
    except LocalError as error:
        sys.exit(f"demo: {error}")
    except TimeoutError:
        sys.exit("demo: the interview was not scored in time")
    path = FOLDER / "result.json"
    path.write_text(json.dumps(figures, indent=2) + "\n")
    show_result(figures, os.path.relpath(path))
    planned = [question["key"] for question in json.loads(DEMO_KIT.read_text())["questions"]]
    if missing := shortfalls(figures, planned):
        sys.exit("demo: " + "; ".join(missing))


if __name__ == "__main__":
    main()
