"""After a break: time to take breath, nothing lost of what another agent heard, and no hurry."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from agent.ear import Heard
from agent.messages import Final, Interim, SoundBegan, SoundEnded
from interview.events import AnswerEnded, LineStarted
from tests.fakes.leaping import leap
from tests.fakes.stage import A_WHOLE_ANSWER, LONG_ANSWER, Stage, asked_first, on_stage

pytestmark = pytest.mark.voice

KEYS = ["first", "second", "third"]
Scene = Callable[[Stage], Awaitable[None]]


def play(scene: Scene, of: Stage | None = None) -> Stage:
    """The stage after the scene; `of` is an earlier one that an heir takes over."""

    async def run() -> Stage:
        async with on_stage(of.plan if of else None, of.journal.events if of else ()) as stage:
            if of:
                stage.journal.turns.update(of.journal.turns)
            await scene(stage)
        return stage

    return leap(run())


async def is_asked_to_go_on(stage: Stage) -> None:
    """An answer that might be whole, and a reload right after it."""
    await asked_first(stage)
    await stage.speaks(LONG_ANSWER)
    await asyncio.sleep(0.4)
    stage.goes()
    stage.comes()
    await stage.hears("go_on")


async def dies_in_an_answer(stage: Stage) -> None:
    await asked_first(stage)
    await stage.speaks(LONG_ANSWER)
    await stage.until(stage.candidate_turns)


def test_who_is_asked_to_go_on_has_time_to_take_breath() -> None:
    async def scene(stage: Stage) -> None:
        await is_asked_to_go_on(stage)
        await asyncio.sleep(5)
        assert "go_on" == stage.lines()[-1]
        await stage.answers(A_WHOLE_ANSWER)
        await stage.to_the_end()

    stage = play(scene)

    assert f"{LONG_ANSWER} {A_WHOLE_ANSWER}" == stage.candidate_turns()[0].spoken
    assert KEYS == stage.asked()


def test_who_has_nothing_to_add_is_not_kept_waiting_for_long() -> None:
    async def scene(stage: Stage) -> None:
        await is_asked_to_go_on(stage)
        await stage.hears_begin("question", within_s=8)

    assert KEYS[:2] == play(scene).asked()


def test_done_ends_an_answer_that_another_agent_heard() -> None:
    async def scene(stage: Stage) -> None:
        await stage.hears("go_on")
        assert "ok" == await stage.presses("done")
        await stage.hears_begin("question", within_s=1)

    heir = play(scene, of=play(dies_in_an_answer))

    (ended,) = heir.facts(AnswerEnded)
    assert ("done", len(LONG_ANSWER.split())) == (ended.signal, ended.words)


def test_words_over_an_heirs_first_line_belong_to_the_answer_that_it_found() -> None:
    async def scene(stage: Stage) -> None:
        await stage.until(lambda: "go_on" in [f.line for f in stage.facts(LineStarted)])
        await stage.answers(A_WHOLE_ANSWER)
        await stage.hears("question")

    heir = play(scene, of=play(dies_in_an_answer))

    assert f"{LONG_ANSWER} {A_WHOLE_ANSWER}" == heir.candidate_turns()[0].spoken
    assert KEYS[:2] == heir.asked()


def test_words_that_a_recogniser_brings_late_are_waited_for() -> None:
    async def scene(stage: Stage) -> None:
        await asked_first(stage)
        began, first, rest = stage.now(), "We had one project", "and it went very well in the end."
        stage.inbox.put_nowait(SoundBegan(began))
        await asyncio.sleep(5)
        stage.inbox.put_nowait(SoundEnded(began + 4))
        await asyncio.sleep(10)
        for piece in (first, rest):
            stage.inbox.put_nowait(Interim(piece[:6]))
            await asyncio.sleep(0.3)
            at = stage.clock.ms(began)
            stage.inbox.put_nowait(Final(Heard(piece, (), at, at + 2000)))
            await asyncio.sleep(0.3)
        await stage.until(lambda: stage.facts(AnswerEnded))

    stage = play(scene)

    (turn,) = stage.candidate_turns()
    assert "We had one project and it went very well in the end." == turn.spoken
