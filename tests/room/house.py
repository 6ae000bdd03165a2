"""The whole platform for room tests: real SFU, Postgres, API, agent and worker, scripted speech."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from aiohttp import ClientError
from livekit import api

from interview.adapters.system import SystemClock, SystemIds
from interview.ids import InterviewId, TenantId
from interview.ports import Store
from interview.store.postgres import open_store
from interview.use_cases.bootstrap import bootstrap
from interview.use_cases.verify import Verified, verify_interview
from local.candidate.candidate import SimulatedCandidate
from local.candidate.captions import AI
from local.candidate.clips import Clip, load_clips
from local.candidate.doors import CandidateDoor
from local.candidate.sound import RATE
from local.candidate.voice import Spoken
from local.commands.connection import pepper
from local.demo.recruiter import Json, Recruiter
from local.up.stack import Stack
from tests.standins.deepgram import Deepgram
from tests.standins.following import Sound

CORPUS = Path(__file__).parents[2] / "bench" / "corpus"
WITHIN_S = 60.0
"""How long a fact is waited for before a test says that it never came."""

HASTE_S = 0.013
"""The AI of room tests speaks five times as fast as a person would."""

ANCHOR, DEFINITION = "an-anchor-no-candidate-may-see", "a-definition-no-candidate-may-see"
INDICATOR = "worked there for three years"

NO = "no that's all"
"""What ends an interview: words at the invitation that say anything else are noted."""


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

    async def hears(self, text: str, times: int = 1) -> None:
        """Returns once the AI was heard to say `text` so often, to its end."""

        def heard() -> bool:
            lines = self.candidate.captions.final_lines()
            return sum(text in caption.line.text for caption in lines) >= times

        await until(heard)

    async def begins_to_hear(self, text: str, for_s: float = 0.8) -> None:
        """Returns in the middle of the line `text`: for so long it has been shown and is heard."""
        ear = self.candidate.ear

        def speaks() -> bool:
            ours = [c for c in self.candidate.captions.shown if c.line.speaker == AI][-1:]
            lines = [c for c in ours if text in c.line.text and not c.line.final]
            return ear.is_hearing and any(time.monotonic() - c.at >= for_s for c in lines)

        await until(speaks)

    async def is_asked(self, text: str, times: int = 1) -> None:
        """`hears`, and the voice is silent again."""
        await self.hears(text, times)
        await self.candidate.ear.wait_until_quiet(0.3)

    async def is_understood(self, text: str) -> None:
        """Returns once the agent has written down what ends with `text` of the candidate's."""
        me = str(self.candidate.room.local_participant.identity)
        captions = self.candidate.captions
        await until(lambda: any(c.line.text.endswith(text) for c in captions.final_lines(me)))

    def will_say(self, clip: Clip) -> Clip:
        """The recogniser will hear the words of `clip` when its sound begins."""
        self.platform.speech.will_hear(clip.entry.words, Sound(clip.pcm, RATE))
        return clip

    def speaks(self, clip: Clip) -> "asyncio.Task[Spoken]":
        """Speaks while something else is done; await it for the end."""
        return asyncio.create_task(self.candidate.say(clip))

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

    async def show(self) -> None:
        """Prints the log, for whoever asks why a test failed."""
        for fact in await self.facts():
            told = {k: v for k, v in fact.items() if k not in ("words", "sha256", "versions")}
            print(" ".join(f"{key}={value}" for key, value in told.items()))

    async def lines(self, of: str | None = None) -> list[tuple[object, object]]:
        """What the AI began to say, as line and question; `of` picks one kind of line."""
        begun = [(fact["line"], fact["question"]) for fact in await self.facts("line_started")]
        return [line for line in begun if of is None or line[0] == of]

    async def said(self) -> list[str]:
        """The candidate's turns that hold a word."""
        return [str(t["spoken"]) for t in await self.turns("candidate") if t["spoken"]]

    async def verified(self) -> Verified:
        """The record recomputed. Raises when it does not fit together."""
        return await verify_interview(self.platform.store, *self.platform.interview(self))

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
        """Has nothing to add, and hears the goodbye."""
        await self.is_asked("Is there anything")
        await self.candidate.say(self.will_say(spoken(clips()["finished_01"], NO)))
        await self.has("interview_ended")


