"""The agent's door: who leads, what is appended, and that nobody else can."""

import json
from typing import Any
from uuid import uuid4

import pytest

from interview.store.memory import MemoryStore
from tests.api.house import AGENT_KEY, House, Json, unknown

pytestmark = pytest.mark.api
LEASES = "/internal/v1/leases"


def at(claim: Json, what: str) -> str:
    return f"/internal/v1/interviews/{claim['interview_id']}/{what}"


async def test_a_claim_tells_the_agent_all_it_needs_and_nothing_of_the_rubric(
    house: House,
) -> None:
    interview, _, claim = await house.led()

    assert (1, f"ai-{claim['room'][3:]}-1") == (claim["epoch"], claim["agent_identity"])
    wanted = {"floor": "ai", "covered": [], "phase": "live", "onlookers": []}
    assert wanted == claim["desired"]
    assert None is claim["previous_heartbeat_at"]
    assert "lease_claimed" == claim["events"][-1]["fact"]["kind"]
    assert ["outage", "tools"] == [q["key"] for q in claim["plan"]["questions"]]
    assert "ANCHOR" not in json.dumps(claim)
    live = {"floor": "ai", "phase": "live", "epoch": 1}
    assert live == json.loads(house.rooms.metadata[claim["room"]])
    found = await house.get(f"/v1/interviews/{interview['id']}")
    assert found["started_at"] == claim["clock_zero"]


async def test_a_lease_is_claimed_once(house: House) -> None:
    interview, _, _ = await house.led()
    body = {"interview_id": interview["id"], "epoch": 1, "agent": "host/2"}

    assert (409, "lease_taken") == await house.refusal("POST", LEASES, json=body, key=AGENT_KEY)


async def test_only_the_service_key_claims(house: House) -> None:
    interview = await house.invited()
    session = await house.joined(interview)
    body = {"interview_id": interview["id"], "epoch": 1, "agent": "host/2"}

    for key in ("", session, house.key, AGENT_KEY + "x"):
        assert (401, "unauthenticated") == await house.refusal("POST", LEASES, json=body, key=key)


async def test_an_epoch_that_was_not_opened_and_an_unknown_interview_are_refused(
    house: House,
) -> None:
    interview = await house.invited()
    await house.joined(interview)
    body = {"interview_id": interview["id"], "epoch": 2, "agent": "host/2"}

    assert (409, "lease_lost") == await house.refusal("POST", LEASES, json=body, key=AGENT_KEY)
    body["interview_id"] = str(unknown())
    assert (404, "not_found") == await house.refusal("POST", LEASES, json=body, key=AGENT_KEY)


async def test_a_heartbeat_is_answered_with_what_is_wanted(house: House) -> None:
    _, _, claim = await house.led()

    answer = await house.beat(claim)

    wanted = {"floor": "ai", "covered": [], "phase": "live", "onlookers": []}
    assert {"desired": wanted} == await answer.json()


async def test_heartbeats_keep_the_lease_while_the_candidate_comes_back(house: House) -> None:
    _, session, claim = await house.led()
    for _ in range(3):
        house.clock.advance(3)
        assert 200 == (await house.beat(claim)).status

    await house.post("/v1/candidate/join", status=200, key=session)

    assert 200 == (await house.beat(claim)).status


async def test_the_next_claim_knows_the_last_sign_of_life_and_the_same_zero(house: House) -> None:
    interview, session, first = await house.led()
    house.clock.advance(3)
    await house.beat(first)
    last = house.clock.now()
    house.clock.advance(60)
    await house.post("/v1/candidate/join", status=200, key=session)

    second = await house.claimed(interview, epoch=2)

    assert last.isoformat().replace("+00:00", "Z") == second["previous_heartbeat_at"]
    assert first["clock_zero"] == second["clock_zero"]


async def test_what_an_agent_reports_is_in_the_log_and_a_repeat_is_not(house: House) -> None:
    interview, _, claim = await house.led()
    said = house.speech("I read the logs")

    first = await house.tell(claim, said)
    second = await house.tell(claim, said)

    assert first == second
    assert [said["event_id"]] == first["stored"]
    assert 1 == (await house.kinds(interview)).count("speech_heard")
    transcript = await house.get(f"/v1/interviews/{interview['id']}/transcript")
    assert ["I read the logs"] == [turn["spoken"] for turn in transcript["turns"]]


