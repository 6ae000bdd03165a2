"""The judge when its models are away, hang, or come back, and when what they say cannot be kept."""

import asyncio
from dataclasses import replace
from uuid import uuid4

import pytest

from interview.errors import Sealed, Unavailable
from interview.ids import ScorecardId
from interview.ports import ModelFailed, Prompt, Reply, Spent
from interview.ports.models import Trouble
from interview.rater import Sitting, materials_of
from interview.use_cases.judging import AT_ONCE, NOBODY_AFTER, Judge
from interview.use_cases.verify import verify_interview
from tests.fakes.interviews import KIT
from tests.fakes.judging import (
    in_turn,
    judge,
    models_of,
    quoting,
    rating,
    refusals,
    runs,
    score,
    seat,
    talk,
)
from tests.fakes.models import FakeModels

pytestmark = pytest.mark.unit

WROTE = "So we wrote it down. Then I told them, of course."
BREATH = "I took a breath and called my colleague."
BOTH = (("incident", WROTE), ("pressure", BREATH))


async def test_a_judge_without_any_answer_makes_no_card_and_says_so_once() -> None:
    room = await talk(*BOTH)
    silent = judge(lambda _: ModelFailed("unreachable"))

    for _ in range(2):
        with pytest.raises(Unavailable):
            await score(room, silent)

    async with room.store.transaction(room.tenant) as tx:
        assert () == await tx.scorecards.of(room.interview)
    assert ["unreachable"] * 6 == refusals(await runs(room))


BUSY = ModelFailed("busy")


def busy_at_first() -> Judge:
    """One run in three of each competency is answered."""
    return judge(in_turn(rating(4, (2, "I took a breath")), BUSY, BUSY))


async def test_a_brief_failure_of_a_model_leaves_no_mark_on_any_card() -> None:
    room, well = await talk(("pressure", BREATH)), judge(quoting(4))
    with pytest.raises(Unavailable):
        await score(room, busy_at_first())
    assert ["busy"] * 4 == refusals(await runs(room))

    card = await score(room, well)

    assert [(4, 3), (4, 3)] == [(each.level, each.runs) for each in card.ratings]
    assert 4 == len(models_of(well).asked), "what was answered is not asked for again"
    async with room.store.transaction(room.tenant) as tx:
        assert (card,) == await tx.scorecards.of(room.interview)
    assert (await verify_interview(room.store, room.tenant, room.interview)).opened


async def test_the_last_try_makes_a_card_of_what_was_answered() -> None:
    room = await talk(("pressure", BREATH))

    card = await score(room, busy_at_first(), is_last_try=True)
    again = await score(room, judge(lambda _: BUSY), is_last_try=True)

    assert [("too_few_runs", 1)] * 2 == [(each.not_assessed, each.runs) for each in card.ratings]
    assert card == again


async def test_the_last_try_makes_no_card_of_no_answer() -> None:
    with pytest.raises(Unavailable):
        await score(await talk(*BOTH), judge(lambda _: BUSY), is_last_try=True)


async def test_a_card_that_models_were_missing_for_is_followed_by_a_better_one() -> None:
    room = await talk(("pressure", BREATH))
    short = await score(room, busy_at_first(), is_last_try=True)

    with pytest.raises(Unavailable):
        await score(room, judge(lambda _: BUSY))
    better = await score(room, judge(quoting(4)))
    again = await score(room, judge(quoting(5)))

    assert [(4, 3), (4, 3)] == [(each.level, each.runs) for each in better.ratings]
    assert (short.stamp, again) == (better.stamp, better)
    async with room.store.transaction(room.tenant) as tx:
        assert (short, better) == await tx.scorecards.of(room.interview)


async def test_a_card_that_lacks_only_what_models_answered_wrongly_is_final() -> None:
    room, by = await talk(("pressure", BREATH)), judge(lambda _: "Five out of five!")
    card = await score(room, by)

    assert card == await score(room, judge(quoting(4)))


