"""The AI at a person's side: it speaks when it is asked to, and nothing is asked twice after it."""

import pytest

from interview.by_room import FloorFollowed, InterviewerArrived, InterviewerLeft
from interview.copilot_facts import (
    AiAsked,
    CoverageJudged,
    NobodyCame,
    QuestionTicked,
    TurnFiled,
)
from interview.events import AnswerEnded, CandidateArrived, InterviewEnded, SpeechHeard
from interview.ids import TurnId
from interview.kit import AssistMode
from interview.session import Phase, Say, fold, unbegun
from tests.fakes.talk import CANDIDATE, Talk, plan

pytestmark = pytest.mark.unit

ANNA, IS_ANNA = f"human:{1:032x}", f"int-{1:032x}"


def led(assist: AssistMode, *humans: str) -> Talk:
    """A talk in this mode; the questions `humans` are of a section that a person leads through."""
    sections = {"first": "Opening", "second": "Craft", "third": "Craft"}
    questions = tuple(
        q.model_copy(
            update={"section": sections[q.key], "leads": "human" if q.key in humans else "ai"}
        )
        for q in plan().questions
    )
    talk = Talk(plan().model_copy(update={"assist": assist, "questions": questions}))
    talk.state = unbegun(talk.plan)
    return talk


def asking() -> Talk:
    """The first question was heard, and a person leads."""
    talk = Talk()
    talk.joins()
    talk.says()
    talk.says()
    talk.tell(FloorFollowed(floor=ANNA))
    return talk


def asks(talk: Talk, question: str | None) -> list[object]:
    return list(talk.tell(AiAsked(identity=IS_ANNA, question=question)))


def answers(talk: Talk, question: str | None) -> TurnId:
    """The candidate's words are filed as the agent files them."""
    turn = talk.new_turn()
    for fact in (
        SpeechHeard(
            turn_id=turn,
            question=question,
            identity=CANDIDATE,
            role="candidate",
            text="well",
            words=(),
            started_ms=0,
            ended_ms=1,
        ),
        AnswerEnded(turn_id=turn, question=question, signal="patience", words=50),
    ):
        talk.tell(fact)
    return turn


def gives(talk: Talk, *covered: str) -> Say | None:
    commands = talk.tell(FloorFollowed(floor="ai", covered=covered))
    return next((said for said in commands if isinstance(said, Say)), None)


def test_a_question_is_put_at_a_persons_request_and_the_floor_stays_theirs() -> None:
    talk = asking()

    assert [Say("question", "third")] == asks(talk, "third")
    talk.says()
    assert (ANNA, "third") == (talk.state.floor, talk.state.lent)
    answers(talk, "third")

    assert Say("repeat", "first", lead="handed_back") == gives(talk)
    talk.says()
    talk.answers()
    talk.says()
    talk.answers()
    assert talk.todo is not None
    assert "candidate_questions" == talk.todo.line
    assert talk.state == fold(talk.plan, talk.events)


def test_the_open_question_is_not_said_again_once_it_was_answered_to_a_person() -> None:
    talk = asking()
    asks(talk, "first")
    talk.says()
    answers(talk, "first")

    assert Say("question", "second", lead="handed_back") == gives(talk)


def test_a_question_that_was_put_and_not_answered_is_asked_when_its_time_comes() -> None:
    talk = asking()
    asks(talk, "second")
    talk.says()

    gives(talk, "first")

    assert Say("question", "second", lead="handed_back") == talk.todo


def test_the_ai_asks_nothing_at_a_persons_request_while_it_leads() -> None:
    talk = Talk()
    talk.joins()

    assert [] == asks(talk, "second")


def test_who_hears_the_ai_for_the_first_time_is_told_what_it_is() -> None:
    talk = led("human_leads")
    talk.joins()
    talk.tell(FloorFollowed(floor=ANNA))

    assert [Say("question", "first", lead="introduced")] == asks(talk, "first")
    talk.says()
    answers(talk, "first")
    assert [Say("question", "second")] == asks(talk, "second")


def test_a_goodbye_at_a_persons_request_ends_the_interview() -> None:
    talk = asking()

    assert [Say("closing")] == asks(talk, None)
    talk.says()

    assert InterviewEnded(reason="completed") == talk.events[-1].fact


