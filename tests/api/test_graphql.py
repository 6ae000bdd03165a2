"""Questions in GraphQL: the read side in one, in the words and with the refusals of REST."""

import asyncio
import json
from uuid import UUID

import pytest
from pydantic.alias_generators import to_snake
from structlog.testing import capture_logs

from api.graph import door
from api.graph.schema import FILE, as_text
from interview.errors import Unavailable
from interview.ids import InterviewId
from interview.store.memory.several import MemorySeveral
from tests.api.graph import PERSON, WHOLE, ask, held, judged_by_everybody, refused
from tests.api.house import House, Json, opened, settings_with, unknown
from tests.store.world import SAID

pytestmark = pytest.mark.api
NEWER = "application/graphql-response+json"


def test_the_kept_schema_is_what_the_code_says() -> None:
    assert as_text() == FILE.read_text()


async def test_one_question_goes_from_the_job_to_the_evidence(house: House) -> None:
    interview = await held(house)

    answer = await ask(house, WHOLE, jobs=1)

    assert "errors" not in answer
    [job] = answer["data"]["jobs"]["items"]
    [kit] = job["kits"]["items"]
    [found] = kit["interviews"]["items"]
    assert ("Engineer", {"title": "Engineer"}) == (job["title"], kit["job"])
    assert (1, ["outage", "tools"]) == (kit["version"], [q["key"] for q in kit["questions"]])
    assert {"name": "Ada", "email": "ada@example.com"} == found["candidate"]
    assert (interview["id"], "live") == (found["id"], found["state"])
    [turn] = found["turns"]["items"]
    assert ("candidate", SAID) == (turn["speaker"], turn["spoken"])
    assert SAID.split() == [word["text"] for word in turn["words"]]
    [card] = found["scorecards"]
    assert ("4.00", "indicators") == (card["total"], card["stamp"]["rater"])
    assert [[{"text": "the overflowing queue"}], []] == [r["evidence"] for r in card["ratings"]]


async def test_turns_come_in_pages_without_a_gap(house: House) -> None:
    _, _, claim = await house.led()
    for said in ("one", "two", "three"):
        await house.tell(claim, house.speech(said))
    query = """query($id: UUID!, $after: Int!) {
        interview(id: $id) { turns(limit: 2, after: $after) { next items { spoken } } } }"""

    async def part(after: int) -> Json:
        answer = await ask(house, query, id=claim["interview_id"], after=after)
        return answer["data"]["interview"]["turns"]

    first = await part(0)
    rest = await part(int(first["next"]))

    assert [{"spoken": "one"}, {"spoken": "two"}] == first["items"]
    assert {"next": None, "items": [{"spoken": "three"}]} == rest


async def test_nested_lists_come_in_pages_without_a_gap(house: House) -> None:
    first = await held(house)
    body = {"kit_id": first["kit_id"], "candidate_id": first["candidate_id"]}
    second = await house.post("/v1/interviews", body)
    query = """query($kit: UUID!, $after: UUID) {
        kit(id: $kit) { interviews(limit: 1, after: $after) { next items { id } } } }"""

    begun = (await ask(house, query, kit=first["kit_id"]))["data"]["kit"]["interviews"]
    rest = await ask(house, query, kit=first["kit_id"], after=begun["next"])

    assert {"next": first["id"], "items": [{"id": first["id"]}]} == begun
    assert {"next": None, "items": [{"id": second["id"]}]} == rest["data"]["kit"]["interviews"]


