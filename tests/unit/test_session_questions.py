"""Questions of candidates: answered or noted, and they cost nothing."""

import pytest

from interview.events import CandidateAsked
from interview.session import Say
from tests.fakes.talk import WHOLE, Talk, asking, inviting, plan, question

pytestmark = pytest.mark.unit


def test_a_question_is_answered_with_the_fact_of_the_kit_and_then_asked_back() -> None:
    talk = asking()

    assert Say("repeat", "first", lead="fact", fact="pay") == talk.wishes("job", "pay")


def test_a_question_within_the_interview_is_heard_when_the_kit_knows_its_topic() -> None:
    talk = asking()

    assert Say("repeat", "first", lead="fact", fact="pay") == talk.wishes("asks", "pay")


def notes(talk: Talk) -> Say | None:
    """The candidate asks more than the fact tells that they name; the line that it leads to."""
    turn = talk.hears()
    talk.tell(CandidateAsked(turn_id=turn, text="Do I have to pay for parking?"), 0)
    talk.answered(turn, 7, "asks")
    return talk.todo


def test_what_asks_more_than_a_fact_tells_is_noted_within_the_interview_too() -> None:
    talk = asking()

    assert Say("repeat", "first", lead="noted") == notes(talk)
    talk.says()
    assert Say("repeat", "first", lead="up_to_you") == talk.wishes("asks")


def test_what_asks_more_than_a_fact_tells_is_noted_over_an_offer() -> None:
    talk = asking()
    talk.wishes("person")
    talk.says()

    assert Say("person_offer", lead="noted") == notes(talk)


def test_several_questions_may_be_asked_until_there_are_none() -> None:
    talk = inviting()

    assert Say("go_ahead") == talk.wishes("yes")
    talk.says()
    assert Say("repeat", lead="fact", fact="pay") == talk.wishes("asks", "pay")
    talk.says()
    assert Say("repeat", lead="noted") == talk.wishes("asks")
    talk.says()
    assert Say("repeat", lead="noted") == talk.wishes("job")
    talk.says()
    talk.answers(1, "no")

    assert Say("closing") == talk.says()
    assert talk.is_over()


def test_whatever_is_said_at_the_invitation_is_noted_unless_it_says_no() -> None:
    """“Tell me about the team” asks as well."""
    talk = inviting()

    assert Say("repeat", lead="noted_down") == talk.wishes("answer")
    talk.says()
    assert Say("repeat", lead="fact", fact="pay") == talk.wishes("answer", "pay")
    talk.says()
    assert Say("closing") == talk.wishes("no")


def test_who_tells_at_length_at_the_invitation_or_ever_more_is_thanked() -> None:
    long, more = inviting(), inviting()
    for _ in range(3):
        more.wishes("answer")
        more.says()

    long.answers(WHOLE)

    assert Say("closing") == long.todo
    assert Say("closing") == more.wishes("answer")


def test_who_asks_back_loses_neither_the_question_nor_a_probe() -> None:
    talk = Talk(plan(question("first", 0), question("second", 0)))
    talk.joins()
    talk.says()
    talk.says()

    for _ in range(2):
        assert Say("repeat", "first", lead="up_to_you") == talk.wishes("asks")
        talk.says()

    assert Say("question", "second", lead="thanks") == talk.wishes("asks")


def test_a_question_of_many_words_is_an_answer() -> None:
    talk = asking()

    talk.answers(13, "asks")

    assert Say("probe", "first", 0) == talk.todo


def test_who_says_that_a_question_comes_is_let_ask_it() -> None:
    talk = asking()

    assert Say("go_ahead", "first") == talk.wishes("has_question")
    talk.says()
    assert Say("repeat", "first", lead="noted") == talk.wishes("job")
