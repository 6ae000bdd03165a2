"""Calls that mean harm, from those who may call: what is refused, and that nothing is stored."""

import copy
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import uuid4

from api.callers import Access, Door
from api.registry import Operation
from interview.accounts import Role
from interview.store.memory import MemoryStore
from tests.api.house import AGENT_KEY, House, Json
from tests.api.test_audit import ready_for
from tests.api.test_contract import asked, bodies, filled

JSON = {"Content-Type": "application/json"}
BODIED = bodies(dict.fromkeys(("job_id", "kit_id", "candidate_id"), "x")).keys()
"""Operations of which a good body is known."""


@dataclass(frozen=True)
class Refused:
    """What a problem says."""

    status: int
    code: str
    fields: tuple[str, ...]


@dataclass
class Attacker:
    """Somebody who may make this call, and makes it in another way."""

    house: House
    operation: Operation
    ids: dict[str, str]
    bearer: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    async def of(cls, house: House, operation: Operation) -> "Attacker":
        ids = await ready_for(house, operation)
        ids |= {"participant": "cand-1", "index": "0", "session_id": str(uuid4())}
        session = await house.redeemed(await house.invited())
        bearers: dict[Access, str] = {
            Door.CANDIDATE: session,
            Door.AGENT: AGENT_KEY,
            Door.LEASE: AGENT_KEY,
            Door.LEASE_OR_AGENT: AGENT_KEY,
            Door.PUBLIC: "",
            Door.MEMBER: "",
        }
        cookie: dict[str, str] = {}
        if operation.access is Door.MEMBER:
            cookie = await house.signed_in(await house.new_member(Role.OWNER))
        await house.errands_done()
        return cls(house, operation, ids, bearers.get(operation.access, house.key), cookie)

    def body(self) -> Json:
        """A good one, of its own to be spoiled."""
        return copy.deepcopy(bodies(self.ids).get(self.operation.name))

    async def refusal(self, body: Json = None, *, path: str | None = None, **said: Json) -> Refused:
        """Of a call that must be refused and leave everything as it was."""
        store = self.house.store
        assert isinstance(store, MemoryStore)
        before = copy.deepcopy(store.tables)
        headers = self.headers | (JSON if self.operation.body else {}) | said.pop("headers", {})
        params = {**asked(self.operation, self.ids), **said.pop("params", {})}
        answer = await self.house.call(
            self.operation.method,
            path or filled(self.operation.path, self.ids),
            key=self.bearer,
            headers=headers,
            params=params,
            allow_redirects=False,
            **({"data": json.dumps(body)} if self.operation.body else {}),
            **said,
        )
        assert answer.status >= 400, f"{body} {params}: {await answer.text()}"
        problem = await answer.json(content_type="application/problem+json")
        assert before == store.tables
        return Refused(answer.status, problem["code"], fields_of(problem))


def fields_of(problem: Json) -> tuple[str, ...]:
    """Every field at fault."""
    said = problem.get("errors") or (problem,)
    return tuple(each["field"] for each in said if "field" in each)


def places(body: Json, *way: str | int) -> Iterator[tuple[str | int, ...]]:
    """The way to everything in a body."""
    inner: Iterator[tuple[str | int, Json]] = iter(())
    if isinstance(body, dict):
        inner = iter(body.items())
    elif isinstance(body, list):
        inner = iter(enumerate(body))
    for name, value in inner:
        yield (*way, name)
        yield from places(value, *way, name)


def at(body: Json, way: tuple[str | int, ...]) -> Json:
    for step in way:
        body = body[step]
    return body


def put(body: Json, way: tuple[str | int, ...], value: Json) -> Json:
    """The body with another value at the end of the way."""
    at(body, way[:-1])[way[-1]] = value
    return body
