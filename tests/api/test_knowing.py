"""Nobody who knows what a candidate was given rates them, and nobody who rated them learns it."""

from typing import Protocol
from uuid import UUID, uuid4

import pytest

from interview.accommodations import Accommodations, Needs
from interview.accounts import Role, Scope
from interview.ids import InterviewId
from tests.api.house import House, Json
from tests.api.test_accommodations import GIVEN, accommodated, change, of
from tests.api.test_blind import as_member, keep_blind, member, own
from tests.api.test_blind_breaks import BREAK, held, pauses_in, seen
from tests.api.test_judging import SAID, ended, form, path, rating

pytestmark = pytest.mark.api

GIVES = (Role.OWNER, Role.ADMIN, Role.RECRUITER)


class Learns(Protocol):
    async def __call__(self, house: House, who: Json) -> Json:
        """An invited interview with accommodations, of which somebody knows."""
        ...


async def by_making(house: House, who: Json) -> Json:
    kit = await house.draft()
    await house.post(f"/v1/kits/{kit['id']}/publish", status=200)
    candidate = await house.candidate()
    body = {"kit_id": kit["id"], "candidate_id": candidate["id"], "accommodations": GIVEN}
    return await house.post("/v1/interviews", body, **who)


async def by_changing(house: House, who: Json) -> Json:
    interview = await house.invited()
    answer = await house.call("PATCH", of(interview), json={"time": "2"}, **who)
    assert 200 == answer.status
    return interview


async def by_reading(house: House, who: Json) -> Json:
    interview = await accommodated(house)
    await house.get(of(interview), **who)
    return interview


async def by_reading_what_was_asked_for(house: House, who: Json) -> Json:
    interview = await house.invited()
    session = await house.redeemed(interview)
    body = {"text": "I stammer."}
    await house.post("/v1/candidate/accommodations", body, status=204, key=session)
    await house.get(of(interview), **who)
    return interview


WAYS = [by_making, by_changing, by_reading, by_reading_what_was_asked_for]


async def over(house: House, interview: Json) -> str:
    """The interview is held; the candidate's one turn."""
    await house.joined(interview)
    claim = await house.claimed(interview)
    turn, asked = str(uuid4()), str(uuid4())
    await house.tell(claim, house.line("Tell me.", asked), house.line_end("Tell me.", asked))
    await house.tell(claim, house.speech(SAID, turn=turn))
    await house.tell(claim, house.report("interview_ended", reason="completed"))
    return turn


async def put(house: House, interview: Json, given: Accommodations = BREAK) -> None:
    """They are given by nobody who could rate."""
    async with house.store.transaction(house.tenants[house.key]) as tx:
        name = InterviewId(UUID(interview["id"]))
        await tx.accommodations.put(name, Needs(given=given), house.clock.now())


async def rates(house: House, who: Json, interview: Json, turn: str) -> Json:
    return await as_member(house, who, "POST", path(interview, "ratings"), json=own(turn))


@pytest.mark.parametrize("learns", WAYS)
@pytest.mark.parametrize("role", GIVES)
async def test_who_knows_them_does_not_rate_and_others_do(
    house: House, role: Role, learns: Learns
) -> None:
    who, another = await member(house, role), await member(house, role)
    interview = await learns(house, who)
    turn = await over_again(house, interview)

    refused = await rates(house, who, interview, turn)

    assert (403, "knows_accommodations") == (refused["status"], refused["code"])
    assert "interview_id" == refused["field"]
    assert 201 == (await rates(house, another, interview, turn))["status"]


async def over_again(house: House, interview: Json) -> str:
    """Held by way of a new link, for the first one may be used."""
    answer = await house.post(f"/v1/interviews/{interview['id']}/invitations")
    return await over(house, interview | {"invitation_url": answer["invitation_url"]})


