"""What the API's tests do again and again: call it, and bring an interview to where it counts."""

from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application, Request
from argon2 import PasswordHasher

from api.app import create_app
from api.settings import Settings
from api.tags import DESK
from interview.accounts import ApiKey, Member, Role, Scope, new_api_key
from interview.adapters.passwords import Argon2Passwords
from interview.adapters.system import SystemIds
from interview.ids import MemberId, TenantId
from interview.ports import Ids, Passwords, Rooms, Store
from interview.use_cases.bootstrap import bootstrap
from interview.use_cases.keys import key_digest
from interview.use_cases.sign_in import open_session
from interview.use_cases.world import World
from tests.fakes.clock import FakeClock
from tests.fakes.objects import FakeObjects
from tests.fakes.rooms import FakeRooms

Json = Any
AGENT_KEY = "the-agent-service-key"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
ORIGIN = "http://127.0.0.1:8080"
RATES = [f"VIVAVOCE_RATE_{each}" for each in ("KEY", "TENANT", "ADDRESS", "GUESS")]
PEPPER = urlsafe_b64encode(bytes(32)).decode()


def kit_body(job_id: str) -> dict[str, Json]:
    """A complete kit: one competency, two questions, the first with a probe."""
    return {
        "job_id": job_id,
        "name": "Backend engineer",
        "language": "en",
        "competencies": [
            {
                "key": "debugging",
                "name": "Debugging",
                "definition": "Finds the cause of faults.",
                "weight": "1.5",
                "anchors": {level: f"SECRET-ANCHOR {level}" for level in "12345"},
            }
        ],
        "questions": [
            {
                "key": "outage",
                "text": "SECRET-QUESTION Tell me about an outage.",
                "competencies": ["debugging"],
                "probes": ["What did you do first?"],
                "max_probes": 1,
                "minutes": 4,
            },
            {
                "key": "tools",
                "text": "Which tools do you reach for?",
                "competencies": ["debugging"],
                "minutes": 3,
            },
        ],
        "minutes": 20,
    }


