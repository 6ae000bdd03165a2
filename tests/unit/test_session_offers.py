"""A person instead of the machine, kind words in distress: offers that candidates choose from."""

import pytest

from interview.events import (
    AgentJoined,
    CandidateArrived,
    CandidateLeft,
    InterviewEnded,
    Paused,
    Resumed,
    SilenceNoticed,
    TimeRanOut,
)
from interview.session import Say
from tests.fakes.talk import CANDIDATE, WHOLE, Talk, asking, check_what_was_asked

pytestmark = pytest.mark.unit


# ---- a person ----


@pytest.mark.parametrize("offer", ["person", "distress", "stop"])
def test_who_chose_a_pause_is_asked_on_after_it_and_offered_nothing_again(offer: str) -> None:
    talk = asking()
    talk.wishes(offer)
    talk.says()
    talk.wishes("pause")
    talk.says()

    talk.tell(Resumed(), after_s=60)

    assert Say("repeat", "first", lead="welcome_back") == talk.todo


def offered() -> Talk:
    """A person was offered to who asked for one."""
    talk = asking()
    assert Say("person_offer") == talk.wishes("person")
    talk.says()
    return talk


@pytest.mark.parametrize("intent", ["yes", "person", "somebody"])
def test_who_was_offered_a_person_has_one_with_one_more_sentence(intent: str) -> None:
    """The first asks for one: it could be an answer, and what it leads to cannot be taken back."""
    talk = offered()

    assert Say("person_closing") == talk.wishes(intent)
    talk.says()

    assert InterviewEnded(reason="human_path") == talk.events[-1].fact


def test_words_that_choose_nothing_hear_the_offer_once_more_and_then_the_question() -> None:
    talk = offered()

    assert Say("person_offer") == talk.wishes("answer")
    talk.says()
    assert Say("repeat", "first", lead="of_course") == talk.wishes("answer")
    talk.says()

    talk.to_the_end()
    check_what_was_asked(talk)
    assert InterviewEnded(reason="completed") == talk.events[-1].fact


@pytest.mark.parametrize(
    ("intent", "topic", "answer"),
    [
        ("asks", None, Say("person_offer")),
        ("progress", None, Say("person_offer")),
        ("job", None, Say("person_offer", lead="noted")),
        ("asks", "pay", Say("person_offer", lead="fact", fact="pay")),
        ("robot", None, Say("person_offer", lead="robot")),
        ("has_question", None, Say("go_ahead", "first")),
    ],
)
def test_a_question_about_the_offer_is_answered_and_chooses_nothing(
    intent: str, topic: str | None, answer: Say
) -> None:
    talk = offered()

    for _ in range(3):
        assert answer == talk.wishes(intent, topic)
        talk.says()

    assert Say("person_closing") == talk.wishes("yes")


@pytest.mark.parametrize(
    ("intent", "line"),
    [("pause", "pausing"), ("skip", "question"), ("back", "repeat"), ("distress", "distress")],
)
def test_another_wish_after_the_offer_is_granted(intent: str, line: str) -> None:
    talk = offered()

    granted = talk.wishes(intent)

    assert granted is not None
    assert line == granted.line


def test_who_says_nothing_twice_after_the_offer_of_a_person_takes_it() -> None:
    talk = offered()

    talk.tell(SilenceNoticed(times=1, silent_s=20))
    assert Say("person_offer") == talk.says()
    talk.tell(SilenceNoticed(times=2, silent_s=20))

    assert Say("person_closing") == talk.says()
    assert InterviewEnded(reason="human_path") == talk.events[-1].fact


@pytest.mark.parametrize(
    ("intent", "line"),
    [
        ("go_on", Say("repeat", "first", lead="of_course")),
        ("answer", Say("person_offer")),
        ("asks", Say("person_offer")),
    ],
)
def test_who_speaks_over_the_goodbye_has_not_left(intent: str, line: Say) -> None:
    talk = offered()
    talk.wishes("yes")
    talk.is_cut_off(0.5)

    assert line == talk.wishes(intent)
    talk.says()
    talk.wishes("go_on")

    talk.to_the_end()
    check_what_was_asked(talk)
    assert InterviewEnded(reason="completed") == talk.events[-1].fact


@pytest.mark.parametrize("intent", ["stop", "yes", "person"])
def test_whoever_wants_to_stop_is_asked_once_and_may(intent: str) -> None:
    talk = asking()

    assert Say("stop_offer") == talk.wishes("stop")
    talk.says()
    assert Say("person_closing") == talk.wishes(intent)
    talk.says()

    assert InterviewEnded(reason="human_path") == talk.events[-1].fact


@pytest.mark.parametrize(("intent", "line"), [("pause", "pausing"), ("go_on", "repeat")])
def test_whoever_wants_to_stop_may_think_better_of_it(intent: str, line: str) -> None:
    talk = asking()
    talk.wishes("stop")
    talk.says()

    chosen = talk.wishes(intent)

    assert chosen is not None
    assert line == chosen.line


def test_who_says_it_again_over_the_goodbye_means_it() -> None:
    talk = offered()
    talk.wishes("yes")
    talk.is_cut_off(0.5)

    talk.wishes("person")

    assert InterviewEnded(reason="human_path") == talk.events[-1].fact


def test_a_goodbye_that_was_withdrawn_leads_nobody_away() -> None:
    """The candidate went on speaking, and meant to stay."""
    talk = offered()
    turn = talk.hears()
    talk.answered(turn, 1, "yes")
    talk.ends(talk.begins(), cut_off=True, withdrawn=True)
    talk.resumes(turn)

    talk.answered(turn, 8, "go_on")

    talk.to_the_end()
    check_what_was_asked(talk)
    assert InterviewEnded(reason="completed") == talk.events[-1].fact


