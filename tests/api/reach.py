"""Every operation of the contract, called so that it is done: in which state, by whom, how."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from uuid import uuid4

from aiohttp import ClientResponse

from api.callers import Door
from api.registry import Operation
from api.rights import Right
from interview.accounts import Role
from interview.door import DispatchMetadata
from tests.api.house import AGENT_KEY, House, Json
from tests.api.test_audit import end, ready_for
from tests.api.test_contract import WHATEVER, asked, bodies, filled
from tests.sounds import ogg, tone

DONE = frozenset({200, 201, 202, 204, 206, 302, 303})
PASSWORD = "a password of some length"
SIGN_IN = {"issuer": "https://id.example", "client_id": "a", "client_secret": "b"}
OF_WHAT_IS_OVER = {
    "get_recording",
    "create_recording_url",
    "get_report",
    "get_report_document",
    "list_scorecards",
}
IN_PERSON = {"join_room", "set_floor"}


@dataclass(frozen=True)
class Ready:
    """A call that is good as it stands. `session` is the cookie of a member, where one calls."""

    operation: Operation
    ids: Mapping[str, str]
    bearer: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    params: Mapping[str, str] = field(default_factory=dict)
    body: Json = None
    raw: bytes | None = None

    async def made(
        self, house: House, bearer: str | None = None, headers: Mapping[str, str] | None = None
    ) -> ClientResponse:
        """The call, with another proof if one is given; cookies that it gives are thrown away."""
        said: dict[str, Json] = {"params": dict(self.params), "allow_redirects": False}
        if self.body is not None:
            said["json"] = self.body
        if self.raw is not None:
            said["data"] = self.raw
        answer = await house.call(
            self.operation.method,
            filled(self.operation.path, dict(self.ids)),
            key=self.bearer if bearer is None else bearer,
            headers={**WHATEVER, **(self.headers if headers is None else headers)},
            **said,
        )
        await answer.read()
        house.client.session.cookie_jar.clear()
        return answer


@lru_cache
def sound() -> bytes:
    return ogg(tone(440, 0.1))


async def ready(house: House, operation: Operation, known: dict[str, str] | None = None) -> Ready:
    """Whatever the operation is about, in a state in which it can be done, and who may do it; about
    what is `known` already, where it is given."""
    match operation.access:
        case Right():
            return await _of_staff(house, operation, await ready_for(house, operation, known))
        case Door.CANDIDATE:
            return await _of_candidate(house, operation)
        case Door.MEMBER:
            headers = await house.signed_in(await house.new_member(Role.OWNER))
            mine: Json = await house.get("/v1/sessions", key="", headers=headers)
            ids = {"session_id": mine["items"][0]["id"]}
            return Ready(operation, ids, headers=headers)
        case Door.PUBLIC:
            return await _of_anybody(house, operation)
        case _:
            return await _of_agents(house, operation)


async def _of_staff(house: House, operation: Operation, ids: dict[str, str]) -> Ready:
    headers: dict[str, str] = {}
    bearer = house.key
    match operation.name:
        case "get_decision" | "get_feedback":
            await end(house, ids)
            if operation.name == "get_feedback":
                await _feed_back(house, ids)
            await decide(house, ids)
        case name if name in OF_WHAT_IS_OVER:
            ids = ids | {"interview_id": await _recorded(house)}
        case "get_sign_in":
            await house._expect(200, "PUT", "/v1/settings/sign-in", json=SIGN_IN, headers=WHATEVER)
        case _:
            pass
    params = asked(operation, ids)
    return Ready(operation, ids, bearer, headers, params, bodies(ids).get(operation.name))


async def _feed_back(house: House, ids: Mapping[str, str]) -> None:
    link = await house.post(f"/v1/interviews/{ids['interview_id']}/invitations")
    session = await house.redeemed(link)
    await house._expect(204, "PUT", "/v1/candidate/feedback", json={"rating": 4}, key=session)


async def decide(house: House, ids: Mapping[str, str]) -> None:
    body = bodies(dict(ids))["make_decision"]
    await house.post(f"/v1/interviews/{ids['interview_id']}/decision", body)


async def _recorded(house: House) -> str:
    """An interview that is over, with its sound."""
    interview, _, claim = await house.led()
    await house.tell(claim, house.speech("I read the logs"))
    await house.hand_in(claim, sound(), participant=claim["candidate_identity"])
    await house.tell(claim, house.report("interview_ended", reason="completed"))
    return str(interview["id"])


AFTERWARDS = {"get_own_transcript", "give_feedback", "get_own_feedback", "get_own_results"}


async def _of_candidate(house: House, operation: Operation) -> Ready:
    bodied: dict[str, Json] = {
        "make_request": {"kind": "access"},
        "give_feedback": {"rating": 4},
        "request_accommodations": {"text": "More time, please."},
    }
    interview = await house.invited()
    if operation.name in AFTERWARDS:
        session = await house.consented(interview)
        await end(house, {"interview_id": interview["id"]})
        if operation.name == "get_own_feedback":
            body = bodied["give_feedback"]
            await house._expect(204, "PUT", "/v1/candidate/feedback", json=body, key=session)
    elif operation.name in {"answer_notice", "request_accommodations"}:
        session = await house.redeemed(interview)
        known = await house.get("/v1/candidate/interview", key=session)
        notice = {"accepted": True, "notice_version": known["notice"]["version"]}
        bodied["answer_notice"] = notice
    else:
        session = await house.consented(interview)
    ids = {"interview_id": interview["id"]}
    return Ready(operation, ids, session, body=bodied.get(operation.name))


async def _of_anybody(house: House, operation: Operation) -> Ready:
    match operation.name:
        case "redeem_invitation":
            token = (await house.invited())["invitation_url"].partition("#")[2]
            return Ready(operation, {}, body={"token": token})
        case "set_password" | "create_session":
            email = f"{uuid4().hex}@example.com"
            invited = await house.post("/v1/members", {"email": email, "role": "auditor"})
            body = {"token": invited["setup_url"].partition("#")[2], "password": PASSWORD}
            if operation.name == "set_password":
                return Ready(operation, {}, body=body)
            await house.post("/v1/setup", body, key="")
            house.client.session.cookie_jar.clear()
            return Ready(operation, {}, body={"email": email, "password": PASSWORD})
        case "play_recording":
            which = await _recorded(house)
            link = await house.post(f"/v1/interviews/{which}/recording/url", status=200)
            query = link["url"].partition("?")[2]
            params = dict(pair.split("=", 1) for pair in query.split("&"))
            return Ready(operation, {"interview_id": which}, params=params)
        case _:
            return Ready(operation, {})


async def _of_agents(house: House, operation: Operation) -> Ready:
    interview = await house.invited()
    await house.joined(interview)
    ids = {"interview_id": interview["id"], "participant": "cand-1", "index": "0"}
    if operation.name == "claim_lease":
        body = {"interview_id": interview["id"], "epoch": 1, "agent": "host/1"}
        return Ready(operation, ids, AGENT_KEY, body=body)
    if operation.name == "claim_rehearsal":
        return Ready(operation, ids, AGENT_KEY, body={"ticket": await _ticket(house)})
    claim = await house.claimed(interview)
    await house.errands_done()
    told = {"epoch": 1, "reports": [house.speech("I read the logs")]}
    match operation.name:
        case "beat":
            return Ready(operation, ids, claim["token"], body={"epoch": 1, "spooled": 0})
        case "store_recording_part":
            part = sound()
            params = {"epoch": "1", "started_ms": "0", "duration_ms": "100"}
            params["sha256"] = sha256(part).hexdigest()
            sent = {"Content-Type": "audio/ogg"}
            return Ready(operation, ids, claim["token"], sent, params, raw=part)
        case "deliver_spool":
            house.clock.advance(15 * 60)  # it has died
            return Ready(operation, ids, AGENT_KEY, body=told)
        case _:
            return Ready(operation, ids, claim["token"], body=told)


async def _ticket(house: House) -> str:
    """What the agent of a mock interview is sent for with."""
    kit = await house.draft()
    await house.post(f"/v1/kits/{kit['id']}/rehearsals", status=200)
    await house.errands_done()
    _, order = house.rooms.dispatched[-1]
    return str(DispatchMetadata.model_validate_json(order).rehearsal)
