"""What interviewers did is counted in the log: how long they led, what they asked."""

from dataclasses import replace
from uuid import UUID

import pytest

from interview.by_people import By, TurnRefiled
from interview.by_room import FloorAsked, FloorChanged, FloorFollowed, SeatTaken
from interview.copilot_facts import AiAsked, CoverageJudged, QuestionTicked, TurnFiled
from interview.events import FACTS, AnswerEnded, InterviewEnded, Paused, Resumed
from interview.ids import TurnId
from interview.parity import Departed, Ledger, are_equal, ledger
from tests.fakes.talk import CANDIDATE, Talk, plan

pytestmark = pytest.mark.unit

ANNA, IS_ANNA = f"human:{1:032x}", f"int-{1:032x}"
BEN, IS_BEN = f"human:{2:032x}", f"int-{2:032x}"
ANNA_BY = By(kind="member", id=str(UUID(int=1)))


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
    """`who` is the candidate, the interviewer (Anna), or an interviewer's identity."""
    role = "candidate" if who == "candidate" else "interviewer"
    identity = {"candidate": CANDIDATE, "interviewer": IS_ANNA}.get(who, who)
    fact = FACTS.validate_python(
        {
            "kind": "speech_heard",
            "turn_id": turn,
            "question": question,
            "identity": identity,
            "role": role,
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


def test_a_pause_is_no_talk_of_which_people_led_a_share() -> None:
    """It would tell of a break that was given."""
    without, with_pause = asking(), asking()
    for talk in (without, with_pause):
        talk.tell(FloorFollowed(floor=ANNA))
        talk.tell(FloorFollowed(floor="ai"), 60)
    with_pause.tell(Paused(reason="asked"), 0)
    with_pause.tell(Resumed(), 300)
    for talk in (without, with_pause):
        talk.to_the_end()

    assert told(without).people == told(with_pause).people


def test_who_leads_in_a_pause_has_led() -> None:
    talk = asking()
    talk.tell(FloorFollowed(floor=ANNA))
    talk.tell(Paused(reason="asked"), 0)
    talk.tell(Resumed(), 300)
    heard(talk, "candidate", 0, 4000)

    people = told(talk).people

    assert 302 > people.led_s > 300
    assert 0.9 < people.led_share < 1


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


def seated(talk: Talk, identity: str, name: str) -> None:
    by = By(kind="member", id=str(UUID(hex=identity.removeprefix("int-"))))
    talk.tell(SeatTaken(identity=identity, name=name, role="interviewer", by=by), 0)


def two_lead() -> Talk:
    """Anna for a minute, then Ben for two, from hand to hand; then the AI again."""
    talk = asking()
    seated(talk, IS_ANNA, "Anna")
    seated(talk, IS_BEN, "Ben")
    talk.tell(FloorFollowed(floor=ANNA))
    heard(talk, "interviewer", 0, 4000)
    talk.tell(FloorFollowed(floor=BEN), 59)
    heard(talk, IS_BEN, 5000, 6000)
    talk.tell(FloorFollowed(floor="ai"), 119)
    return talk


def test_who_led_how_long_is_told_of_each_the_longest_first() -> None:
    talk = two_lead()
    talk.to_the_end()

    people = told(talk).people

    assert [("Ben", IS_BEN, 120, 1), ("Anna", IS_ANNA, 60, 4)] == [
        (one.name, one.identity, one.led_s, one.spoke_s) for one in people.by_person
    ]
    assert (180, 5) == (people.led_s, people.spoke_s)
    shares = [one.led_share for one in people.by_person]
    assert shares[0] == pytest.approx(2 * shares[1], abs=0.001)
    assert people.led_share == pytest.approx(sum(shares), abs=0.001)


def test_who_takes_the_floor_twice_has_led_for_both() -> None:
    talk = two_lead()
    talk.tell(FloorFollowed(floor=ANNA))
    heard(talk, "candidate", 7000, 9000)
    talk.tell(FloorFollowed(floor="ai"), 99)

    assert [("Anna", 160), ("Ben", 120)] == [
        (one.name, one.led_s) for one in told(talk).people.by_person
    ]


def test_a_line_is_stopped_by_who_asked_for_the_floor() -> None:
    talk = asking()
    talk.answers()
    line = talk.begins()
    talk.tell(FloorAsked(identity=IS_BEN, floor=BEN, before="ai"))
    talk.ends(line, cut_off=True, heard=0.4)
    talk.tell(FloorFollowed(floor=BEN))

    assert [(IS_BEN, 1)] == [(one.identity, one.stopped_ai) for one in told(talk).people.by_person]


def test_a_line_that_a_member_lets_rest_by_the_api_was_stopped_by_them() -> None:
    talk = asking()
    talk.answers()
    line = talk.begins()
    by = By(kind="member", id=str(UUID(int=2)))
    talk.tell(FloorChanged(floor="paused", before="ai", by=by))
    talk.tell(FloorChanged(floor="paused", before="paused", covered=("first",), by=ANNA_BY))
    talk.tell(FloorFollowed(floor="paused"))
    talk.ends(line, cut_off=True, heard=0.4)

    assert [(IS_BEN, 1)] == [(one.identity, one.stopped_ai) for one in told(talk).people.by_person]


def test_a_line_that_a_system_stops_was_stopped_by_nobody_in_the_room() -> None:
    talk = asking()
    talk.answers()
    line = talk.begins()
    by = By(kind="key", id="k1", name="Anna")
    talk.tell(FloorChanged(floor="paused", before="ai", by=by))
    talk.tell(FloorFollowed(floor="paused"))
    talk.ends(line, cut_off=True, heard=0.4)

    assert (1, ()) == (told(talk).people.stopped_ai, told(talk).people.by_person)


def test_who_talks_over_the_candidate_is_told() -> None:
    talk = asking()
    talk.tell(FloorFollowed(floor=ANNA))
    heard(talk, "candidate", 0, 4000)
    heard(talk, IS_BEN, 2000, 4500)

    assert {IS_ANNA: 0, IS_BEN: 1} == {
        one.identity: one.talked_over for one in told(talk).people.by_person
    }


def test_a_question_is_theirs_whose_words_asked_it() -> None:
    """Also where somebody else had the floor."""
    talk = asking()
    talk.answers()
    talk.tell(FloorFollowed(floor=ANNA))
    turn = heard(talk, IS_BEN, 0, 4000)
    talk.tell(TurnFiled(turn_id=turn, question="second", by="words"))

    assert {IS_ANNA: (), IS_BEN: ("second",)} == asked_by(talk)


def test_a_question_that_is_known_by_its_answer_is_theirs_who_led_then() -> None:
    talk = asking()
    talk.answers()
    talk.tell(FloorFollowed(floor=ANNA))
    answer = heard(talk, "candidate", 0, 4000)
    talk.tell(FloorFollowed(floor=BEN))
    talk.tell(CoverageJudged(question="second", turn_id=answer, model="m"))

    assert {IS_ANNA: ("second",), IS_BEN: ()} == asked_by(talk)


def test_a_question_that_was_only_ticked_is_theirs_who_led() -> None:
    talk = asking()
    talk.answers()
    talk.tell(FloorFollowed(floor=ANNA))
    talk.tell(QuestionTicked(identity=IS_BEN, question="third", covered=True))
    talk.tell(FloorFollowed(floor="ai", covered=("second", "third")))

    assert {IS_ANNA: ("second", "third")} == asked_by(talk)


def test_what_the_ai_asked_all_the_same_replaced_nothing() -> None:
    talk = asking()
    talk.answers()
    talk.tell(FloorFollowed(floor=ANNA))
    turn = heard(talk, "interviewer", 0, 4000)
    talk.tell(TurnFiled(turn_id=turn, question="second", by="words"))
    talk.tell(FloorFollowed(floor="ai"))
    talk.to_the_end()

    assert {IS_ANNA: ()} == asked_by(talk)


def asked_by(talk: Talk) -> dict[str, tuple[str, ...]]:
    return {one.identity: one.asked for one in told(talk).people.by_person}


def refiled(talk: Talk, turn: TurnId, question: str | None, asked_by: str | None) -> None:
    fact = TurnRefiled(
        turn_id=turn, question=question, before=None, asked_by=asked_by, reason="so", by=ANNA_BY
    )
    event = replace(talk.events[-1], seq=len(talk.events) + 1, fact=fact)
    talk.events.append(event)


def test_a_question_that_was_filed_after_the_end_is_theirs_who_asked_it() -> None:
    talk = asking()
    talk.answers()
    talk.tell(FloorFollowed(floor=ANNA))
    answer = heard(talk, "candidate", 0, 4000)
    talk.tell(FloorFollowed(floor="ai", covered=("third",)))
    talk.tell(InterviewEnded(reason="completed"))
    before = told(talk)
    refiled(talk, answer, "second", IS_BEN)

    found = told(talk)

    assert [None, "person"] == [one.questions[1].by for one in (before, found)]
    assert Departed("asked_by_person", "second") in found.departures
    assert {IS_ANNA: ("third",), IS_BEN: ("second",)} == asked_by(talk)
    assert [0, 4] == [one.questions[1].spoke_s for one in (before, found)]
    assert before.people.led_s == found.people.led_s


def test_what_was_filed_otherwise_after_the_end_was_not_asked() -> None:
    talk = asking()
    talk.answers()
    talk.tell(FloorFollowed(floor=ANNA))
    turn = heard(talk, "interviewer", 0, 4000)
    talk.tell(TurnFiled(turn_id=turn, question="second", by="words"))
    talk.tell(InterviewEnded(reason="completed"))
    refiled(talk, turn, "third", IS_ANNA)

    assert {IS_ANNA: ("third",)} == asked_by(talk)


def test_an_answer_that_a_tick_files_is_spoken_on_its_question() -> None:
    talk = asking()
    talk.answers()
    talk.tell(FloorFollowed(floor=ANNA))
    answer = heard(talk, "candidate", 0, 4000)
    talk.tell(TurnFiled(turn_id=answer, question="second", by="tick"))

    assert 4 == told(talk).questions[1].spoke_s
