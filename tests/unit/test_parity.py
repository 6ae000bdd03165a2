"""Two interviews of one kit show the same questions in the same order with the same budgets."""

from dataclasses import asdict, replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview.events import (
    FACTS,
    AgentJoined,
    CandidateArrived,
    CandidateLeft,
    EndReason,
    Event,
    InterviewEnded,
    JoinGranted,
    LineEnded,
    LineStarted,
    TimeRanOut,
)
from interview.ids import EventId
from interview.parity import Departed, Ledger, are_equal, ledger, unequally_probed
from tests.fakes.talk import CANDIDATE, SHORT, WHOLE, Talk, plan, question
from tests.unit.test_session_walks import KEYS, KINDS, Walk

pytestmark = pytest.mark.unit

PLAN = plan()
BUDGETS = (2, 1, 0)


def walked(kinds: list[str], words: int) -> Ledger:
    """An interview with all that can happen in it, led to its end."""
    walk = Walk()
    for kind in kinds:
        walk.step(kind)
    walk.step("return")
    if walk.talk.state.paused:
        walk.step("answer")
    walk.talk.to_the_end(words)
    return ledger(PLAN, walk.talk.events)


STEPS = st.lists(KINDS, max_size=40)
WORDS = st.sampled_from([SHORT, WHOLE])


@settings(max_examples=300, deadline=None)
@given(STEPS, WORDS, STEPS, WORDS)
def test_two_interviews_of_one_kit_show_equal_questions_order_and_budgets(
    one: list[str], words: int, other: list[str], more: int
) -> None:
    """Whatever happens in them; who ran out of time was asked the beginning of the same."""
    first, second = walked(one, words), walked(other, more)

    assert are_equal([first, second])
    for each in (first, second):
        assert KEYS[: len(each.asked)] == list(each.asked)
        probes = [question.probes for question in each.questions]
        assert all(asked <= most for asked, most in zip(probes, BUDGETS, strict=True))
        assert {"not_asked"} >= {departed.what for departed in each.departures}
        assert each.ended in {"completed", "time", "human_path"}
        if each.ended == "completed":
            assert (tuple(KEYS), ()) == (each.asked, each.departures)
    if first.ended == second.ended == "completed":
        assert first.asked == second.asked


@settings(max_examples=100, deadline=None)
@given(STEPS, WORDS)
def test_what_is_told_is_what_was_heard(kinds: list[str], words: int) -> None:
    """Against a count of its own over the same log."""
    walk = Walk()
    for kind in kinds:
        walk.step(kind)
    found = ledger(PLAN, walk.talk.events)

    taken_back = {
        event.fact.turn_id
        for event in walk.talk.events
        if isinstance(event.fact, LineEnded) and event.fact.withdrawn
    }
    ended = {e.fact.turn_id for e in walk.talk.events if isinstance(e.fact, LineEnded)}
    repeats = [
        event
        for event in walk.talk.events
        if isinstance(event.fact, LineStarted)
        and event.fact.line == "repeat"
        and event.fact.question is not None
        and event.fact.turn_id in ended - taken_back
    ]
    assert len(repeats) == sum(q.repeats for q in found.questions)
    assert list(walk.talk.state.asked) == list(found.asked)


def probed(*, enough: bool) -> Ledger:
    """A model that has heard enough after a short answer, or asks after each."""
    talk = Talk(PLAN.model_copy(update={"probing": "model"}))
    talk.joins()
    talk.says()
    talk.says()
    turn = talk.hears()
    talk.offered(turn, None if enough else "Why was that?")
    talk.answered(turn, SHORT)
    talk.to_the_end(WHOLE)
    return ledger(talk.plan, talk.events)


def test_of_whom_a_model_asks_more_after_the_same_answer_it_is_told() -> None:
    one, other = probed(enough=True), probed(enough=False)

    assert [(0, 0, 0), (1, 0, 0)] == [tuple(q.probes for q in e.questions) for e in (one, other)]
    assert ("first",) == unequally_probed([one, other])
    assert () == unequally_probed([one, one])


