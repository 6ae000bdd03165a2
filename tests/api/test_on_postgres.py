"""The same door over PostgreSQL: a whole life, and what happens when many come at once."""

import asyncio
import json
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from interview.accounts import Role
from interview.floor import MOST_INTERVIEWERS
from interview.ids import interviewer_identity
from interview.ports import Present, Store
from interview.store.postgres import open_store
from interview.use_cases.verify import verify_all
from tests.api.house import AGENT_KEY, PEPPER, House, kit_body
from tests.api.test_judging import ended, form, rating
from tests.api.test_room import room_of
from tests.conftest import Database
from tests.sounds import ogg, tone

pytestmark = pytest.mark.api


@pytest.fixture
async def store(database: Database) -> AsyncIterator[Store]:
    async with open_store(database.app_url, PEPPER) as opened:
        yield opened


async def test_a_table_is_made_of_numbers_and_reads_no_evidence(
    house: House, sent: list[str]
) -> None:
    interview, turn = await ended(house)
    await house.post(f"/v1/interviews/{interview['id']}/ratings", form(rating(turn)))
    kit = await house.get(f"/v1/kits/{interview['kit_id']}")
    sent.clear()

    answer = await house.call("GET", f"/v1/jobs/{kit['job_id']}/interviews.csv")

    assert 200 == answer.status
    assert any("FROM scorecards" in sql for sql in sent)
    assert [] == [sql for sql in sent if "evidence" in sql or "sealed_reason" in sql]


async def test_an_interview_lives_from_its_kit_to_its_recording(house: House) -> None:
    interview, session, first = await house.led()
    asked = str(uuid4())
    await house.tell(first, house.line("Tell me.", asked), house.line_end("Tell me.", asked))
    await house.tell(first, house.speech("I read the logs"))
    await house.tell(first, house.report("paused", reason="absent"))
    house.clock.advance(60)
    await house.post("/v1/candidate/join", status=200, key=session)
    await house.errands_done()
    second = await house.claimed(interview, epoch=2)
    await house.tell(second, house.report("resumed"), house.speech("and found it", at_ms=60_000))
    who = second["candidate_identity"]
    part = await house.hand_in(second, ogg(tone(440, 0.5)), participant=who)
    await house.tell(second, house.report("interview_ended", reason="completed"))

    path = f"/v1/interviews/{interview['id']}"
    transcript = await house.get(f"{path}/transcript")
    recording = await house.call("GET", f"{path}/recording")

    assert (201, 200, "ended") == (part.status, recording.status, await house.state(interview))
    assert ["Tell me.", "I read the logs", "and found it"] == [
        turn["spoken"] for turn in transcript["turns"]
    ]
    assert [1, 2] == [json.loads(sent)["epoch"] for _, sent in house.rooms.dispatched]
    assert [
        "interview_created",
        "invitation_redeemed",
        "consent_given",
        "lease_opened",
        "join_granted",
        "lease_claimed",
        "line_started",
        "line_ended",
        "speech_heard",
        "paused",
        "lease_opened",
        "join_granted",
        "lease_claimed",
        "resumed",
        "speech_heard",
        "recording_stored",
        "interview_ended",
    ] == await house.kinds(interview)


async def test_people_file_a_question_that_the_room_did_not_know(house: House) -> None:
    interview, _, claim = await house.led()
    turn, path = str(uuid4()), f"/v1/interviews/{interview['id']}"
    said = house.speech("I read the logs", turn=turn, at_ms=200)
    await house.tell(claim, said, house.report("interview_ended", reason="completed"))
    filing = {"question": "tools", "reason": "She asked about tools.", "person": "Grace"}

    made = await house.post(f"{path}/turns/{turn}/filings", filing)
    await house.tell(claim, house.speech("at last", turn=turn, at_ms=800))

    [counted] = (await house.get(f"{path}/transcript"))["turns"]
    [original] = (await house.get(f"{path}/transcript?version=original"))["turns"]
    assert ("tools", "outage") == (counted["question"], original["question"])
    assert made["seq"] == counted["filing"]["seq"] == original["filing"]["seq"]
    assert [] == (await verify_all(house.store)).broken


