"""Nobody leads though people are there, or one thinks better of the goodbye."""

import pytest

from interview.by_room import FloorAsked, FloorFollowed, InterviewerArrived
from interview.copilot_facts import NobodyLeads
from interview.events import CandidateLeft, Paused
from interview.session import Phase, Say, fold
from tests.unit.test_session_side_by_side import ANNA, IS_ANNA, asking, asks, gives, led

pytestmark = pytest.mark.unit


def test_who_takes_the_floor_within_the_goodbye_leads_on_whoever_leaves() -> None:
    talk = asking()
    asks(talk, None)
    turn = talk.begins()
    talk.tell(FloorAsked(identity=IS_ANNA, floor=ANNA, before=ANNA))
    talk.ends(turn, cut_off=True, heard=0)
    assert Phase.ASKING is talk.state.phase
    talk.tell(CandidateLeft(reason="unreachable"))

    assert not talk.is_over()
    assert talk.state == fold(talk.plan, talk.events)


def test_who_waits_with_people_that_do_not_lead_is_told_so_each_time_and_asked_nothing() -> None:
    talk = led("human_leads")
    talk.joins()
    talk.tell(InterviewerArrived(identity=IS_ANNA, role="interviewer"))

    for _ in range(2):
        assert [Say("nobody_leads")] == talk.tell(NobodyLeads())
        talk.says()
    assert [] == talk.commands
    talk.tell(FloorFollowed(floor=ANNA))
    assert Say("greeting") == gives(talk)


def test_the_talk_goes_on_where_it_was_after_nobody_has_led() -> None:
    talk = asking()
    talk.tell(FloorFollowed(floor="paused"))
    talk.tell(NobodyLeads())
    talk.says()

    assert Say("question", "second", lead="handed_back") == gives(talk, "first")
    assert talk.state == fold(talk.plan, talk.events)


def test_who_is_led_away_or_rests_is_not_told_that_nobody_leads() -> None:
    led_by_anna = asking()
    assert [] == led_by_anna.tell(NobodyLeads())

    absent = led("human_leads")
    assert [] == absent.tell(NobodyLeads())

    resting = led("human_leads")
    resting.joins()
    resting.tell(Paused(reason="asked"))
    assert [] == resting.tell(NobodyLeads())

    told = led("human_leads")
    told.joins()
    told.tell(NobodyLeads())
    told.begins()
    assert [] == told.tell(NobodyLeads())
