"""Accommodations: given before the interview, in force within it, and seen by no rater."""

import json
import re
from uuid import UUID

import pytest

from interview.accounts import Role, Scope
from interview.ids import InterviewId
from tests.api.house import House, Json

pytestmark = pytest.mark.api

GIVEN = {"time": "1.5", "breaks": 1, "break_minutes": 10, "longer_silences": True}
NONE = {"time": "1", "breaks": 0, "break_minutes": 5, "longer_silences": False}


def of(interview: Json) -> str:
    return f"/v1/interviews/{interview['id']}/accommodations"


async def accommodated(house: House) -> Json:
    """An interview that was made with accommodations."""
    kit = await house.draft()
    await house.post(f"/v1/kits/{kit['id']}/publish", status=200)
    candidate = await house.candidate()
    body = {"kit_id": kit["id"], "candidate_id": candidate["id"], "accommodations": GIVEN}
    return await house.post("/v1/interviews", body)


async def change(house: House, interview: Json, body: Json) -> Json:
    answer = await house.call("PATCH", of(interview), json=body)
    assert 200 == answer.status
    return await answer.json()


async def test_they_are_part_of_making_an_interview(house: House) -> None:
    interview = await accommodated(house)

    assert GIVEN | {"requested": None} == await house.get(of(interview))


async def test_an_interview_has_none_unless_they_are_given(house: House) -> None:
    assert NONE | {"requested": None} == await house.get(of(await house.invited()))


async def test_what_is_left_out_of_a_change_stays(house: House) -> None:
    interview = await accommodated(house)

    changed = await change(house, interview, {"time": "2"})

    assert GIVEN | {"time": "2", "requested": None} == changed == await house.get(of(interview))


@pytest.mark.parametrize(
    "wrong", [{"time": "3"}, {"time": 1.5}, {"breaks": 6}, {"break_minutes": 0}, {"reason": "x"}]
)
async def test_others_than_there_are_are_refused(house: House, wrong: Json) -> None:
    interview = await house.invited()

    assert (422, "invalid") == await house.refusal("PATCH", of(interview), json=wrong)


async def test_more_breaks_than_places_between_questions_are_refused(house: House) -> None:
    interview = await house.invited()
    answer = await house.call("PATCH", of(interview), json={"breaks": 2})
    body = {
        "kit_id": interview["kit_id"],
        "candidate_id": interview["candidate_id"],
        "accommodations": GIVEN | {"breaks": 2},
    }
    made = await house.call("POST", "/v1/interviews", json=body)

    assert (422, 422) == (answer.status, made.status)
    assert "breaks: expected at most 1" in (await answer.json())["detail"]
    assert "accommodations.breaks: expected at most 1" in (await made.json())["detail"]
    assert NONE | {"requested": None} == await house.get(of(interview))


async def test_they_change_the_plan_that_the_agent_gets(house: House) -> None:
    interview = await accommodated(house)
    await house.joined(interview)
    plan = (await house.claimed(interview))["plan"]
    _, _, usual = await house.led()

    assert (30, 2.0, ["tools"], 10) == (
        plan["minutes"],
        plan["patience"],
        plan["breaks"],
        plan["break_minutes"],
    )
    assert [6, 4.5] == [question["minutes"] for question in plan["questions"]]
    same = ("key", "text", "probes", "max_probes", "expected_words")
    assert [[q[name] for name in same] for q in usual["plan"]["questions"]] == [
        [q[name] for name in same] for q in plan["questions"]
    ]


async def test_an_heir_gets_the_same_plan(house: House) -> None:
    interview = await accommodated(house)
    session = await house.joined(interview)
    first = await house.claimed(interview)
    house.clock.advance(60)
    await house.post("/v1/candidate/join", status=200, key=session)

    assert first["plan"] == (await house.claimed(interview, epoch=2))["plan"]


