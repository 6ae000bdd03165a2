"""Parity over REST: interviews of one kit version beside each other, and what departs from it."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from interview.accommodations import Accommodations, Needs
from interview.accounts import Candidate, Interview, Role
from interview.events import Report
from interview.ids import CandidateId, EventId, InterviewId, KitId
from interview.kit import Kit
from interview.lifecycle import State
from interview.plan import plan_of
from interview.probe_facts import ProbeRefused
from tests.api.house import House, Json, kit_body
from tests.fakes.talk import SHORT, WHOLE, Talk

pytestmark = pytest.mark.api
PLAN = plan_of(Kit.model_validate({k: v for k, v in kit_body("").items() if k != "job_id"}))


def talk(words: int) -> Talk:
    held = Talk(PLAN)
    held.joins()
    held.to_the_end(words)
    return held


def probed_by_model(*, enough: bool) -> Talk:
    """After a short answer a model wants nothing more, or is refused once and then asks."""
    held = Talk(PLAN.model_copy(update={"probing": "model"}))
    held.joins()
    held.says()
    held.says()
    turn = held.hears()
    if not enough:
        refused = ProbeRefused(turn_id=turn, question="outage", reason="verdict", text="Poor.")
        held.tell(refused, 0)
    held.offered(turn, None if enough else "Why was that?")
    held.answered(turn, SHORT)
    held.to_the_end(WHOLE)
    return held


async def kit_of(house: House, **changes: Json) -> Json:
    kit = await house.draft(**changes)
    await house.post(f"/v1/kits/{kit['id']}/publish", status=200)
    return kit


async def held(
    house: House,
    kit: Json,
    said: Talk,
    number: int = 0,
    state: State = State.SCORED,
    candidate: str = "Ada",
) -> str:
    """An interview with this talk for its log."""
    name, who = InterviewId(uuid4()), CandidateId(uuid4())
    at = house.clock.now() + timedelta(hours=number)
    tenant, of = house.tenants[house.key], KitId(UUID(kit["id"]))
    reports = [
        Report(event_id=EventId(uuid4()), at=event.at, fact=event.fact) for event in said.events
    ]
    async with house.store.transaction(tenant) as tx:
        await tx.candidates.add(Candidate(who, candidate, "ada@example.com", None, at))
        await tx.interviews.add(Interview(name, tenant, of, 1, who, state, at))
        await tx.events.append(name, 1, reports)
    return str(name)


def where(kit: Json, query: str = "") -> str:
    return f"/v1/kits/{kit['id']}/parity?{query}"


async def test_interviews_of_one_kit_show_equal_questions_order_and_budgets(house: House) -> None:
    kit = await kit_of(house)
    wordy = await held(house, kit, talk(WHOLE), 1)
    terse = await held(house, kit, talk(SHORT), 2)

    found = await house.get(where(kit))

    core = [{"key": "outage", "most_probes": 1}, {"key": "tools", "most_probes": 0}]
    assert (True, core, 1) == (found["equal"], found["questions"], found["version"])
    assert [terse, wordy] == [each["interview_id"] for each in found["items"]]
    ledgers = [each["ledger"] for each in found["items"]]
    assert [["outage", "tools"]] * 2 == [each["asked"] for each in ledgers]
    assert [[], []] == [each["departures"] for each in ledgers]
    assert ["outage"] == found["unequally_probed"]
    assert [[1, 0], [0, 0]] == [[q["probes"] for q in each["questions"]] for each in ledgers]
    assert ["completed"] * 2 == [each["ended"] for each in found["items"]]
    assert all(0 < each["time_used"] < 1 for each in ledgers)


async def test_who_was_probed_by_a_model_and_how_stands_side_by_side(house: House) -> None:
    kit = await kit_of(house, probing="model")
    await held(house, kit, probed_by_model(enough=True), 1)
    await held(house, kit, probed_by_model(enough=False), 2)

    found = await house.get(where(kit))

    first = [each["ledger"]["questions"][0]["probing"] for each in found["items"]]
    none = {"by_kit": 0, "by_model": 0, "enough": 0, "refused": 0, "late": 0}
    assert [none | {"by_model": 1, "refused": 1}, none | {"enough": 1}] == first
    assert (True, ["outage"]) == (found["equal"], found["unequally_probed"])
    assert "Poor." not in str(found)


async def test_who_ran_out_of_time_is_told_with_what_was_not_asked(house: House) -> None:
    kit = await kit_of(house)
    short = Talk(PLAN)
    short.joins()
    short.says()
    await held(house, kit, short)

    [entry] = (await house.get(where(kit)))["items"]

    assert [
        {"what": "not_asked", "question": key, "because": None} for key in ("outage", "tools")
    ] == entry["ledger"]["departures"]


async def test_who_was_given_more_time_has_not_used_more_of_it(house: House) -> None:
    """The ledger is read by those who judge: it tells nobody who was accommodated."""
    kit = await kit_of(house)
    long = Talk(PLAN)
    long.joins()
    long.says()
    long.at += timedelta(minutes=PLAN.minutes * 1.4)
    long.to_the_end(WHOLE)
    usual, given = await held(house, kit, long, 1), await held(house, kit, long, 2)
    async with house.store.transaction(house.tenants[house.key]) as tx:
        needs = Needs(given=Accommodations(time="2"))
        await tx.accommodations.put(InterviewId(UUID(given)), needs, house.clock.now())

    found = (await house.get(where(kit)))["items"]

    shown = {each["interview_id"]: each["ledger"] for each in found}
    assert ["over_time"] == [each["what"] for each in shown[usual]["departures"]]
    assert [] == shown[given]["departures"]
    assert shown[given]["time_used"] < 1 < shown[usual]["time_used"]


async def test_pages_lead_from_the_newest_to_the_oldest(house: House) -> None:
    kit = await kit_of(house)
    names = [await held(house, kit, talk(WHOLE), number) for number in range(3)]

    first = await house.get(where(kit, "limit=2"))
    rest = await house.get(where(kit, f"limit=2&after={first['next']}"))

    seen = [entry["interview_id"] for page in (first, rest) for entry in page["items"]]
    assert (names[::-1], None) == (seen, rest["next"])


async def test_only_what_is_over_is_shown_and_what_was_erased_without_its_ledger(
    house: House,
) -> None:
    kit = await kit_of(house)
    await held(house, kit, talk(WHOLE), 1, State.LIVE)
    gone = await held(house, kit, talk(WHOLE), 2, State.DECIDED)
    async with house.store.transaction(house.tenants[house.key]) as tx:
        await tx.keys.destroy_interview(InterviewId(UUID(gone)), house.clock.now())

    found = await house.get(where(kit))

    assert [(gone, None, None)] == [
        (each["interview_id"], each["ended"], each["ledger"]) for each in found["items"]
    ]
    assert found["equal"]


async def test_a_draft_holds_no_interviews(house: House) -> None:
    kit = await house.draft()

    assert (409, "kit_not_published") == await house.refusal("GET", where(kit))


@pytest.mark.parametrize("query", ["limit=0", "limit=51", "after=nonsense", "limit=x"])
async def test_a_page_that_cannot_be_is_refused(house: House, query: str) -> None:
    kit = await kit_of(house)

    assert (422, "invalid") == await house.refusal("GET", where(kit, query))


@pytest.mark.parametrize("role", sorted(Role))
async def test_who_sets_interviews_up_and_auditors_see_it(house: House, role: Role) -> None:
    kit = await kit_of(house)
    headers = await house.signed_in(await house.new_member(role))

    answer = await house.call("GET", where(kit), key="", headers=headers)

    assert (403 if role in {Role.INTERVIEWER, Role.REVIEWER} else 200) == answer.status


async def test_no_word_of_anybody_is_in_it(house: House) -> None:
    kit = await kit_of(house)
    await held(house, kit, talk(WHOLE))

    said = await (await house.call("GET", where(kit))).text()

    for word in ("SECRET", "well", "Tell me", "Which tools", "Ada"):
        assert word not in said