@dataclass
class House:
    """The API, its first tenant's key, and everything behind it."""

    client: TestClient[Request, Application]
    store: Store
    rooms: FakeRooms
    objects: FakeObjects
    clock: FakeClock
    pepper: bytes
    key: str = ""
    tenants: dict[str, TenantId] = field(default_factory=dict)

    async def new_tenant(self, name: str) -> str:
        """A tenant more; its owner's key."""
        tenant, _, key = await bootstrap(
            self.store, name, f"{name}@example.com", self.pepper, self.clock.now(), SystemIds()
        )
        self.tenants[key] = tenant.tenant_id
        return key

    async def new_key(
        self,
        *scopes: Scope,
        expires_at: datetime | None = None,
        revoked_at: datetime | None = None,
    ) -> str:
        """A key of the first tenant with these scopes alone."""
        kid, key = new_api_key()
        stored = ApiKey(
            kid=kid,
            tenant=self.tenants[self.key],
            digest=key_digest(self.pepper, key),
            scopes=frozenset(scopes),
            created_at=self.clock.now(),
            expires_at=expires_at,
            revoked_at=revoked_at,
        )
        async with self.store.transaction(stored.tenant) as tx:
            await tx.tenants.add_key(stored)
        return key

    async def new_member(self, role: Role, email: str | None = None) -> MemberId:
        """A member more of the first tenant."""
        name = MemberId(SystemIds().new())
        member = Member(name, email or f"{name.hex}@example.com", role, self.clock.now())
        async with self.store.transaction(self.tenants[self.key]) as tx:
            await tx.tenants.add_member(member)
        return name

    async def signed_in(self, member: MemberId) -> dict[str, str]:
        """The headers that the browser of this member sends from a page of ours."""
        async with self.store.transaction(self.tenants[self.key]) as tx:
            found = await tx.members.get(member)
            world = World(self.store, self.clock, SystemIds())
            opened = await open_session(world, tx, found, "password")
        return {"Cookie": f"viv_session={opened.token}", "Origin": ORIGIN}

    async def call(
        self, method: str, path: str, *, key: str | None = None, **options: Json
    ) -> ClientResponse:
        """One request, with the first tenant's key unless another bearer is given ("" for none)."""
        bearer = self.key if key is None else key
        headers = dict(options.pop("headers", {}))
        if bearer:
            headers["Authorization"] = f"Bearer {bearer}"
        return await self.client.request(method, path, headers=headers, **options)

    async def get(self, path: str, **options: Json) -> Json:
        return await self._expect(200, "GET", path, **options)

    async def post(
        self, path: str, body: Json = None, *, status: int = 201, **options: Json
    ) -> Json:
        return await self._expect(status, "POST", path, json=body, **options)

    async def _expect(self, status: int, method: str, path: str, **options: Json) -> Json:
        answer = await self.call(method, path, **options)
        said = await answer.text()
        assert status == answer.status, said
        return await answer.json() if said else None

    async def refusal(self, method: str, path: str, **options: Json) -> tuple[int, str]:
        """Status and code of what must be a problem document."""
        answer = await self.call(method, path, **options)
        problem = await answer.json(content_type="application/problem+json")
        assert answer.status == problem["status"]
        assert answer.headers["X-Request-Id"] == problem["request_id"]
        return problem["status"], problem["code"]

    async def draft(self, **changes: Json) -> Json:
        """A draft kit of a new job."""
        job = await self.post("/v1/jobs", {"title": "Engineer"})
        return await self.post("/v1/kits", kit_body(job["id"]) | changes)

    async def candidate(self) -> Json:
        return await self.post("/v1/candidates", {"name": "Ada", "email": "ada@example.com"})

    async def invited(self, kit: Json | None = None, **times: str) -> Json:
        """An interview with its link, of a draft that is published for it."""
        kit = kit or await self.draft()
        await self.post(f"/v1/kits/{kit['id']}/publish", status=200)
        candidate = await self.candidate()
        body = {"kit_id": kit["id"], "candidate_id": candidate["id"], **times}
        return await self.post("/v1/interviews", body)

    async def redeemed(self, interview: Json) -> str:
        """The candidate's session token."""
        token = interview["invitation_url"].partition("#")[2]
        opened = await self.post("/v1/invitations/redeem", {"token": token}, status=200, key="")
        self.client.session.cookie_jar.clear()
        return str(opened["access_token"])

    async def consented(self, interview: Json) -> str:
        """The token of a candidate who has consented."""
        session = await self.redeemed(interview)
        known = await self.get("/v1/candidate/interview", key=session)
        body = {"accepted": True, "notice_version": known["notice"]["version"]}
        await self.post("/v1/candidate/consent", body, status=200, key=session)
        return session

    async def joined(self, interview: Json) -> str:
        """The token of a candidate who is in the room."""
        session = await self.consented(interview)
        await self.post("/v1/candidate/join", status=200, key=session)
        await self.errands_done()
        return session

    async def claimed(self, interview: Json, epoch: int = 1) -> Json:
        """The lease of an agent that was sent for."""
        body = {"interview_id": interview["id"], "epoch": epoch, "agent": "host/1"}
        return await self.post("/internal/v1/leases", body, key=AGENT_KEY)

    async def led(self, kit: Json | None = None, **times: str) -> tuple[Json, str, Json]:
        """An interview that an agent leads: the interview, the candidate's token, the claim."""
        interview = await self.invited(kit, **times)
        session = await self.joined(interview)
        claim = await self.claimed(interview)
        await self.errands_done()
        return interview, session, claim

    def report(self, kind: str, **fields: Json) -> Json:
        """A report of now."""
        fact = {"kind": kind, **fields}
        return {
            "event_id": str(SystemIds().new()),
            "at": self.clock.now().isoformat(),
            "fact": fact,
        }

    async def tell(self, claim: Json, *reports: Json, status: int = 200) -> Json:
        """What an agent reports."""
        body = {"epoch": claim["epoch"], "reports": list(reports)}
        path = f"/internal/v1/interviews/{claim['interview_id']}/events"
        return await self.post(path, body, status=status, key=claim["token"])

    async def beat(self, claim: Json) -> ClientResponse:
        path = f"/internal/v1/interviews/{claim['interview_id']}/heartbeat"
        body = {"epoch": claim["epoch"], "spooled": 0}
        return await self.call("POST", path, json=body, key=claim["token"])

    async def hand_in(self, claim: Json, body: bytes, **changes: Json) -> ClientResponse:
        """One part of the recording; `changes` replace what is said about it."""
        said = {
            "participant": "cand-1",
            "index": 0,
            "epoch": claim["epoch"],
            "started_ms": 0,
            "duration_ms": 1000,
            "sha256": sha256(body).hexdigest(),
            "key": claim["token"],
        } | changes
        where = f"{claim['interview_id']}/recording/{said.pop('participant')}/{said.pop('index')}"
        return await self.call(
            "PUT",
            f"/internal/v1/interviews/{where}",
            key=said.pop("key"),
            params=said,
            data=BytesIO(body),
            headers={"Content-Type": "audio/ogg"},
        )

    def speech(self, text: str, *, turn: str | None = None, at_ms: int = 1000) -> Json:
        """What the candidate said, as the agent reports it."""
        return self.report(
            "speech_heard",
            turn_id=turn or str(uuid4()),
            question="outage",
            identity="cand-1",
            role="candidate",
            text=text,
            words=[
                {"text": w, "start_ms": 0, "end_ms": 1, "confidence": 0.9} for w in text.split()
            ],
            started_ms=at_ms,
            ended_ms=at_ms + 500,
        )

    def line(self, text: str, turn: str) -> Json:
        """The AI begins to say `text`."""
        return self.report(
            "line_started",
            turn_id=turn,
            line="question",
            question="outage",
            probe=None,
            text=text,
            identity="ai-1",
            started_ms=100,
        )

    def line_end(self, spoken: str, turn: str) -> Json:
        return self.report("line_ended", turn_id=turn, spoken=spoken, ended_ms=900, cut_off=False)

    async def kinds(self, interview: Json) -> list[str]:
        """The kinds in the log, in order."""
        page = await self.get(f"/v1/interviews/{interview['id']}/events")
        return [event["fact"]["kind"] for event in page["items"]]

    async def state(self, interview: Json) -> str:
        found = await self.get(f"/v1/interviews/{interview['id']}")
        return str(found["state"])

    async def errands_done(self) -> None:
        """What the API does beside its answers is done."""
        await self.client.app[DESK].errands.finish(5)

    async def drop_errands(self) -> None:
        """Nobody waits for an agent that will not come."""
        await self.client.app[DESK].errands.finish(0)


