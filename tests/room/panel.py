"""People of the tenant in the room of an interview, and what they do with the floor."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from interview.accounts import ALL_SCOPES, ApiKey, Member, Role, new_api_key
from interview.adapters.system import SystemClock, SystemIds
from interview.ids import MemberId
from interview.use_cases.keys import key_digest
from local.candidate.candidate import SimulatedCandidate
from local.candidate.clips import Clip
from local.commands.connection import pepper
from local.demo.recruiter import Recruiter
from tests.room.house import Platform, Talk


@dataclass(frozen=True)
class Interviewer:
    """A member at two doors: `client` is in the room, `recruiter` calls the API as the member."""

    client: SimulatedCandidate
    recruiter: Recruiter
    talk: Talk

    @property
    def identity(self) -> str:
        return str(self.client.room.local_participant.identity)

    @property
    def floor(self) -> str:
        """The floor in their hands."""
        return f"human:{self.identity.removeprefix('int-')}"

    async def passes(self, holder: str, **more: object) -> float:
        """A click that goes by the API; its instant. Raises `LocalError`."""
        clicked = time.monotonic()
        body = {"holder": holder, **more}
        await self.recruiter.act(f"/v1/interviews/{self.talk.id}/floor", body)
        return clicked

    async def calls(self, method: str, payload: str = "") -> float:
        """A click that goes to the agent; its instant. Raises `RpcError`."""
        clicked = time.monotonic()
        assert "ok" == await calls(self.client, method, payload)
        return clicked

    async def says(self, clip: Clip) -> None:
        """Speaks, and leaves time for the last word to be understood."""
        await says(self.talk, self.client, clip)


async def says(talk: Talk, who: SimulatedCandidate, clip: Clip) -> Clip:
    await who.say(talk.will_say(clip))
    await asyncio.sleep(1.0)
    return clip


async def calls(who: SimulatedCandidate, method: str, payload: str = "") -> str:
    agent = await who.wait_for_agent()
    return await who.room.local_participant.perform_rpc(
        destination_identity=agent.identity, method=method, payload=payload, response_timeout=10
    )


@asynccontextmanager
async def interviewer(
    talk: Talk, name: str = "Anna", recruiter: Recruiter | None = None
) -> AsyncIterator[Interviewer]:
    """In the room; by the API it is the tenant's first member, or whose `recruiter` that is."""
    by = recruiter or talk.platform.recruiter
    seat = await by.act(f"/v1/interviews/{talk.id}/join", {"name": name})
    async with SimulatedCandidate() as client:
        await client.connect(str(seat["livekit_url"]), str(seat["token"]))
        yield Interviewer(client, by, talk)


@asynccontextmanager
async def colleague(platform: Platform) -> AsyncIterator[Recruiter]:
    """A second member, with a key of their own."""
    now, (kid, key) = SystemClock().now(), new_api_key()
    member = Member(MemberId(SystemIds().new()), f"{kid}@example.com", Role.INTERVIEWER, now)
    digest = key_digest(pepper(platform.stack.variables["api"]), key)
    async with platform.store.transaction(platform.tenant) as tx:
        await tx.tenants.add_member(member)
        await tx.tenants.add_key(
            ApiKey(
                kid=kid,
                tenant=platform.tenant,
                digest=digest,
                scopes=ALL_SCOPES,
                created_at=now,
                member=member.member_id,
            )
        )
    async with Recruiter(platform.stack.api_url, key) as recruiter:
        yield recruiter


async def silent_since(talk: Talk, clicked: float) -> float:
    """How long after the click the candidate heard the AI."""
    await talk.candidate.ear.wait_until_quiet(0.5)
    last = talk.candidate.ear.last_loud_at
    assert last is not None
    return last - clicked


async def sound_after(talk: Talk, clicked: float) -> float:
    return await talk.candidate.ear.wait_for_sound(clicked) - clicked


async def followed(talk: Talk, floor: str) -> None:
    """Returns once the agent does as `floor` says."""
    async with asyncio.timeout(20):
        while True:
            facts = await talk.facts("floor_followed")
            if facts and facts[-1]["floor"] == floor:
                return
            await asyncio.sleep(0.1)