def test_who_would_rather_go_on_goes_on() -> None:
    talk = asking()
    talk.wishes("person")
    talk.says()

    assert Say("repeat", "first", lead="of_course") == talk.wishes("go_on")
    talk.says()
    talk.to_the_end()
    check_what_was_asked(talk)
    assert InterviewEnded(reason="completed") == talk.events[-1].fact


def test_who_answers_at_length_after_the_offer_has_gone_on() -> None:
    talk = asking()
    talk.wishes("person")
    talk.says()

    talk.answers(WHOLE)

    assert Say("question", "second", lead="thanks") == talk.todo


def test_the_offer_is_said_again_to_who_did_not_hear_it() -> None:
    talk = asking()
    talk.wishes("person")
    talk.says()

    assert Say("person_offer") == talk.wishes("repeat")


def test_who_leaves_after_the_offer_of_a_person_has_one() -> None:
    talk = asking()
    talk.wishes("person")
    talk.says()

    talk.tell(CandidateLeft(reason="gone"))
    talk.tell(Paused(reason="absent"), after_s=120)

    assert InterviewEnded(reason="human_path") == talk.events[-1].fact


@pytest.mark.parametrize("intent", ["person", "distress"])
def test_an_offer_is_made_again_after_a_break_of_the_connection(intent: str) -> None:
    talk = asking()
    made = talk.wishes(intent)
    assert made is not None
    talk.says()

    talk.tell(CandidateLeft(reason="gone"))
    talk.tell(CandidateArrived(identity=CANDIDATE))

    assert Say(made.line, lead="welcome_back") == talk.todo


def test_an_heir_says_goodbye_to_who_waits_for_a_person() -> None:
    talk = asking()
    talk.wishes("person")
    talk.says()
    talk.wishes("yes")

    heir = Talk.resumed(talk.plan, talk.events)
    heir.tell(AgentJoined(identity="ai-2", versions={}))
    heir.tell(CandidateArrived(identity=CANDIDATE))

    assert Say("person_closing", lead="reconnected") == heir.says()
    assert InterviewEnded(reason="human_path") == heir.events[-1].fact


def test_a_person_may_be_asked_for_before_the_first_question() -> None:
    talk = Talk()
    talk.joins()
    talk.ends(talk.begins(), cut_off=True)

    assert Say("person_offer") == talk.wishes("person")
    talk.says()
    assert Say("question", "first", lead="of_course") == talk.wishes("go_on")


@pytest.mark.parametrize(
    ("intent", "line"),
    [
        ("stop", Say("stop_offer")),
        ("distress", Say("distress")),
        ("pause", Say("pausing")),
        ("trouble", Say("question", "first", lead="trouble")),
        ("robot", Say("question", "first", lead="robot")),
        ("progress", Say("question", "first", lead="progress")),
    ],
)
def test_what_is_meant_for_us_counts_before_the_first_question_too(intent: str, line: Say) -> None:
    talk = Talk()
    talk.joins()
    talk.ends(talk.begins(), cut_off=True)

    assert line == talk.wishes(intent)


# ---- distress ----


def test_distress_is_met_with_choices() -> None:
    talk = asking()

    assert Say("distress") == talk.wishes("distress")


@pytest.mark.parametrize(
    ("intent", "line"),
    [
        ("pause", "pausing"),
        ("person", "person_offer"),
        ("somebody", "person_offer"),
        ("go_on", "repeat"),
    ],
)
def test_each_choice_is_granted(intent: str, line: str) -> None:
    talk = asking()
    talk.wishes("distress")
    talk.says()

    chosen = talk.wishes(intent)

    assert chosen is not None
    assert line == chosen.line


def test_who_answers_after_all_is_heard() -> None:
    talk = asking()
    talk.wishes("distress")
    talk.says()

    talk.answers(WHOLE)

    assert Say("question", "second", lead="thanks") == talk.todo
    assert talk.state.wished.offer is None


@pytest.mark.parametrize("intent", ["yes", "no", "answer"])
def test_few_words_in_distress_that_choose_nothing_hear_the_choice_once_more_and_have_a_pause(
    intent: str,
) -> None:
    """“Thank you.” and “Yes, please.” answer no question, and cost no probe."""
    talk = asking()
    before = talk.state
    talk.wishes("distress")
    talk.says()

    talk.answers(24, intent)
    assert Say("distress") == talk.says()
    talk.answers(1, intent)
    assert Say("pausing") == talk.says()

    assert talk.state.paused
    talk.tell(Resumed(), after_s=60)
    assert Say("repeat", "first", lead="welcome_back") == talk.says()
    kept = ("index", "probes_used", "words")
    assert [getattr(before, name) for name in kept] == [getattr(talk.state, name) for name in kept]


def test_who_says_enough_in_distress_has_answered() -> None:
    talk = asking()
    talk.wishes("distress")
    talk.says()

    talk.answers(25)

    assert Say("probe", "first", 0) == talk.todo


def test_silence_in_distress_is_a_pause() -> None:
    talk = asking()
    talk.wishes("distress")
    talk.says()

    talk.tell(SilenceNoticed(times=1, silent_s=20))

    assert Say("pausing") == talk.says()
    assert talk.state.paused


def test_a_question_that_nobody_heard_is_asked_after_all() -> None:
    """The wish came before its first word could be heard."""
    talk = asking()
    talk.answers()
    talk.wishes("distress")
    talk.says()

    talk.answers(WHOLE)

    assert Say("question", "second") == talk.says()
    talk.to_the_end()
    check_what_was_asked(talk)


def test_a_person_is_there_even_when_the_time_is_up() -> None:
    talk = asking()
    talk.tell(TimeRanOut(scope="interview"))

    assert Say("person_offer") == talk.wishes("person")