def test_a_goodbye_that_a_person_breaks_off_ends_nothing() -> None:
    talk = asking()
    asks(talk, None)
    talk.is_cut_off(0.3)

    assert Phase.CLOSING is talk.state.phase
    assert not talk.is_over()


def test_after_a_goodbye_that_was_taken_back_the_talk_goes_on_where_it_was() -> None:
    talk = asking()
    asks(talk, None)
    talk.is_cut_off(0.3)

    assert Say("question", "second", lead="handed_back") == gives(talk, "first")
    talk.says()
    assert not talk.is_over()
    assert talk.state == fold(talk.plan, talk.events)


def test_a_question_after_a_goodbye_that_was_taken_back_is_put_and_the_talk_goes_on() -> None:
    talk = asking()
    asks(talk, None)
    talk.is_cut_off(0.3)

    assert [Say("question", "second")] == asks(talk, "second")
    talk.says()
    answers(talk, "second")
    assert Say("question", "third", lead="handed_back") == gives(talk, "first")


def test_a_kit_that_wants_its_own_words_has_them_whatever_is_ticked() -> None:
    talk = asking()
    first, second, third = talk.plan.questions
    second = second.model_copy(update={"covered_if_asked_by_human": False})
    talk.plan = talk.plan.model_copy(update={"questions": (first, second, third)})
    for key in ("first", "second"):
        talk.tell(QuestionTicked(identity=IS_ANNA, question=key, covered=True))

    assert Say("question", "second", lead="handed_back") == gives(talk)


# ---- what was covered ----


def test_what_a_model_finds_covered_is_not_asked_again() -> None:
    talk = asking()
    turn = answers(talk, None)
    talk.tell(CoverageJudged(question="first", turn_id=turn, model="m"))
    talk.tell(CoverageJudged(question="second", turn_id=turn, model="m"))

    assert Say("question", "third", lead="handed_back") == gives(talk)
    assert ("first", "second") == talk.state.covered


def test_a_model_does_not_overrule_a_person() -> None:
    talk = asking()
    turn = answers(talk, None)
    talk.tell(QuestionTicked(identity=IS_ANNA, question="second", covered=False))
    for key in ("first", "second"):
        talk.tell(CoverageJudged(question=key, turn_id=turn, model="m"))

    assert Say("question", "second", lead="handed_back") == gives(talk)
    assert ("first",) == talk.state.covered


def test_a_question_is_ticked_whoever_leads_and_the_last_tick_counts() -> None:
    talk = Talk()
    talk.joins()
    talk.says()
    talk.says()
    for covered in (True, False, True):
        talk.tell(QuestionTicked(identity=IS_ANNA, question="second", covered=covered))
    talk.answers()

    assert Say("question", "third", lead="thanks") == talk.todo


def test_a_tick_at_the_hand_back_goes_before_an_earlier_denial() -> None:
    talk = asking()
    talk.tell(QuestionTicked(identity=IS_ANNA, question="first", covered=False))

    assert Say("question", "second", lead="handed_back") == gives(talk, "first")


def ticked(talk: Talk, question: str, *, covered: bool) -> None:
    talk.tell(QuestionTicked(identity=IS_ANNA, question=question, covered=covered))


def test_a_question_that_is_unticked_after_its_turn_comes_back_and_no_other_twice() -> None:
    talk = asking()
    assert Say("question", "third", lead="handed_back") == gives(talk, "first", "second")
    talk.says()
    ticked(talk, "second", covered=False)

    talk.answers()
    assert Say("question", "second", lead="thanks") == talk.todo
    talk.says()
    talk.answers()

    assert Say("candidate_questions", lead="thanks") == talk.todo
    assert ("first",) == talk.state.covered


def test_what_is_unticked_while_the_candidate_may_ask_comes_back_with_the_floor() -> None:
    talk = asking()
    gives(talk, "first", "second", "third")
    talk.says()
    talk.tell(FloorFollowed(floor=ANNA))
    ticked(talk, "second", covered=False)

    assert Say("question", "second", lead="handed_back") == gives(talk)
    talk.says()
    talk.answers()
    assert Say("candidate_questions", lead="thanks") == talk.todo


