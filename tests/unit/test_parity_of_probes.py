"""Beside how many probes somebody was asked stands who proposed them, and what was said in vain."""

import pytest

from interview.ids import TurnId
from interview.parity import ledger
from interview.parity_of_probes import Probes
from interview.plan import Plan
from interview.probe_facts import ProbeRefused, Refusal
from tests.fakes.talk import SHORT, WHOLE, Talk, plan

pytestmark = pytest.mark.unit

PLAN = plan()
BY_MODEL = PLAN.model_copy(update={"probing": "model"})


def asking(of: Plan) -> Talk:
    """The first question was just asked."""
    talk = Talk(of)
    talk.joins()
    talk.says()
    talk.says()
    return talk


def refuses(talk: Talk, turn: TurnId, reason: Refusal) -> None:
    talk.tell(ProbeRefused(turn_id=turn, question="first", reason=reason), 0)


def test_probes_are_counted_by_who_proposed_them_and_what_came_to_nothing_beside_them() -> None:
    """One short answer after the other, to a question with two probes."""
    talk = asking(BY_MODEL)
    turn = talk.hears()
    refuses(talk, turn, "late")
    talk.answered(turn, SHORT)
    talk.says()
    turn = talk.hears()
    refuses(talk, turn, "protected")
    refuses(talk, turn, "unavailable")
    talk.offered(turn, "Why was that?")
    talk.answered(turn, SHORT)
    talk.says()
    talk.answers(SHORT)
    talk.says()
    turn = talk.hears()
    talk.offered(turn, None)
    talk.answered(turn, SHORT)
    talk.to_the_end(WHOLE)

    first, second, third = ledger(talk.plan, talk.events).questions

    assert Probes(by_kit=1, by_model=1, refused=1, late=2) == first.probing
    assert (2, Probes(enough=1)) == (first.probes, second.probing)
    assert Probes() == third.probing


def test_an_offer_that_words_made_void_counts_for_nothing() -> None:
    talk = asking(BY_MODEL)
    turn = talk.hears()
    talk.offered(turn, None)
    talk.hears(turn)
    talk.answered(turn, SHORT)

    assert Probes() == ledger(talk.plan, talk.events).questions[0].probing


def test_an_answer_that_goes_on_after_a_model_had_enough_is_no_answer_it_had_enough_of() -> None:
    talk = asking(BY_MODEL)
    turn = talk.hears()
    talk.offered(turn, None)
    talk.answered(turn, SHORT)
    talk.resumes(turn)

    assert Probes() == ledger(talk.plan, talk.events).questions[0].probing


def test_a_probe_that_was_taken_back_was_not_asked() -> None:
    talk = asking(PLAN)
    talk.answers(SHORT)
    talk.ends(talk.begins(), withdrawn=True)

    assert Probes() == ledger(talk.plan, talk.events).questions[0].probing
