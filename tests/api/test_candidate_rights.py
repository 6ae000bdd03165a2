"""What candidates may do afterwards: read, propose, ask, be answered, say what they thought."""

from uuid import UUID, uuid4

import pytest

from interview.ids import InterviewId
from interview.lifecycle import State
from tests.api.house import House, Json
from tests.api.test_corrections import HEARD, MISHEARD, correct, path, spoken

pytestmark = pytest.mark.api
OWN, TRANSCRIPT = "/v1/candidate/interview", "/v1/candidate/transcript"
REQUESTS, FEEDBACK, RESULTS = (
    f"/v1/candidate/{noun}" for noun in ("requests", "feedback", "results")
)


async def over(house: House) -> tuple[Json, str, str]:
    """An interview that is over, the candidate's one turn in it, and their session."""
    interview, turn = await spoken(house)
    return interview, turn, await back(house, interview)


async def back(house: House, interview: Json) -> str:
    """The session of a candidate who comes back by a new link."""
    link = await house.post(f"/v1/interviews/{interview['id']}/invitations")
    return await house.redeemed(link)


async def decided(house: House, interview: Json) -> None:
    body = {"person": "Grace", "outcome": "advance", "reason_code": "meets_requirements"}
    seen = {"evidence": [{"kind": "transcript"}]}
    await house.post(path(interview, "decision"), body | seen)


async def ask(house: House, session: str, status: int = 201, **body: Json) -> Json:
    return await house.post(REQUESTS, body, status=status, key=session)


# ---- before ----


async def test_a_candidate_learns_who_invites_and_what_is_looked_at(house: House) -> None:
    changes = {"mail": {"reply_to": "people@acme.example"}}
    await house.call("PATCH", "/v1/settings", json=changes, headers={"If-Match": "*"})

    known = await house.get(OWN, key=await house.redeemed(await house.invited()))

    assert ("First", "Ada", "people@acme.example") == (
        known["organisation"],
        known["candidate_name"],
        known["contact"],
    )
    assert {"audio": True, "transcript": True, "video": False, "kept_days": None} == (
        known["records"]
    )
    assert ["Debugging"] == known["assesses"]
    assert {"voice", "accent", "emotion", "face"} < set(known["never_assesses"])
    assert ("person", False) == (known["decided_by"], known["shares_results"])
    assert "SECRET" not in str(known)


# ---- one's own words ----


async def test_a_link_of_afterwards_leads_to_ones_words_and_not_to_the_room(house: House) -> None:
    """Also when the time to take the interview is over: a decision may take weeks."""
    interview, _ = await spoken(house)
    house.clock.advance(20 * 24 * 3600)

    session = await back(house, interview)

    assert 2 == len((await house.get(TRANSCRIPT, key=session))["turns"])
    joined = await house.refusal("POST", "/v1/candidate/join", key=session)
    assert (409, "interview_not_open") == joined
    [_, second] = (await house.get(path(interview, "invitations")))["items"]
    assert "2026-04-05T12:00:00Z" == second["expires_at"]
    assert [] == (await house.get(path(interview, "mails")))["items"][1:]


async def test_the_transcript_is_read_once_the_interview_is_over(house: House) -> None:
    interview, session, _ = await house.led()
    assert (409, "wrong_state") == await house.refusal("GET", TRANSCRIPT, key=session)

    interview, turn, session = await over(house)
    found = (await house.get(TRANSCRIPT, key=session))["turns"]
    await correct(house, interview, turn)
    after = (await house.get(TRANSCRIPT, key=session))["turns"]

    assert [("ai", "Tell me."), ("candidate", MISHEARD)] == [
        (each["speaker"], each["spoken"]) for each in found
    ]
    assert [None, None] == [each["original"] for each in found]
    assert (HEARD, MISHEARD) == (after[1]["spoken"], after[1]["original"])
    assert {"confidence", "words", "correction"}.isdisjoint(after[1])