async def test_the_candidate_learns_how_much_time_there_is(house: House) -> None:
    session = await house.redeemed(await accommodated(house))

    assert 30 == (await house.get("/v1/candidate/interview", key=session))["minutes"]


async def test_an_interview_that_has_started_keeps_its_plan(house: House) -> None:
    interview, session, _ = await house.led()

    assert (409, "wrong_state") == await house.refusal("PATCH", of(interview), json={"time": "2"})
    body = {"text": "I stammer."}
    assert (409, "wrong_state") == await house.refusal(
        "POST", "/v1/candidate/accommodations", json=body, key=session
    )


async def test_a_candidates_request_reaches_the_recruiter(house: House) -> None:
    interview = await accommodated(house)
    session = await house.redeemed(interview)
    for text in ("I stammer.", "I stammer, so more time, please."):
        await house.post("/v1/candidate/accommodations", {"text": text}, status=204, key=session)

    expected = GIVEN | {"requested": "I stammer, so more time, please."}
    assert expected == await house.get(of(interview))
    assert expected | {"time": "2"} == await change(house, interview, {"time": "2"})


async def test_an_erased_interview_tells_nothing_and_still_opens_its_page(house: House) -> None:
    interview = await accommodated(house)
    session = await house.redeemed(interview)
    tenant = house.tenants[house.key]
    async with house.store.transaction(tenant) as tx:
        await tx.keys.destroy_interview(InterviewId(UUID(interview["id"])), house.clock.now())

    assert (410, "sealed") == await house.refusal("GET", of(interview))
    assert 20 == (await house.get("/v1/candidate/interview", key=session))["minutes"]


async def asking(house: House, **options: Json) -> list[str]:
    """The interviews whose candidates wait for an answer."""
    path = "/v1/interviews?accommodations=waiting"
    return [each["id"] for each in (await house.get(path, **options))["items"]]


async def asks(house: House) -> tuple[Json, str]:
    interview = await house.invited()
    session = await house.redeemed(interview)
    body = {"text": "I stammer."}
    await house.post("/v1/candidate/accommodations", body, status=204, key=session)
    return interview, session


async def test_who_asked_is_found_until_they_are_answered(house: House) -> None:
    """Also by who leaves everything as it is: the candidate sees that, too."""
    first, session = await asks(house)
    second, _ = await asks(house)
    await house.invited()

    assert [first["id"], second["id"]] == await asking(house)
    await change(house, first, {})
    assert [second["id"]] == await asking(house)
    body = {"text": "And a break."}
    await house.post("/v1/candidate/accommodations", body, status=204, key=session)
    assert [first["id"], second["id"]] == await asking(house)


async def test_who_has_begun_is_not_among_those_who_wait(house: House) -> None:
    """Nothing can be given any more, and a recruiter who rates blind is not told of it."""
    interview = await house.invited()
    session = await house.consented(interview)
    body = {"text": "I stammer."}
    await house.post("/v1/candidate/accommodations", body, status=204, key=session)
    before = await asking(house)
    await house.post("/v1/candidate/join", status=200, key=session)
    await house.claimed(interview)

    assert ([interview["id"]], []) == (before, await asking(house))


@pytest.mark.parametrize("role", [Role.INTERVIEWER, Role.REVIEWER, Role.AUDITOR])
async def test_nobody_who_may_not_read_them_finds_who_asked(house: House, role: Role) -> None:
    proof = await house.signed_in(await house.new_member(role))
    path = "/v1/interviews?accommodations=waiting"

    assert (403, "forbidden") == await house.refusal("GET", path, key="", headers=proof)


# ---- nobody who rates sees them ----


@pytest.mark.parametrize("role", [Role.INTERVIEWER, Role.REVIEWER, Role.AUDITOR])
async def test_no_role_that_only_judges_reads_them(house: House, role: Role) -> None:
    interview = await accommodated(house)
    proof = await house.signed_in(await house.new_member(role))

    assert (403, "forbidden") == await house.refusal("GET", of(interview), key="", headers=proof)


