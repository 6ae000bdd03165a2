"""While a person leads the director says nothing, and afterwards it asks nothing again."""

from datetime import timedelta

import pytest

from interview.by_room import FloorFollowed
from interview.events import (
    AgentJoined,
    CandidateArrived,
    CandidateLeft,
    InterviewEnded,
    SignalReceived,
    SilenceNoticed,
    TimeRanOut,
)
from interview.pacing import deadline
from interview.session import Phase, Say, fold, upcoming
from tests.fakes.talk import CANDIDATE, SHORT, Talk, plan

pytestmark = pytest.mark.unit

ANNA = f"human:{1:032x}"


def asking() -> Talk:
    """The first question was heard."""
    talk = Talk()
    talk.joins()
    talk.says()
    talk.says()
    return talk


def takes(talk: Talk, floor: str = ANNA) -> None:
    assert [] == talk.tell(FloorFollowed(floor=floor))


def gives(talk: Talk, *covered: str) -> Say | None:
    commands = talk.tell(FloorFollowed(floor="ai", covered=covered))
    assert len(commands) <= 1
    return next((said for said in commands if isinstance(said, Say)), None)


@pytest.mark.parametrize("floor", [ANNA, "paused"])
def test_nothing_is_commanded_while_the_ai_does_not_lead(floor: str) -> None:
    talk = asking()
    takes(talk, floor)

    for fact in (
        SilenceNoticed(times=1, silent_s=9),
        SilenceNoticed(times=3, silent_s=9),
        SignalReceived(signal="repeat"),
        TimeRanOut(scope="interview"),
        CandidateLeft(reason="network"),
        CandidateArrived(identity=CANDIDATE),
        AgentJoined(identity="ai-1", versions={}),
    ):
        assert [] == talk.tell(fact)
    for intent in ("answer", "repeat", "person", "distress", "skip", "back", "job"):
        talk.answered(talk.hears(), SHORT, intent=intent)
        assert [] == talk.commands


def test_a_question_that_was_not_answered_is_said_again_with_one_bridge() -> None:
    talk = asking()
    takes(talk)

    assert Say("repeat", "first", lead="handed_back") == gives(talk)


def test_a_floor_that_comes_back_because_its_holder_is_gone_is_taken_up_with_that_word() -> None:
    talk = asking()
    takes(talk)
    ahead = upcoming(talk.plan, talk.state)

    commands = talk.tell(FloorFollowed(floor="ai", gone=True))

    assert [Say("repeat", "first", lead="left_to_us")] == commands
    assert commands[0] in ahead


def test_an_answer_that_had_begun_is_not_asked_for_again() -> None:
    talk = asking()
    turn = talk.hears()
    takes(talk)
    talk.answered(turn, SHORT)

    assert Say("question", "second", lead="handed_back") == gives(talk)


def test_a_probe_that_a_person_takes_over_from_is_not_put_again() -> None:
    talk = asking()
    talk.answers(SHORT)
    assert talk.todo is not None
    assert "probe" == talk.todo.line
    talk.says()
    takes(talk)

    assert Say("question", "second", lead="handed_back") == gives(talk)


def test_what_a_person_covered_is_never_asked() -> None:
    talk = asking()
    takes(talk)

    assert Say("question", "third", lead="handed_back") == gives(talk, "first", "second")
    talk.says()
    talk.answers()
    assert Say("candidate_questions", lead="thanks") == talk.todo
    assert ("first", "third") == talk.state.asked


def test_a_question_that_the_kit_wants_in_its_own_words_is_asked_all_the_same() -> None:
    talk = asking()
    first, second, third = talk.plan.questions
    second = second.model_copy(update={"covered_if_asked_by_human": False})
    talk.plan = talk.plan.model_copy(update={"questions": (first, second, third)})
    takes(talk)

    assert Say("question", "second", lead="handed_back") == gives(
        talk, "first", "second", "third", "unheard_of"
    )
    assert ("first", "third") == talk.state.covered


def test_a_later_question_that_was_covered_is_left_out_when_its_time_comes() -> None:
    talk = asking()
    turn = talk.hears()
    takes(talk)
    talk.answered(turn)
    assert Say("question", "third", lead="handed_back") == gives(talk, "second")


def test_who_covered_everything_leaves_the_candidates_questions() -> None:
    talk = asking()
    takes(talk)

    assert Say("candidate_questions", lead="handed_back") == gives(talk, "first", "second", "third")


