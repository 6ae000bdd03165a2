"""What others answered a candidate, and what the candidate thought of it, tells a blind recruiter
nothing of what was judged before their own card is stored."""

import json
from uuid import UUID

import pytest

from interview.accounts import Role
from interview.ids import InterviewId
from tests.api.house import House, Json
from tests.api.test_blind import OTHERS, as_member, judged, keep_blind, member, own
from tests.api.test_candidate_rights import FEEDBACK, ask, back
from tests.api.test_judging import path

pytestmark = pytest.mark.api

TOLD = ("state", "answer", "answered_by")
REFUSED = {"outcome": "refused", "text": f"{OTHERS}: it stays at two."}


async def answered(house: House, interview: Json, kind: str = "human_review") -> Json:
    """Somebody has answered what the candidate asks for."""
    session = await back(house, interview)
    made = await ask(house, session, kind=kind, text="Please look at it again.")
    body = REFUSED | {"person": "Grace Hopper"}
    return await house.post(f"/v1/requests/{made['id']}/answer", body, status=200)


async def told(house: House, who: Json, query: str = "") -> tuple[Json, ...]:
    """Of the one request there is."""
    [request] = (await house.get(f"/v1/requests?{query}", **who))["items"]
    return tuple(request[name] for name in TOLD)


@pytest.mark.parametrize("kind", ["human_review", "other"])
async def test_that_others_have_answered_is_told_and_how_only_after_ones_own_card(
    house: House, kind: str
) -> None:
    await keep_blind(house, "recruiter")
    interview, turn = await judged(house)
    request = await answered(house, interview, kind)
    who = await member(house, Role.RECRUITER)

    before = await told(house, who)
    [listed] = (await house.get(f"/v1/requests?interview_id={interview['id']}", **who))["items"]
    await house.post(path(interview, "ratings"), own(turn), **who)
    after = await told(house, who)

    assert ("answered", None, None) == before
    assert OTHERS not in json.dumps(listed)
    shown = ("kind", "text", "answer_by", "answered_at")
    assert [request[name] for name in shown] == [listed[name] for name in shown]
    assert ("refused", REFUSED["text"], "Grace Hopper") == (*after[:2], after[2]["name"])


async def test_what_is_withheld_is_found_among_those_that_were_answered(house: House) -> None:
    await keep_blind(house, "recruiter")
    interview, _ = await judged(house)
    await answered(house, interview)
    who = await member(house, Role.RECRUITER)

    assert ("answered", None, None) == await told(house, who, "state=answered")
    assert [] == (await house.get("/v1/requests?state=open", **who))["items"]


async def test_who_is_blind_answers_what_waits_and_reads_their_own_answer(house: House) -> None:
    await keep_blind(house, "recruiter")
    interview, _ = await judged(house)
    session = await back(house, interview)
    made = await ask(house, session, kind="human_review", text="Please look at it again.")
    who, other = await member(house, Role.RECRUITER), await member(house, Role.RECRUITER)

    assert ("open", None, None) == await told(house, who)
    where = f"/v1/requests/{made['id']}/answer"
    said = await house.post(where, REFUSED | {"person": None}, status=200, **who)

    assert ("refused", REFUSED["text"]) == (said["state"], said["answer"])
    assert ("refused", REFUSED["text"]) == (await told(house, who))[:2]
    assert ("answered", None, None) == await told(house, other)


async def test_what_was_answered_about_their_data_says_nothing_of_a_judgement(house: House) -> None:
    await keep_blind(house, "recruiter")
    interview, _ = await judged(house)
    await answered(house, interview, "access")

    state, *_ = await told(house, await member(house, Role.RECRUITER))

    assert "refused" == state


@pytest.mark.parametrize("role", [Role.OWNER, Role.ADMIN, Role.AUDITOR])
async def test_whoever_is_not_blind_reads_every_answer(house: House, role: Role) -> None:
    await keep_blind(house, "recruiter")
    interview, _ = await judged(house)
    await answered(house, interview)

    state, answer, by = await told(house, await member(house, role))

    assert ("refused", REFUSED["text"], "Grace Hopper") == (state, answer, by["name"])


async def test_of_an_erased_interview_there_is_nothing_to_withhold(house: House) -> None:
    """Nobody can rate it any more: whoever is blind to it would be for good."""
    await keep_blind(house, "recruiter")
    interview, _ = await judged(house)
    await answered(house, interview)
    async with house.store.transaction(house.tenants[house.key]) as tx:
        await tx.keys.destroy_interview(InterviewId(UUID(interview["id"])), house.clock.now())

    assert ("refused", None, None) == await told(house, await member(house, Role.RECRUITER))


async def test_what_the_candidate_thought_is_refused_until_ones_own_card_is_stored(
    house: House,
) -> None:
    await keep_blind(house, "recruiter")
    interview, turn = await judged(house)
    said = {"rating": 1, "text": f"I was turned down. {OTHERS}"}
    given = await house.call("PUT", FEEDBACK, json=said, key=await back(house, interview))
    assert 200 <= given.status < 300
    who = await member(house, Role.RECRUITER)

    before = await as_member(house, who, "GET", path(interview, "feedback"))
    await house.post(path(interview, "ratings"), own(turn), **who)
    after = await as_member(house, who, "GET", path(interview, "feedback"))

    assert (403, "rate_first") == (before["status"], before["code"])
    assert OTHERS not in json.dumps(before)
    assert (200, said["text"]) == (after["status"], after["text"])


async def test_whether_they_thought_anything_is_not_told_either(house: House) -> None:
    await keep_blind(house, "recruiter")
    interview, _ = await judged(house)

    refused = await as_member(
        house, await member(house, Role.RECRUITER), "GET", path(interview, "feedback")
    )

    assert (403, "rate_first") == (refused["status"], refused["code"])