def test_what_the_ai_has_asked_itself_does_not_come_back() -> None:
    talk = Talk()
    talk.joins()
    talk.says()
    talk.says()
    talk.answers()
    talk.says()
    ticked(talk, "first", covered=True)
    ticked(talk, "first", covered=False)
    talk.answers()

    assert Say("question", "third", lead="thanks") == talk.todo


def test_no_model_covers_what_the_kit_wants_in_its_own_words() -> None:
    talk = asking()
    first, second, third = talk.plan.questions
    second = second.model_copy(update={"covered_if_asked_by_human": False})
    talk.plan = talk.plan.model_copy(update={"questions": (first, second, third)})
    for key in ("first", "second"):
        talk.tell(CoverageJudged(question=key, turn_id=talk.new_turn(), model="m"))

    assert Say("question", "second", lead="handed_back") == gives(talk)


def test_a_persons_question_is_what_the_talk_is_about() -> None:
    talk = asking()
    lent = [talk.state.lent]
    talk.tell(TurnFiled(turn_id=talk.new_turn(), question="second", by="words"))
    lent.append(talk.state.lent)
    gives(talk)

    assert [None, "second", None] == [*lent, talk.state.lent]


def test_a_person_who_takes_over_within_an_answer_talks_about_the_same_question() -> None:
    talk = Talk()
    talk.joins()
    talk.says()
    talk.says()
    talk.hears()
    talk.tell(FloorFollowed(floor=ANNA))

    assert "first" == talk.state.lent


# ---- who leads ----


def test_where_a_person_leads_the_ai_says_nothing_until_it_is_asked_to() -> None:
    talk = led("human_leads")
    talk.joins()

    assert "paused" == talk.state.floor
    assert [] == talk.commands
    talk.tell(InterviewerArrived(identity=IS_ANNA, role="interviewer"))
    talk.tell(FloorFollowed(floor=ANNA))
    answers(talk, None)
    assert [] == talk.commands
    assert Say("greeting") == gives(talk)


def test_who_waits_for_nobody_is_told_so_once() -> None:
    talk = led("human_leads")
    talk.joins()

    assert [Say("nobody_came")] == talk.tell(NobodyCame())
    talk.says()
    assert [] == talk.tell(NobodyCame())
    talk.tell(FloorFollowed(floor=ANNA))
    assert Say("greeting") == gives(talk)


def test_nobody_is_told_who_is_not_there() -> None:
    talk = led("human_leads")

    assert [] == talk.tell(NobodyCame())


def test_a_section_of_a_person_is_left_to_them_in_a_sentence() -> None:
    talk = led("alternating", "second", "third")
    talk.joins()
    talk.tell(InterviewerArrived(identity=IS_ANNA, role="interviewer"))
    talk.says()
    talk.says()
    talk.answers()

    assert Say("hand_over", lead="thanks") == talk.todo
    talk.says()
    assert "paused" == talk.state.floor
    assert {"floor_offered"} <= {event.kind for event in talk.events}
    talk.tell(FloorFollowed(floor=ANNA))
    assert Say("candidate_questions", lead="handed_back") == gives(talk, "second", "third")


def test_what_a_person_left_out_of_their_section_is_asked_by_the_ai() -> None:
    talk = led("alternating", "second", "third")
    talk.joins()
    talk.tell(InterviewerArrived(identity=IS_ANNA, role="interviewer"))
    talk.says()
    talk.says()
    talk.answers()
    talk.says()
    talk.tell(FloorFollowed(floor=ANNA))

    assert Say("question", "third", lead="handed_back") == gives(talk, "second")


def test_a_section_for_which_nobody_is_there_is_asked_by_the_ai() -> None:
    talk = led("alternating", "second", "third")
    talk.joins()
    talk.tell(InterviewerArrived(identity=IS_ANNA, role="interviewer"))
    talk.tell(InterviewerLeft(identity=IS_ANNA, reason="left"))
    talk.says()
    talk.says()
    talk.answers()

    assert Say("question", "second", lead="thanks") == talk.todo


def test_an_heir_leads_on_in_the_same_mode() -> None:
    talk = led("human_leads")
    talk.joins()
    talk.tell(FloorFollowed(floor=ANNA))
    asks(talk, "second")
    talk.says()
    answers(talk, "second")

    heir = fold(talk.plan, talk.events)

    assert talk.state == heir
    talk.tell(CandidateArrived(identity=CANDIDATE))
    assert talk.todo is None