async def test_what_rest_says_graphql_says_too(house: House) -> None:
    interview = await held(house)
    query = """query($id: UUID!) {
        interview(id: $id) { id state kitId kitVersion candidateId }
        candidates { items { name } } kits { items { id } }
        interviews(state: "live") { items { id } }
        events(interview: $id, limit: 2) { next items { seq kind fact } }
        audit(limit: 1) { next items { action subject facts { name } } } }"""
    await house.post("/v1/jobs", {"title": "Another"})

    said = (await ask(house, query, id=interview["id"]))["data"]

    names = ("id", "state", "kit_id", "kit_version", "candidate_id")
    known = await house.get(f"/v1/interviews/{interview['id']}")
    assert [known[name] for name in names] == list(said["interview"].values())
    assert [{"name": "Ada"}] == said["candidates"]["items"]
    assert [{"id": interview["kit_id"]}] == said["kits"]["items"]
    assert [{"id": interview["id"]}] == said["interviews"]["items"]
    events = (await house.get(f"/v1/interviews/{interview['id']}/events?limit=2"))["items"]
    assert [event["fact"] for event in events] == [e["fact"] for e in said["events"]["items"]]
    assert ("2", "1") == (said["events"]["next"], said["audit"]["next"])
    assert "create_job" == said["audit"]["items"][0]["action"]


BY = "by { kind id name }"
JUDGED = f"""query($interview: UUID!) {{ interview(id: $interview) {{
    decision {{ outcome reasonCode note evidence {{ kind id }} {BY} decidedAt }}
    notes {{ next items {{ id text atMs turnId {BY} createdAt }} }}
    invitations {{ id state createdAt expiresAt redeemedAt withdrawnAt }}
    scorecards {{ id createdAt total coverage person {{ kind id name }} stamp {{
      kitVersion rater raterVersion model promptHash transcriptSeq }} }}
    corrected: turns {{ items {{ ...Said }} }}
    original: turns(version: "original") {{ items {{ ...Said }} }}
}} }}
fragment Said on Turn {{
    spoken confidence words {{ text startMs endMs confidence }}
    correction {{ seq text reason {BY} at }}
}}"""


def in_words_of_rest(said: Json) -> Json:
    """With names in snake case and times in UTC as REST writes them."""
    match said:
        case dict():
            return {to_snake(name): in_words_of_rest(each) for name, each in said.items()}
        case list():
            return [in_words_of_rest(each) for each in said]
        case str():
            return said.replace("+00:00", "Z")
        case _:
            return said


def part_of(whole: Json, like: Json) -> Json:
    """Those fields of `whole` that `like` has."""
    match whole, like:
        case dict(), dict():
            return {name: part_of(whole[name], like[name]) for name in like}
        case list(), list():
            return [part_of(*each) for each in zip(whole, like, strict=True)]
        case _:
            return whole


async def test_what_people_did_is_said_as_rest_says_it(house: House) -> None:
    of = await judged_by_everybody(house)
    at = f"/v1/interviews/{of['interview']}"

    said = in_words_of_rest((await ask(house, JUDGED, interview=of["interview"]))["data"])

    told = {
        "decision": (await house.get(f"{at}/decision"))["decision"],
        "notes": await house.get(f"{at}/notes"),
        "invitations": (await house.get(f"{at}/invitations"))["items"],
        "scorecards": (await house.get(f"{at}/scorecards"))["items"],
        "corrected": {"items": (await house.get(f"{at}/transcript"))["turns"]},
        "original": {"items": (await house.get(f"{at}/transcript?version=original"))["turns"]},
    }
    assert part_of(told, said["interview"]) == said["interview"]
    assert ("I read the logs", "I red the logs") == tuple(
        said["interview"][version]["items"][0]["spoken"] for version in ("corrected", "original")
    )
    assert PERSON == said["interview"]["decision"]["by"]["name"]


async def test_notes_come_in_pages_without_a_gap(house: House) -> None:
    interview = await house.invited()
    for text in ("one", "two", "three"):
        body = {"text": text, "person": PERSON}
        await house.post(f"/v1/interviews/{interview['id']}/notes", body)
    query = """query($id: UUID!, $after: UUID) {
        interview(id: $id) { notes(limit: 2, after: $after) { next items { text } } } }"""

    first = (await ask(house, query, id=interview["id"]))["data"]["interview"]["notes"]
    rest = await ask(house, query, id=interview["id"], after=first["next"])

    assert [{"text": "one"}, {"text": "two"}] == first["items"]
    assert {"next": None, "items": [{"text": "three"}]} == rest["data"]["interview"]["notes"]