async def test_a_line_that_nobody_heard_is_none_of_ones_transcript(house: House) -> None:
    interview, _, claim = await house.led()
    withdrawn, unheard = str(uuid4()), str(uuid4())
    gone = house.line_end("Well,", withdrawn)
    gone["fact"]["withdrawn"] = True
    lines = [house.line("Well, go on.", withdrawn), gone]
    lines += [house.line("Thanks.", unheard), house.line_end("", unheard)]
    await house.tell(claim, *lines, house.speech("I read the logs"))
    await house.tell(claim, house.report("interview_ended", reason="completed"))

    found = (await house.get(TRANSCRIPT, key=await back(house, interview)))["turns"]

    assert ["I read the logs"] == [each["spoken"] for each in found]


async def test_other_words_are_proposed_and_granted_by_correcting(house: House) -> None:
    interview, turn, session = await over(house)
    made = await ask(house, session, kind="transcript", turn_id=turn, text=HEARD)
    waiting = (await house.get("/v1/requests?state=open&kind=transcript"))["items"]

    assert [(made["id"], HEARD, turn, "open")] == [
        (each["id"], each["text"], each["turn_id"], each["state"]) for each in waiting
    ]
    granted = {"person": "Grace", "outcome": "granted", "text": "Done."}
    answer = f"/v1/requests/{made['id']}/answer"
    assert (409, "conflict") == await house.refusal("POST", answer, json=granted)
    await correct(house, interview, turn, request_id=made["id"])

    [own] = (await house.get(REQUESTS, key=session))["items"]
    assert ("granted", "Misheard.") == (own["state"], own["answer"])
    [told] = (await house.get("/v1/requests?state=answered"))["items"]
    assert "Grace Hopper" == told["answered_by"]["name"]
    [corrected] = [t for t in (await house.get(TRANSCRIPT, key=session))["turns"] if t["original"]]
    assert (HEARD, MISHEARD) == (corrected["spoken"], corrected["original"])


@pytest.mark.parametrize("request_of", ["nobody", "another kind", "answered"])
async def test_a_correction_grants_only_what_asks_for_it(house: House, request_of: str) -> None:
    interview, turn, session = await over(house)
    named, refused = str(uuid4()), (404, "not_found")
    if request_of == "another kind":
        named = (await ask(house, session, kind="erasure"))["id"]
    if request_of == "answered":
        asked = await ask(house, session, kind="transcript", turn_id=turn, text="I read")
        named, refused = asked["id"], (409, "conflict")
        no = {"person": "Grace", "outcome": "refused", "text": "One hears it clearly."}
        await house.post(f"/v1/requests/{named}/answer", no, status=200)

    where = path(interview, f"turns/{turn}/corrections")
    body = {"text": HEARD, "reason": "Misheard.", "heard": True, "person": "Grace"}
    assert refused == await house.refusal("POST", where, json=body | {"request_id": named})
    turns = (await house.get(TRANSCRIPT, key=session))["turns"]
    assert [None, None] == [each["original"] for each in turns]


# ---- requests ----


async def test_a_request_is_answered_once_by_a_named_person(house: House) -> None:
    interview, _, session = await over(house)
    made = await ask(house, session, kind="human_review", text="Please look again.")
    where = f"/v1/requests/{made['id']}/answer"
    body = {"person": "Grace", "outcome": "granted", "text": "We have looked again."}

    nameless = {"outcome": "granted", "text": "x"}
    assert (422, "invalid") == await house.refusal("POST", where, json=nameless)
    answered = await house.post(where, body, status=200)
    assert (409, "conflict") == await house.refusal("POST", where, json=body)

    assert (interview["id"], "granted") == (answered["interview_id"], answered["state"])
    [own] = (await house.get(REQUESTS, key=session))["items"]
    assert ("Please look again.", "We have looked again.") == (own["text"], own["answer"])
    assert "answered_by" not in own
    assert made["answer_by"] == own["answer_by"] > own["created_at"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": "transcript", "text": "I read"}, "turn_id"),
        ({"kind": "access", "turn_id": str(UUID(int=7))}, "turn_id"),
        ({"kind": "transcript", "text": "I read", "turn_id": str(UUID(int=7))}, "turn_id"),
        ({"kind": "transcript", "text": MISHEARD, "turn_id": "own"}, "text"),
        ({"kind": "transcript", "turn_id": "own"}, "text"),
        ({"kind": "other"}, "text"),
        ({"kind": "complaint", "text": "x"}, "kind"),
        ({"kind": "access", "text": "x" * 4001}, "text"),
    ],
)
async def test_a_request_that_says_nothing_is_refused(house: House, body: Json, field: str) -> None:
    _, turn, session = await over(house)
    named = {"turn_id": turn} if body.get("turn_id") == "own" else {}

    answer = await house.call("POST", REQUESTS, json=body | named, key=session)

    assert (422, field) == (answer.status, (await answer.json())["field"])


