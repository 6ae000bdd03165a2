"""A break that a candidate was given leaves no trace for anybody who rates, nor does the end of a
longer time."""

import asyncio
import json
import re
from uuid import UUID

import pytest

from api.rights import RIGHTS
from interview.accommodations import Accommodations, Needs, accommodated
from interview.accounts import Role, Scope
from interview.asides import without_asides
from interview.blind import Reader
from interview.by_people import By
from interview.events import AGENT_KINDS, FACTS, FinalMinuteBegan, Resumed, SilenceNoticed
from interview.ids import InterviewId
from interview.plan import Plan
from interview.rests import RESTING
from interview.use_cases.blind import events_seen
from tests.api.house import House, Json
from tests.api.test_blind import ask_as, member
from tests.api.test_events import frames, streaming
from tests.api.test_judging import form, path, rating
from tests.api.test_parity import PLAN, kit_of, where
from tests.api.test_parity import held as logged
from tests.fakes.talk import Talk, plan

pytestmark = pytest.mark.api

RATES = (Role.OWNER, Role.ADMIN, Role.RECRUITER, Role.INTERVIEWER, Role.REVIEWER)
BREAK = Accommodations(breaks=1)
MORE_TIME = Accommodations(time="1.5")


REST_S = 300


def talked(given: Accommodations, of: Plan | None = None) -> Talk:
    """A whole interview; the candidate says a word after each break, and who has more time is told
    at the end that it is almost over."""
    talk = Talk(accommodated(of or plan(), given))
    last = len(talk.plan.questions) - 1
    talk.joins()
    while not talk.is_over():
        if talk.todo is not None:
            talk.says()
        elif talk.state.paused:
            talk.tell(SilenceNoticed(times=1, silent_s=300))
            talk.says()
            talk.hears()
            talk.tell(Resumed(), REST_S)
        elif talk.state.index == last and given == MORE_TIME and not talk.state.wished.final_minute:
            talk.tell(FinalMinuteBegan())
        else:
            talk.answers()
    return talk


async def held(house: House, given: Accommodations) -> tuple[Json, Talk]:
    interview, _, claim = await house.led()
    talk = talked(given)
    told = [event.fact for event in talk.events if event.kind in AGENT_KINDS]
    reports = [house.report(**FACTS.dump_python(fact, mode="json")) for fact in told]
    await house.tell(claim, *reports)
    return interview, talk


def plainly(of: Json) -> Json:
    """Without what differs between any two interviews: names, places and times."""
    match of:
        case dict():
            skipped = ("_id", "_ms", "id", "seq", "at", "next", "cursor", "clock_zero", "hash")
            return {k: plainly(v) for k, v in of.items() if not k.endswith(skipped)}
        case list():
            return [plainly(each) for each in of]
        case str():
            return re.sub("[0-9a-f]{20,}", "name", of)
        case _:
            return of


TURNS = """query($id: UUID!) {
    interview(id: $id) { turns(limit: 100) { items { id speaker line question spoken } } }
    events(interview: $id, limit: 200) { items { seq kind fact } }
}"""


async def seen(house: House, who: Json, interview: Json) -> dict[str, Json]:
    """All the roads to what was said and what happened."""
    transcript = await house.get(f"{path(interview, 'transcript')}?marks=true", **who)
    page = f"{path(interview, 'events')}?limit=200"
    answer = await ask_as(house, who, TURNS, interview)
    assert "errors" not in answer
    return {
        "transcript": transcript,
        "events": await house.get(page, **who),
        "graphql": answer["data"],
    }


ENDS = ("final_minute", "final_minute_began")


def pauses_in(told: Json) -> list[str]:
    said = json.dumps(told)
    words = ("pausing", "when_ready", "paused", "resumed", "silence_noticed", *ENDS)
    return [word for word in words if f'"{word}"' in said]


async def rater(house: House, kind: str) -> Json:
    if kind == "key":
        scopes = Scope.INTERVIEWS_READ, Scope.REVIEW_READ, Scope.REVIEW_WRITE
        return {"key": await house.new_key(*scopes)}
    return await member(house, Role(kind))


@pytest.mark.parametrize("kind", [*RATES, "key"])
async def test_who_rates_sees_the_same_of_an_interview_with_a_break_and_of_one_without(
    house: House, kind: str
) -> None:
    who = await rater(house, kind)
    usual, _ = await held(house, Accommodations())
    special, talk = await held(house, BREAK)

    assert "pausing" in [say.line for say in talk.started()]
    assert plainly(await seen(house, who, usual)) == plainly(await seen(house, who, special))


