"""Who leads is agreed on with the invitation, and people are called when one is wanted."""

from uuid import UUID

import pytest

from interview.accounts import Role
from interview.ids import InterviewId, interviewer_identity
from interview.use_cases.verify import verify_interview
from tests.api.house import House, Json, kit_body

pytestmark = pytest.mark.api

SECTIONS = [
    {"name": "Opening", "leads": "ai", "questions": ["outage"]},
    {"name": "Craft", "leads": "human", "questions": ["tools"]},
]


async def kit_with(house: House, **changes: Json) -> Json:
    kit = await house.draft(**changes)
    await house.post(f"/v1/kits/{kit['id']}/publish", status=200)
    return kit


async def invited(house: House, kit: Json, mode: str | None = None) -> Json:
    candidate = await house.candidate()
    body = {"kit_id": kit["id"], "candidate_id": candidate["id"]}
    return await house.post(
        "/v1/interviews", body if mode is None else body | {"assist_mode": mode}
    )


async def led(house: House, mode: str, **changes: Json) -> tuple[Json, Json]:
    """An interview in this mode that an agent leads, and the agent's claim."""
    interview = await invited(house, await kit_with(house, **changes), mode)
    await house.joined(interview)
    claim = await house.claimed(interview)
    await house.errands_done()
    return interview, claim


async def seated(house: House, interview: Json) -> str:
    member = await house.new_member(Role.INTERVIEWER)
    path = f"/v1/interviews/{interview['id']}/join"
    await house.post(path, None, status=200, key="", headers=await house.signed_in(member))
    return interviewer_identity(member)


async def wanted(house: House, claim: Json) -> Json:
    return (await (await house.beat(claim)).json())["desired"]


async def verified(house: House, interview: Json) -> None:
    which = InterviewId(UUID(interview["id"]))
    assert (await verify_interview(house.store, house.tenants[house.key], which)).opened


async def test_the_ai_leads_unless_something_else_was_agreed_on(house: House) -> None:
    kit = await kit_with(house, sections=SECTIONS)

    modes = [
        (await invited(house, kit, mode))["assist_mode"]
        for mode in (None, "ai_leads", "human_leads", "alternating")
    ]

    assert ["ai_leads", "ai_leads", "human_leads", "alternating"] == modes
    listed = await house.get("/v1/interviews")
    assert modes == [one["assist_mode"] for one in listed["items"]]
    one = listed["items"][2]
    assert one == await house.get(f"/v1/interviews/{one['id']}")


async def test_a_kit_without_sections_does_not_alternate(house: House) -> None:
    kit = await kit_with(house)
    body = {"kit_id": kit["id"], "candidate_id": (await house.candidate())["id"]}
    rows = {"kit_id": kit["id"], "rows": [{"candidate_id": body["candidate_id"]}]}

    for path, asked in (("/v1/interviews", body), ("/v1/interviews/bulk", rows)):
        answer = await house.call("POST", path, json=asked | {"assist_mode": "alternating"})
        said = await answer.json()
        assert (422, "invalid") == (answer.status, said["code"])
        assert ["assist_mode"] == [one["field"] for one in said["errors"]]


async def test_many_are_invited_in_one_mode(house: House) -> None:
    kit = await kit_with(house)
    rows = [{"candidate_id": (await house.candidate())["id"]}]

    await house.post(
        "/v1/interviews/bulk",
        {"kit_id": kit["id"], "rows": rows, "assist_mode": "human_leads"},
        status=200,
    )

    (one,) = (await house.get("/v1/interviews"))["items"]
    assert "human_leads" == one["assist_mode"]


@pytest.mark.parametrize(
    "sections",
    [
        SECTIONS[:1],
        SECTIONS[::-1],
        [*SECTIONS, {"name": "Again", "leads": "ai", "questions": ["tools"]}],
        [{"name": "All", "leads": "human", "questions": ["outage", "tools", "unheard_of"]}],
    ],
)
async def test_every_question_is_of_one_section_in_the_kits_order(
    house: House, sections: Json
) -> None:
    job = await house.post("/v1/jobs", {"title": "Engineer"})
    body = kit_body(job["id"]) | {"sections": sections}

    answer = await house.call("POST", "/v1/kits", json=body)

    assert 422 == answer.status
    assert ["sections"] == [one["field"] for one in (await answer.json())["errors"]]


async def test_the_agent_is_told_who_leads_and_names_alone_of_the_rubric(house: House) -> None:
    _, claim = await led(house, "alternating", sections=SECTIONS)

    assert "alternating" == claim["plan"]["assist"]
    assert [("Opening", "ai"), ("Craft", "human")] == [
        (one["section"], one["leads"]) for one in claim["plan"]["questions"]
    ]
    assert ["key", "name", "questions"] == sorted(claim["guide"]["competencies"][0])
    assert 120 == claim["interviewer_awaited_s"]


