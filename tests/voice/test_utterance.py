"""What one interviewer says is cut into turns, none of which is left open or empty."""

import asyncio
from collections.abc import Callable
from uuid import UUID

import pytest

from agent.listeners import SAID_AFTER_S, Utterance, keep_hearing, present_in
from agent.messages import Message, Witnessed
from interview.by_room import InterviewerArrived, InterviewerLeft
from interview.events import AnswerEnded, Event, Fact, ProviderFailed, SpeechHeard
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


def outages(*heard_s: float, lives: bool = True) -> tuple[int, list[Fact]]:
    """Ears that fail after so many seconds each, then one that works until the sound ends; how many
    there were, and what was told."""

    async def play() -> tuple[int, list[Fact]]:
        told: list[Message] = []
        waiting, ears = list(heard_s), 0

        async def hear() -> None:
            nonlocal ears
            ears += 1
            if waiting:
                await asyncio.sleep(waiting.pop(0))
                raise ConnectionError("the key is refused")

        await keep_hearing("int-1", hear, lambda: lives, told.append)
        return ears, facts(told)

    return leap(play())


def test_who_could_not_be_heard_is_heard_again_and_the_log_tells_of_it_once() -> None:
    ears, told = outages(0.1, 0.1, 0.1)

    failed = ProviderFailed(provider="stt", error="int-1: ConnectionError", participant="int-1")
    assert (4, [failed]) == (ears, told)


def test_a_failure_after_hearing_well_is_another_outage() -> None:
    assert 2 == len(outages(0.1, 60.0)[1])


def test_nobody_is_listened_for_whose_microphone_is_gone() -> None:
    assert 1 == outages(0.1, 0.1, lives=False)[0]
