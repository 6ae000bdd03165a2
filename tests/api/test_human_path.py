"""A person instead of the machine: asked for in the talk or beside it, and seen by recruiters."""

import json
from uuid import uuid4

import pytest

from interview.store.memory import MemoryStore
from tests.api.house import House, Json
from tests.api.test_candidate_rights import FEEDBACK, OWN, REQUESTS, TRANSCRIPT, ask, back
from tests.api.test_corrections import HEARD, MISHEARD, correct, spoken

pytestmark = pytest.mark.api
PERSON = "/v1/candidate/person"


async def test_who_asks_the_interviewer_for_a_person_is_on_the_way_to_one(
    house: House, store: MemoryStore
) -> None:
    asked = {"url": "https://hooks.example.com", "event_types": ["interview.human_path"]}
    webhook = await house.post("/v1/webhooks", asked)
    interview, session, claim = await house.led()

    await house.tell(claim, house.report("interview_ended", reason="human_path"))
    await house.errands_done()

    assert "human_path" == await house.state(interview)
    found = await house.get("/v1/interviews?state=human_path")
    assert [interview["id"]] == [each["id"] for each in found["items"]]
    assert found["items"][0]["ended_at"]
    assert "ended" == json.loads(house.rooms.metadata[claim["room"]])["phase"]
    assert [True] == [lease.closed for lease in store.tables.leases.values()]
    assert [] == [kind for kind, _, _ in store.tables.outbox.values()]
    sent = await house.get(f"/v1/webhooks/{webhook['id']}/deliveries")
    assert ["interview.human_path"] == [each["type"] for each in sent["items"]]
    known = await house.get("/v1/candidate/interview", key=session)
    assert "human_path" == known["state"]


async def test_the_last_words_of_such_a_talk_are_kept(house: House) -> None:
    interview, _, claim = await house.led()
    await house.tell(claim, house.report("interview_ended", reason="human_path"))

    await house.tell(claim, house.speech("thank you"))

    transcript = await house.get(f"/v1/interviews/{interview['id']}/transcript")
    assert ["thank you"] == [turn["spoken"] for turn in transcript["turns"]]


async def test_people_decide_about_such_a_candidate_too(house: House) -> None:
    interview, _, claim = await house.led()
    await house.tell(claim, house.report("interview_ended", reason="human_path"))

    body: Json = {"person": "Grace", "outcome": "advance", "reason_code": "other"}
    body |= {"evidence": [], "note": "She talked to Grace."}
    await house.post(f"/v1/interviews/{interview['id']}/decision", body)

    assert "decided" == await house.state(interview)


async def test_who_left_for_a_person_reads_and_puts_right_what_they_said_and_says_how_it_was(
    house: House,
) -> None:
    interview, turn = await spoken(house, end=False)
    session = await back(house, interview)
    assert not (await house.get(OWN, key=session))["has_words"]
    await house.post(PERSON, status=200, key=session)

    known = await house.get(OWN, key=session)
    assert ("human_path", True) == (known["state"], known["has_words"])
    said = (await house.get(TRANSCRIPT, key=session))["turns"]
    assert ["Tell me.", MISHEARD] == [each["spoken"] for each in said]
    made = await ask(house, session, kind="transcript", turn_id=turn, text=HEARD)
    await correct(house, interview, turn, request_id=made["id"])
    [answered] = (await house.get(REQUESTS, key=session))["items"]
    assert "granted" == answered["state"]
    put_right = (await house.get(TRANSCRIPT, key=session))["turns"][1]
    assert (HEARD, MISHEARD) == (put_right["spoken"], put_right["original"])
    thought = {"rating": 2, "text": "Too long."}
    answer = await house.call("PUT", FEEDBACK, json=thought, key=session)
    assert 204 == answer.status
    assert (await house.get(OWN, key=session))["has_feedback"]


