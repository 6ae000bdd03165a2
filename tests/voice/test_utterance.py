"""What one interviewer says is cut into turns, none of which is left open or empty."""

import asyncio
from collections.abc import Callable
from typing import cast
from uuid import UUID

import pytest
from aiohttp import ClientSession
from livekit.agents.stt import STTError
from livekit.plugins import deepgram

from agent.hearing import HELD_S, Hearing
from agent.listeners import SAID_AFTER_S, Utterance, keep_hearing, present_in
from agent.messages import Message, Witnessed
from interview.by_room import InterviewerArrived, InterviewerLeft, InterviewerUnheard
from interview.events import AnswerEnded, Event, Fact, ProviderFailed, SpeechHeard
from interview.ids import EventId, TurnId
from tests.fakes.clock import NOON
from tests.fakes.leaping import leap

pytestmark = pytest.mark.voice

FAILED = ProviderFailed(provider="stt", error="int-1: ConnectionError", identity="int-1")
UNHEARD = InterviewerUnheard(identity="int-1")


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

        hearing = Hearing("int-1", told.append, asyncio.get_running_loop().time)
        await keep_hearing("int-1", hear, lambda: lives, hearing)
        return ears, facts(told)

    return leap(play())


def test_who_could_not_be_heard_is_heard_again_and_the_log_tells_of_it_once() -> None:
    ears, told = outages(0.1, 0.1, 0.1)

    assert (4, [FAILED]) == (ears, told)


def test_a_failure_after_hearing_well_is_another_outage() -> None:
    assert 2 == len(outages(0.1, 60.0)[1])


def test_nobody_is_listened_for_whose_microphone_is_gone() -> None:
    assert 1 == outages(0.1, 0.1, lives=False)[0]


def told_of(*failures_s: float, word_s: float | None = None) -> list[Fact]:
    """What is told of tries that fail at these seconds; at `word_s` a word was understood."""
    told: list[Message] = []
    now = 0.0
    hearing = Hearing("int-1", told.append, lambda: now)
    for at in sorted({*failures_s, *([] if word_s is None else [word_s])}):
        now = at
        if at == word_s:
            hearing.works()
        else:
            hearing.failed(ConnectionError("gone"))
    return facts(told)


def test_who_is_not_understood_for_long_is_told_so_once() -> None:
    assert [FAILED, UNHEARD] == told_of(*range(30))


def test_who_is_understood_again_soon_is_told_nothing() -> None:
    assert [FAILED] == told_of(*range(8))


def test_a_word_that_is_understood_ends_an_outage() -> None:
    assert [FAILED, FAILED] == told_of(0, 4, 10, word_s=5)


def test_tries_that_take_ten_seconds_each_are_one_outage() -> None:
    assert [FAILED, UNHEARD] == told_of(0, 11, 22)


def test_failures_far_apart_are_outages_of_their_own_and_none_lasts() -> None:
    assert [FAILED, FAILED] == told_of(0, HELD_S)


def test_an_outage_that_lasts_is_told_of_each_time() -> None:
    assert [FAILED, UNHEARD] * 2 == told_of(0, 8, 100, 108)


def test_a_recogniser_that_cannot_be_reached_is_heard_of() -> None:
    """It tries for ever, and nothing of that ends the ear."""

    async def play() -> list[Fact]:
        told: list[Message] = []
        loop = asyncio.get_running_loop()
        hearing = Hearing("int-1", told.append, loop.time)
        recogniser = deepgram.STT(api_key="a-key", http_session=cast(ClientSession, object()))
        hearing.follow(recogniser)
        for _ in range(10):
            error = STTError(
                timestamp=0.0, label="stt", error=ConnectionError("gone"), recoverable=True
            )
            recogniser.emit("error", error)
            await asyncio.sleep(1)
        return facts(told)

    assert [FAILED, UNHEARD] == leap(play())


def told_of_speech(*spoken: tuple[float, float], word_s: float | None = None) -> list[Fact]:
    """What is told of who speaks (from, until), while the recogniser takes it and answers at
    `word_s` alone."""
    told: list[Message] = []
    now = 0.0
    hearing = Hearing("int-1", told.append, lambda: now)
    for tenth in range(1, 1 + round(10 * max(until for _, until in spoken))):
        now = tenth / 10
        if now == word_s:
            hearing.works()
        if any(since < now <= until for since, until in spoken):
            hearing.spoke(0.1)
    return facts(told)


def test_who_speaks_to_a_recogniser_that_never_answers_is_told_so_once() -> None:
    assert [UNHEARD] == told_of_speech((0, 60))


def test_short_pauses_do_not_hide_that_no_word_is_understood() -> None:
    assert [UNHEARD] == told_of_speech((0, 3), (5, 8), (12, 15))


def test_who_has_not_spoken_for_long_is_told_nothing() -> None:
    assert [] == told_of_speech((0, 7.5))


def test_a_word_that_is_understood_is_an_answer() -> None:
    assert [] == told_of_speech((0, 14), word_s=7.0)


def test_coughs_that_are_far_apart_are_no_speech() -> None:
    assert [] == told_of_speech(*((40.0 * n, 40.0 * n + 2) for n in range(10)))


def test_a_recogniser_that_falls_silent_again_is_told_of_again() -> None:
    assert [UNHEARD] * 2 == told_of_speech((0, 40), word_s=20.0)