async def test_nobody_has_decided_is_no_error(house: House) -> None:
    interview = await house.invited()
    query = "query($id: UUID!) { interview(id: $id) { decision { outcome } } }"

    assert {"data": {"interview": {"decision": None}}} == await ask(
        house, query, id=interview["id"]
    )


async def test_a_question_leaves_no_trace_in_the_audit_trail(house: House) -> None:
    await ask(house, "{ jobs { next } }")

    assert [] == (await house.get("/v1/audit"))["items"]


async def test_what_was_erased_is_an_error_in_its_place_and_the_rest_is_told(house: House) -> None:
    interview = await held(house)
    async with house.store.transaction(house.tenants[house.key]) as tx:
        await tx.keys.destroy_interview(InterviewId(UUID(interview["id"])), house.clock.now())

    answer = await ask(house, WHOLE, jobs=1)

    place = ["jobs", "items", 0, "kits", "items", 0, "interviews", "items", 0]
    found = answer["data"]["jobs"]["items"][0]["kits"]["items"][0]["interviews"]["items"][0]
    sealed = ("turns", "scorecards", "decision", "notes")
    assert [None] * 4 == [found[name] for name in sealed]
    assert ("Ada", ["redeemed"]) == (
        found["candidate"]["name"],
        [link["state"] for link in found["invitations"]],
    )
    assert [([*place, name], "sealed") for name in sealed] == [
        (error["path"], error["extensions"]["code"]) for error in answer["errors"]
    ]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{", "invalid"),
        ("{ jobz { next } }", "invalid"),
        ("{ jobs(limit: 0) { next } }", "invalid"),
        ("{ jobs(limit: 201) { next } }", "invalid"),
        ("{ jobs(limit: 5000000000) { next } }", "invalid"),
        ('{ jobs(after: "nonsense") { next } }', "invalid"),
        ('{ interviews(state: "asleep") { next } }', "invalid"),
        ("{ audit(after: -1) { next } }", "invalid"),
        ('{ job(id: "7") { title } }', "invalid"),
        (f'{{ job(id: "{UUID(int=7)}") {{ title }} }}', "not_found"),
        (f'{{ events(interview: "{UUID(int=7)}") {{ next }} }}', "not_found"),
        ("mutation { jobs { next } }", "invalid"),
    ],
)
async def test_a_refusal_has_the_code_that_rest_gives_it(
    house: House, query: str, code: str
) -> None:
    answer = await house.call("POST", "/graphql", json={"query": query})
    said = await answer.json(content_type=None)

    assert code == (said.get("code") or said["errors"][0]["extensions"]["code"])


async def test_a_part_that_is_asked_for_wrongly_is_refused_in_its_place(house: House) -> None:
    interview = await house.invited()

    for part in ("notes(limit: 0)", 'turns(version: "latest")', "turns(after: -1)"):
        query = f"query($id: UUID!) {{ interview(id: $id) {{ {part} {{ next }} }} }}"
        place = ["interview", part.partition("(")[0]]
        assert [(place, "invalid")] == await refused(house, query, id=interview["id"])


async def test_variables_of_the_wrong_type_are_invalid(house: House) -> None:
    query = "query($id: UUID!) { job(id: $id) { title } }"

    for variables in ({"id": "7"}, {"id": None}, {"id": [1]}, {}):
        assert [(None, "invalid")] == await refused(house, query, **variables)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ([{"query": "{ jobs { next } }"}], "body"),
        ({}, "query"),
        ({"query": ""}, "query"),
        ({"query": "{ jobs { next } }", "variables": []}, "variables"),
        ({"query": "{ jobs { next } }", "id": "persisted"}, "id"),
        ({"query": "{ jobs { next } }", "operationName": "Other"}, "operationName"),
        ({"query": "subscription { events { seq } }"}, "query"),
        ({"query": "{ jobs { next } } #" + "x" * 20_000}, "query"),
    ],
)
async def test_a_body_that_is_no_single_question_names_the_field(
    house: House, body: Json, field: str
) -> None:
    answer = await house.call("POST", "/graphql", json=body)
    problem = await answer.json(content_type="application/problem+json")

    assert (422, "invalid", field) == (answer.status, problem["code"], problem["field"])