async def test_such_a_talk_is_not_scored_because_a_word_of_it_was_corrected(
    house: House, store: MemoryStore
) -> None:
    interview, turn = await spoken(house, end=False)
    await house.post(PERSON, status=200, key=await back(house, interview))

    await correct(house, interview, turn)

    assert "score_interview" not in [kind for kind, _, _ in store.tables.outbox.values()]


async def test_who_asked_for_a_person_before_a_word_was_said_has_none_to_read(
    house: House,
) -> None:
    session = await house.consented(await house.invited())
    await house.post(PERSON, status=200, key=session)

    assert not (await house.get(OWN, key=session))["has_words"]
    assert (409, "wrong_state") == await house.refusal("GET", TRANSCRIPT, key=session)
    asked = {"kind": "transcript", "text": HEARD, "turn_id": str(uuid4())}
    assert (409, "wrong_state") == await house.refusal("POST", REQUESTS, json=asked, key=session)


@pytest.mark.parametrize("when", ["redeemed", "consented"])
async def test_a_candidate_asks_for_a_person_before_the_interview(house: House, when: str) -> None:
    interview = await house.invited()
    session = await getattr(house, when)(interview)

    first = await house.post(PERSON, status=200, key=session)
    again = await house.post(PERSON, status=200, key=session)

    assert {"state": "human_path"} == first == again
    assert "person_asked" == (await house.kinds(interview))[-1]
    assert (409, "interview_not_open") == await house.refusal(
        "POST", "/v1/candidate/join", key=session
    )


async def test_a_candidate_asks_for_a_person_within_the_interview(house: House) -> None:
    interview, session, claim = await house.led()

    await house.post(PERSON, status=200, key=session)
    await house.errands_done()

    assert "human_path" == await house.state(interview)
    beat = await (await house.beat(claim)).json()
    assert "ended" == beat["desired"]["phase"]


async def test_after_the_end_there_is_nothing_to_leave(house: House) -> None:
    _, session, claim = await house.led()
    await house.tell(claim, house.report("interview_ended", reason="completed"))

    assert (409, "wrong_state") == await house.refusal("POST", PERSON, key=session)


# ---- questions for the recruiter ----


async def test_what_a_candidate_asked_is_listed(house: House) -> None:
    interview, _, claim = await house.led()
    turns = [str(uuid4()), str(uuid4())]
    await house.tell(
        claim,
        house.speech("What is the salary?", turn=turns[0]),
        house.report("candidate_asked", turn_id=turns[0], text="What is the salary?", topic="pay"),
        house.report("candidate_asked", turn_id=turns[1], text="Who leads the team?"),
    )

    found = await house.get(f"/v1/interviews/{interview['id']}/candidate_questions")

    assert [
        (turns[0], "What is the salary?", "pay"),
        (turns[1], "Who leads the team?", None),
    ] == [(each["turn_id"], each["text"], each["answered_with"]) for each in found["items"]]


async def test_facts_about_the_position_travel_from_the_kit_to_the_plan(house: House) -> None:
    fact = {"key": "pay", "phrases": ["salary", "pay"], "text": "It pays 50,000 a year."}
    kit = await house.draft(facts=[fact])
    await house.post(f"/v1/kits/{kit['id']}/publish", status=200)
    candidate = await house.candidate()
    interview = await house.post(
        "/v1/interviews", {"kit_id": kit["id"], "candidate_id": candidate["id"]}
    )
    await house.joined(interview)

    assert [fact] == (await house.claimed(interview))["plan"]["facts"]
    assert [fact] == (await house.get(f"/v1/kits/{kit['id']}"))["facts"]


async def test_a_fact_has_a_key_of_its_own(house: House) -> None:
    fact = {"key": "pay", "phrases": ["salary"], "text": "50,000 a year."}
    kit = await house.draft()
    body = {name: kit[name] for name in ("job_id", "name", "language", "competencies", "questions")}

    answer = await house.call("POST", "/v1/kits", json=body | {"minutes": 20, "facts": [fact] * 2})

    assert (422, "facts.1.key") == (answer.status, (await answer.json())["field"])