def test_who_did_not_go_on_to_the_end_is_no_measure_of_probes() -> None:
    other = replace(probed(enough=False), ended="time")

    assert () == unequally_probed([probed(enough=True), other])


# ---- what departs ----


def whole(words: int = WHOLE) -> list[Event]:
    talk = Talk(PLAN)
    talk.joins()
    talk.to_the_end(words)
    return talk.events


def renumbered(events: list[Event]) -> list[Event]:
    return [replace(event, seq=at) for at, event in enumerate(events, 1)]


def told(line: LineStarted, **changes: object) -> LineStarted:
    said = FACTS.validate_python(asdict(line) | changes)
    assert isinstance(said, LineStarted)
    return said


def changed(events: list[Event], of: str, **changes: object) -> list[Event]:
    """The question `of` was said otherwise."""
    return [
        replace(event, fact=told(event.fact, **changes))
        if isinstance(event.fact, LineStarted)
        and (event.fact.line, event.fact.question) == ("question", of)
        else event
        for event in events
    ]


def test_a_whole_interview_departs_nowhere_and_says_what_was_given() -> None:
    found = ledger(PLAN, whole(SHORT))

    assert ("completed", tuple(KEYS), ()) == (found.ended, found.asked, found.departures)
    assert [(2, 2), (1, 1), (0, 0)] == [(q.probes, q.most_probes) for q in found.questions]
    assert [0, 0, 0] == [q.repeats for q in found.questions]
    assert found.time_used is not None
    assert 0 < found.time_used < 1


def test_a_question_that_was_never_said_is_missing_with_how_the_interview_ended() -> None:
    talk = Talk(PLAN)
    talk.joins()
    talk.says()
    talk.says()
    talk.tell(TimeRanOut(scope="interview"))
    talk.to_the_end()

    found = ledger(PLAN, talk.events)

    assert ("time", ("first",)) == (found.ended, found.asked)
    assert [Departed("not_asked", key, "time") for key in ("second", "third")] == list(
        found.departures
    )


def test_an_interview_that_is_not_over_has_used_no_time_yet() -> None:
    talk = Talk(PLAN)
    talk.joins()
    talk.says()

    found = ledger(PLAN, talk.events)

    assert (None, None) == (found.ended, found.time_used)


def test_another_order_is_told() -> None:
    swapped = plan(question("first"), question("third", 0), question("second", 1))

    found = ledger(swapped, whole())

    assert [Departed("out_of_order", "third")] == list(found.departures)
    assert not are_equal([found])


def test_a_question_that_is_not_in_the_kit_is_told() -> None:
    found = ledger(plan(question("first"), question("second", 1)), whole())

    assert Departed("not_in_kit", "third") in found.departures
    assert not are_equal([found])


def test_a_probe_beyond_the_budget_is_told() -> None:
    stricter = plan(question("first", 1), question("second", 1), question("third", 0))

    found = ledger(stricter, whole(SHORT))

    assert [Departed("too_many_probes", "first")] == list(found.departures)


def test_other_budgets_are_not_equal() -> None:
    """Both as their own plan says."""
    other = plan(question("first", 2), question("second", 2), question("third", 0))

    assert are_equal([ledger(PLAN, whole()), ledger(PLAN, whole())])
    assert not are_equal([ledger(PLAN, whole()), ledger(other, whole())])


def ended_after(minutes: float) -> Ledger:
    events = whole()
    began = next(event.at for event in events if isinstance(event.fact, LineStarted))
    *rest, last = events
    assert isinstance(last.fact, InterviewEnded)
    return ledger(PLAN, [*rest, replace(last, at=began + timedelta(minutes=minutes))])


def test_more_time_than_was_agreed_is_told_and_a_goodbye_is_none() -> None:
    assert ((), 1.05) == (ended_after(21).departures, ended_after(21).time_used)
    assert (Departed("over_time"),) == ended_after(23).departures


