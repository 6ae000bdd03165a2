"""Interviewers alone are prompted: of what was said, one at a time, and at once of a slip."""

import asyncio
from itertools import pairwise

import pytest

from agent.messages import Witnessed
from interview.by_room import HolderLost, InterviewerUnheard
from interview.copilot_facts import (
    HintGiven,
    HintRated,
    TurnFiled,
)
from interview.hints import EVERY
from tests.fakes.leaping import leap
from tests.fakes.side import ANNAS, CUSTOMERS, FAILED, IS_ANNA, Side, at_side, guided, led_by_anna
from tests.fakes.stage import LONG_ANSWER, Stage, asked_first
from tests.fakes.talk import CANDIDATE

pytestmark = pytest.mark.voice


def test_every_prompt_is_for_interviewers_alone() -> None:
    async def scene() -> Side:
        async with at_side(guided()) as (stage, side):
            side.comes("int-" + "f" * 32, "observer")
            await led_by_anna(stage, side)
            await side.says("Do you have children at home?")
            await stage.speaks("It cost us forty percent of the budget in one month.")
            await asyncio.sleep(60)
        return side

    side = leap(scene())

    sent = side.room.local_participant.sent
    assert {"viv.prompt", "viv.coverage"} == {one.topic for one in sent}
    assert {(IS_ANNA,)} == {one.readers for one in sent}


def test_a_slip_of_the_interviewers_is_shown_at_once_and_noted() -> None:
    async def scene() -> Side:
        async with at_side(guided()) as (stage, side):
            await led_by_anna(stage, side)
            await stage.until(side.shown)
            before = len(side.shown())
            await side.says("Do you have children at home?")
            await asyncio.sleep(0.5)
            assert before + 1 == len(side.shown())
        return side

    side = leap(scene())

    shown = side.shown()[-1]
    assert ("protected", True) == (shown["kind"], shown["alarm"])
    assert "Please leave this topic: family and children." == shown["text"]
    noted = side.given()[-1]
    assert ("protected", "family", (IS_ANNA,)) == (noted.hint, noted.about, noted.readers)
    assert str(noted.prompt_id) == shown["id"]


def test_a_slip_is_noted_while_the_ai_leads_and_each_time_it_happens() -> None:
    async def scene() -> Side:
        async with at_side(guided()) as (stage, side):
            await asked_first(stage)
            side.comes()
            for _ in range(2):
                await side.says("Do you have children at home?")
            await asyncio.sleep(1)
        return side

    assert ["protected", "protected"] == [one.hint for one in leap(scene()).given()]


def test_what_the_candidate_says_of_their_family_is_no_slip_of_the_interviewers() -> None:
    async def scene() -> Side:
        async with at_side(guided()) as (stage, side):
            await led_by_anna(stage, side)
            await stage.speaks("I had to leave early because of my children.")
            await asyncio.sleep(30)
        return side

    assert "protected" not in leap(scene()).kinds()


def test_at_most_one_prompt_is_shown_every_twenty_seconds() -> None:
    async def scene() -> list[int]:
        async with at_side(guided()) as (stage, side):
            await led_by_anna(stage, side)
            for _ in range(6):
                await side.says(FAILED)
                await stage.speaks("It cost us forty percent and twelve people left.")
                await asyncio.sleep(5)
            await asyncio.sleep(120)
            return [one.at_ms for one in side.given() if one.hint != "protected"]

    at = leap(scene())

    assert len(at) >= 3
    assert all(after - before >= EVERY.total_seconds() * 1000 for before, after in pairwise(at))


def test_the_interviewers_question_is_known_by_its_words_and_so_is_the_answer() -> None:
    async def scene() -> Stage:
        async with at_side(guided()) as (stage, side):
            await led_by_anna(stage, side)
            await side.says("So describe a difficult meeting with a customer to me.")
            await stage.speaks(LONG_ANSWER)
            await asyncio.sleep(20)
            assert ("human", False, True) == side.about("second")
        return stage

    stage = leap(scene())

    (filed,) = stage.facts(TurnFiled)
    assert ("second", "words") == (filed.question, filed.by)
    assert [("interviewer", "second"), ("candidate", "second")] == [
        (turn.speaker, turn.question)
        for turn in stage.journal.turns.values()
        if turn.speaker != "ai"
    ]


