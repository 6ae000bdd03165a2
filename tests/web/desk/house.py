"""A recruiter's desk with something on it: the API, and interviews of all sorts."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from uuid import UUID

from aiohttp.test_utils import TestClient, TestServer

from api.app import create_app
from interview.adapters.lexicons import indicator_rater
from interview.adapters.passwords import Argon2Passwords
from interview.adapters.system import SystemIds
from interview.ids import InterviewId
from interview.ports import Store
from interview.use_cases.scoring import score_interview
from interview.use_cases.world import World
from local.ports import free_port
from tests.api.house import CHEAP, House, Json, settings_with
from tests.fakes.clock import FakeClock
from tests.fakes.objects import FakeObjects
from tests.fakes.rooms import FakeRooms
from tests.sounds import ogg, tone
from tests.web.desk.talk import TALK, Said

PASSWORD = "a password of some length"
WORD_MS = 320
PART_S = 1.6


@dataclass
class DeskHouse:
    """`house` is the API as a customer's programs call it, `url` where a browser finds it."""

    url: str
    house: House
    job: Json = None
    kit: Json = None
    interviews: dict[str, Json] = field(default_factory=dict)

    async def member(self, email: str, role: str) -> None:
        """Somebody who can sign in with `PASSWORD`."""
        made = await self.house.post("/v1/members", {"email": email, "role": role})
        token = made["setup_url"].partition("#")[2]
        body = {"token": token, "password": PASSWORD}
        await self.house.call("POST", "/v1/setup", json=body, key="")
        self.house.client.session.cookie_jar.clear()

    async def published(
        self, starter: str = "backend_engineer", title: str = "", *, hostile: bool = False
    ) -> None:
        """The job and the kit that the following interviews are about; `title` stands in all words
        of a kit that is `hostile`."""
        self.job = await self.house.post("/v1/jobs", {"title": title or "Backend engineer"})
        body = {"job_id": self.job["id"], "starter": starter}
        draft = await self.house.post("/v1/kits/drafts", body)
        if hostile:
            await self._spoil(draft, title)
        self.kit = await self.house.post(f"/v1/kits/{draft['id']}/publish", status=200)

    async def _spoil(self, draft: Json, words: str) -> None:
        kept = ("job_id", "language", "minutes", "competencies", "questions")
        body = {key: draft[key] for key in kept} | {"name": words, "intro": words, "closing": words}
        for competency in body["competencies"]:
            competency |= {"name": words[:100], "definition": words}
            competency["anchors"] = dict.fromkeys("12345", words)
        for question in body["questions"]:
            question |= {"text": f"{question['key']} {words}", "probes": [words], "max_probes": 1}
        path, headers = f"/v1/kits/{draft['id']}", {"If-Match": "*"}
        changed = await self.house.call("PUT", path, json=body, headers=headers)
        assert 200 == changed.status, await changed.text()

    async def asked_for(self, made: Json, words: str) -> Json:
        """The candidate of an interview that is over asks for other words in their first answer,
        for another look, and says what they thought."""
        made_link = await self.house.post(f"/v1/interviews/{made['id']}/invitations", {})
        session = await self.house.redeemed(made_link)
        turns = (await self.house.get("/v1/candidate/transcript", key=session))["turns"]
        own = next(turn for turn in turns if turn["speaker"] == "candidate")
        asked = {"kind": "transcript", "text": words, "turn_id": own["turn_id"]}
        found = await self.house.post("/v1/candidate/requests", asked, key=session)
        other = {"kind": "human_review", "text": words[:3000]}
        await self.house.post("/v1/candidate/requests", other, key=session)
        thought = {"rating": 4, "text": words[:3000]}
        await self.house.call("PUT", "/v1/candidate/feedback", json=thought, key=session)
        return found

    async def invited(self, name: str, **times: str) -> Json:
        """An interview of somebody new."""
        self.house.clock.advance(60)
        email = f"{''.join(filter(str.isalnum, name.lower()))[:20] or 'x'}@example.com"
        who = await self.house.post("/v1/candidates", {"name": name, "email": email})
        body = {"kit_id": self.kit["id"], "candidate_id": who["id"], **times}
        made = await self.house.post("/v1/interviews", body)
        self.interviews[name] = made
        return made

    async def live(self, name: str) -> tuple[Json, Json]:
        """One that an agent leads, and its lease."""
        made = await self.invited(name)
        await self.house.joined(made)
        claim = await self.house.claimed(made)
        await self.house.errands_done()
        return made, claim

    async def told(self, name: str, talk: tuple[Said, ...] = TALK, *, heard: int = 100) -> Json:
        """One that is over; of `heard` turns each word is where one hears it in the recording."""
        made, claim = await self.live(name)
        at, reports, parts = 1000, [], {"ai": 0, "candidate": 0}
        for n, said in enumerate(talk):
            turn = str(SystemIds().new())
            words = said.text.split()
            until = at + WORD_MS * len(words)
            reports += self.reports(said, turn, at, until, claim["candidate_identity"])
            if n < heard:
                await self._heard(claim, said.speaker, parts, at, until)
            at = until + 900
        for start in range(0, len(reports), 50):
            await self.house.tell(claim, *reports[start : start + 50])
        await self.house.tell(claim, self.house.report("interview_ended", reason="completed"))
        return made

    def reports(
        self, said: Said, turn: str, at: int, until: int, identity: str = "cand-1"
    ) -> list[Json]:
        """What an agent tells of a turn; `identity` is the candidate's in the room."""
        if said.speaker == "ai":
            began = self.house.line(said.text, turn)
            began["fact"] |= {"question": said.question, "line": said.line, "started_ms": at}
            ended = self.house.line_end(said.text, turn)
            ended["fact"]["ended_ms"] = until
            return [began, ended]
        heard = self.house.speech(said.shown or said.text, turn=turn, at_ms=at)
        words = [
            {
                "text": word,
                "start_ms": at + WORD_MS * n,
                "end_ms": at + WORD_MS * n + 280,
                "confidence": 0.31 if word == said.unclear else 0.95,
            }
            for n, word in enumerate(said.text.split())
        ]
        heard["fact"] |= {"question": said.question, "words": words, "ended_ms": until}
        heard["fact"]["identity"] = identity
        ended = self.house.report(
            "answer_ended",
            turn_id=turn,
            question=said.question,
            signal="patience",
            words=len(words),
        )
        return [*self._written(said, turn, at, identity), heard, ended]

    def _written(self, said: Said, turn: str, at: int, identity: str) -> list[Json]:
        if not said.written:
            return []
        wrote = self.house.speech(said.written, turn=turn, at_ms=at)
        new: Json = {"question": said.question, "words": [], "ended_ms": at, "typed": True}
        wrote["fact"] |= new | {"identity": identity}
        return [wrote]

    async def _heard(
        self, claim: Json, speaker: str, parts: dict[str, int], at: int, until: int
    ) -> None:
        who = claim["candidate_identity"] if speaker == "candidate" else "ai-1"
        for start in range(at, until, round(1000 * PART_S) + 200):
            body = voice(speaker, parts[speaker] % 3)
            said = {"participant": who, "index": parts[speaker], "started_ms": start}
            await self.house.hand_in(claim, body, duration_ms=round(1000 * PART_S), **said)
            parts[speaker] += 1

    async def scored(self, made: Json) -> None:
        """The machine's card, by the rater that needs no model."""
        house = self.house
        world = World(house.store, house.clock, SystemIds())
        rater, tenant = indicator_rater(), house.tenants[house.key]
        await score_interview(world, rater, tenant, InterviewId(UUID(made["id"])))


