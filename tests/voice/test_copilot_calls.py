"""Who may ask what of the co-pilot: interviewers by our signed word, and what makes sense."""

from uuid import UUID

import pytest
from livekit import rtc

from interview.ids import MemberId, interviewer_identity
from tests.fakes.floor_room import FakePerson
from tests.fakes.leaping import leap
from tests.fakes.side import ANNAS, IS_ANNA, Side, at_side
from tests.fakes.stage import asked_first
from tests.fakes.talk import CANDIDATE

pytestmark = pytest.mark.voice

IS_BERT = interviewer_identity(MemberId(UUID(int=2)))
SOME = "01930000-0000-7000-8000-000000000001"
CALLS = [
    ("prompt.rate", f'{{"id": "{SOME}", "useful": true}}'),
    ("coverage.tick", '{"question": "first", "covered": true}'),
    ("ai.ask", ""),
]


async def refused(side: Side, identity: str, method: str, payload: str) -> int:
    with pytest.raises(rtc.RpcError) as refusal:
        await side.room.call(identity, method, payload)
    return refusal.value.code


@pytest.mark.parametrize(("method", "payload"), CALLS)
def test_who_is_no_interviewer_by_our_word_is_refused(method: str, payload: str) -> None:
    async def scene() -> list[int]:
        async with at_side() as (stage, side):
            await asked_first(stage)
            observer, claims = interviewer_identity(MemberId(UUID(int=3))), "int-nobody"
            side.room.remote_participants[observer] = FakePerson({"role": "observer"})
            side.room.remote_participants[claims] = FakePerson({"role": "interviewer"})
            who = (CANDIDATE, observer, claims, IS_BERT)
            return [await refused(side, one, method, payload) for one in who]

    assert [1403] * 4 == leap(scene())


@pytest.mark.parametrize(
    ("method", "payload", "code"),
    [
        ("prompt.rate", "", 1400),
        ("prompt.rate", f'{{"id": "{SOME}"}}', 1400),
        ("prompt.rate", f'{{"id": "{SOME}", "useful": true, "text": "x"}}', 1400),
        ("prompt.rate", f'{{"id": "{SOME}", "useful": null}}', 1404),
        ("coverage.tick", "[]", 1400),
        ("coverage.tick", '{"question": "no key", "covered": true}', 1400),
        ("coverage.tick", '{"question": "unheard_of", "covered": true}', 1404),
        ("ai.ask", "next", 1400),
        ("ai.ask", '{"question": 7}', 1400),
        ("ai.ask", '{"question": "unheard_of"}', 1404),
        ("ai.ask", '{"question": "second"}', 1409),
    ],
)
def test_what_makes_no_sense_is_refused(method: str, payload: str, code: int) -> None:
    """The last one: the AI leads, and asks by itself."""

    async def scene() -> int:
        async with at_side() as (stage, side):
            await asked_first(stage)
            side.comes()
            return await refused(side, IS_ANNA, method, payload)

    assert code == leap(scene())


def test_nobody_has_the_ai_ask_while_a_colleague_leads() -> None:
    async def scene() -> tuple[int, str]:
        async with at_side() as (stage, side):
            await asked_first(stage)
            side.comes()
            side.comes(IS_BERT)
            await side.passes(ANNAS)
            code = await refused(side, IS_BERT, "ai.ask", "")
            side.goes()
            return code, await side.room.call(IS_BERT, "ai.ask", "")

    assert (1409, "ok") == leap(scene())


def test_a_colleague_who_came_back_to_look_on_leads_nobody() -> None:
    async def scene() -> str:
        async with at_side() as (stage, side):
            await asked_first(stage)
            side.comes()
            side.comes(IS_BERT)
            await side.passes(ANNAS)
            side.goes()
            side.comes(role="observer")
            return await side.room.call(IS_BERT, "ai.ask", "")

    assert "ok" == leap(scene())


def test_the_ai_says_one_thing_at_a_time() -> None:
    async def scene() -> list[int]:
        async with at_side() as (stage, side):
            await asked_first(stage)
            side.comes()
            await side.passes(ANNAS)
            await side.room.call(IS_ANNA, "ai.ask", "")
            again = await refused(side, IS_ANNA, "ai.ask", "")
            await stage.hears("question")
            await side.room.call(IS_ANNA, "ai.ask", "")
            await stage.hears("question")
            nothing_left = await refused(side, IS_ANNA, "ai.ask", "")
            stage.goes()
            await stage.until(lambda: not stage.conductor.state.present)
            return [again, nothing_left, await refused(side, IS_ANNA, "ai.ask", '{"close": true}')]

    assert [1409] * 3 == leap(scene())


def test_taking_the_floor_again_stops_what_the_ai_was_asked_to_say() -> None:
    """By the remote call that takes it; see `test_copilot` for heartbeats, which do not."""

    async def scene() -> bool:
        async with at_side() as (stage, side):
            await asked_first(stage)
            side.comes()
            await side.passes(ANNAS)
            await side.room.call(IS_ANNA, "ai.ask", "")
            await stage.hears_begin("question")
            await side.takes()
            await stage.until(lambda: not stage.speech.is_busy)
            await stage.speaks("I have an answer all the same.")
            await stage.until(lambda: any(turn.complete for turn in stage.candidate_turns()))
            return stage.ended("question")[-1].cut_off

    assert leap(scene())