async def test_what_the_interviewer_said_is_nobodys_to_propose(house: House) -> None:
    _, _, session = await over(house)
    asked = (await house.get(TRANSCRIPT, key=session))["turns"][0]

    body = {"kind": "transcript", "text": "Nothing.", "turn_id": asked["turn_id"]}
    assert (422, "invalid") == await house.refusal("POST", REQUESTS, json=body, key=session)


@pytest.mark.parametrize("kind", ["access", "correction", "erasure", "other", "human_review"])
async def test_rights_are_there_before_the_end_and_a_second_look_after_it(
    house: House, kind: str
) -> None:
    session = await house.redeemed(await house.invited())
    answer = await house.call("POST", REQUESTS, json={"kind": kind, "text": "?"}, key=session)

    assert (409 if kind == "human_review" else 201) == answer.status


async def test_somebody_asks_fifty_times_and_no_more(house: House) -> None:
    session = await house.redeemed(await house.invited())
    for _ in range(50):
        await ask(house, session, kind="access")

    body = {"kind": "access"}
    assert (409, "limit_reached") == await house.refusal("POST", REQUESTS, json=body, key=session)


async def test_the_trail_and_webhooks_hear_that_there_is_a_request_and_no_word_of_it(
    house: House,
) -> None:
    hook = {"url": "https://hooks.example.com", "event_types": ["interview.requested"]}
    webhook = await house.post("/v1/webhooks", hook)
    interview = await house.invited()
    session = await house.redeemed(interview)
    before = await house.kinds(interview)

    made = await ask(house, session, kind="erasure", text="SECRET reason")

    entry = (await house.get(f"/v1/audit?subject={made['id']}"))["items"][0]
    assert ("make_request", "candidate", interview["id"], {"kind": "erasure"}) == (
        entry["action"],
        entry["actor_kind"],
        entry["actor"],
        entry["facts"],
    )
    [sent] = (await house.get(f"/v1/webhooks/{webhook['id']}/deliveries"))["items"]
    assert ("interview.requested", interview["id"], "invited") == (
        sent["type"],
        sent["interview_id"],
        sent["state"],
    )
    assert before == await house.kinds(interview)


async def test_one_key_of_two_candidates_makes_two_requests(house: House) -> None:
    """Whoever counts their keys up must not be answered with what somebody else has asked."""
    sessions = [await house.redeemed(await house.invited()) for _ in range(2)]
    sent = {"json": {"kind": "access"}, "headers": {"Idempotency-Key": "1"}}

    answers = [
        await (await house.call("POST", REQUESTS, key=session, **sent)).json()
        for session in (*sessions, sessions[0])
    ]

    assert answers[0] == answers[2]
    assert answers[0]["id"] != answers[1]["id"]
    other = sent | {"json": {"kind": "erasure"}}
    mismatch = await house.refusal("POST", REQUESTS, key=sessions[0], **other)
    assert (422, "idempotency_mismatch") == mismatch


async def test_nobody_reads_or_answers_another_tenants_requests(house: House) -> None:
    session = await house.redeemed(await house.invited())
    made = await ask(house, session, kind="access")
    stranger = await house.new_tenant("Second")

    body = {"person": "Grace", "outcome": "refused", "text": "No."}
    answer = f"/v1/requests/{made['id']}/answer"
    assert [] == (await house.get("/v1/requests", key=stranger))["items"]
    assert (404, "not_found") == await house.refusal("POST", answer, json=body, key=stranger)


# ---- what they thought of it ----


