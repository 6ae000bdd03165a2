"""The log of a blind reader: nothing that tells of a judgement, all of it once they have rated."""

import asyncio
from uuid import uuid4

import pytest
from aiohttp import ClientPayloadError

from interview.accounts import Role
from tests.api.house import House
from tests.api.test_blind import TELLING, ask_as, judged, member, own
from tests.api.test_events import frame, frames, streaming
from tests.api.test_graphql_socket import connected, kinds, subscribe
from tests.api.test_judging import ended, form, path, rating

pytestmark = pytest.mark.api

EVENTS = """query($id: UUID!, $limit: Int! = 200) {
    events(interview: $id, limit: $limit) { next items { kind fact } } }"""


def numbered(seen: list[tuple[str, str]]) -> list[tuple[int, str]]:
    return [(int(seq), kind) for seq, kind in seen]


async def test_the_log_tells_of_no_card_and_no_decision_by_page_or_by_question(
    house: House,
) -> None:
    interview, turn = await judged(house)
    who, whole = await member(house), await house.kinds(interview)

    async def told() -> list[list[str]]:
        page = await house.get(path(interview, "events"), **who)
        asked = (await ask_as(house, who, EVENTS, interview))["data"]["events"]
        shown = [page["items"], asked["items"]]
        return [[event["fact"]["kind"] for event in events] for events in shown]

    expected = [kind for kind in whole if kind not in TELLING]
    assert set(TELLING) <= set(whole)
    assert [expected, expected] == await told()
    await house.post(path(interview, "ratings"), own(turn), **who)
    assert [[*whole, "scorecard_stored"]] * 2 == await told()


@pytest.mark.parametrize("limit", [1, 2, 3, 5])
async def test_pages_of_the_log_are_full_and_lead_past_what_is_withheld(
    house: House, limit: int
) -> None:
    interview, turn = await ended(house)
    for _ in range(4):
        await house.post(path(interview, "ratings"), form(rating(turn)))
    who, whole = await member(house), await house.kinds(interview)

    seen: list[str] = []
    after: str | None = "0"
    while after is not None:
        page = await house.get(f"{path(interview, 'events')}?limit={limit}&after={after}", **who)
        assert page["next"] is None or limit == len(page["items"])
        seen += [event["fact"]["kind"] for event in page["items"]]
        after = page["next"]

    assert [kind for kind in whole if kind not in TELLING] == seen


async def test_a_stream_leaves_out_what_is_withheld_and_tells_who_has_rated_to_read_it_all(
    house: House,
) -> None:
    interview, turn = await judged(house)
    who, whole = await member(house), await house.kinds(interview)
    visible = [kind for kind in whole if kind not in TELLING]

    async with streaming(house, interview, key="", **who["headers"]) as stream:
        first = await frames(stream, len(visible))
        await house.post(path(interview, "ratings"), own(turn), **who)
        told = await frame(stream)
        with pytest.raises(ClientPayloadError):
            await asyncio.wait_for(stream.content.read(), 5)
    again = {"Last-Event-ID": told["id"]} | who["headers"]
    async with streaming(house, interview, key="", **again) as stream:
        second = await frames(stream, len(whole) + 1)

    assert visible == [kind for _, kind in first]
    assert {"id": "0", "event": "resync", "data": "0"} == told
    assert list(enumerate([*whole, "scorecard_stored"], 1)) == [
        (int(n), kind) for n, kind in second
    ]


async def test_a_stream_leaves_out_what_is_withheld_of_the_role_that_its_reader_has_now(
    house: House,
) -> None:
    interview, _, claim = await house.led()
    await house.tell(claim, house.speech("I read the logs", turn=(turn := str(uuid4()))))
    await house.tell(claim, house.report("interview_ended", reason="completed"))
    admin = await house.new_member(Role.ADMIN)
    headers = await house.signed_in(admin)
    whole = await house.kinds(interview)

    async with streaming(house, interview, key="", **headers) as stream:
        await frames(stream, len(whole))
        async with house.store.transaction(house.tenants[house.key]) as tx:
            await tx.members.set_role(admin, Role.REVIEWER)
        await house.post(path(interview, "ratings"), form(rating(turn)))
        await house.tell(claim, house.speech("and found it", at_ms=9000))
        [(_, told)] = await frames(stream, 1)

    assert "speech_heard" == told


async def test_a_subscription_leaves_out_what_is_withheld_and_begins_again_for_who_has_rated(
    house: House,
) -> None:
    interview, turn = await judged(house)
    who, whole = await member(house), await house.kinds(interview)
    visible = [kind for kind in whole if kind not in TELLING]

    async with connected(house, key="", **who["headers"]) as ws:
        await subscribe(ws, interview)
        first = await kinds(ws, len(visible))
        await house.post(path(interview, "ratings"), own(turn), **who)
        second = await kinds(ws, len(whole) + 1)

    assert visible == [kind for _, kind in first]
    assert list(enumerate([*whole, "scorecard_stored"], 1)) == second