@pytest.mark.parametrize("kind", [*RATES, "key"])
async def test_who_rates_does_not_see_when_a_longer_time_was_almost_over(
    house: House, kind: str
) -> None:
    who = await rater(house, kind)
    usual, _ = await held(house, Accommodations())
    special, talk = await held(house, MORE_TIME)

    assert "final_minute" in [say.line for say in talk.started()]
    assert plainly(await seen(house, who, usual)) == plainly(await seen(house, who, special))
    told = await seen(house, await member(house, Role.AUDITOR), special)
    assert [*ENDS] == pauses_in(told["events"])


@pytest.mark.parametrize("kind", [*RATES, "key"])
async def test_it_is_withheld_from_them_for_good(house: House, kind: str) -> None:
    who = await rater(house, kind)
    interview, _ = await held(house, BREAK)
    before = await seen(house, who, interview)
    answered = next(t for t in before["transcript"]["turns"] if t["speaker"] == "candidate")
    quote = {"turn_id": answered["turn_id"], "text": answered["spoken"]}
    person = {"person": None} if kind != "key" else {}
    body = form(rating(answered["turn_id"], quotes=[quote]), **person)
    await house.post(path(interview, "ratings"), body, **who)
    after = await seen(house, who, interview)

    assert [] == pauses_in(before)
    assert [] == pauses_in(after)
    assert before["transcript"]["turns"] == after["transcript"]["turns"]


async def test_who_never_rates_sees_them(house: House) -> None:
    interview, _ = await held(house, BREAK)

    told = await seen(house, await member(house, Role.AUDITOR), interview)

    for road in told.values():
        assert {"pausing", "when_ready"} <= set(pauses_in(road))
    assert {"paused", "resumed"} <= set(pauses_in(told["events"]))


@pytest.mark.parametrize("limit", range(1, 13))
async def test_pages_are_filled_up_behind_what_is_withheld(house: House, limit: int) -> None:
    interview, _ = await held(house, BREAK)
    who = await member(house, Role.REVIEWER)
    whole = (await house.get(f"{path(interview, 'events')}?limit=200", **who))["items"]

    found: list[Json] = []
    after: str | None = "0"
    while after is not None:
        page = await house.get(f"{path(interview, 'events')}?limit={limit}&after={after}", **who)
        assert limit == len(page["items"]) or page["next"] is None
        found, after = [*found, *page["items"]], page["next"]

    assert whole == found


@pytest.mark.parametrize("role", sorted(RIGHTS["get_parity"].roles))
@pytest.mark.parametrize("given", [BREAK, MORE_TIME], ids=["break", "more_time"])
async def test_parity_tells_of_both_the_same(
    house: House, role: Role, given: Accommodations
) -> None:
    kit = await kit_of(house)
    special = await logged(house, kit, talked(given, PLAN), 1)
    await logged(house, kit, talked(Accommodations(), PLAN), 2)
    async with house.store.transaction(house.tenants[house.key]) as tx:
        needs = Needs(given=given)
        await tx.accommodations.put(InterviewId(UUID(special)), needs, house.clock.now())

    page = await house.get(where(kit), **await member(house, role))

    usual, told = (each["ledger"] for each in page["items"])
    used = usual.pop("time_used"), told.pop("time_used")
    assert usual == told
    assert 0 == told["given_back_s"]
    assert 0 < used[1] < used[0] + 0.01


async def test_no_more_is_seen_than_was_asked_for(house: House) -> None:
    interview, _ = await held(house, BREAK)
    reader = Reader(By(kind="key", id="kid"), None)
    name = InterviewId(UUID(interview["id"]))

    async with house.store.transaction(house.tenants[house.key]) as tx:
        for limit in range(1, 30):
            seen = await events_seen(tx, name, reader, 0, limit)
            assert limit >= len(seen.events)


async def test_a_stream_withholds_them_too(house: House) -> None:
    interview, _ = await held(house, BREAK)
    who = await member(house, Role.REVIEWER)
    whole = (await house.get(f"{path(interview, 'events')}?limit=200", **who))["items"]

    async with streaming(house, interview, key="", **who["headers"]) as stream, asyncio.timeout(5):
        sent = await frames(stream, len(whole))

    assert [(str(event["seq"]), event["fact"]["kind"]) for event in whole] == sent


async def test_what_was_said_in_a_break_is_no_material_for_programs(house: House) -> None:
    interview, _ = await held(house, BREAK)

    async with house.store.transaction(house.tenants[house.key]) as tx:
        turns = await tx.turns.of(InterviewId(UUID(interview["id"])))
        log = await tx.events.read(InterviewId(UUID(interview["id"])))
    shown = without_asides(turns, log)

    assert 2 == sum(turn.question == "third" and turn.speaker == "candidate" for turn in turns)
    assert 1 == sum(turn.question == "third" and turn.speaker == "candidate" for turn in shown)
    assert [] == [turn for turn in shown if turn.line in RESTING]
