"""While a person leads the agent is silent and writes everything down; then it goes on."""

import asyncio
from uuid import UUID

import pytest

from agent.messages import FloorDenied, FloorPassed, FloorWanted
from interview.by_room import FloorAsked, FloorFollowed, FloorRefused
from interview.events import (
    AnswerEnded,
    LineEnded,
    LineStarted,
    Resumed,
    SilenceNoticed,
)
from interview.ids import MemberId, interviewer_identity
from tests.fakes.leaping import leap
from tests.fakes.stage import A_WHOLE_ANSWER, LONG_ANSWER, Stage, asked_first, on_stage

pytestmark = pytest.mark.voice

ANNA = f"human:{1:032x}"
BERT = f"human:{2:032x}"
IS_ANNA, IS_BERT = (interviewer_identity(MemberId(UUID(int=number))) for number in (1, 2))


def passes(stage: Stage, floor: str, *covered: str) -> None:
    stage.inbox.put_nowait(FloorPassed(floor, covered))


async def asks(
    stage: Stage, floor: str, *covered: str, gone: bool = False, who: str = IS_ANNA
) -> str:
    answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    before = stage.conductor.state.floor
    stage.conductor.hear_of_floor(FloorWanted(who, floor, before, covered, gone, answer))
    return await answer


def since_taken(stage: Stage) -> list[str]:
    kinds = stage.journal.kinds
    return kinds[kinds.index("floor_followed") :]


@pytest.mark.parametrize(("line", "after_s"), [("greeting", 1.0), ("question", 0.5)])
def test_the_line_that_is_said_stops_and_is_told_as_far_as_it_was_heard(
    line: str, after_s: float
) -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await stage.until(lambda: line in stage.lines())
            await asyncio.sleep(after_s)
            passes(stage, ANNA)
            await asyncio.sleep(0.2)
            assert not stage.mouth.is_sounding
            await asyncio.sleep(60)
        return stage

    stage = leap(scene())

    ended = stage.facts(LineEnded)[-1]
    started = stage.facts(LineStarted)[-1]
    assert ended.cut_off
    assert 0 < len(ended.spoken.split()) < len(started.text.split())
    assert started.text.startswith(ended.spoken)
    assert "line_started" not in since_taken(stage)


def test_a_line_that_was_about_to_be_said_is_not() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await asked_first(stage)
            stage.mouth.start_s = 1.0
            await stage.speaks(LONG_ANSWER)
            await stage.until(lambda: stage.speech.is_busy)
            passes(stage, ANNA)
            await asyncio.sleep(30)
        return stage

    stage = leap(scene())

    assert ["first"] == stage.asked()


def test_the_candidate_finishes_the_answer_in_one_turn() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await asked_first(stage)
            speaking = asyncio.create_task(stage.speaks(A_WHOLE_ANSWER))
            await asyncio.sleep(1.0)
            passes(stage, ANNA)
            await speaking
            await asyncio.sleep(30)
        return stage

    stage = leap(scene())

    (turn,) = stage.candidate_turns()
    assert stage.conductor.state.begun
    assert (A_WHOLE_ANSWER, "first", True) == (turn.spoken, turn.question, turn.complete)


def test_what_is_said_to_a_person_is_kept_turn_by_turn_and_asked_of_no_question() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await asked_first(stage)
            passes(stage, ANNA)
            await asyncio.sleep(3)
            for text in ("It is my second year there.", "Could you repeat the question?"):
                await stage.speaks(text)
                await asyncio.sleep(20)
            await stage.presses("repeat")
            await asyncio.sleep(120)
        return stage

    stage = leap(scene())

    assert [
        ("It is my second year there.", None, True),
        ("Could you repeat the question?", None, True),
    ] == [(turn.spoken, turn.question, turn.complete) for turn in stage.candidate_turns()]
    assert {"answer"} == {fact.intent for fact in stage.facts(AnswerEnded)}
    assert [] == stage.facts(SilenceNoticed)
    assert "line_started" not in since_taken(stage)


def test_the_ai_goes_on_with_a_bridge_after_what_was_covered() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await asked_first(stage)
            passes(stage, ANNA)
            await stage.speaks(A_WHOLE_ANSWER)
            await asyncio.sleep(5)
            passes(stage, "ai", "first", "second")
            await stage.hears("question", within_s=10)
            await stage.to_the_end()
        return stage

    stage = leap(scene())

    assert ["first", "third"] == stage.asked()
    bridged = [f.text for f in stage.facts(LineStarted) if f.question == "third"]
    assert ["Thank you. I will go on from here. What about third?"] == bridged


def test_the_bridge_is_made_before_the_floor_is_back() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await asked_first(stage)
            passes(stage, ANNA)
            await asyncio.sleep(1)
        return stage

    assert "I will go on from here." in leap(scene()).mouth.prepared


def test_nobody_is_interrupted_by_the_bridge() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await asked_first(stage)
            passes(stage, ANNA)
            speaking = asyncio.create_task(stage.speaks(A_WHOLE_ANSWER))
            await asyncio.sleep(2)
            passes(stage, "ai", "first")
            await speaking
            assert "second" not in stage.asked()
            await stage.until(lambda: "second" in stage.asked(), within_s=5)
        return stage

    (turn,) = leap(scene()).candidate_turns()
    assert A_WHOLE_ANSWER == turn.spoken