async def test_people_correct_rate_and_decide(house: House) -> None:
    interview, _, claim = await house.led()
    turn, path = str(uuid4()), f"/v1/interviews/{interview['id']}"
    await house.tell(claim, house.speech("I red the logs", turn=turn, at_ms=200))
    await house.hand_in(claim, ogg(tone(440, 1.0)))
    await house.tell(claim, house.report("interview_ended", reason="completed"))
    who = {"person": "Grace"}
    words = {"text": "I read the logs", "reason": "Misheard.", "heard": True, **who}
    quote = {"turn_id": turn, "text": "read the logs"}
    rating = {"competency": "debugging", "level": 4, "quotes": [quote]}

    await house.post(f"{path}/turns/{turn}/corrections", words)
    await house.post(f"{path}/ratings", {"ratings": [rating], **who})
    await house.post(f"{path}/notes", {"text": "Ask.", "turn_id": turn, **who})
    decision = {"outcome": "advance", "reason_code": "meets_requirements", **who}
    await house.post(f"{path}/decision", decision | {"evidence": [{"kind": "recording"}]})
    part = await house.call("GET", f"{path}/recording", headers={"Range": "bytes=0-3"})

    [card] = (await house.get(f"{path}/scorecards"))["items"]
    [note] = (await house.get(f"{path}/notes"))["items"]
    kit = await house.get(f"/v1/kits/{interview['kit_id']}")
    table = await house.call("GET", f"/v1/jobs/{kit['job_id']}/interviews.csv")
    assert ("Grace", "Grace", turn) == (card["person"]["name"], note["by"]["name"], note["turn_id"])
    assert (206, b"OggS", "decided") == (
        part.status,
        await part.read(),
        await house.state(interview),
    )
    _, row, end = (await table.text()).split("\r\n")
    assert f'"{interview["id"]}","{interview["candidate_id"]}","Ada","ada@example.com"' in row
    ends = f'"","","advance","meets_requirements","","","","{kit["id"]}"'
    assert (True, "") == (row.endswith(ends), end)
    assert [] == (await verify_all(house.store)).broken


async def test_a_stream_is_woken_by_what_is_appended(house: House) -> None:
    interview, _, claim = await house.led()
    path = f"/v1/interviews/{interview['id']}/events?after=6"
    stream = await house.call("GET", path, headers={"Accept": "text/event-stream"})

    await house.tell(claim, house.speech("Hello"))

    first = await asyncio.wait_for(stream.content.readline(), 5)
    stream.close()
    assert b"id: 7\n" == first


async def test_of_many_requests_with_one_key_one_is_done(house: House) -> None:
    headers = {"Idempotency-Key": "once"}

    made = await asyncio.gather(
        *(house.post("/v1/jobs", {"title": "Engineer"}, headers=headers) for _ in range(6))
    )

    assert 1 == len({job["id"] for job in made})
    assert 1 == len((await house.get("/v1/jobs"))["items"])


async def test_many_are_invited_in_one_call_and_a_refused_row_holds_up_nobody(
    house: House,
) -> None:
    kit = await house.draft()
    await house.post(f"/v1/kits/{kit['id']}/publish", status=200)
    rows = [{"name": f"Person {n}", "email": f"p{n}@example.com"} for n in range(40)]
    rows[7] |= {"email": "no address"}
    rows[9] = {"candidate_id": str(uuid4())}
    body, headers = {"kit_id": kit["id"], "rows": rows}, {"Idempotency-Key": "bulk"}
    path = "/v1/interviews/bulk"

    first, second = await asyncio.gather(
        *(house.post(path, body, status=200, headers=headers) for _ in range(2))
    )

    assert first == second
    assert [7, 9] == [r["index"] for r in first["results"] if r["error"]]
    assert 38 == len((await house.get("/v1/interviews"))["items"])
    await house.refusal("POST", path, json=body | {"atomic": True})
    assert 38 == len((await house.get("/v1/candidates"))["items"])


async def test_of_many_who_change_what_they_have_read_one_does(house: House) -> None:
    draft = await house.draft()
    path = f"/v1/kits/{draft['id']}"
    bodies = [kit_body(draft["job_id"]) | {"name": f"Kit {n}"} for n in range(6)]
    headers = {"If-Match": (await house.call("GET", path)).headers["ETag"]}

    answers = await asyncio.gather(
        *(house.call("PUT", path, json=body, headers=headers) for body in bodies)
    )

    assert [200, *[412] * 5] == sorted(answer.status for answer in answers)
    assert '"2"' == (await house.call("GET", path)).headers["ETag"]


async def test_a_draft_is_not_published_while_it_changes(house: House) -> None:
    draft = await house.draft()
    path = f"/v1/kits/{draft['id']}"
    body = kit_body(draft["job_id"]) | {"name": "Changed"}

    publish = house.call("POST", f"{path}/publish", headers={"If-Match": '"1"'})
    change = house.call("PUT", path, json=body, headers={"If-Match": '"1"'})
    answers = await asyncio.gather(publish, change)

    assert 1 == [answer.status for answer in answers].count(200)
    found = await house.get(path)
    assert (found["version"] is None) == (found["name"] == "Changed")


