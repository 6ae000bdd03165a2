"""A model's probe is asked where the kit wants that, and changes neither order nor budget."""

from collections.abc import Sequence
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview.events import (
    AgentJoined,
    CandidateArrived,
    CandidateLeft,
    SilenceNoticed,
    TimeRanOut,
)
from interview.plan import Plan
from interview.session import Say, fold
from tests.fakes.talk import CANDIDATE, SHORT, WHOLE, Talk, check_what_was_asked, plan

pytestmark = pytest.mark.unit

WHY = "Why did you do that?"
HOW = "How did you do that?"


def asking(probing: Literal["kit", "model"] = "model") -> Talk:
    """The first question was just asked; it has two probes, the second one, the third none."""
    talk = Talk(plan().model_copy(update={"probing": probing}))
    talk.joins()
    assert "greeting" == talk.says().line
    assert "question" == talk.says().line
    return talk


def answer(talk: Talk, offer: str | None, words: int = WHOLE) -> Say | None:
    """An answer after which a model would ask `offer`; what is said then."""
    turn = talk.hears()
    talk.offered(turn, offer)
    talk.answered(turn, words)
    return talk.todo


@pytest.mark.parametrize("words", [WHOLE, SHORT])
def test_a_models_probe_is_asked_after_an_answer_of_any_length(words: int) -> None:
    assert Say("probe", "first", 0, text=WHY) == answer(asking(), WHY, words)


def test_a_model_that_has_heard_enough_leads_on_also_after_a_short_answer() -> None:
    assert Say("question", "second", lead="thanks") == answer(asking(), None, SHORT)


def test_without_a_model_the_kits_probe_follows_a_short_answer() -> None:
    talk = asking()

    talk.answers(SHORT)

    assert Say("probe", "first", 0) == talk.todo


def test_an_offer_alone_commands_nothing() -> None:
    talk = asking()
    turn = talk.hears()

    assert [] == talk.offered(turn, WHY)


def test_a_kit_that_wants_its_own_probes_is_not_moved_by_a_models() -> None:
    assert Say("question", "second", lead="thanks") == answer(asking("kit"), WHY)
    assert Say("probe", "first", 0) == answer(asking("kit"), None, SHORT)


def test_a_model_asks_no_more_than_the_budget() -> None:
    talk = asking()
    for text in (WHY, HOW):
        assert text == (answer(talk, text) or Say("greeting")).text
        talk.says()

    assert Say("question", "second", lead="thanks") == answer(talk, WHY)


def test_the_kits_probe_after_a_models_is_the_next_one() -> None:
    talk = asking()
    answer(talk, WHY, SHORT)
    talk.says()

    talk.answers(SHORT)

    assert Say("probe", "first", 1) == talk.todo


def test_a_models_probe_is_repeated_in_its_own_words() -> None:
    talk = asking()
    answer(talk, WHY)
    talk.says()

    talk.answers(3, "repeat")

    assert Say("repeat", "first", 0, lead="of_course", text=WHY) == talk.todo


def test_who_went_back_returns_to_a_models_probe_in_its_own_words() -> None:
    talk = asking()
    answer(talk, None)
    talk.says()
    answer(talk, WHY)
    talk.says()

    assert Say("repeat", "first", lead="of_course") == talk.wishes("back")
    talk.says()

    assert Say("repeat", "second", 0, lead="thanks", text=WHY) == answer(talk, HOW)


@pytest.mark.parametrize("intent", ["repeat", "person", "pause", "skip", "job"])
def test_no_wish_is_answered_with_a_models_probe(intent: str) -> None:
    talk = asking()
    turn = talk.hears()
    talk.offered(turn, WHY)

    talk.answered(turn, SHORT, intent)

    assert talk.todo is not None
    assert "probe" != talk.todo.line


def test_a_model_asks_nothing_when_the_time_only_fits_what_is_still_to_be_asked() -> None:
    """Two questions of two minutes are to come."""
    talk = asking()
    talk.plan = talk.plan.model_copy(update={"minutes": 5.0})

    assert Say("question", "second", lead="thanks") == answer(talk, WHY)


def test_the_kits_probe_after_a_models_is_repeated_in_the_kits_words() -> None:
    talk = asking()
    answer(talk, WHY, SHORT)
    talk.says()
    talk.answers(SHORT)
    talk.says()

    talk.answers(3, "repeat")

    assert Say("repeat", "first", 1, lead="of_course") == talk.todo


def test_a_models_probe_of_which_little_was_heard_is_said_again() -> None:
    talk = asking()
    answer(talk, WHY)
    talk.is_cut_off(0.2)

    talk.tell(SilenceNoticed(times=1, silent_s=2.0))

    assert Say("repeat", "first", 0, lead="once_more", text=WHY) == talk.todo


def test_how_much_was_heard_is_counted_in_the_models_own_words() -> None:
    talk = asking()
    answer(talk, "Why then?")
    talk.is_cut_off(0.5)

    talk.answers()

    assert Say("repeat", "first", 0, lead="once_more", text="Why then?") == talk.todo


