"""Whoever was erased is gone at every door: 410 where something of theirs had to be opened."""

from dataclasses import dataclass
from uuid import UUID

import pytest

from api import contract
from interview.adapters.lexicons import indicator_rater
from interview.adapters.system import SystemIds
from interview.errors import Code
from interview.ids import CandidateId, InterviewId
from interview.use_cases.scoring import score_interview
from interview.use_cases.world import World
from tests.api.house import House, Json
from tests.sounds import ogg, tone

pytestmark = pytest.mark.api
RATER = indicator_rater()
REDEEM = "/v1/invitations/redeem"
GONE = ["get_candidate", "create_interview", "redeem_invitation", "answer_notice", "join_interview"]
GONE += ["get_decision", "list_notes"]
GONE += ["get_transcript", "list_scorecards", "get_recording", "list_events"]


@dataclass
class Erased:
    """An interview and what its candidate holds, after both keys were destroyed."""

    interview: Json
    session: str = ""
    notice: str = ""

    @property
    def path(self) -> str:
        return f"/v1/interviews/{self.interview['id']}"


async def erased(house: House, stage: str) -> Erased:
    """Somebody who came as far as `stage`."""
    held = Erased(await (scored if stage == "scored" else House.invited)(house))
    if stage == "redeemed":
        held.session = await house.redeemed(held.interview)
        known = await house.get("/v1/candidate/interview", key=held.session)
        held.notice = known["notice"]["version"]
    elif stage == "consented":
        held.session = await house.consented(held.interview)
    async with house.store.transaction(house.tenants[house.key]) as tx:
        now = house.clock.now()
        await tx.keys.destroy_interview(InterviewId(UUID(held.interview["id"])), now)
        await tx.keys.destroy_candidate(CandidateId(UUID(held.interview["candidate_id"])), now)
    return held


async def scored(house: House) -> Json:
    """An interview with words, sound and a card."""
    interview, _, claim = await house.led()
    await house.tell(claim, house.speech("I read the logs"))
    part = await house.hand_in(claim, ogg(tone(440, 0.5)))
    assert 201 == part.status
    await house.tell(claim, house.report("interview_ended", reason="completed"))
    world = World(house.store, house.clock, SystemIds())
    tenant, which = house.tenants[house.key], InterviewId(UUID(interview["id"]))
    await score_interview(world, RATER, tenant, which)
    return interview


async def asked(house: House, operation: str) -> tuple[int, str]:
    """What a call about an erased person is refused with."""
    match operation:
        case "get_candidate":
            held = await erased(house, "invited")
            return await house.refusal("GET", f"/v1/candidates/{held.interview['candidate_id']}")
        case "create_interview":
            held = await erased(house, "invited")
            body = {name: held.interview[name] for name in ("kit_id", "candidate_id")}
            return await house.refusal("POST", "/v1/interviews", json=body)
        case "redeem_invitation":
            held = await erased(house, "invited")
            body = {"token": held.interview["invitation_url"].partition("#")[2]}
            return await house.refusal("POST", REDEEM, json=body, key="")
        case "answer_notice":
            held = await erased(house, "redeemed")
            body = {"accepted": True, "notice_version": held.notice}
            return await house.refusal("POST", "/v1/candidate/consent", json=body, key=held.session)
        case "join_interview":
            held = await erased(house, "consented")
            return await house.refusal("POST", "/v1/candidate/join", key=held.session)
        case _:
            held = await erased(house, "scored")
            what = operation.rpartition("_")[2]
            return await house.refusal("GET", f"{held.path}/{what}")


@pytest.mark.parametrize("operation", GONE)
async def test_a_call_that_would_have_to_open_what_was_erased_is_gone_and_declares_it(
    house: House, operation: str
) -> None:
    declared = {o.name for o in contract.PUBLIC if Code.SEALED in o.errors}

    assert (410, "sealed") == await asked(house, operation)
    assert operation in declared


async def test_what_can_be_told_without_a_name_or_a_word_is_told_on(house: House) -> None:
    held, waiting = await erased(house, "scored"), await erased(house, "redeemed")

    assert "scored" == (await house.get(held.path))["state"]
    assert [] == (await house.get("/v1/candidates"))["items"]
    assert 2 == len((await house.get("/v1/interviews"))["items"])
    known = await house.get("/v1/candidate/interview", key=waiting.session)
    assert "invited" == known["state"]
    assert await house.post(f"{waiting.path}/invitations")
