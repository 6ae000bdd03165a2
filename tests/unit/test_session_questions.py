"""Questions of candidates: answered or noted, and they cost nothing."""

import pytest

from interview.events import (
    CandidateArrived,
    CandidateAsked,
    CandidateLeft,
    Lead,
    SignalReceived,
)
from interview.session import Phase, Say
from tests.fakes.talk import CANDIDATE, SHORT, WHOLE, Talk, asking, inviting, plan, question

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


def let_ask() -> Talk:
    """The candidate has said within the interview that a question comes, and was told to go on."""
    talk = asking()
    assert Say("go_ahead", "first") == talk.wishes("has_question")
    talk.says()
    return talk


@pytest.mark.parametrize(
    ("intent", "topic", "lead"),
    [
        ("asks", None, "noted"),
        ("asks", "pay", "fact"),
        ("answer", None, "noted_down"),
        ("somebody", None, "noted_down"),
        ("answer", "pay", "fact"),
        ("no", None, "of_course"),
        ("go_on", None, "of_course"),
    ],
)
def test_the_question_that_was_said_to_come_is_told_or_noted_and_the_open_one_said_again(
    intent: str, topic: str | None, lead: Lead
) -> None:
    talk = let_ask()

    line = Say("repeat", "first", lead=lead, fact=topic)
    assert line == talk.wishes(intent, topic)
    talk.says()

    assert (0, 0) == (talk.state.probes_used, talk.state.words)
    assert Say("repeat", "first", lead="up_to_you") == talk.wishes("asks")


def test_who_says_once_more_that_a_question_comes_is_still_let_ask_it() -> None:
    talk = let_ask()

    assert Say("go_ahead", "first") == talk.wishes("yes")
    talk.says()

    assert Say("repeat", "first", lead="noted") == talk.wishes("asks")


def test_who_answers_at_length_where_they_may_ask_has_answered() -> None:
    talk = let_ask()

    talk.answers(24)
    assert Say("repeat", "first", lead="noted_down") == talk.todo
    talk = let_ask()
    talk.answers(25)

    assert Say("probe", "first", 0) == talk.todo
    talk.says()
    assert not talk.state.wished.let_ask


def test_what_was_noted_within_the_interview_takes_nothing_of_the_invitation() -> None:
    talk = let_ask()
    for _ in range(4):
        assert Say("repeat", "first", lead="noted_down") == talk.wishes("answer")
        talk.says()
        talk.wishes("has_question")
        talk.says()
    talk.wishes("no")

    while talk.state.phase is not Phase.INVITING or talk.todo:
        talk.says() if talk.todo else talk.answers()

    assert Say("repeat", lead="noted_down") == talk.wishes("answer")


def test_an_heir_lets_the_candidate_ask_what_they_said_they_would() -> None:
    heir = Talk.resumed(plan(), let_ask().events)

    heir.joins()

    assert Say("go_ahead", "first", lead="reconnected") == heir.todo
    heir.says()
    assert Say("repeat", "first", lead="noted") == heir.wishes("asks")


def test_who_was_away_when_they_might_ask_is_let_ask_again() -> None:
    talk = let_ask()
    talk.tell(CandidateLeft(reason="client_initiated"))

    talk.tell(CandidateArrived(identity=CANDIDATE))

    assert Say("go_ahead", "first", lead="welcome_back") == talk.todo


def test_who_has_the_open_question_said_again_is_asking_no_more() -> None:
    talk = let_ask()
    talk.tell(SignalReceived(signal="repeat"))
    talk.says()

    talk.answers(SHORT)

    assert Say("probe", "first", 0) == talk.todo


def test_a_question_over_an_offer_that_was_said_to_come_leads_to_the_offer() -> None:
    talk = asking()
    talk.wishes("person")
    talk.says()
    assert Say("go_ahead", "first") == talk.wishes("has_question")
    talk.says()
    assert talk.state.wished.let_ask

    assert Say("person_offer", lead="noted") == notes(talk)
    talk.says()

    assert not talk.state.wished.let_ask
