"""Who rates blind sees nothing of what others judged before their own card is stored."""

import csv
import json
from uuid import UUID, uuid4

import pytest
from aiohttp import ClientResponse

from api import contract
from api.callers import Staff
from api.rights import RIGHTS
from interview import rests
from interview.accounts import ALL_SCOPES, Role, Scope
from interview.audit import Actor
from interview.blind import GIVES, MAY_BE_BLIND, SEEN_BLIND, TOLD_OF_RESTS, Reader
from interview.by_people import By
from interview.events import FACTS
from interview.ids import InterviewId, TenantId, TurnId
from interview.people import Authority
from tests.api.house import House, Json
from tests.api.test_candidate_rights import FEEDBACK, ask, back
from tests.api.test_judging import ended, form, path, rating
from tests.store.world import scorecard

pytestmark = pytest.mark.api

OTHERS = "SECRET-JUDGEMENT"
"""Stands in every text that anybody else wrote about the interview."""

JUDGED = """query($id: UUID!) { interview(id: $id) {
    scorecards { total person { name } ratings { level reason } }
    decision { outcome note }
    notes { items { text } }
} }"""
TELLING = ("scorecard_stored", "decision_made")


async def judged(house: House) -> tuple[Json, str]:
    """Everybody has judged but the one who looks: a person, the machine, and a note and a decision
    on top; whoever tells of it is told so."""
    told = ["interview.scored", "interview.decided"]
    await house.post("/v1/webhooks", {"url": "https://hooks.example.com", "event_types": told})
    interview, turn = await ended(house)
    await house.post(path(interview, "ratings"), form(rating(turn, reason=OTHERS)))
    async with house.store.transaction(house.tenants[house.key]) as tx:
        card = scorecard(TurnId(UUID(turn)))
        unrated = [
            r.model_copy(update={"reason": OTHERS, "competency": "debugging"})
            for r in card.ratings[1:]
        ]
        await tx.scorecards.add(
            InterviewId(UUID(interview["id"])), card.model_copy(update={"ratings": tuple(unrated)})
        )
    note = {"text": OTHERS, "person": "Grace Hopper"}
    await house.post(path(interview, "notes"), note)
    decided = {
        "outcome": "advance",
        "reason_code": "meets_requirements",
        "note": OTHERS,
        "evidence": [{"kind": "transcript"}],
        "person": "Grace Hopper",
    }
    await house.post(path(interview, "decision"), decided)
    return interview, turn


async def member(house: House, role: Role = Role.REVIEWER) -> Json:
    """How a new member shows who they are."""
    headers = await house.signed_in(await house.new_member(role))
    return {"key": "", "headers": headers}


async def as_member(house: House, who: Json, method: str, where: str, **said: Json) -> Json:
    answer = await house.call(method, where, **who, **said)
    return {"status": answer.status, **await answer.json(content_type=None)}


async def ask_as(house: House, who: Json, query: str, interview: Json) -> Json:
    body = {"query": query, "variables": {"id": interview["id"]}}
    return await house.post("/graphql", body, status=200, **who)


async def keep_blind(house: House, *roles: str) -> ClientResponse:
    said: Json = {"json": {"blind_roles": roles}, "headers": {"If-Match": "*"}}
    return await house.call("PATCH", "/v1/settings", **said)


def own(turn: str) -> Json:
    return form(rating(turn, level=2, reason="Mine.")) | {"person": None}


@pytest.mark.parametrize("what", ["scorecards", "decision", "report"])
async def test_what_others_judged_is_refused_until_ones_own_card_is_stored(
    house: House, what: str
) -> None:
    interview, turn = await judged(house)
    who = await member(house)

    before = await as_member(house, who, "GET", path(interview, what))
    await house.post(path(interview, "ratings"), own(turn), **who)
    after = await as_member(house, who, "GET", path(interview, what))

    assert (403, "rate_first") == (before["status"], before["code"])
    assert OTHERS not in json.dumps(before)
    assert 200 == after["status"]
    assert OTHERS in json.dumps(after)


async def test_the_document_is_refused_like_the_report(house: House) -> None:
    interview, turn = await judged(house)
    who = await member(house)

    before = await as_member(house, who, "GET", path(interview, "report.pdf"))
    await house.post(path(interview, "ratings"), own(turn), **who)
    after = await house.call("GET", path(interview, "report.pdf"), **who)

    assert (403, "rate_first", 200) == (before["status"], before["code"], after.status)