def test_what_was_said_is_filed_under_the_one_question_that_a_person_ticks() -> None:
    async def scene() -> Stage:
        async with at_side(guided()) as (stage, side):
            await led_by_anna(stage, side)
            await side.says("How did that come about?")
            await stage.speaks(LONG_ANSWER)
            await asyncio.sleep(20)
            assert "ok" == await side.room.call(
                IS_ANNA, "coverage.tick", '{"question": "second", "covered": true}'
            )
            await asyncio.sleep(1)
            await side.passes("ai")
            await stage.hears("repeat")
            await stage.speaks(LONG_ANSWER)
            await stage.hears("question")
        return stage

    stage = leap(scene())

    assert ["second"] == [t.question for t in stage.candidate_turns() if t.spoken == LONG_ANSWER][
        :1
    ]
    assert ["first", "third"] == stage.asked()


def test_what_a_tick_has_filed_belongs_to_no_question_once_it_is_taken_back() -> None:
    async def scene() -> tuple[Stage, Side]:
        async with at_side(guided()) as (stage, side):
            await led_by_anna(stage, side)
            await side.says("How did that come about?")
            await stage.speaks(LONG_ANSWER)
            await asyncio.sleep(20)
            for covered in ("true", "false"):
                await side.room.call(
                    IS_ANNA, "coverage.tick", f'{{"question": "second", "covered": {covered}}}'
                )
                await asyncio.sleep(2)
        return stage, side

    stage, side = leap(scene())

    assert ["second", None] == [filed.question for filed in stage.facts(TurnFiled)]
    assert [None] == [t.question for t in stage.candidate_turns() if t.spoken == LONG_ANSWER]
    assert (None, False, False) == side.about("second")


def test_a_floor_whose_holder_is_lost_is_offered_to_the_others_at_once() -> None:
    async def scene() -> Side:
        async with at_side(guided()) as (stage, side):
            await led_by_anna(stage, side)
            side.comes("int-" + "b" * 32, sid="PA_2")
            side.goes()
            lost = HolderLost(identity=IS_ANNA, returns_after_s=30)
            stage.inbox.put_nowait(Witnessed((lost,)))
            await asyncio.sleep(1)
        return side

    side = leap(scene())

    offered = side.shown()[-1]
    assert ("relief", True) == (offered["kind"], offered["alarm"])
    assert "Who held the floor is not in the room any more." == offered["text"]
    assert (("int-" + "b" * 32,), "gone") == (side.given()[-1].readers, side.given()[-1].about)


def test_a_figure_is_to_be_verified_and_the_next_question_proposed() -> None:
    async def scene() -> Side:
        async with at_side(guided()) as (stage, side):
            await led_by_anna(stage, side)
            await side.says(FAILED)
            await stage.speaks("It cost us forty percent of the budget.")
            await asyncio.sleep(60)
        return side

    side = leap(scene())

    shown = {one["kind"]: one for one in side.shown()}
    assert "forty percent" in str(shown["verify"]["text"])
    assert ("Still open: “Which suppliers were involved?”", "first") == (
        shown["missing"]["text"],
        shown["missing"]["question"],
    )


def test_what_is_proposed_next_serves_what_is_covered_least() -> None:
    async def scene() -> Side:
        async with at_side(guided()) as (stage, side):
            await led_by_anna(stage, side)
            await asyncio.sleep(2)
        return side

    (shown,) = leap(scene()).shown()

    assert ("ask", "second", f"You could ask: “{CUSTOMERS}”") == (
        shown["kind"],
        shown["question"],
        shown["text"],
    )
    assert "Calm is covered to 0 %." == shown["reason"]