async def test_of_several_operations_the_one_that_is_named_is_answered(house: House) -> None:
    query = "query A { jobs { next } } query B { kits { next } }"

    named = await house.post("/graphql", {"query": query, "operationName": "B"}, status=200)

    assert {"data": {"kits": {"next": None}}} == named
    assert [(None, "invalid")] == await refused(house, query)


async def test_nothing_is_asked_by_get_and_there_is_no_page_to_ask_from(house: House) -> None:
    answer = await house.call("GET", "/graphql", headers={"Accept": "text/html"})

    assert (405, "POST") == (answer.status, answer.headers["Allow"])
    assert (422, "invalid") == await house.refusal("GET", "/graphql?query={jobs{next}}")


async def test_the_newer_media_type_says_with_its_status_that_nothing_was_begun(
    house: House,
) -> None:
    async def status(query: str, accept: str) -> tuple[int, str]:
        headers = {"Accept": accept}
        answer = await house.call("POST", "/graphql", json={"query": query}, headers=headers)
        return answer.status, answer.content_type

    assert (400, NEWER) == await status("{ jobz }", NEWER)
    assert (200, NEWER) == await status("{ jobs { next } }", NEWER)
    assert (200, "application/json") == await status("{ jobz }", "application/json")


async def test_the_schema_is_told_only_where_it_was_switched_on(house: House) -> None:
    query = "{ __schema { queryType { name } } }"

    assert {(None, "invalid")} == set(await refused(house, query))
    misspelt = await ask(house, "{ jobz { next } }")
    assert "Did you mean" not in json.dumps(misspelt)
    told = settings_with(VIVAVOCE_GRAPHQL_INTROSPECTION="true")
    async with opened(told, house.store) as open_house:
        answer = await ask(open_house, query)
    assert {"queryType": {"name": "Query"}} == answer["data"]["__schema"]


async def test_a_fault_of_ours_says_nothing_of_itself_and_is_logged(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await held(house)

    async def fail(*_: object) -> None:
        raise RuntimeError("SECRET host 10.0.0.1")

    monkeypatch.setattr(MemorySeveral, "kits_of", fail)

    with capture_logs() as lines:
        answer = await ask(house, WHOLE, jobs=1)

    assert ["internal"] == [error["extensions"]["code"] for error in answer["errors"]]
    assert "SECRET" not in json.dumps(answer)
    assert "graphql_failed" in [line["event"] for line in lines]


async def test_a_store_that_is_away_makes_the_whole_question_repeatable(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await held(house)

    async def fail(*_: object) -> None:
        raise Unavailable("SECRET host")

    monkeypatch.setattr(MemorySeveral, "kits_of", fail)

    answer = await house.call("POST", "/graphql", json={"query": WHOLE, "variables": {"jobs": 1}})

    assert (503, "1") == (answer.status, answer.headers["Retry-After"])
    assert "SECRET" not in await answer.text()


async def test_an_answer_that_takes_too_long_is_given_up_with_its_transaction(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await held(house)
    limit, ended = door.limit(), []

    async def wait(*_: object) -> dict[object, object]:
        limit.reschedule(asyncio.get_running_loop().time())
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(True)
        return {}

    monkeypatch.setattr(door, "limit", lambda: limit)
    monkeypatch.setattr(MemorySeveral, "kits_of", wait)

    body = {"query": WHOLE, "variables": {"jobs": 1}}
    assert (503, "unavailable") == await house.refusal("POST", "/graphql", json=body)
    assert [True] == ended
    assert 1 == len((await house.get("/v1/jobs"))["items"])


async def test_the_log_says_which_operation_and_nothing_of_the_question(house: House) -> None:
    with capture_logs() as lines:
        await ask(house, "query PERSONAL { job: kits { next } nothing }", id=str(unknown()))

    assert ["ask_graphql"] == [line["operation"] for line in lines]
    assert "PERSONAL" not in json.dumps(lines)
