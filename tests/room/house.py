"""The whole platform for room tests: real SFU, Postgres, API, agent and worker, scripted speech."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from interview.adapters.system import SystemClock, SystemIds
from interview.ids import InterviewId, TenantId
from interview.ports import Store
from interview.store.postgres import open_store
from interview.use_cases.bootstrap import bootstrap
from local.candidate.candidate import SimulatedCandidate
from local.candidate.clips import Clip, load_clips
from local.candidate.doors import CandidateDoor
from local.commands.connection import pepper
from local.demo.recruiter import Json, Recruiter
from local.up.stack import Stack
from tests.standins.deepgram import Deepgram

CORPUS = Path(__file__).parents[2] / "bench" / "corpus"
WITHIN_S = 20.0
HASTE_S = 0.03
"""The AI of room tests speaks twice as fast as a person would."""

ANCHOR, DEFINITION = "an-anchor-no-candidate-may-see", "a-definition-no-candidate-may-see"
INDICATOR = "worked there for three years"


def kit(*texts: str, minutes: float = 2.0, expected_words: int = 8) -> Json:
    """A kit that asks `texts`, keyed q1, q2, …"""
    return {
        "name": "Room test",
        "language": "en",
        "minutes": 60,
        "competencies": [
            {
                "key": "experience",
                "name": "Experience",
                "definition": DEFINITION,
                "weight": 1,
                "anchors": {level: f"{ANCHOR} {level}" for level in "12345"},
                "indicators": {"3": [[INDICATOR]]},
            }
        ],
        "questions": [
            {
                "key": f"q{number}",
                "text": text,
                "competencies": ["experience"],
                "minutes": minutes,
                "expected_words": expected_words,
            }
            for number, text in enumerate(texts, start=1)
        ],
    }


@dataclass
class Talk:
    """One interview with its candidate in the room."""

    id: str
    candidate: SimulatedCandidate
    door: CandidateDoor
    platform: "Platform"

    async def hears(self, text: str) -> None:
        """Returns once the AI was heard to say `text` to its end."""
        await until(lambda: any(text in c.line.text for c in self.candidate.captions.final_lines()))

    async def is_asked(self, text: str) -> None:
        """`hears`, and the voice is silent again."""
        await self.hears(text)
        await self.candidate.ear.wait_until_quiet(0.3)

    def will_say(self, clip: Clip) -> Clip:
        """The recogniser will hear the words of `clip` when its sound begins."""
        self.platform.speech.will_hear(clip.entry.words)
        return clip

    async def facts(self, kind: str | None = None) -> list[Json]:
        """The facts in the log so far, with their epoch."""
        page = await self.platform.recruiter.get(f"/v1/interviews/{self.id}/events?limit=200")
        items = page["items"]
        assert isinstance(items, list)
        facts = [{**item["fact"], "epoch": item["epoch"]} for item in items]
        return [fact for fact in facts if kind is None or fact["kind"] == kind]

    async def has(self, kind: str, times: int = 1) -> list[Json]:
        """The facts of a kind once there are so many."""
        async with asyncio.timeout(WITHIN_S):
            while len(found := await self.facts(kind)) < times:
                await asyncio.sleep(0.1)
        return found

    async def turns(self, speaker: str | None = None) -> list[Json]:
        transcript = await self.platform.recruiter.get(f"/v1/interviews/{self.id}/transcript")
        turns = transcript["turns"]
        assert isinstance(turns, list)
        return [turn for turn in turns if speaker is None or turn["speaker"] == speaker]

    async def ratings(self) -> list[Json]:
        """Of the first scorecard."""
        cards = await self.platform.recruiter.get(f"/v1/interviews/{self.id}/scorecards")
        items = cards["items"]
        assert isinstance(items, list)
        ratings: list[Json] = items[0]["ratings"]
        return ratings

    async def is_in(self, state: str) -> None:
        async with asyncio.timeout(WITHIN_S):
            path = f"/v1/interviews/{self.id}"
            while (await self.platform.recruiter.get(path))["state"] != state:
                await asyncio.sleep(0.1)

    async def finish(self) -> None:
        """Answers whatever is still asked by silence-breaking words until the end."""
        await self.is_asked("Is there anything")
        self.will_say(clips()["finished_01"])
        await self.candidate.say(clips()["finished_01"])
        await self.has("interview_ended")


@dataclass
class Platform:
    """A running installation with one tenant."""

    stack: Stack
    speech: Deepgram
    store: Store
    tenant: TenantId
    recruiter: Recruiter
    doors: list[CandidateDoor] = field(default_factory=list)

    async def invite(self, questions: Json) -> Json:
        return await self.recruiter.prepare_interview(
            questions, "Engineer", "Robin Sample", "robin@example.com"
        )

    @asynccontextmanager
    async def talk(self, questions: Json) -> AsyncIterator[Talk]:
        """An interview whose candidate has just come in."""
        self.speech.forget()
        interview = await self.invite(questions)
        async with (
            CandidateDoor(self.stack.api_url) as door,
            SimulatedCandidate(door) as candidate,
        ):
            await candidate.enter(str(interview["invitation_url"]))
            yield Talk(str(interview["id"]), candidate, door, self)

    def interview(self, talk: Talk) -> tuple[TenantId, InterviewId]:
        return self.tenant, InterviewId(UUID(talk.id))


@asynccontextmanager
async def running_platform(folder: Path) -> AsyncIterator[Platform]:
    """Everything started; everything stopped at the end."""
    async with (
        Deepgram(character_s=HASTE_S) as speech,
        Stack(folder, given=speech.settings(), durable=False) as stack,
    ):
        await stack.start()
        told = stack.variables["api"]
        database, key = told["DATABASE_URL"], told["VIVAVOCE_INSTALLATION_KEY"]
        async with open_store(database, key, max_size=2) as store:
            tenant, _, api_key = await bootstrap(
                store, "Test", "t@example.com", pepper(told), SystemClock().now(), SystemIds()
            )
            async with Recruiter(stack.api_url, api_key) as recruiter:
                yield Platform(stack, speech, store, tenant.tenant_id, recruiter)


async def until(fact: Callable[[], bool], within_s: float = WITHIN_S) -> None:
    """Returns when `fact` holds; raises `TimeoutError`."""
    async with asyncio.timeout(within_s):
        while not fact():
            await asyncio.sleep(0.02)


_CLIPS: dict[str, Clip] = {}


def clips() -> dict[str, Clip]:
    """The benchmark's corpus by id."""
    if not _CLIPS:
        _CLIPS.update(load_clips(CORPUS))
    return _CLIPS