def test_who_is_left_alone_by_a_person_is_told_so() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await asked_first(stage)
            await asks(stage, ANNA)
            await asyncio.sleep(5)
            await asks(stage, "ai", gone=True)
            passes(stage, "ai")
            await stage.hears("repeat", within_s=20)
        return stage

    stage = leap(scene())

    said = stage.facts(LineStarted)[-1].text
    assert said.startswith("Your interviewer seems to have lost the connection.")
    assert said.endswith("What about first?")
    assert [True] == [fact.gone for fact in stage.facts(FloorFollowed) if fact.floor == "ai"]


def test_what_holds_already_is_no_news() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await asked_first(stage)
            for floor in ("ai", ANNA, ANNA, "paused", "paused"):
                passes(stage, floor)
                await asyncio.sleep(1)
        return stage

    assert [ANNA, "paused"] == [fact.floor for fact in leap(scene()).facts(FloorFollowed)]


def test_a_pause_ends_when_a_person_takes_the_floor() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await asked_first(stage)
            await stage.until(lambda: stage.conductor.state.paused, within_s=600)
            passes(stage, ANNA)
            await asyncio.sleep(5)
        return stage

    stage = leap(scene())

    assert [Resumed()] == stage.facts(Resumed)
    assert not stage.conductor.state.paused
    assert "line_started" not in since_taken(stage)


def test_what_is_asked_for_in_the_room_is_done_told_and_answered() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await stage.hears_begin("question")
            assert "ok" == await asks(stage, ANNA)
            await asyncio.sleep(5)
            assert "ok" == await asks(stage, "ai", "first")
            await stage.until(lambda: "second" in stage.asked())
        return stage

    stage = leap(scene())

    assert [
        FloorAsked(identity=IS_ANNA, floor=ANNA, before="ai"),
        FloorAsked(identity=IS_ANNA, floor="ai", before=ANNA, covered=("first",)),
    ] == stage.facts(FloorAsked)
    assert [ANNA, "ai"] == [fact.floor for fact in stage.facts(FloorFollowed)]


def test_of_two_who_ask_at_once_the_first_leads_and_the_other_is_told() -> None:
    async def scene() -> tuple[Stage, list[str]]:
        async with on_stage() as stage:
            await stage.hears_begin("question")
            async with asyncio.timeout(1):
                outcomes = await asyncio.gather(
                    asks(stage, ANNA),
                    asks(stage, BERT, who=IS_BERT),
                    asks(stage, "ai", who=IS_BERT),
                    asks(stage, ANNA),
                )
            await asyncio.sleep(5)
        return stage, list(outcomes)

    stage, outcomes = leap(scene())

    assert ["ok", "taken", "taken", "ok"] == outcomes
    assert [ANNA] == [fact.floor for fact in stage.facts(FloorFollowed)]
    assert {IS_ANNA} == {fact.identity for fact in stage.facts(FloorAsked)}


def test_what_the_api_does_not_confirm_is_withdrawn() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await asked_first(stage)
            await asks(stage, ANNA)
            await asyncio.sleep(0.5)
            passes(stage, "ai")
            await stage.hears("repeat", within_s=10)
        return stage

    assert "ai" == leap(scene()).conductor.state.floor


def test_who_may_not_have_the_floor_is_in_the_log_and_the_talk_goes_on() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await stage.hears_begin("question")
            stage.inbox.put_nowait(FloorDenied("cand-1", "take"))
            await stage.hears("question")
        return stage

    stage = leap(scene())

    assert [FloorRefused(identity="cand-1", wanted="take")] == stage.facts(FloorRefused)
    assert not stage.ended("question")[0].cut_off


def test_an_heir_of_an_agent_that_looked_on_is_silent() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await asked_first(stage)
            passes(stage, ANNA)
            await asyncio.sleep(5)
        async with on_stage(stage.plan, stage.journal.events) as heir:
            passes(heir, ANNA)
            await asyncio.sleep(0.1)
            await heir.speaks(A_WHOLE_ANSWER)
            await asyncio.sleep(30)
            assert all(turn.complete for turn in heir.candidate_turns())
            assert [] == [
                e for e in heir.journal.events if e.epoch == 2 and e.kind == "line_started"
            ]
            passes(heir, "ai", "first")
            await heir.until(lambda: "second" in heir.asked(), within_s=5)
        return heir

    assert ["first", "second"] == leap(scene()).asked()


def test_a_hundred_changes_leave_one_holder_and_a_log_that_says_so() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await asked_first(stage)
            for number in range(100):
                passes(stage, (ANNA, "ai", "paused")[number % 3])
                await asyncio.sleep(0.1)
            passes(stage, ANNA)
            await asyncio.sleep(5)
            assert not stage.mouth.is_sounding
        return stage

    stage = leap(scene())

    assert ANNA == stage.conductor.state.floor
    floor, begun = "ai", []
    for event in stage.journal.events:
        if isinstance(event.fact, FloorFollowed):
            floor = event.fact.floor
        elif isinstance(event.fact, LineStarted):
            begun.append(floor)
    assert {"ai"} == set(begun)
    assert all(turn.complete for turn in stage.journal.turns.values() if turn.speaker == "ai")
