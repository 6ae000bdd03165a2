"""What a candidate's page is told: what was asked, nothing that is to come, and the time left."""

from datetime import timedelta

import pytest

from agent.progress import left_s, shown
from interview.by_room import FloorFollowed
from interview.copilot_facts import AiAsked
from interview.events import CandidateLeft
from tests.fakes.advice import model_plan
from tests.fakes.clock import NOON
from tests.fakes.probe_scene import HOW, WHY
from tests.fakes.talk import SHORT, WHOLE, Talk, plan

pytestmark = pytest.mark.unit


def questions(talk: Talk) -> tuple[object, object, object]:
    told = shown(talk.plan, talk.state, "listening")
    return told["question"], told["text"], told["probe"]


def in_first_question() -> Talk:
    talk = Talk(plan())
    talk.joins()
    talk.says()
    talk.begins()
    return talk


def test_nothing_is_shown_before_the_first_question_is_begun() -> None:
    talk = Talk(plan())
    talk.joins()
    assert (None, None, None) == questions(talk)
    talk.says()
    assert (None, None, None) == questions(talk)

    talk.begins()

    assert (1, "What about first?", None) == questions(talk)


def test_the_next_question_and_a_probe_are_shown_when_they_are_heard() -> None:
    talk = in_first_question()
    talk.ends(talk.state.speaking or talk.new_turn())
    talk.answered(talk.hears(), SHORT)
    assert (1, "What about first?", None) == questions(talk)
    talk.says()
    assert (1, "What about first?", "Please say more about first, part 0.") == questions(talk)

    talk.answered(talk.hears(), WHOLE)
    assert (1, "What about first?") == questions(talk)[:2]
    talk.says()

    assert (2, "What about second?", None) == questions(talk)


def test_a_models_probe_is_shown_in_the_words_that_are_said() -> None:
    talk = Talk(model_plan())
    talk.joins()
    talk.says()
    talk.says()
    probed(talk, WHY)
    assert None is questions(talk)[2]

    talk.says()
    assert WHY == questions(talk)[2]

    probed(talk, HOW)
    assert WHY == questions(talk)[2], "what is to come is not shown, what was asked still is"
    talk.says()
    assert HOW == questions(talk)[2]


def test_a_probe_of_the_kits_after_a_models_is_shown_in_the_kits_words() -> None:
    talk = Talk(model_plan())
    talk.joins()
    talk.says()
    talk.says()
    probed(talk, WHY)
    talk.says()

    talk.answered(talk.hears(), SHORT)
    assert WHY == questions(talk)[2]
    talk.says()

    assert "Please say more about first, part 1." == questions(talk)[2]


def probed(talk: Talk, text: str) -> None:
    """An answer that a model has something to ask about."""
    turn = talk.hears()
    talk.offered(turn, text)
    talk.answered(turn, SHORT)


def test_a_question_that_a_person_has_put_by_us_is_shown_once_it_is_begun() -> None:
    talk = in_first_question()
    talk.ends(talk.state.speaking or talk.new_turn())
    talk.tell(FloorFollowed(floor=f"human:{1:032x}"))
    talk.tell(AiAsked(identity=f"int-{1:032x}", question="third"))
    assert (1, "What about first?", None) == questions(talk)

    talk.begins()

    assert (3, "What about third?", None) == questions(talk)


def test_no_question_is_shown_when_the_candidate_may_ask() -> None:
    talk = in_first_question()
    talk.ends(talk.state.speaking or talk.new_turn())
    for _ in range(2):
        talk.answered(talk.hears(), WHOLE)
        talk.says()
    talk.answered(talk.hears(), WHOLE)

    assert "inviting" == shown(talk.plan, talk.state, "thinking")["phase"]
    assert (None, None, None) == questions(talk)


def test_the_time_runs_from_the_first_word_and_stands_still_while_somebody_is_away() -> None:
    talk = Talk(plan(minutes=20))
    talk.joins()
    assert 1200 == left_s(talk.plan, talk.state, NOON + timedelta(hours=1))
    assert False is shown(talk.plan, talk.state, "thinking")["running"]

    talk.says()
    started = talk.state.started_at
    assert started is not None
    assert 1200 - 60 == left_s(talk.plan, talk.state, started + timedelta(seconds=60))
    assert True is shown(talk.plan, talk.state, "listening")["running"]

    talk.tell(CandidateLeft(reason="unknown"))
    left = left_s(talk.plan, talk.state, talk.at)
    assert left == left_s(talk.plan, talk.state, talk.at + timedelta(seconds=90))
    assert False is shown(talk.plan, talk.state, "thinking")["running"]


def test_the_same_is_asked_until_something_else_is_begun() -> None:
    talk = in_first_question()
    first = shown(talk.plan, talk.state, "speaking")["asked"]
    talk.ends(talk.state.speaking or talk.new_turn())
    talk.answered(talk.hears(), SHORT)
    assert first == shown(talk.plan, talk.state, "thinking")["asked"]
    talk.says()
    probe = shown(talk.plan, talk.state, "listening")["asked"]

    talk.answered(talk.hears(), WHOLE, intent="distress")
    offer = shown(talk.plan, talk.state, "thinking")["asked"]

    assert 3 == len({first, probe, offer})


def test_the_time_is_never_less_than_none() -> None:
    talk = in_first_question()
    assert 0 == left_s(talk.plan, talk.state, talk.at + timedelta(days=1))