async def test_feedback_is_given_afterwards_and_replaced(house: House) -> None:
    early = await house.redeemed(await house.invited())
    body = {"rating": 4, "text": "Kind."}
    assert (409, "wrong_state") == await house.refusal("PUT", FEEDBACK, json=body, key=early)
    _, _, session = await over(house)
    assert (404, "not_found") == await house.refusal("GET", FEEDBACK, key=session)

    for rating in (2, 4):
        given = await house.call("PUT", FEEDBACK, json=body | {"rating": rating}, key=session)
        assert 204 == given.status

    own = await house.get(FEEDBACK, key=session)
    assert (4, "Kind.") == (own["rating"], own["text"])


async def test_nobody_reads_feedback_before_a_decision(house: House) -> None:
    interview, _, session = await over(house)
    await house.call("PUT", FEEDBACK, json={"rating": 1, "text": "Slow."}, key=session)
    where = path(interview, "feedback")

    assert (409, "wrong_state") == await house.refusal("GET", where)
    await decided(house, interview)

    assert "Slow." == (await house.get(where))["text"]


async def test_there_may_be_no_feedback(house: House) -> None:
    interview, _, _ = await over(house)
    await decided(house, interview)

    assert (404, "not_found") == await house.refusal("GET", path(interview, "feedback"))


# ---- how they were rated ----


async def rated(house: House, interview: Json, turn: str, person: str, level: int) -> None:
    quote = {"turn_id": turn, "text": "found it"}
    rating = {"competency": "debugging", "level": level, "quotes": [quote]}
    await house.post(path(interview, "ratings"), {"person": person, "ratings": [rating]})


async def shares(house: House) -> None:
    answer = await house.call(
        "PATCH", "/v1/settings", json={"shares_results": True}, headers={"If-Match": "*"}
    )
    assert (200, True) == (answer.status, (await answer.json())["shares_results"])


async def test_results_are_shared_by_tenants_that_say_so_once_a_person_has_decided(
    house: House,
) -> None:
    interview, turn, session = await over(house)
    await rated(house, interview, turn, "Grace", 4)
    await rated(house, interview, turn, "Hedy", 3)
    nothing = {"shared": False, "competencies": []}

    await shares(house)
    assert nothing == await house.get(RESULTS, key=session)
    await decided(house, interview)
    [shown] = (await house.get(RESULTS, key=session))["competencies"]

    assert ("Debugging", [3, 4], "people") == (shown["name"], shown["levels"], shown["rated_by"])
    assert [{"turn_id": turn, "text": "found it"}] == shown["quotes"]
    meanings = [{"level": level, "text": f"SECRET-ANCHOR {level}"} for level in (3, 4)]
    assert meanings == shown["meanings"]
    told = {"name", "definition", "levels", "meanings", "quotes", "rated_by"}
    assert told == set(shown)


async def test_without_the_tenants_word_nothing_is_shared(house: House) -> None:
    interview, turn, session = await over(house)
    await rated(house, interview, turn, "Grace", 4)
    await decided(house, interview)

    assert {"shared": False, "competencies": []} == await house.get(RESULTS, key=session)


async def test_what_nobody_has_rated_is_not_shared(house: House) -> None:
    await shares(house)
    interview, _, session = await over(house)
    await decided(house, interview)

    assert {"shared": False, "competencies": []} == await house.get(RESULTS, key=session)


@pytest.mark.parametrize("noun", ["transcript", "feedback"])
async def test_of_who_was_erased_nothing_is_left_to_read(house: House, noun: str) -> None:
    interview, _, session = await over(house)
    await ask(house, session, kind="erasure", text="All of it.")
    which = InterviewId(UUID(interview["id"]))
    async with house.store.transaction(house.tenants[house.key]) as tx:
        await tx.keys.destroy_interview(which, house.clock.now())
        assert State.ENDED is (await tx.interviews.get(which)).state

    gone = await house.refusal("GET", f"/v1/candidate/{noun}", key=session)
    [left] = (await house.get("/v1/requests"))["items"]

    assert (410, "sealed") == gone
    assert (None, "open", "erasure") == (left["text"], left["state"], left["kind"])