def test_a_line_that_was_stopped_before_it_asked_is_said_again() -> None:
    talk = asking()
    talk.answers()
    line = talk.begins()
    takes(talk)
    talk.ends(line, cut_off=True, heard=0.2)

    assert [] == talk.commands
    assert Say("repeat", "second", lead="handed_back") == gives(talk)


def test_a_line_that_nobody_has_heard_yet_is_said_for_the_first_time() -> None:
    talk = asking()
    talk.answers()
    takes(talk)

    assert Say("question", "second", lead="handed_back") == gives(talk)


def test_the_greeting_that_was_stopped_is_not_said_twice() -> None:
    talk = Talk()
    talk.joins()
    line = talk.begins()
    takes(talk)
    talk.ends(line, cut_off=True, heard=0.5)

    assert Say("question", "first", lead="handed_back") == gives(talk)


def test_who_was_led_by_a_person_from_the_start_is_greeted_by_the_ai_first() -> None:
    talk = Talk()
    talk.tell(AgentJoined(identity="ai-1", versions={}))
    takes(talk)
    talk.tell(CandidateArrived(identity=CANDIDATE))
    assert [] == talk.commands

    assert Say("greeting") == gives(talk)


def test_the_candidates_questions_that_a_person_answered_are_not_invited_again() -> None:
    talk = asking()
    for _ in range(3):
        talk.answers()
        talk.says()
    assert Phase.INVITING is talk.state.phase
    turn = talk.hears()
    takes(talk)
    talk.answered(turn, intent="asks")

    assert Say("closing", lead="handed_back") == gives(talk)


def test_a_goodbye_is_said_after_all() -> None:
    talk = asking()
    for _ in range(4):
        talk.answers()
        if talk.todo and talk.todo.line != "closing":
            talk.says()
    line = talk.begins()
    takes(talk)
    talk.ends(line)

    assert not isinstance(talk.events[-1].fact, InterviewEnded)
    assert Say("closing", lead="handed_back") == gives(talk)


def test_the_clock_stands_still_while_a_person_leads() -> None:
    talk = asking()
    before = deadline(talk.plan, talk.state)
    takes(talk)
    assert deadline(talk.plan, talk.state) is None
    talk.tell(CandidateLeft(reason="network"), 100)
    talk.tell(CandidateArrived(identity=CANDIDATE), 100)
    assert deadline(talk.plan, talk.state) is None

    talk.tell(FloorFollowed(floor="ai"), 100)

    after = deadline(talk.plan, talk.state)
    assert before is not None
    assert after == before + timedelta(seconds=300)


def test_passing_the_floor_among_people_keeps_the_place() -> None:
    talk = asking()
    turn = talk.hears()
    takes(talk)
    talk.answered(turn)
    takes(talk, "paused")
    takes(talk, f"human:{2:032x}")

    assert Say("question", "second", lead="handed_back") == gives(talk)


def test_a_tick_while_the_ai_leads_interrupts_nobody() -> None:
    talk = asking()

    assert gives(talk, "second") is None
    talk.answers()
    assert Say("question", "third", lead="thanks") == talk.todo


def test_who_is_away_hears_the_bridge_when_they_are_back() -> None:
    talk = asking()
    turn = talk.hears()
    takes(talk)
    talk.answered(turn)
    talk.tell(CandidateLeft(reason="network"))

    assert gives(talk) is None
    talk.tell(CandidateArrived(identity=CANDIDATE))
    assert Say("question", "second", lead="welcome_back") == talk.todo


def test_an_heir_of_a_silent_agent_is_silent_and_goes_on_at_the_same_place() -> None:
    talk = asking()
    turn = talk.hears()
    takes(talk)
    talk.answered(turn)

    heir = Talk.resumed(talk.plan, talk.events)
    heir.joins()

    assert (None, ANNA) == (heir.todo, heir.state.floor)
    assert Say("question", "second", lead="handed_back") == gives(heir)


def test_what_may_be_said_next_is_known_before_the_floor_is_back() -> None:
    talk = asking()
    takes(talk)

    ahead = upcoming(talk.plan, talk.state)

    assert Say("repeat", "first", lead="handed_back") in ahead
    assert Say("question", "second", lead="handed_back") in ahead


def test_the_state_is_a_fold_over_the_log() -> None:
    talk = asking()
    turn = talk.hears()
    takes(talk)
    talk.answered(turn)
    gives(talk, "second")

    assert talk.state == fold(plan(), talk.events)
