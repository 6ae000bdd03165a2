"""In which states of an interview somebody is kept blind: in those alone that lead to a rating."""

from uuid import UUID, uuid4

import pytest

from interview.ids import InterviewId
from interview.lifecycle import UNRATED, State
from tests.api.house import House, Json
from tests.api.test_blind import JUDGED, OTHERS, as_member, ask_as, member, own
from tests.api.test_judging import path

pytestmark = pytest.mark.api


@pytest.mark.parametrize("state", sorted(UNRATED))
async def test_where_nobody_can_rate_nobody_is_kept_blind(house: House, state: State) -> None:
    """They would be for good: whoever takes over reads what colleagues have noted."""
    interview, _, _ = await house.led()
    name = InterviewId(UUID(interview["id"]))
    await house.post(path(interview, "notes"), {"text": OTHERS, "person": "Grace Hopper"})
    who = await member(house)

    async def told() -> Json:
        notes = (await house.get(path(interview, "notes"), **who))["items"]
        asked = await ask_as(house, who, JUDGED, interview)
        cards = await as_member(house, who, "GET", path(interview, "scorecards"))
        return len(notes), len(asked["data"]["interview"]["notes"]["items"]), cards["status"]

    before = await told()
    async with house.store.transaction(house.tenants[house.key]) as tx:
        await tx.interviews.set_state(name, state, house.clock.now())

    assert ((0, 0, 403), (1, 1, 200)) == (before, await told())
    refused = await as_member(
        house, who, "POST", path(interview, "ratings"), json=own(str(uuid4()))
    )
    assert (409, "wrong_state") == (refused["status"], refused["code"])


async def test_who_is_invited_again_is_rated_blind(house: House) -> None:
    interview, _, _ = await house.led()
    name = InterviewId(UUID(interview["id"]))
    await house.post(path(interview, "notes"), {"text": OTHERS, "person": "Grace Hopper"})
    who = await member(house)

    seen: list[int] = []
    for state in (State.EXPIRED, State.INVITED, State.HUMAN_PATH, State.DECIDED):
        async with house.store.transaction(house.tenants[house.key]) as tx:
            await tx.interviews.set_state(name, state, house.clock.now())
        seen.append(len((await house.get(path(interview, "notes"), **who))["items"]))

    assert [1, 0, 1, 0] == seen
