"""Interviewers alone are prompted: of what was said, one at a time, and at once of a slip."""

import asyncio
from itertools import pairwise

import pytest

from interview.copilot_facts import HintGiven, HintRated, ReliefWanted, TurnFiled
from interview.events import LineStarted
from interview.hints import EVERY
from interview.plan import Plan
from tests.fakes.leaping import leap
from tests.fakes.side import ANNAS, IS_ANNA, Side, at_side
from tests.fakes.stage import LONG_ANSWER, Stage, asked_first
from tests.fakes.talk import CANDIDATE, plan, question

pytestmark = pytest.mark.voice

FAILED = "Please tell me about something important that failed."
CUSTOMERS = "Please describe a difficult customer meeting."


def guided() -> Plan:
    """Questions that differ in their words."""
    first, second, third = question("first", 1), question("second", 1), question("third", 0)
    return plan(
        first.model_copy(update={"text": FAILED, "probes": ("Which suppliers were involved?",)}),
        second.model_copy(update={"text": CUSTOMERS}),
        third,
    )


async def led_by_anna(stage: Stage, side: Side) -> None:
    """The first question was heard, and Anna leads."""
    await asked_first(stage)
    side.comes()
    await side.passes(ANNAS)
    await asyncio.sleep(1)


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


# ---- asking for the AI, and for people ----


def test_the_ai_puts_a_question_at_a_persons_request_and_is_silent_again() -> None:
    async def scene() -> Stage:
        async with at_side(guided()) as (stage, side):
            await led_by_anna(stage, side)
            assert "ok" == await side.room.call(IS_ANNA, "ai.ask", '{"question": "third"}')
            await stage.hears("question")
            await stage.speaks(LONG_ANSWER)
            await asyncio.sleep(60)
        return stage

    stage = leap(scene())

    assert ["first", "third"] == stage.asked()
    assert "question" == stage.lines()[-1]
    assert ANNAS == stage.conductor.state.floor
    assert [("third", LONG_ANSWER)] == [(t.question, t.spoken) for t in stage.candidate_turns()]


def test_heartbeats_do_not_break_off_what_a_person_has_the_ai_say() -> None:
    async def scene() -> Stage:
        async with at_side(guided()) as (stage, side):
            await led_by_anna(stage, side)
            await side.room.call(IS_ANNA, "ai.ask", "")
            await stage.hears_begin("question")
            await side.passes(ANNAS)
            await stage.hears("question")
        return stage

    assert [False] == [one.cut_off for one in leap(scene()).ended("question")[1:]]


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        (["I would rather talk to a human being, please."], ["person"]),
        (["I am so nervous, I feel sick."], ["distress"]),
        (["I led the team and it went well in the end."], []),
    ],
)
def test_the_ai_asks_for_relief_once(texts: list[str], wanted: list[str]) -> None:
    async def scene() -> tuple[Stage, Side]:
        async with at_side(guided()) as (stage, side):
            await asked_first(stage)
            side.comes()
            for text in texts:
                await stage.speaks(text)
                await asyncio.sleep(15)
        return stage, side

    stage, side = leap(scene())

    assert wanted == [one.reason for one in stage.facts(ReliefWanted)]
    assert len(wanted) == side.kinds().count("relief")


def test_who_waits_where_a_person_leads_is_told_and_people_are_called() -> None:
    async def scene() -> Stage:
        async with at_side(guided().model_copy(update={"assist": "human_leads"})) as (stage, _):
            await asyncio.sleep(119)
            assert [] == stage.lines()
            await asyncio.sleep(400)
        return stage

    stage = leap(scene())

    assert ["nobody_came"] == stage.lines()
    assert ["nobody_came"] == [one.reason for one in stage.facts(ReliefWanted)]
    assert "I am the AI" in stage.facts(LineStarted)[0].text


def test_where_a_person_leads_the_ai_does_not_begin_while_one_is_there() -> None:
    async def scene() -> Stage:
        async with at_side(guided().model_copy(update={"assist": "human_leads"})) as (stage, side):
            side.comes()
            await asyncio.sleep(600)
        return stage

    assert [] == leap(scene()).lines()


def alternating() -> Plan:
    questions = [
        q.model_copy(update={"section": "Craft", "leads": "human"}) if q.key == "second" else q
        for q in guided().questions
    ]
    return plan(*questions).model_copy(update={"assist": "alternating"})


def test_a_persons_section_that_nobody_takes_is_led_by_the_ai() -> None:
    async def scene() -> tuple[Stage, Side]:
        async with at_side(alternating()) as (stage, side):
            side.comes()
            await asked_first(stage)
            await stage.speaks(LONG_ANSWER)
            await stage.hears("hand_over")
            await asyncio.sleep(118)
            assert "paused" == stage.conductor.state.floor
            await stage.hears("question", within_s=30)
        return stage, side

    stage, side = leap(scene())

    assert ["first", "second"] == stage.asked()
    assert ["section"] == [one.reason for one in stage.facts(ReliefWanted)]
    assert "relief" in side.kinds()


def test_a_persons_section_is_led_by_them_and_the_ai_goes_on_after_it() -> None:
    async def scene() -> Stage:
        async with at_side(alternating()) as (stage, side):
            side.comes()
            await asked_first(stage)
            await stage.speaks(LONG_ANSWER)
            await stage.hears("hand_over")
            await side.passes(ANNAS)
            await asyncio.sleep(200)
            await side.passes("ai", "second")
            await stage.hears("question", within_s=30)
        return stage

    assert ["first", "third"] == leap(scene()).asked()
