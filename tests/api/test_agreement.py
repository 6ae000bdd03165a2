"""Agreement over REST: what is looked at, who may look, and nothing that is to be seen later."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from interview.accounts import Candidate, Interview, Role
from interview.by_people import By
from interview.ids import CandidateId, InterviewId, KitId, ScorecardId, TurnId
from interview.lifecycle import State
from interview.scoring import Quote, Rating, Scorecard, Stamp
from tests.api.house import House, Json
from tests.store.world import speech

pytestmark = pytest.mark.api
LEVELS = (1, 2, 3, 4, 5)
GRACE = By(kind="key", id="kid", name="Grace Hopper")
LINUS = By(kind="key", id="kid", name="Linus")


def card(turn: TurnId, level: int, by: By | None, at: Json) -> Scorecard:
    rating = Rating(
        competency="debugging",
        level=level,
        not_assessed=None,
        runs=1,
        spread=0,
        quotes=(Quote(turn_id=turn, text="drained", start=2),),
        reason="SECRET-REASON",
    )
    stamp = Stamp(
        kit_version=1,
        rater="person" if by else "indicators",
        rater_version="1",
        model=None,
        prompt_hash=None,
        transcript_seq=1,
    )
    return Scorecard(
        scorecard_id=ScorecardId(uuid4()),
        stamp=stamp,
        ratings=(rating,),
        total=None,
        coverage=Decimal(1),
        created_at=at,
        person=by,
    )


async def rated(house: House, count: int, *people: By, state: State = State.SCORED) -> Json:
    """A job with `count` interviews that everybody rated, the later people a level higher."""
    kit = await house.draft()
    await house.post(f"/v1/kits/{kit['id']}/publish", status=200)
    for number in range(count):
        await rate(house, kit, number, *people, state=state)
    return kit


async def rate(house: House, kit: Json, number: int, *people: By, state: State) -> InterviewId:
    tenant, of = house.tenants[house.key], KitId(UUID(kit["id"]))
    name, turn = InterviewId(uuid4()), TurnId(uuid4())
    who, at = CandidateId(uuid4()), house.clock.now() + timedelta(hours=number)
    async with house.store.transaction(tenant) as tx:
        await tx.candidates.add(Candidate(who, "Ada", "ada@example.com", None, at))
        await tx.interviews.add(Interview(name, tenant, of, 1, who, state, at))
        await tx.events.append(name, 1, [speech(turn)])
        level = LEVELS[number % 4]
        await tx.scorecards.add(name, card(turn, level, None, at))
        for place, person in enumerate(people):
            later = at + timedelta(minutes=1 + place)
            await tx.scorecards.add(name, card(turn, level + place % 2, person, later))
    return name


def where(kit: Json, what: str = "agreement", **asked: int) -> str:
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"/v1/jobs/{kit['job_id']}/{what}?{query}"


async def test_people_and_the_program_are_compared_over_a_jobs_interviews(house: House) -> None:
    kit = await rated(house, 24, GRACE, LINUS)

    found = await house.get(where(kit))

    assert {"interviews": 24, "last": 200, "older": False, "fewest": 20} == found["looked_at"]
    assert ("indicators", None) == (found["program"]["rater"], found["program"]["person"])
    names = [(part["of"], part["name"]) for part in found["parts"]]
    assert [
        ("all", None),
        ("competency", "debugging"),
        ("language", "en"),
        ("kit_version", "1"),
    ] == names
    assert 0 == found["more"]
    whole = found["parts"][0]
    assert {"Grace Hopper", "Linus"} == {r["person"]["name"] for r in whole["people"]["icc_of"]}
    assert [None, None] == [whole["program"][name] for name in ("icc", "icc_of")]
    shown = [("people", name, 24) for name in ("kappa", "alpha", "icc")]
    shown += [("program", name, 48) for name in ("kappa", "alpha")]
    for of, coefficient, pairs in shown:
        figure = whole[of][coefficient]
        assert (24, pairs, None) == (
            figure["interviews"],
            figure["ratings"],
            figure["unknown"],
        )
        assert 0.3 < figure["low"] <= figure["value"] <= figure["high"] <= 1
    assert found == await house.get(where(kit))


async def test_too_few_interviews_are_said_to_be_too_few(house: House) -> None:
    kit = await rated(house, 3, GRACE, LINUS)

    [whole, *_] = (await house.get(where(kit)))["parts"]

    unknown = {"value": None, "low": None, "high": None, "unknown": "too_few"}
    assert unknown | {"interviews": 3, "ratings": 3} == whole["people"]["kappa"]


async def test_raters_are_shown_beside_the_others(house: House) -> None:
    kit = await rated(house, 24, GRACE, LINUS)

    found = await house.get(where(kit, "raters"))

    by_name = {(r["rater"]["person"] or {"name": None})["name"]: r for r in found["items"]}
    assert (["severe"], -1.0) == (
        by_name["Grace Hopper"]["signs"],
        by_name["Grace Hopper"]["deviation"]["value"],
    )
    assert (["lenient"], 1.0) == (by_name["Linus"]["signs"], by_name["Linus"]["deviation"]["value"])
    assert ("severe", 24, 24, 0) == (
        by_name[None]["signs"][0],
        by_name[None]["interviews"],
        by_name[None]["ratings"],
        by_name[None]["not_assessed"],
    )
    assert 0 == found["more"]
    assert [(None, None)] * 3 == [
        (r["with_people"]["icc"], r["with_people"]["icc_of"]) for r in found["items"]
    ]
    assert [24] == [month["interviews"] for month in by_name["Linus"]["months"]]


async def test_only_the_newest_are_looked_at_and_it_is_said(house: House) -> None:
    kit = await rated(house, 5, GRACE)

    found = await house.get(where(kit, last=3))

    assert (3, 3, True) == tuple(found["looked_at"][n] for n in ("interviews", "last", "older"))


async def test_what_is_not_over_or_was_erased_is_not_looked_at(house: House) -> None:
    kit = await rated(house, 2, GRACE, state=State.LIVE)
    gone = await rate(house, kit, 9, GRACE, state=State.DECIDED)
    await rate(house, kit, 10, GRACE, state=State.DECIDED)
    async with house.store.transaction(house.tenants[house.key]) as tx:
        await tx.keys.destroy_interview(gone, house.clock.now())

    assert 1 == (await house.get(where(kit)))["looked_at"]["interviews"]


async def test_a_job_without_interviews_has_a_report(house: House) -> None:
    kit = await house.draft()

    found = await house.get(where(kit))

    assert (0, None, 1) == (
        found["looked_at"]["interviews"],
        found["program"],
        len(found["parts"]),
    )
    assert [] == (await house.get(where(kit, "raters")))["items"]


async def test_who_rated_after_a_program_had_rated_fifty_times_counts(
    house: House,
) -> None:
    """Each correction of a turn makes a card more."""
    kit = await rated(house, 1)
    name, at = await rate(house, kit, 2, state=State.SCORED), house.clock.now()
    async with house.store.transaction(house.tenants[house.key]) as tx:
        turn = (await tx.turns.of(name))[0].turn_id
        for minutes in range(60):
            later = at + timedelta(days=1, minutes=minutes)
            await tx.scorecards.add(name, card(turn, 1, None, later))
        await tx.scorecards.add(name, card(turn, 5, GRACE, at + timedelta(days=2)))

    raters = (await house.get(where(kit, "raters")))["items"]

    by_person = {bool(each["rater"]["person"]): each for each in raters}
    assert {True, False} == set(by_person)
    assert [2, 1] == [by_person[person]["interviews"] for person in (False, True)]
    whole = (await house.get(where(kit)))["parts"][0]["program"]["kappa"]
    assert (1, 1) == (whole["interviews"], whole["ratings"])


@pytest.mark.parametrize("last", ["0", "501", "many", "-1"])
@pytest.mark.parametrize("what", ["agreement", "raters"])
async def test_more_than_may_be_looked_at_is_refused(house: House, what: str, last: str) -> None:
    path = f"/v1/jobs/{uuid4()}/{what}?last={last}"

    assert (422, "invalid") == await house.refusal("GET", path)


@pytest.mark.parametrize("what", ["agreement", "raters"])
async def test_who_rates_blind_sees_figures_of_what_they_have_rated_alone(
    house: House, what: str
) -> None:
    """Figures over a few interviews would tell what others gave."""
    member = await house.new_member(Role.RECRUITER)
    headers = await house.signed_in(member)
    who = By(kind="member", id=str(member))
    kit = await rated(house, 2, GRACE)
    await rate(house, kit, 7, GRACE, who, state=State.SCORED)
    change: Json = {"json": {"blind_roles": ["recruiter"]}, "headers": {"If-Match": "*"}}

    before = await house.get(where(kit, what), key="", headers=headers)
    await house.call("PATCH", "/v1/settings", **change)
    after = await house.get(where(kit, what), key="", headers=headers)

    assert [3, 1] == [found["looked_at"]["interviews"] for found in (before, after)]


@pytest.mark.parametrize("role", [Role.INTERVIEWER, Role.REVIEWER])
async def test_reviewers_see_no_figures_about_others(house: House, role: Role) -> None:
    headers = await house.signed_in(await house.new_member(role))

    for what in ("agreement", "raters"):
        refused = await house.call("GET", f"/v1/jobs/{uuid4()}/{what}", key="", headers=headers)
        assert 403 == refused.status


async def test_no_word_of_anybody_is_in_it(house: House) -> None:
    kit = await rated(house, 2, GRACE, LINUS)

    for what in ("agreement", "raters"):
        answer = await house.call("GET", where(kit, what))
        said = await answer.text()
        assert "SECRET" not in said
        assert "drained" not in said