@dataclass
class Platform:
    """A running installation with one tenant."""

    stack: Stack
    speech: Deepgram
    store: Store
    tenant: TenantId
    recruiter: Recruiter
    api_key: str

    async def invite(self, questions: Json, **agreed: str) -> Json:
        return await self.recruiter.prepare_interview(
            questions, "Engineer", "Robin Sample", "robin@example.com", **agreed
        )

    @asynccontextmanager
    async def talk(self, questions: Json, **agreed: str) -> AsyncIterator[Talk]:
        """An interview whose candidate has just come in."""
        self.speech.forget()
        interview = await self.invite(questions, **agreed)
        async with (
            CandidateDoor(self.stack.api_url) as door,
            SimulatedCandidate(door) as candidate,
        ):
            await candidate.enter(str(interview["invitation_url"]))
            talk = Talk(str(interview["id"]), candidate, door, self)
            try:
                yield talk
            except (AssertionError, TimeoutError):
                with suppress(ClientError):  # the API may be what was killed
                    await talk.show()
                raise

    def interview(self, talk: Talk) -> tuple[TenantId, InterviewId]:
        return self.tenant, InterviewId(UUID(talk.id))

    def token(self, room: str, identity: str, **grants: Any) -> str:
        """A token of this installation's own secret, as only its operator can make it."""
        secrets = self.stack.secrets
        token = api.AccessToken(secrets.livekit_api_key, secrets.livekit_api_secret)
        grant = api.VideoGrants(room_join=True, room=room, **grants)
        return token.with_identity(identity).with_grants(grant).to_jwt()


@asynccontextmanager
async def running_platform(
    folder: Path, more: Mapping[str, str] | None = None, speech: Deepgram | None = None
) -> AsyncIterator[Platform]:
    """Everything started; everything stopped at the end. `more` are settings beside the usual,
    `speech` a recogniser and a voice other than the usual."""
    async with (
        speech or Deepgram(character_s=HASTE_S) as speech,
        Stack(folder, given={**speech.settings(), **(more or {})}, durable=False) as stack,
    ):
        await stack.start()
        told = stack.variables["api"]
        database, key = told["DATABASE_URL"], told["VIVAVOCE_INSTALLATION_KEY"]
        async with open_store(database, key, max_size=2) as store:
            tenant, _, api_key = await bootstrap(
                store, "Test", "t@example.com", pepper(told), SystemClock().now(), SystemIds()
            )
            async with Recruiter(stack.api_url, api_key) as recruiter:
                yield Platform(stack, speech, store, tenant.tenant_id, recruiter, api_key)


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


def words(*said: Clip) -> str:
    """What is stored of these clips when they are one turn."""
    return " ".join(word for clip in said for word, _, _ in clip.entry.words)


def spoken(clip: Clip, *parts: str) -> Clip:
    """The sound of `clip` with other words: a part before each of its pauses and one at the end."""
    entry = clip.entry
    begins = [entry.first_loud_s, *(at + length for at, length, _ in entry.pauses)]
    ends = [*(at for at, _, _ in entry.pauses), entry.last_loud_s]
    stretches = zip(parts, begins, ends, strict=True)
    said = [word for part, begin, end in stretches for word in _timed(part.split(), begin, end)]
    return replace(clip, entry=entry.model_copy(update={"words": tuple(said)}))


def _timed(words: Sequence[str], start: float, end: float) -> list[tuple[str, float, float]]:
    step = (end - start) / len(words)
    return [(w, start + n * step, start + (n + 1) * step) for n, w in enumerate(words)]