def test_time_is_told_as_a_share_of_ones_own() -> None:
    """Nobody reads off it who was given more."""
    longer = PLAN.model_copy(update={"minutes": 2 * PLAN.minutes})
    events = whole()
    began = next(event.at for event in events if isinstance(event.fact, LineStarted))
    late = [*events[:-1], replace(events[-1], at=began + timedelta(minutes=30))]
    early = [*events[:-1], replace(events[-1], at=began + timedelta(minutes=15))]

    assert replace(ledger(PLAN, early)) == ledger(longer, late)
    assert 0.75 == ledger(longer, late).time_used


def test_time_that_was_lost_is_given_back_and_not_used() -> None:
    talk = Talk(PLAN)
    talk.joins()
    talk.says()
    talk.tell(CandidateLeft(reason="gone"))
    talk.tell(CandidateArrived(identity=CANDIDATE), after_s=240)
    talk.to_the_end()

    found, straight = ledger(PLAN, talk.events), ledger(PLAN, whole())

    assert 240 == found.given_back_s
    assert found.time_used is not None
    assert straight.time_used is not None
    assert found.time_used == pytest.approx(straight.time_used, abs=0.02)


def test_what_was_abandoned_used_the_time_until_its_room_was_silent() -> None:
    """That nobody takes it up again is noticed a day later; a link may have been asked for then."""
    events = whole()
    last = next(event for event in reversed(events) if isinstance(event.fact, LineEnded))
    before = [event for event in events if event.seq <= last.seq]

    def closed(reason: EndReason, *between: Event) -> Ledger:
        end = replace(last, at=last.at + timedelta(days=1), fact=InterviewEnded(reason=reason))
        return ledger(PLAN, renumbered([*before, *between, end]))

    asked_again = replace(last, at=last.at + timedelta(hours=9), fact=JoinGranted(identity="c"))
    found = closed("abandoned", asked_again)

    assert "abandoned" == found.ended
    assert ledger(PLAN, [*before, replace(events[-1], at=last.at)]).time_used == found.time_used
    assert Departed("over_time") not in found.departures
    assert Departed("over_time") in closed("completed").departures


def test_what_was_abandoned_while_the_candidate_was_away_gives_no_day_back() -> None:
    talk = Talk(PLAN)
    talk.joins()
    talk.says()
    talk.tell(CandidateLeft(reason="gone"))
    left = talk.events[-1].at
    talk.tell(InterviewEnded(reason="abandoned"), after_s=24 * 3600)

    found = ledger(PLAN, talk.events)

    began = next(event.at for event in talk.events if isinstance(event.fact, LineStarted))
    assert round((left - began) / timedelta(minutes=PLAN.minutes), 3) == found.time_used
    assert 0 == found.given_back_s


def test_what_an_agent_of_an_earlier_epoch_reports_late_counts_for_nothing() -> None:
    events = whole(SHORT)
    first = next(event for event in events if isinstance(event.fact, LineStarted))
    later = replace(
        first,
        epoch=2,
        event_id=EventId(first.event_id),
        fact=AgentJoined(identity="ai-2", versions={}),
    )
    stray = [event for event in events if isinstance(event.fact, LineStarted | LineEnded)]

    assert ledger(PLAN, [later]) == ledger(PLAN, renumbered([later, *stray]))


def test_a_log_that_the_director_could_not_follow_is_read_as_far_as_it_goes() -> None:
    begun = [event for event in whole() if isinstance(event.fact, LineStarted)]

    found = ledger(PLAN, renumbered(begun))

    assert ((), None) == (found.asked, found.ended)
    assert 3 == len(found.departures)


def test_nothing_has_happened_is_a_ledger_too() -> None:
    found = ledger(PLAN, [])

    assert ((), 0, None) == (found.asked, found.candidate_spoke_s, found.time_used)
    assert are_equal([])