async def test_who_reads_that_there_are_none_may_rate(house: House) -> None:
    who = await member(house, Role.RECRUITER)
    interview, turn = await ended(house)

    assert "1" == (await house.get(of(interview), **who))["time"]
    assert 201 == (await rates(house, who, interview, turn))["status"]


@pytest.mark.parametrize("given", [Accommodations(), BREAK])
async def test_who_has_rated_is_told_nothing_not_even_that_there_are_none(
    house: House, given: Accommodations
) -> None:
    who = await member(house, Role.RECRUITER)
    interview, turn = await ended(house)
    await put(house, interview, given)
    assert 201 == (await rates(house, who, interview, turn))["status"]

    refused = await as_member(house, who, "GET", of(interview))

    assert (403, "has_rated", "interview_id") == (
        refused["status"],
        refused["code"],
        refused["field"],
    )
    assert 201 == (await rates(house, who, interview, turn))["status"]


async def test_a_key_that_gave_them_passes_on_no_rating_and_another_does(house: House) -> None:
    interview = await by_making(house, {})
    turn = await over_again(house, interview)
    body = form(rating(turn))
    raters = await house.new_key(Scope.INTERVIEWS_READ, Scope.REVIEW_READ, Scope.REVIEW_WRITE)

    refused = await house.refusal("POST", path(interview, "ratings"), json=body)

    assert (403, "knows_accommodations") == refused
    await house.post(path(interview, "ratings"), body, key=raters)


async def test_what_a_key_was_told_its_member_knows(house: House) -> None:
    who = await member(house, Role.OWNER)
    made = {"name": "own", "scopes": ["interviews:write", "interviews:read"]}
    key = (await house.post("/v1/keys", made, **who))["api_key"]
    interview = await by_reading(house, {"key": key})
    turn = await over_again(house, interview)

    assert 403 == (await rates(house, who, interview, turn))["status"]


async def test_what_a_key_has_rated_it_is_not_told(house: House) -> None:
    interview, turn = await ended(house)
    await house.post(path(interview, "ratings"), form(rating(turn)))

    assert (403, "has_rated") == await house.refusal("GET", of(interview))


async def test_nothing_is_known_of_another_interview(house: House) -> None:
    who = await member(house, Role.RECRUITER)
    await by_reading(house, who)
    interview, turn = await ended(house)

    assert 201 == (await rates(house, who, interview, turn))["status"]


async def test_a_recruiter_who_would_rate_blind_is_not_blind_to_what_they_cannot_rate(
    house: House,
) -> None:
    await keep_blind(house, "recruiter")
    who, another = await member(house, Role.RECRUITER), await member(house, Role.RECRUITER)
    interview = await by_reading(house, who)
    await over_again(house, interview)

    blind = await as_member(house, another, "GET", path(interview, "scorecards"))

    assert (403, "rate_first") == (blind["status"], blind["code"])
    assert [] == (await house.get(path(interview, "scorecards"), **who))["items"]


async def test_what_is_changed_later_is_known_to_who_reads_it_then(house: House) -> None:
    early, late = await member(house, Role.RECRUITER), await member(house, Role.RECRUITER)
    interview = await house.invited()
    await house.get(of(interview), **early)
    await change(house, interview, {"time": "2"})
    await house.get(of(interview), **late)
    turn = await over_again(house, interview)

    assert 201 == (await rates(house, early, interview, turn))["status"]
    assert 403 == (await rates(house, late, interview, turn))["status"]


@pytest.mark.parametrize("role", GIVES)
async def test_of_a_break_they_see_nothing_before_they_know_and_rate_no_more(
    house: House, role: Role
) -> None:
    interview, _ = await held(house, BREAK)
    await put(house, interview)
    who = await member(house, role)

    before = await seen(house, who, interview)
    await house.get(of(interview), **who)
    after = await seen(house, who, interview)

    assert [] == pauses_in(before)
    for road in after.values():
        assert {"pausing", "when_ready"} <= set(pauses_in(road))
    assert {"paused", "resumed"} <= set(pauses_in(after["events"]))