async def test_an_agent_of_an_old_epoch_is_refused_everything(house: House) -> None:
    interview, session, old = await house.led()
    house.clock.advance(60)
    await house.post("/v1/candidate/join", status=200, key=session)
    lost = (409, "lease_lost")

    async def refused() -> list[tuple[int, str]]:
        body = {"epoch": 1, "reports": [house.speech("too late")]}
        beat = await house.beat(old)
        part = await house.hand_in(old, b"OggS")
        return [
            (beat.status, (await beat.json())["code"]),
            (part.status, (await part.json())["code"]),
            await house.refusal("POST", at(old, "events"), json=body, key=old["token"]),
        ]

    assert [lost, lost, lost] == await refused()
    await house.claimed(interview, epoch=2)
    assert [lost, lost, lost] == await refused()
    assert "speech_heard" not in await house.kinds(interview)


async def test_a_token_of_another_interview_or_of_nobody_is_refused(house: House) -> None:
    _, _, mine = await house.led()
    _, _, other = await house.led()
    body = {"epoch": 1, "reports": [house.speech("not mine")]}

    for key in (other["token"], "x" * 43, house.key, AGENT_KEY, ""):
        assert (401, "unauthenticated") == await house.refusal(
            "POST", at(mine, "events"), json=body, key=key
        )
        assert (401, "unauthenticated") == await house.refusal(
            "POST", at(mine, "heartbeat"), json={"epoch": 1, "spooled": 0}, key=key
        )


async def test_an_interview_that_does_not_exist_looks_like_one_that_was_lost(house: House) -> None:
    path = f"/internal/v1/interviews/{unknown()}/heartbeat"
    body = {"epoch": 1, "spooled": 0}

    assert (409, "lease_lost") == await house.refusal("POST", path, json=body, key="x" * 43)


@pytest.mark.parametrize(
    "fact",
    [
        {"kind": "consent_given", "notice_version": "1"},
        {"kind": "lease_opened", "epoch": 9, "reason": "silent"},
        {"kind": "scorecard_stored", "scorecard_id": "x", "rater": "me"},
    ],
)
async def test_what_is_not_the_agents_to_report_is_refused_by_its_name(
    house: House, fact: dict[str, Any]
) -> None:
    interview, _, claim = await house.led()
    body = {"epoch": 1, "reports": [house.speech("fine"), house.report(**fact)]}

    answer = await house.call("POST", at(claim, "events"), json=body, key=claim["token"])
    problem = await answer.json()

    assert (422, "reports.1.fact.kind") == (answer.status, problem["field"])
    assert fact["kind"] in problem["detail"]
    assert "speech_heard" not in await house.kinds(interview)


async def test_the_end_of_a_line_that_never_began_is_out_of_order(house: House) -> None:
    _, _, claim = await house.led()
    body = {"epoch": 1, "reports": [house.line_end("Hello", str(uuid4()))]}

    assert (409, "out_of_order") == await house.refusal(
        "POST", at(claim, "events"), json=body, key=claim["token"]
    )


async def test_pausing_and_resuming_move_the_state_and_the_rooms_metadata(house: House) -> None:
    interview, _, claim = await house.led()
    seen = []

    for kind, fields in (("paused", {"reason": "silence"}), ("resumed", {}), ("resumed", {})):
        await house.tell(claim, house.report(kind, **fields))
        await house.errands_done()
        phase = json.loads(house.rooms.metadata[claim["room"]])["phase"]
        seen.append((await house.state(interview), phase))

    assert [("paused", "paused"), ("live", "live"), ("live", "live")] == seen


async def test_the_end_asks_for_scores_and_closes_the_lease(
    house: House, store: MemoryStore
) -> None:
    interview, _, claim = await house.led()
    end = house.report("interview_ended", reason="completed")

    await house.tell(claim, end)
    await house.tell(claim, end)
    await house.errands_done()

    assert "ended" == await house.state(interview)
    assert [True] == [lease.closed for lease in store.tables.leases.values()]
    assert ["score_interview"] == [kind for kind, _, _ in store.tables.outbox.values()]
    assert "ended" == json.loads(house.rooms.metadata[claim["room"]])["phase"]
    beat = await (await house.beat(claim)).json()
    wanted = {"floor": "ai", "covered": [], "phase": "ended", "onlookers": []}
    assert wanted == beat["desired"]