@pytest.mark.parametrize(
    ("trouble", "asked"),
    [
        ("timeout", NOBODY_AFTER),
        ("unreachable", NOBODY_AFTER),
        ("busy", NOBODY_AFTER),
        ("refused", 18),
    ],
)
async def test_a_model_that_is_not_there_is_not_asked_again_and_again(
    trouble: Trouble, asked: int
) -> None:
    by = judge(lambda _: ModelFailed(trouble), runs=9)
    room = await talk(*BOTH)

    with pytest.raises(Unavailable):
        await score(room, replace(by, slots=asyncio.Semaphore(NOBODY_AFTER)))

    assert asked == len(models_of(by).asked)
    assert [trouble] * 18 == refusals(await runs(room))


async def test_a_model_that_answers_now_and_then_is_asked_everything() -> None:
    room = await talk(*BOTH)
    answer = rating(4, (2, "I took a breath"))
    by = judge(in_turn(answer, *[BUSY] * 8), runs=9)

    with pytest.raises(Unavailable):
        await score(room, by)

    assert 18 == len(models_of(by).asked)


async def test_a_model_that_is_not_there_keeps_no_other_from_being_asked() -> None:
    room, away = await talk(*BOTH), FakeModels(lambda _: BUSY)
    by = judge(quoting(4), away, runs=9)

    card = await score(room, replace(by, slots=asyncio.Semaphore(NOBODY_AFTER)))

    assert [(4, 5), (4, 5)] == [(each.level, each.runs) for each in card.ratings]
    assert NOBODY_AFTER == len(away.asked)


class Slow:
    """Port `Models`: answers after a moment, and counts who is being answered."""

    def __init__(self) -> None:
        self.now = self.most = 0

    async def ask(self, prompt: Prompt, *, within_s: float) -> Reply:
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(0.01)
        self.now -= 1
        return Reply(quoting(4)(prompt), "slow", Spent(1, 1))


async def test_only_so_many_questions_are_open_at_once() -> None:
    slow = Slow()
    by = replace(judge(quoting(4)), seats=(seat("slow", slow),), runs=9)

    await score(await talk(*BOTH), by)

    assert AT_ONCE == slow.most


class Failing:
    """Port `Memory`: nothing can be kept."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.kept = 0

    async def recall(self, _: bytes) -> Reply | None:
        return None

    async def keep(self, _: bytes, reply: Reply) -> Reply:
        if self.failures:
            raise self.failures.pop(0)
        await asyncio.sleep(0.01)
        self.kept += 1
        return reply


async def judged_with(memory: Failing, models: FakeModels) -> None:
    room = await talk(*BOTH)
    async with room.store.transaction(room.tenant) as tx:
        materials = materials_of(KIT, await tx.turns.of(room.interview), ())
    by = replace(judge(quoting(4)), seats=(seat("model-1", models),))
    by = replace(by, slots=asyncio.Semaphore(2))
    await by.judge(materials, Sitting(ScorecardId(uuid4()), memory))


async def test_no_run_outlives_the_failure_of_another() -> None:
    memory, models = Failing(Sealed()), FakeModels(quoting(4))

    with pytest.raises(Sealed):
        await judged_with(memory, models)
    asked = len(models.asked)
    await asyncio.sleep(0.05)

    assert (asked, 0) == (len(models.asked), memory.kept)
    assert asked < 6


async def test_failures_of_one_kind_are_one_failure_and_others_are_all_told() -> None:
    first, second = (by_cause(Sealed("first"), OSError("why")), Sealed("second"))
    with pytest.raises(Sealed, match="first") as failed:
        await judged_with(Failing(first, second), FakeModels(quoting(4)))
    assert "why" == str(failed.value.__cause__)

    with pytest.raises(ExceptionGroup) as group:
        await judged_with(Failing(Sealed(), OSError()), FakeModels(quoting(4)))
    assert {Sealed, OSError} == {type(each) for each in group.value.exceptions}


def by_cause(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error