async def test_the_table_has_neither_score_nor_decision_until_ones_own_card_is_stored(
    house: House,
) -> None:
    interview, turn = await judged(house)
    who = await member(house)
    kit = await house.get(f"/v1/kits/{interview['kit_id']}")

    async def cells() -> tuple[str, ...]:
        answer = await house.call("GET", f"/v1/jobs/{kit['job_id']}/interviews.csv", **who)
        [row] = csv.DictReader((await answer.text()).splitlines())
        return tuple(row[name] for name in ("score", "coverage", "decision", "reason_code"))

    assert ("", "", "", "") == await cells()
    await house.post(path(interview, "ratings"), own(turn), **who)
    assert ("4.00", "0.50", "advance", "meets_requirements") == await cells()


async def test_notes_show_ones_own_alone_until_ones_own_card_is_stored(house: House) -> None:
    interview, turn = await judged(house)
    who = await member(house)
    await house.post(path(interview, "notes"), {"text": "My own."}, **who)

    before = await house.get(path(interview, "notes"), **who)
    await house.post(path(interview, "ratings"), own(turn), **who)
    after = await house.get(path(interview, "notes"), **who)

    assert ["My own."] == [note["text"] for note in before["items"]]
    assert [OTHERS, "My own."] == [note["text"] for note in after["items"]]


async def test_graphql_refuses_what_rest_refuses_and_tells_it_afterwards(house: House) -> None:
    interview, turn = await judged(house)
    who = await member(house)

    before = await ask_as(house, who, JUDGED, interview)
    await house.post(path(interview, "ratings"), own(turn), **who)
    after = await ask_as(house, who, JUDGED, interview)

    assert {"scorecards": None, "decision": None, "notes": {"items": []}} == before["data"][
        "interview"
    ]
    assert ["rate_first", "rate_first"] == [e["extensions"]["code"] for e in before["errors"]]
    assert OTHERS not in json.dumps(before)
    assert "errors" not in after
    assert 3 == len(after["data"]["interview"]["scorecards"])


async def test_a_webhook_carries_names_and_states_alone_and_raters_see_none(house: House) -> None:
    await judged(house)
    [hook] = (await house.get("/v1/webhooks"))["items"]
    at = f"/v1/webhooks/{hook['id']}/deliveries"
    sent = [await house.get(f"{at}/{each['event_id']}") for each in (await house.get(at))["items"]]

    assert sent
    assert OTHERS not in json.dumps(sent)
    for role in sorted(MAY_BE_BLIND):
        who = await member(house, role)
        for where in ("/v1/webhooks", at, "/v1/audit"):
            assert 403 == (await as_member(house, who, "GET", where))["status"]


@pytest.mark.parametrize("role", sorted(MAY_BE_BLIND))
async def test_every_other_road_of_a_blind_reader_says_nothing_of_what_was_judged(
    house: House, role: Role
) -> None:
    """All that they may read without a body, tried one after the other."""
    await keep_blind(house, *MAY_BE_BLIND)
    interview, turn = await judged(house)
    session = await back(house, interview)
    asked = await ask(house, session, kind="human_review", text="Please look at it again.")
    refused = {"person": "Grace Hopper", "outcome": "refused", "text": OTHERS}
    await house.post(f"/v1/requests/{asked['id']}/answer", refused, status=200)
    await house.call("PUT", FEEDBACK, json={"rating": 1, "text": OTHERS}, key=session)
    who = await member(house, role)
    kit = await house.get(f"/v1/kits/{interview['kit_id']}")
    ids = {
        "interview_id": interview["id"],
        "kit_id": kit["id"],
        "job_id": kit["job_id"],
        "candidate_id": interview["candidate_id"],
        "turn_id": turn,
    }
    tried = 0
    for operation in contract.PUBLIC:
        known = set(operation.params.model_fields if operation.params else ()) <= set(ids)
        if operation.method != "GET" or not known or operation.tag == "health":
            continue
        where = operation.path.format(**{name: ids.get(name, "") for name in ids})
        answer = await house.call("GET", where, **who)
        assert OTHERS.encode() not in await answer.read(), operation.name
        tried += 1

    assert tried > 15


@pytest.mark.parametrize("role", sorted({Role.OWNER, Role.ADMIN, Role.RECRUITER, Role.AUDITOR}))
async def test_other_roles_see_at_once_unless_the_tenant_says_so(house: House, role: Role) -> None:
    interview, _ = await judged(house)
    who = await member(house, role)

    assert 200 == (await as_member(house, who, "GET", path(interview, "scorecards")))["status"]
    await keep_blind(house, "recruiter")
    expected = 403 if role is Role.RECRUITER else 200
    assert expected == (await as_member(house, who, "GET", path(interview, "scorecards")))["status"]


