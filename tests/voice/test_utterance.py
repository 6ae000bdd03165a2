"""What one interviewer says is cut into turns, none of which is left open or empty."""

import asyncio
from collections.abc import Callable
from uuid import UUID

import pytest

from agent.listeners import SAID_AFTER_S, Utterance, present_in
from agent.messages import Message, Witnessed
from interview.by_room import InterviewerArrived, InterviewerLeft
from interview.events import AnswerEnded, Event, Fact, SpeechHeard
from interview.ids import EventId, TurnId
from tests.fakes.clock import NOON
from tests.fakes.leaping import leap

pytestmark = pytest.mark.voice


def said(text: str) -> Callable[[TurnId], SpeechHeard]:
    return lambda turn: SpeechHeard(
        turn_id=turn,
        question=None,
        identity="int-1",
        role="interviewer",
        text=text,
        words=(),
        started_ms=0,
        ended_ms=1,
    )


def facts(told: list[Message]) -> list[Fact]:
    return [fact for message in told if isinstance(message, Witnessed) for fact in message.facts]


def test_words_that_follow_closely_are_one_turn_and_later_ones_another() -> None:
    async def play() -> list[Fact]:
        told: list[Message] = []
        utterance = Utterance("int-1", told.append)
        for text, pause_s in (("Where", 0.5), ("was that?", 3.0), ("I see.", 3.0)):
            utterance.sounds()
            utterance.heard(said(text))
            await asyncio.sleep(pause_s)
        return facts(told)

    first, second, over, third, last = leap(play())

    assert isinstance(first, SpeechHeard)
    assert isinstance(second, SpeechHeard)
    assert isinstance(third, SpeechHeard)
    assert isinstance(over, AnswerEnded)
    assert isinstance(last, AnswerEnded)
    assert first.turn_id == second.turn_id == over.turn_id != third.turn_id == last.turn_id
    assert {"nothing"} == {over.intent, last.intent}


def test_a_turn_goes_on_while_they_make_a_sound() -> None:
    async def play() -> int:
        told: list[Message] = []
        utterance = Utterance("int-1", told.append)
        utterance.heard(said("Well"))
        utterance.sounds()
        await asyncio.sleep(10 * SAID_AFTER_S)
        utterance.heard(said("then."))
        return len({f.turn_id for f in facts(told) if isinstance(f, SpeechHeard)})

    assert 1 == leap(play())


def test_a_sound_without_words_is_no_turn() -> None:
    async def play() -> list[Fact]:
        told: list[Message] = []
        utterance = Utterance("int-1", told.append)
        utterance.sounds()
        utterance.quiet()
        await asyncio.sleep(10)
        utterance.end()
        return facts(told)

    assert [] == leap(play())


def test_who_came_and_did_not_leave_is_there() -> None:
    happened: list[Fact] = [
        InterviewerArrived(identity="int-1", role="interviewer"),
        InterviewerArrived(identity="int-2", role="observer"),
        InterviewerLeft(identity="int-1", reason="unknown"),
    ]
    log = [
        Event(seq=n, event_id=EventId(UUID(int=n)), epoch=1, at=NOON, fact=fact)
        for n, fact in enumerate(happened, start=1)
    ]

    assert {"int-2"} == present_in(log)