def test_who_goes_on_with_the_answer_takes_the_offer_back_with_it() -> None:
    talk = asking()
    turn = talk.hears()
    talk.offered(turn, WHY)
    talk.answered(turn, SHORT)
    talk.ends(talk.begins(), cut_off=True, withdrawn=True)
    talk.resumes(turn)

    assert 0 == talk.state.probes_used
    assert talk.state.proposed is None
    assert () == talk.state.probe_texts

    talk.hears(turn)
    talk.answered(turn, WHOLE)

    assert Say("question", "second", lead="thanks") == talk.todo


def test_more_words_make_an_offer_void() -> None:
    talk = asking()
    turn = talk.hears()
    talk.offered(turn, WHY)
    talk.hears(turn)

    talk.answered(turn, WHOLE)

    assert Say("question", "second", lead="thanks") == talk.todo


def test_an_offer_for_another_answer_is_none() -> None:
    talk = asking()
    turn = talk.hears()
    talk.offered(talk.new_turn(), WHY)

    talk.answered(turn, WHOLE)

    assert Say("question", "second", lead="thanks") == talk.todo


def test_when_time_is_up_no_model_is_listened_to() -> None:
    talk = asking()
    talk.tell(TimeRanOut(scope="interview"))

    assert Say("closing", lead="time_is_up") == answer(talk, WHY)


def test_who_used_up_the_time_of_an_answer_is_not_probed() -> None:
    talk = asking()
    turn = talk.hears()
    talk.offered(turn, WHY)

    talk.answered(turn, WHOLE, signal="time")

    assert Say("question", "second", lead="moving_on") == talk.todo


def test_an_heir_says_a_models_probe_that_was_due_in_its_words() -> None:
    talk = asking()
    answer(talk, WHY)
    heir = Talk.resumed(talk.plan, talk.events)

    heir.joins()

    assert Say("repeat", "first", 0, lead="reconnected", text=WHY) == heir.todo


def test_an_heir_says_a_models_probe_again_that_was_broken_off() -> None:
    talk = asking()
    answer(talk, WHY)
    talk.begins()
    heir = Talk.resumed(talk.plan, talk.events)

    heir.joins()

    assert Say("repeat", "first", 0, lead="reconnected", text=WHY) == heir.todo


def test_an_heir_knows_no_offer_that_was_made_to_its_predecessor() -> None:
    talk = asking()
    turn = talk.hears()
    talk.offered(turn, WHY)
    heir = Talk.resumed(talk.plan, talk.events)
    heir.joins()

    heir.answered(turn, WHOLE)

    assert Say("question", "second", lead="thanks") == heir.todo


# ---- properties ----

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["answer", "goes on", "cut", "leaves", "dies"]),
        st.sampled_from([WHY, HOW, None, "no offer"]),
        st.sampled_from([SHORT, WHOLE]),
    ),
    max_size=30,
)


def follow(of: Plan, steps: Sequence[tuple[str, str | None, int]]) -> Talk:
    """A talk in which these things happen, led to its end."""
    talk = Talk(of)
    talk.joins()
    for kind, offer, words in steps:
        if talk.is_over():
            break
        if talk.todo is not None:
            if kind == "cut" and talk.todo.line != "greeting":
                talk.is_cut_off(0.3)
            else:
                talk.says()
            continue
        talk = take(talk, kind, offer, words)
    talk.to_the_end()
    return talk


def take(talk: Talk, kind: str, offer: str | None, words: int) -> Talk:
    turn = talk.hears()
    if offer != "no offer" and talk.state.phase == "asking":
        talk.offered(turn, offer)
    if kind == "dies":
        heir = Talk.resumed(talk.plan, talk.events)
        heir.tell(AgentJoined(identity="ai", versions={}))
        heir.tell(CandidateArrived(identity=CANDIDATE))
        return heir
    talk.answered(turn, words)
    if kind == "goes on" and talk.todo is not None and not talk.is_over():
        talk.ends(talk.begins(), cut_off=True, withdrawn=True)
        talk.resumes(turn)
        talk.answered(turn, words)
    elif kind == "leaves" and talk.state.phase == "asking":
        talk.todo = None
        talk.tell(CandidateLeft(reason="client_initiated"))
        talk.tell(CandidateArrived(identity=CANDIDATE))
    return talk


@settings(max_examples=300, deadline=None)
@given(STEPS)
def test_no_offer_changes_which_questions_are_asked_or_how_many_probes(
    steps: list[tuple[str, str | None, int]],
) -> None:
    with_model = plan().model_copy(update={"probing": "model"})

    talk = follow(with_model, steps)

    check_what_was_asked(talk)


@settings(max_examples=200, deadline=None)
@given(STEPS)
def test_the_log_alone_says_what_is_asked(steps: list[tuple[str, str | None, int]]) -> None:
    with_model = plan().model_copy(update={"probing": "model"})
    talk = follow(with_model, steps)

    assert talk.state == fold(with_model, talk.events)


@settings(max_examples=200, deadline=None)
@given(STEPS)
def test_a_kit_with_its_own_probes_goes_as_if_no_model_had_spoken(
    steps: list[tuple[str, str | None, int]],
) -> None:
    silent = [(kind, "no offer", words) for kind, _, words in steps]

    spoken, unspoken = follow(plan(), steps), follow(plan(), silent)

    assert unspoken.started() == spoken.started()
    assert unspoken.state.asked == spoken.state.asked
