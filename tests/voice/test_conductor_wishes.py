"""The conductor grants what candidates say besides answers, and keeps the plan's clock."""

import asyncio
from datetime import timedelta

import pytest

from agent.script import Script
from interview.events import (
    AnswerEnded,
    CandidateAsked,
    FinalMinuteBegan,
    InterviewEnded,
    LineEnded,
    LineStarted,
    Paused,
    Resumed,
    TimeRanOut,
)
from interview.pacing import GRACE, deadline
from interview.plan import PlannedFact
from interview.session import Say
from tests.fakes.leaping import leap
from tests.fakes.stage import LONG_ANSWER, Stage, asked_first, on_stage
from tests.fakes.talk import plan, question

pytestmark = pytest.mark.voice

PAY = PlannedFact(key="pay", phrases=("salary", "pay"), text="It pays 50,000 a year.")
WITH_PAY = plan().model_copy(update={"facts": (PAY,)})


async def invited(stage: Stage) -> None:
    """Every question is answered, and the candidate may ask."""
    await stage.hears("question")
    while "candidate_questions" not in stage.lines():
        await stage.answers(LONG_ANSWER)
    await stage.until(lambda: stage.is_listening)


def said(stage: Stage) -> list[str]:
    return [fact.text for fact in stage.facts(LineStarted)]


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("Are you a robot?", "I am an AI, not a person."),
        ("How am I doing so far?", "I do not judge answers"),
        ("I can't hear you very well.", "I can hear you"),
        ("How much does it pay?", "I cannot answer that myself. I have noted"),
    ],
)
def test_a_wish_is_answered_and_the_question_said_again(words: str, answer: str) -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await asked_first(stage)
            await stage.speaks(words)
            await stage.hears("repeat")
            await stage.to_the_end()
        return stage

    stage = leap(scene())

    repeat = next(fact for fact in stage.facts(LineStarted) if fact.line == "repeat")
    assert repeat.text.startswith(answer)
    assert repeat.text.endswith("What about first?")
    assert ["first", "second", "third"] == stage.asked()


def test_who_asks_for_a_person_has_one() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await asked_first(stage)
            await stage.speaks("Can I talk to a person instead?")
            await stage.hears("person_offer")
            await stage.until(lambda: stage.is_over)
        return stage

    stage = leap(scene())

    assert "person_closing" == stage.lines()[-1]
    assert InterviewEnded(reason="human_path") == stage.journal.events[-1].fact
    assert all(turn.complete for turn in stage.journal.turns.values())


def test_who_would_rather_go_on_is_asked_again() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await asked_first(stage)
            await stage.speaks("Can I talk to a person?")
            await stage.hears("person_offer")
            await stage.speaks("Go on with you, please.")
            await stage.hears("repeat")
            await stage.to_the_end()
        return stage

    stage = leap(scene())

    assert ["first", "second", "third"] == stage.asked()
    assert InterviewEnded(reason="completed") == stage.journal.events[-1].fact


def test_a_pause_lasts_until_the_candidate_speaks_and_takes_no_time() -> None:
    async def scene() -> tuple[Stage, timedelta]:
        async with on_stage() as stage:
            await asked_first(stage)
            before = deadline(stage.plan, stage.conductor.state)
            await stage.speaks("Could we take a short break?")
            await stage.hears("pausing")
            await stage.speaks("Thank you.")
            await asyncio.sleep(3600)
            assert stage.conductor.state.paused
            await stage.speaks("Okay, I am back.")
            await stage.hears("repeat")
            after = deadline(stage.plan, stage.conductor.state)
            assert before is not None
            assert after is not None
            return stage, after - before

    stage, given = leap(scene())

    assert [Paused(reason="asked")] == stage.facts(Paused)
    assert 1 == len(stage.facts(Resumed))
    assert given > timedelta(minutes=59)
    assert 1 == stage.lines().count("when_ready")
    assert ["first"] == stage.asked()


def test_words_that_are_recognised_late_do_not_end_the_pause_they_asked_for() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await asked_first(stage)
            await stage.speaks("I need a break.")
            await stage.until(lambda: stage.facts(AnswerEnded))
            stage.hears_final("a break")
            await stage.hears("pausing")
            await asyncio.sleep(30)
        return stage

    assert [] == leap(scene()).facts(Resumed)


def test_okay_ends_a_pause_that_is_not_just_begun() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await asked_first(stage)
            await stage.speaks("I need a break.")
            await stage.hears("pausing")
            await asyncio.sleep(30)
            await stage.speaks("Okay.")
            await stage.hears("repeat")
        return stage

    assert 1 == len(leap(scene()).facts(Resumed))


def test_questions_are_answered_or_noted_until_there_are_none() -> None:
    async def scene() -> Stage:
        async with on_stage(WITH_PAY) as stage:
            await invited(stage)
            await stage.answers("Yes, I have a question.")
            await stage.until(lambda: stage.is_listening)
            await stage.answers("What is the salary?")
            await stage.until(lambda: stage.is_listening)
            await stage.answers("Who would I work with?")
            await stage.until(lambda: stage.is_listening)
            await stage.answers("No, that was all.")
            await stage.until(lambda: stage.is_over)
        return stage

    stage = leap(scene())

    more = "Is there anything else you would like to ask or add?"
    assert ["candidate_questions", "go_ahead", "repeat", "repeat", "closing"] == stage.lines()[-5:]
    assert f"{PAY.text} {more}" == said(stage)[-3]
    assert said(stage)[-2].startswith("I cannot answer that myself.")
    asked = [(fact.text, fact.topic) for fact in stage.facts(CandidateAsked)]
    assert [("What is the salary?", "pay"), ("Who would I work with?", None)] == asked