@cache
def voice(speaker: str, kind: int) -> bytes:
    """Something to hear and to see: not words, for nothing listens here."""
    hertz = (180 if speaker == "ai" else 260) + 40 * kind
    return ogg(tone(hertz, PART_S, level=0.25 + 0.2 * kind))


@asynccontextmanager
async def opened_desk(store: Store, port: int = 0, **variables: str) -> AsyncIterator[DeskHouse]:
    """The API on a port of its own, with one tenant and nothing else in it."""
    port = port or free_port()
    url = f"http://127.0.0.1:{port}"
    near = {"VIVAVOCE_SIGN_IN_REACH": "anywhere"}  # the providers of tests are on this machine
    settings = settings_with(VIVAVOCE_API_URL=url, **{**near, **variables})
    clock, rooms, objects = FakeClock(datetime.now(UTC)), FakeRooms(), FakeObjects()
    passwords = Argon2Passwords(CHEAP)
    app = create_app(settings, store, rooms, objects, clock, SystemIds(), passwords)
    async with TestClient(TestServer(app, host="127.0.0.1", port=port)) as client:
        house = House(client, store, rooms, objects, clock, settings.pepper)
        house.key = await house.new_tenant("Acme")
        yield DeskHouse(url, house)


async def furnish(desk: DeskHouse) -> None:
    """People, a kit, and interviews in all states; `Maria Sánchez` is to be reviewed."""
    for email, role in (
        ("olga@example.com", "owner"),
        ("grace@example.com", "recruiter"),
        ("ravi@example.com", "reviewer"),
        ("aude@example.com", "auditor"),
    ):
        await desk.member(email, role)
    await desk.published()
    for name in ("Tomás Ferreira", "Ingrid Olsen", "Ji-woo Park"):
        await desk.invited(name)
    await desk.house.consented(desk.interviews["Ji-woo Park"])
    _, claim = await desk.live("Amara Okafor")
    await desk.house.tell(claim, *desk.reports(TALK[0], str(SystemIds().new()), 1000, 4000))
    for name in ("Bao Nguyen", "Chloé Martin"):
        await desk.scored(await desk.told(name, heard=0))
    maria = await desk.told("Maria Sánchez")
    await desk.scored(maria)
