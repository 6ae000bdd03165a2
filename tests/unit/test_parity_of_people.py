"""What interviewers did is counted in the log: how long they led, what they asked."""

import pytest

from interview.by_room import FloorAsked, FloorFollowed
from interview.copilot_facts import AiAsked, QuestionTicked, TurnFiled
from interview.events import FACTS, AnswerEnded
from interview.ids import TurnId
from interview.parity import Departed, Ledger, are_equal, ledger
from tests.fakes.talk import CANDIDATE, Talk, plan

pytestmark = pytest.mark.unit

ANNA, IS_ANNA = f"human:{1:032x}", f"int-{1:032x}"


def asking() -> Talk:
    """The first question was heard."""
    talk = Talk()
    talk.joins()
    talk.says()
    talk.says()
    return talk


def heard(
    talk: Talk, who: str, began_ms: int, ended_ms: int, question: str | None = None
) -> TurnId:
    turn = talk.new_turn()
    identity = IS_ANNA if who == "interviewer" else CANDIDATE
    fact = FACTS.validate_python(
        {
            "kind": "speech_heard",
            "turn_id": turn,
            "question": question,
            "identity": identity,
            "role": who,
            "text": "well",
            "words": (),
            "started_ms": began_ms,
            "ended_ms": ended_ms,
        }
    )
    talk.tell(fact)
    talk.tell(AnswerEnded(turn_id=turn, question=question, signal="patience", words=1), 0)
    return turn


def told(talk: Talk) -> Ledger:
    return ledger(plan(), talk.events)


def test_nobody_has_led_where_the_ai_did() -> None:
    talk = asking()
    talk.to_the_end()

    people = told(talk).people

    assert (0, 0, 0, 0, 0) == (
        people.led_s,
        people.led_share,
        people.spoke_s,
        people.stopped_ai,
        people.talked_over,
    )


def test_the_time_that_people_led_is_a_share_of_the_talk() -> None:
    talk = asking()
    talk.tell(FloorFollowed(floor=ANNA))
    heard(talk, "interviewer", 0, 4000)
    talk.tell(FloorFollowed(floor="ai"), 59)
    talk.to_the_end()

    people = told(talk).people

    assert (60, 4) == (people.led_s, people.spoke_s)
    assert 0 < people.led_share < 1


def test_who_leads_at_the_end_has_led_until_then() -> None:
    talk = Talk()
    talk.joins()
    talk.tell(FloorFollowed(floor=ANNA))
    heard(talk, "candidate", 0, 4000)
    heard(talk, "candidate", 5000, 9000)

    assert 1.0 == told(talk).people.led_share


def test_a_question_that_a_person_put_is_told_as_theirs() -> None:
    talk = asking()
    talk.answers()
    talk.tell(FloorFollowed(floor=ANNA))
    turn = heard(talk, "interviewer", 0, 4000)
    talk.tell(TurnFiled(turn_id=turn, question="second", by="words"))
    heard(talk, "candidate", 5000, 9000, "second")
    talk.tell(FloorFollowed(floor="ai", covered=("second",)))
    talk.to_the_end()

    found = told(talk)

    assert ["ai", "person", "ai"] == [one.by for one in found.questions]
    assert (Departed("asked_by_person", "second"),) == found.departures
    assert not are_equal([found])


def test_a_question_that_the_ai_put_at_a_persons_request_is_the_ais() -> None:
    talk = asking()
    talk.answers()
    talk.tell(FloorFollowed(floor=ANNA))
    talk.tell(AiAsked(identity=IS_ANNA, question="second"))
    talk.says()
    heard(talk, "candidate", 0, 4000, "second")
    talk.tell(FloorFollowed(floor="ai"))
    talk.to_the_end()

    found = told(talk)

    assert ["ai", "ai", "ai"] == [one.by for one in found.questions]
    assert () == found.departures


def test_what_a_person_denies_they_have_not_asked() -> None:
    talk = asking()
    talk.answers()
    talk.tell(FloorFollowed(floor=ANNA))
    turn = heard(talk, "interviewer", 0, 4000)
    talk.tell(TurnFiled(turn_id=turn, question="third", by="words"))
    talk.tell(QuestionTicked(identity=IS_ANNA, question="third", covered=False))

    assert [None] == [one.by for one in told(talk).questions if one.key == "third"]


@pytest.mark.parametrize("by_person", [True, False])
def test_lines_that_people_stopped_are_told_apart(by_person: bool) -> None:
    talk = asking()
    talk.answers()
    line = talk.begins()
    if by_person:
        talk.tell(FloorAsked(identity=IS_ANNA, floor=ANNA, before="ai"))
        talk.tell(FloorFollowed(floor=ANNA))
    talk.ends(line, cut_off=True, heard=0.4)

    found = told(talk)

    assert (1, int(by_person)) == (found.interrupted, found.people.stopped_ai)


@pytest.mark.parametrize(
    ("began_ms", "times"), [(500, 1), (3600, 1), (3800, 0), (4000, 0), (9000, 0), (0, 0)]
)
def test_who_begins_within_the_candidates_words_talks_over_them(began_ms: int, times: int) -> None:
    talk = asking()
    talk.tell(FloorFollowed(floor=ANNA))
    heard(talk, "candidate", 0, 4000)
    heard(talk, "interviewer", began_ms, began_ms + 2000)

    assert times == told(talk).people.talked_over