async def test_of_many_who_redeem_one_link_one_gets_in(house: House) -> None:
    interview = await house.invited()
    body = {"token": interview["invitation_url"].partition("#")[2]}
    path = "/v1/invitations/redeem"

    answers = await asyncio.gather(*(house.call("POST", path, json=body, key="") for _ in range(6)))

    assert [200, *[409] * 5] == sorted(answer.status for answer in answers)


async def test_of_many_requests_of_one_candidate_all_get_the_one_session(house: House) -> None:
    interview = await house.invited()
    body = {"token": interview["invitation_url"].partition("#")[2]}
    headers = {"Idempotency-Key": "0b7e3c2a-random-key"}
    path = "/v1/invitations/redeem"

    answers = await asyncio.gather(
        *(house.post(path, body, status=200, key="", headers=headers) for _ in range(6))
    )

    assert 1 == len({answer["access_token"] for answer in answers})
    assert 1 == (await house.kinds(interview)).count("invitation_redeemed")


async def test_of_many_tabs_that_join_one_sends_for_an_agent(house: House) -> None:
    interview = await house.invited()
    session = await house.consented(interview)

    await asyncio.gather(
        *(house.post("/v1/candidate/join", status=200, key=session) for _ in range(6))
    )
    await house.errands_done()

    assert 1 == len(house.rooms.dispatched)
    assert 1 == (await house.kinds(interview)).count("lease_opened")


async def test_of_two_agents_that_claim_one_leads(house: House) -> None:
    interview = await house.invited()
    await house.joined(interview)
    body = {"interview_id": interview["id"], "epoch": 1, "agent": "host"}

    answers = await asyncio.gather(
        *(house.call("POST", "/internal/v1/leases", json=body, key=AGENT_KEY) for _ in range(4))
    )

    assert [201, 409, 409, 409] == sorted(answer.status for answer in answers)


async def test_ids_and_cursors_of_another_tenant_lead_nowhere(house: House) -> None:
    interview, _, _ = await house.led()
    await house.post("/v1/jobs", {"title": "Second"})
    cursor = (await house.get("/v1/jobs?limit=1"))["next"]
    stranger = await house.new_tenant("Second")

    assert (404, "not_found") == await house.refusal(
        "GET", f"/v1/interviews/{interview['id']}/transcript", key=stranger
    )
    assert [] == (await house.get(f"/v1/jobs?after={cursor}", key=stranger))["items"]


@pytest.mark.parametrize(
    "words",
    [
        "'; DROP TABLE jobs; --",
        "\\'; DELETE FROM jobs; --",
        "' OR '1'='1",
        "$1 $tenant$ %s %(x)s {title} :title",
        "50% _off_ \\%",
        "$$; SELECT set_config('vivavoce.tenant', '', false); $$",
    ],
)
async def test_words_that_would_be_a_statement_are_words(house: House, words: str) -> None:
    job = await house.post("/v1/jobs", {"title": words})
    await house.post("/v1/jobs", {"title": "Engineer"})
    person = await house.post("/v1/candidates", {"name": words, "email": "ada@example.com"})
    draft = await house.post("/v1/kits", kit_body(job["id"]) | {"name": words})

    found = await house.get("/v1/jobs", params={"title": words})
    nobodys = await house.get("/v1/audit", params={"subject": words})

    assert [job] == found["items"]
    assert [] == nobodys["items"]
    for path, made in (("jobs", job), ("candidates", person), ("kits", draft)):
        assert made == await house.get(f"/v1/{path}/{made['id']}")
        assert words in {made.get("title"), made.get("name")}


async def test_numbers_that_no_column_holds_are_refused(house: House) -> None:
    _, _, claim = await house.led()
    path = f"/internal/v1/interviews/{claim['interview_id']}/events"
    said = house.speech("Hello", at_ms=2**40)

    part = await house.hand_in(claim, b"OggS", started_ms=2**40)
    body = {"epoch": 1, "reports": [said]}

    assert 422 == part.status
    assert (422, "invalid") == await house.refusal("POST", path, json=body, key=claim["token"])
    assert (409, "lease_lost") == await house.refusal(
        "POST", path, json=body | {"epoch": 2**40}, key=claim["token"]
    )


async def test_of_two_interviewers_who_come_at_once_one_fits(house: House) -> None:
    interview, _, _ = await house.led()
    seated = [await house.new_member(Role.INTERVIEWER) for _ in range(MOST_INTERVIEWERS - 1)]
    house.rooms.people[room_of(interview)] = [
        Present(interviewer_identity(member), "interviewer") for member in seated
    ]
    both = [await house.signed_in(await house.new_member(Role.INTERVIEWER)) for _ in range(2)]
    path = f"/v1/interviews/{interview['id']}/join"

    answers = await asyncio.gather(
        *(house.call("POST", path, json={}, key="", headers=headers) for headers in both)
    )

    assert [200, 409] == sorted(answer.status for answer in answers)
