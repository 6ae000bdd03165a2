"""The conductor knows a question to the recruiter from an answer that sounds like one."""

import pytest

from interview.events import AnswerEnded, CandidateAsked, LineStarted
from interview.plan import PlannedFact
from tests.fakes.advice import asks
from tests.fakes.leaping import leap
from tests.fakes.probe_scene import WHY, one_answer
from tests.fakes.stage import LONG_ANSWER, Stage, asked_first, on_stage
from tests.fakes.talk import plan

pytestmark = pytest.mark.voice

TEAM = PlannedFact(
    key="team", phrases=("team", "shift", "shifts"), text="The team has twelve people."
)
WITH_TEAM = plan().model_copy(update={"facts": (TEAM,)})


def said_first(text: str) -> Stage:
    """The first answer, and what the AI says to it."""

    async def scene() -> Stage:
        async with on_stage(WITH_TEAM) as stage:
            await asked_first(stage)
            await stage.answers(text)
        return stage

    return leap(scene())


@pytest.mark.parametrize(
    "text",
    [
        "I asked my team what to do and then called the supplier. Does that make sense?",
        "We had a sick call, so I covered the shift myself. Is that okay?",
        "I'd ask my team: who can help?",
        "I worked two shifts and trained the new people. How can I say it?",
    ],
)
def test_an_answer_that_names_a_fact_and_ends_in_a_question_is_no_question_to_anybody(
    text: str,
) -> None:
    stage = said_first(text)

    assert [] == stage.facts(CandidateAsked)
    assert not any("noted" in line.text for line in stage.facts(LineStarted))


@pytest.mark.parametrize("text", ["Could we sit in the garden?", "Do you mean at work?"])
def test_a_request_that_nobody_knows_is_neither_granted_nor_refused(text: str) -> None:
    """The same words have to suit who asks what is meant."""
    said = said_first(text).facts(LineStarted)[-1].text

    assert (
        "I cannot say more about that. Please answer as you think best. What about first?" == said
    )


def test_a_question_after_a_few_words_is_told_its_fact() -> None:
    stage = said_first("One second. How about the team?")

    assert ["team"] == [fact.topic for fact in stage.facts(CandidateAsked)]


def test_a_model_is_asked_for_a_probe_after_an_answer_that_is_closed_with_a_question() -> None:
    scene = one_answer(asks(WHY), text=f"{LONG_ANSWER} Does that answer your question?")

    assert WHY in scene.said()
    assert ["answer"] == [f.intent for f in scene.facts() if isinstance(f, AnswerEnded)]


@pytest.mark.parametrize(
    ("text", "topic", "told"),
    [
        ("Is there parking at the office?", None, "I cannot answer that myself."),
        ("Tell me about parking.", None, "I have noted that for the recruiter."),
        ("Tell me about the team.", "team", "The team has twelve people."),
    ],
)
def test_a_question_that_was_said_to_come_is_told_or_noted(
    text: str, topic: str | None, told: str
) -> None:
    async def scene() -> Stage:
        async with on_stage(WITH_TEAM) as stage:
            await asked_first(stage)
            await stage.answers("I have a question.")
            await stage.until(lambda: stage.is_listening)
            await stage.answers(text)
            await stage.until(lambda: stage.is_listening)
        return stage

    stage = leap(scene())

    asked = [(fact.text, fact.topic) for fact in stage.facts(CandidateAsked)]
    assert [(text, topic)] == asked
    last = stage.facts(LineStarted)[-1].text
    assert last.startswith(told)
    assert last.endswith("What about first?")


def test_an_agent_that_takes_over_still_notes_the_question_that_was_said_to_come() -> None:
    async def scene() -> Stage:
        async with on_stage(WITH_TEAM) as first:
            await asked_first(first)
            await first.answers("I have a question.")
            await first.until(lambda: first.is_listening)
        async with on_stage(WITH_TEAM, first.journal.events) as heir:
            await heir.hears("go_ahead")
            await heir.until(lambda: heir.is_listening)
            await heir.answers("Is there parking at the office?")
        return heir

    assert ["Is there parking at the office?"] == [
        fact.text for fact in leap(scene()).facts(CandidateAsked)
    ]