def settings_with(**changes: str) -> Settings:
    """Settings that are enough, with some replaced by their variables' names."""
    enough = {
        "DATABASE_URL": "postgresql://nowhere/none",
        "LIVEKIT_URL": "ws://127.0.0.1:7880",
        "LIVEKIT_API_KEY": "key",
        "LIVEKIT_API_SECRET": "a-secret-of-some-length-for-tests",
        "VIVAVOCE_API_URL": ORIGIN,
        "VIVAVOCE_AGENT_KEY": AGENT_KEY,
        "VIVAVOCE_INSTALLATION_KEY": PEPPER,
        "VIVAVOCE_KEY_PEPPER": PEPPER,
        **dict.fromkeys(RATES, "0"),  # the clock stands still: no bucket would ever be filled
    }
    return Settings.model_validate(enough | changes)


@asynccontextmanager
async def opened(
    settings: Settings,
    store: Store,
    real_rooms: Rooms | None = None,
    ids: Ids | None = None,
    passwords: Passwords | None = None,
) -> AsyncIterator[House]:
    """A running API with one tenant in it; passwords are kept at no cost unless told."""
    clock, rooms, objects = FakeClock(), FakeRooms(), FakeObjects()
    app = create_app(
        settings,
        store,
        real_rooms or rooms,
        objects,
        clock,
        ids or SystemIds(),
        passwords or Argon2Passwords(CHEAP),
    )
    async with TestClient(TestServer(app)) as client:
        house = House(client, store, rooms, objects, clock, settings.pepper)
        house.key = await house.new_tenant("First")
        yield house


def unknown() -> UUID:
    """An id that nobody has."""
    return uuid4()