def test_a_prompt_is_rated_put_away_and_rated_anew() -> None:
    async def scene() -> Stage:
        async with at_side(guided()) as (stage, side):
            await led_by_anna(stage, side)
            await stage.until(side.shown)
            name = side.shown()[-1]["id"]
            for useful in ("true", "false", "null"):
                rating = f'{{"id": "{name}", "useful": {useful}}}'
                assert "ok" == await side.room.call(IS_ANNA, "prompt.rate", rating)
            await asyncio.sleep(0.5)
        return stage

    stage = leap(scene())

    (given,) = stage.facts(HintGiven)
    assert [(given.prompt_id, IS_ANNA, useful) for useful in (True, False, None)] == [
        (one.prompt_id, one.identity, one.useful) for one in stage.facts(HintRated)
    ]


def test_who_comes_back_sees_what_is_open_and_the_meter() -> None:
    async def scene() -> Side:
        async with at_side(guided()) as (stage, side):
            await led_by_anna(stage, side)
            await stage.until(side.shown)
            side.goes()
            await asyncio.sleep(1)
            side.comes(sid="PA_2")
            await asyncio.sleep(1)
        return side

    first, again = leap(scene()).shown()

    assert first == again


def test_nothing_is_prompted_to_nobody() -> None:
    async def scene() -> Side:
        async with at_side(guided()) as (stage, side):
            await asked_first(stage)
            await stage.speaks("It cost us forty percent of the budget.")
            await asyncio.sleep(60)
        return side

    side = leap(scene())

    assert [] == side.room.local_participant.sent
    assert [] == side.given()


def test_the_time_that_is_left_is_told_with_what_is_open() -> None:
    async def scene() -> Side:
        async with at_side(guided().model_copy(update={"assist": "human_leads"})) as (_, side):
            side.comes()
            await side.passes(ANNAS)
            await asyncio.sleep(10 * 60 + 5)
        return side

    shown = [one for one in leap(scene()).shown() if one["kind"] == "time"]

    assert [("10 minutes are left.", "Core questions not yet asked: 3.")] == [
        (one["text"], one["reason"]) for one in shown
    ]


def test_the_meter_tells_names_and_shares_and_nothing_of_the_rubric() -> None:
    async def scene() -> Side:
        async with at_side(guided()) as (stage, side):
            await led_by_anna(stage, side)
            await asyncio.sleep(2)
        return side

    side = leap(scene())

    assert {
        "competencies",
        "questions",
        "seconds_left",
        "question",
        "mode",
        "section",
        "leads",
    } == set(side.meter)
    assert [
        {"key": "care", "name": "Care", "asked": 1, "of": 2, "answered": 0.0},
        {"key": "calm", "name": "Calm", "asked": 0, "of": 1, "answered": 0.0},
    ] == side.meter["competencies"]


def test_an_heir_does_not_repeat_what_was_noticed_before() -> None:
    async def scene() -> Side:
        async with at_side(guided()) as (stage, side):
            await led_by_anna(stage, side)
            await side.says("Do you have children at home?")
            await asyncio.sleep(2)
            past = list(stage.journal.events)
        async with at_side(guided(), past, comes=False) as (stage, side):
            side.room.remote_participants[IS_ANNA] = side.room.remote_participants[CANDIDATE]
            side.comes()
            await asyncio.sleep(5)
        return side

    assert [] == leap(scene()).shown()


def test_interviewers_are_told_at_once_whose_words_are_not_written_down() -> None:
    async def scene() -> Side:
        async with at_side(guided()) as (stage, side):
            await led_by_anna(stage, side)
            stage.inbox.put_nowait(Witnessed((InterviewerUnheard(identity=IS_ANNA),)))
            await asyncio.sleep(0.5)
        return side

    side = leap(scene())

    shown = side.shown()[-1]
    assert ("unheard", True) == (shown["kind"], shown["alarm"])
    assert "What Anna Berg says is not being written down." == shown["text"]
    noted = side.given()[-1]
    assert ("unheard", "Anna Berg", (IS_ANNA,)) == (noted.hint, noted.about, noted.readers)