async def test_where_a_person_leads_nobody_does_until_one_has_come(house: House) -> None:
    interview, claim = await led(house, "human_leads")
    identity = await seated(house, interview)
    floor = f"human:{identity.removeprefix('int-')}"

    assert "paused" == (await wanted(house, claim))["floor"]
    asked = house.report("floor_asked", identity=identity, floor=floor, before="paused")
    gone = house.report("floor_asked", identity=identity, floor="paused", before=floor, gone=True)
    await house.tell(claim, asked)
    assert floor == (await wanted(house, claim))["floor"]
    await house.tell(claim, gone)
    assert "paused" == (await wanted(house, claim))["floor"]
    await verified(house, interview)


async def test_a_section_of_a_person_leaves_the_floor_to_them_and_back(house: House) -> None:
    interview, claim = await led(house, "alternating", sections=SECTIONS)

    await house.tell(claim, house.report("floor_offered", section="Craft"))
    assert "paused" == (await wanted(house, claim))["floor"]
    await house.tell(claim, house.report("floor_offered", section=None))
    assert "ai" == (await wanted(house, claim))["floor"]
    await verified(house, interview)


async def test_no_agent_moves_the_floor_of_an_interview_that_does_not_alternate(
    house: House,
) -> None:
    _, claim = await led(house, "ai_leads")

    await house.tell(claim, house.report("floor_offered", section="Craft"))

    assert "ai" == (await wanted(house, claim))["floor"]


async def test_ticks_of_interviewers_hold_and_of_nobody_else(house: House) -> None:
    interview, claim = await led(house, "ai_leads")
    anna = await seated(house, interview)

    def ticks(identity: str, question: str, *, covered: bool) -> Json:
        return house.report(
            "question_ticked", identity=identity, question=question, covered=covered
        )

    await house.tell(
        claim, ticks(anna, "tools", covered=True), ticks("cand-1", "outage", covered=True)
    )
    assert ["tools"] == (await wanted(house, claim))["covered"]
    await verified(house, interview)
    await house.tell(claim, ticks(anna, "tools", covered=False))
    assert [] == (await wanted(house, claim))["covered"]
    await verified(house, interview)


async def test_no_tick_covers_what_the_kit_wants_in_its_own_words(house: House) -> None:
    outage, tools = kit_body("")["questions"]
    questions = [outage, tools | {"covered_if_asked_by_human": False}]
    interview, claim = await led(house, "ai_leads", questions=questions)
    anna = await seated(house, interview)

    await house.tell(
        claim,
        *(
            house.report("question_ticked", identity=anna, question=key, covered=True)
            for key in ("outage", "tools")
        ),
    )

    assert ["outage"] == (await wanted(house, claim))["covered"]


@pytest.mark.parametrize("reason", ["person", "distress", "danger", "trouble", "nobody_came"])
async def test_people_on_duty_are_called_while_the_interview_runs(
    house: House, reason: str
) -> None:
    body = {"url": "https://hooks.example/vivavoce", "event_types": ["interview.relief_wanted"]}
    hook = await house.post("/v1/webhooks", body)
    interview, claim = await led(house, "ai_leads")

    await house.tell(claim, house.report("relief_wanted", reason=reason))

    (sent,) = (await house.get(f"/v1/webhooks/{hook['id']}/deliveries"))["items"]
    assert ("interview.relief_wanted", interview["id"]) == (sent["type"], sent["interview_id"])
    assert "live" == await house.state(interview)


async def test_nobody_is_called_for_a_section_that_begins_as_it_was_agreed(house: House) -> None:
    body = {"url": "https://hooks.example/vivavoce", "event_types": ["interview.relief_wanted"]}
    hook = await house.post("/v1/webhooks", body)
    _, claim = await led(house, "alternating", sections=SECTIONS)

    await house.tell(claim, house.report("relief_wanted", reason="section"))

    assert [] == (await house.get(f"/v1/webhooks/{hook['id']}/deliveries"))["items"]


async def test_a_turn_is_filed_under_what_was_asked_and_the_record_fits_together(
    house: House,
) -> None:
    interview, claim = await led(house, "human_leads")
    turn = "01930000-0000-7000-8000-000000000001"
    said = house.speech("I used a profiler.", turn=turn)
    said["fact"]["question"] = None
    filed = house.report("turn_filed", turn_id=turn, question="tools", by="words")

    await house.tell(claim, said, filed)

    transcript = await house.get(f"/v1/interviews/{interview['id']}/transcript")
    assert ["tools"] == [one["question"] for one in transcript["turns"]]
    await verified(house, interview)