async def test_a_raters_key_does_not_open_them(house: House) -> None:
    interview = await accommodated(house)
    key = await house.new_key(Scope.INTERVIEWS_READ, Scope.REVIEW_READ, Scope.REVIEW_WRITE)

    assert (403, "forbidden") == await house.refusal("GET", of(interview), key=key)


async def held(house: House, interview: Json, *, asks: bool) -> list[Json]:
    """What somebody who rates can read of the interview once it was held, without names."""
    session = await house.consented(interview)
    if asks:
        body = {"text": "I stammer."}
        await house.post("/v1/candidate/accommodations", body, status=204, key=session)
    await house.post("/v1/candidate/join", status=200, key=session)
    claim = await house.claimed(interview)
    await house.tell(claim, house.speech("I read the logs"))
    await house.tell(claim, house.report("interview_ended", reason="completed"))
    key = await house.new_key(Scope.INTERVIEWS_READ, Scope.REVIEW_READ, Scope.REVIEW_WRITE)
    path = f"/v1/interviews/{interview['id']}"
    places = ("", "/transcript", "/events", "/scorecards", "/notes", "/candidate_questions")
    seen = [await house.get(f"{path}{place}", key=key) for place in places]
    return [_without_names(each) for each in seen]


def _without_names(of: Json) -> Json:
    plain = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32,}", "name", json.dumps(of))
    return json.loads(plain)


async def test_raters_read_the_same_of_an_interview_with_accommodations(house: House) -> None:
    usual = await held(house, await house.invited(), asks=False)
    special = await held(house, await accommodated(house), asks=True)

    assert usual == special
    assert "I read the logs" in json.dumps(usual)


async def test_the_trail_of_a_made_interview_does_not_tell_of_them(house: House) -> None:
    await house.invited()
    await accommodated(house)

    made = [e for e in (await house.get("/v1/audit"))["items"] if e["action"] == "create_interview"]

    assert [{}, {}] == [entry["facts"] for entry in made]


async def test_graphql_has_no_word_for_them(house: House) -> None:
    asked = {"query": "{ __schema { types { name fields { name } } } }"}
    answer = await house.call("POST", "/graphql", json=asked)

    assert "ccommodation" not in json.dumps(await answer.json())


async def test_the_audit_trail_tells_that_they_were_changed_and_not_how(house: House) -> None:
    interview = await house.invited()
    await change(house, interview, GIVEN)

    last = (await house.get("/v1/audit"))["items"][-1]

    assert ("change_accommodations", interview["id"]) == (last["action"], last["subject"])
    assert {} == last["facts"]


async def test_asking_is_told_to_the_trail_and_webhooks_and_can_be_read_again(
    house: House,
) -> None:
    hook = {"url": "https://hooks.example.com", "event_types": ["interview.requested"]}
    webhook = await house.post("/v1/webhooks", hook)
    interview = await house.invited()
    session = await house.redeemed(interview)
    own = "/v1/candidate/accommodations"
    assert NONE | {"requested": None} == await house.get(own, key=session)

    asked = await house.call("POST", own, json={"text": "SECRET more time"}, key=session)
    await change(house, interview, {"time": "1.5"})

    assert 204 == asked.status
    told = NONE | {"time": "1.5", "requested": "SECRET more time"}
    assert told == await house.get(own, key=session)
    entries = (await house.get(f"/v1/audit?subject={interview['id']}"))["items"]
    [entry] = [each for each in entries if each["action"] == "request_accommodations"]
    assert ("candidate", interview["id"], {}) == (
        entry["actor_kind"],
        entry["actor"],
        entry["facts"],
    )
    [sent] = (await house.get(f"/v1/webhooks/{webhook['id']}/deliveries"))["items"]
    assert ("interview.requested", interview["id"]) == (sent["type"], sent["interview_id"])