async def test_a_tenant_may_let_everybody_see(house: House) -> None:
    interview, _ = await judged(house)
    who = await member(house, Role.INTERVIEWER)

    changed = await keep_blind(house)

    assert [] == (await changed.json())["blind_roles"]
    assert 200 == (await as_member(house, who, "GET", path(interview, "scorecards")))["status"]


@pytest.mark.parametrize(
    ("roles", "field"),
    [
        (["owner"], "blind_roles.0"),
        (["reviewer", "admin"], "blind_roles.1"),
        (["auditor"], "blind_roles.0"),
        (["reviewer", "reviewer"], "blind_roles.1"),
        (["everybody"], "blind_roles.0"),
    ],
)
async def test_only_roles_that_can_be_kept_blind_are_each_once(
    house: House, roles: list[str], field: str
) -> None:
    answer = await keep_blind(house, *roles)

    assert (422, field) == (answer.status, (await answer.json())["field"])


async def test_the_card_of_one_reviewer_opens_nothing_to_another(house: House) -> None:
    interview, turn = await judged(house)
    first, second = await member(house), await member(house)

    await house.post(path(interview, "ratings"), own(turn), **first)

    assert 200 == (await as_member(house, first, "GET", path(interview, "scorecards")))["status"]
    assert 403 == (await as_member(house, second, "GET", path(interview, "scorecards")))["status"]


async def test_a_card_of_one_interview_opens_no_other(house: House) -> None:
    rated, turn = await judged(house)
    other, _ = await judged(house)
    who = await member(house)

    await house.post(path(rated, "ratings"), own(turn), **who)

    assert 403 == (await as_member(house, who, "GET", path(other, "scorecards")))["status"]


async def test_a_form_that_was_refused_opens_nothing(house: House) -> None:
    interview, _ = await judged(house)
    who = await member(house)

    refused = await house.call("POST", path(interview, "ratings"), json=own(str(uuid4())), **who)

    assert 422 == refused.status
    assert 403 == (await as_member(house, who, "GET", path(interview, "scorecards")))["status"]


async def test_what_was_erased_is_said_to_be_so(house: House) -> None:
    interview, _ = await judged(house)
    who = await member(house)
    async with house.store.transaction(house.tenants[house.key]) as tx:
        await tx.keys.destroy_interview(InterviewId(UUID(interview["id"])), house.clock.now())

    for what in ("scorecards", "decision", "notes", "events"):
        assert 410 == (await as_member(house, who, "GET", path(interview, what)))["status"]


async def test_a_card_is_never_changed_and_another_stands_beside_it(house: House) -> None:
    interview, turn = await ended(house)
    who = await member(house)
    first = await house.post(path(interview, "ratings"), own(turn), **who)
    [card] = (await house.get(path(interview, "scorecards")))["items"]

    second = await house.post(path(interview, "ratings"), own(turn), **who)
    cards = (await house.get(path(interview, "scorecards")))["items"]

    assert [first["id"], second["id"]] == [each["id"] for each in cards]
    assert card == cards[0]
    about = [o for o in contract.ALL if "rating" in o.path or "scorecard" in o.path]
    assert {"create_rating", "list_scorecards"} == {operation.name for operation in about}


def test_a_key_is_no_reader_unless_it_is_for_raters_alone_and_a_member_is() -> None:
    name = str(uuid4())
    tenant = TenantId(uuid4())
    authority = Authority(frozenset(), frozenset())

    key = Staff(tenant, Actor("key", "kid"), authority, frozenset(ALL_SCOPES))
    raters = Staff(tenant, Actor("key", "kid"), authority, frozenset({Scope.REVIEW_WRITE}))
    person = Staff(tenant, Actor("member", name), authority, Role.REVIEWER)

    assert key.reader is None
    assert Reader(By(kind="key", id="kid"), None) == raters.reader
    assert person.reader is not None
    assert (name, Role.REVIEWER) == (person.reader.person.id, person.reader.role)


def test_of_every_kind_of_fact_it_is_known_whether_it_tells_of_a_judgement() -> None:
    """A new kind is withheld until it stands in the list; what stands there is a kind."""
    schema = FACTS.json_schema()["discriminator"]["mapping"]

    assert set() == SEEN_BLIND - set(schema)
    judging = {"run_judged", "run_refused", "rater_refused", "probe_refused", "wish_refused"}
    prompting = {"hint_given", "hint_rated", "coverage_judged"}
    assert {*TELLING, *judging, *prompting, *rests.TELLING} == set(schema) - SEEN_BLIND


def test_of_every_break_those_are_told_who_never_rate() -> None:
    may_rate = RIGHTS["create_rating"].roles

    assert TOLD_OF_RESTS == set(Role) - may_rate
    assert GIVES == RIGHTS["get_accommodations"].roles