def test_a_question_that_holds_more_than_the_phrase_of_a_fact_is_noted_for_a_person() -> None:
    async def scene() -> Stage:
        async with on_stage(WITH_PAY) as stage:
            await asked_first(stage)
            await stage.speaks("Do I have to pay for parking?")
            await stage.hears("repeat")
        return stage

    stage = leap(scene())

    assert said(stage)[-1].startswith("I cannot answer that myself. I have noted")
    assert [None] == [fact.topic for fact in stage.facts(CandidateAsked)]
    assert ["asks"] == [fact.intent for fact in stage.facts(AnswerEnded)]


def test_a_question_within_an_answer_is_an_answer() -> None:
    async def scene() -> Stage:
        async with on_stage(WITH_PAY) as stage:
            await asked_first(stage)
            await stage.speaks("What did I do then?")
            await stage.hears("probe")
        return stage

    stage = leap(scene())

    assert [] == stage.facts(CandidateAsked)
    assert "answer" == stage.facts(AnswerEnded)[0].intent


def test_an_answer_that_asks_itself_first_is_no_question_about_the_job() -> None:
    async def scene() -> Stage:
        async with on_stage(WITH_PAY) as stage:
            await asked_first(stage)
            await stage.speaks("What did I do? I told him that he had to pay first.")
            await stage.hears("probe")
        return stage

    assert [] == leap(scene()).facts(CandidateAsked)


def test_a_question_in_any_form_is_noted_at_the_invitation() -> None:
    async def scene() -> Stage:
        async with on_stage(WITH_PAY) as stage:
            await invited(stage)
            await stage.answers("Tell me about the team.")
            await stage.until(lambda: stage.is_listening)
            await stage.answers("My question is about the salary.")
            await stage.until(lambda: stage.is_listening)
            await stage.answers("No, thank you.")
            await stage.until(lambda: stage.is_over)
        return stage

    stage = leap(scene())

    asked = [(fact.text, fact.topic) for fact in stage.facts(CandidateAsked)]
    assert [("Tell me about the team.", None), ("My question is about the salary.", "pay")] == asked
    assert said(stage)[-3].startswith("I have noted that for the recruiter.")
    assert "closing" == stage.lines()[-1]


# ---- time ----

SHORT_PLAN = plan(question("first", 0), question("second", 0), minutes=6)


def test_the_final_minute_is_told_once_and_never_into_an_answer() -> None:
    five = plan(*(question(key, 0) for key in ("a", "b", "c", "d", "e")), minutes=7)

    async def scene() -> Stage:
        async with on_stage(five) as stage:
            await stage.hears("question")
            for _ in range(4):
                await stage.answers("And then I went on with it and did the next part. " * 27)
                await stage.until(lambda: stage.is_listening)
        return stage

    stage = leap(scene())

    began = next(e.at for e in stage.journal.events if e.kind == "final_minute_began")
    assert 1 == len(stage.facts(FinalMinuteBegan))
    announced = [text for text in said(stage) if "almost over" in text or "one minute" in text]
    assert ["Our time is almost over now. What about e?"] == announced
    told = next(e.at for e in stage.journal.events if "almost over" in getattr(e.fact, "text", ""))
    assert told - began > timedelta(seconds=5)
    assert [] == [fact for fact in stage.facts(LineEnded) if fact.cut_off]


def test_who_never_stops_talking_is_stopped_by_the_plans_clock() -> None:
    long = question("first", 0).model_copy(update={"minutes": 60})
    whole = plan(long, question("second", 0), minutes=6)

    async def scene() -> tuple[Stage, timedelta]:
        async with on_stage(whole) as stage:
            await asked_first(stage)
            end = deadline(stage.plan, stage.conductor.state)
            assert end is not None
            while not stage.facts(AnswerEnded):
                await stage.speaks("and then I went on with it and")
            return stage, stage.clock.now() - end

    stage, late = leap(scene())

    assert timedelta(0) < late <= GRACE + timedelta(seconds=5)
    assert "time" == stage.facts(AnswerEnded)[0].signal
    assert 1 == len(stage.facts(TimeRanOut))


def test_who_says_nothing_is_said_goodbye_to_by_the_plans_clock() -> None:
    async def scene() -> tuple[Stage, timedelta]:
        async with on_stage(SHORT_PLAN) as stage:
            await asked_first(stage)
            await asyncio.sleep(55)
            for _ in range(5):
                await stage.speaks("Well, let me think about that.")
                await asyncio.sleep(57)
            end = deadline(stage.plan, stage.conductor.state)
            assert end is not None
            await stage.until(lambda: stage.is_over, within_s=180)
            return stage, stage.clock.now() - end

    stage, late = leap(scene())

    assert late <= GRACE + timedelta(seconds=20)
    assert InterviewEnded(reason="time") == stage.journal.events[-1].fact


# ---- the script ----


def test_other_words_are_said_where_the_kit_has_them() -> None:
    worded = question("first").model_copy(update={"rephrasing": "In short?"})
    script = Script.load(plan(worded))

    assert ("Let me put it in other words.", "In short?") == script.sentences(
        Say("repeat", "first", lead="rephrase")
    )
    assert ("Of course.", "What about first?") == script.sentences(
        Say("repeat", "first", lead="of_course")
    )


def test_a_fact_that_is_gone_is_noted_in_words() -> None:
    """An heir may have another plan than the log was made with."""
    script = Script.load(WITH_PAY)

    assert PAY.text == script.sentences(Say("repeat", lead="fact", fact="pay"))[0]
    assert script.phrases["lead_noted"].startswith(
        script.sentences(Say("repeat", lead="fact", fact="gone"))[0]
    )
