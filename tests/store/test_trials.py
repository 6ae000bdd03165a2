"""Rater configurations before the gate, in every store."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from interview.ids import TurnId
from interview.ports import Store
from interview.release import Configuration, Gate, Reached, Trial
from tests.fakes.clock import NOON
from tests.store.world import Held, scorecard, talk

pytestmark = pytest.mark.store

JUDGE = Configuration("judge", "1.1", "model-1", "abc", "def")
GATE = Gate(
    twins_at_least=200,
    moved_at_most=0,
    kappa_at_least=0.6,
    abstained_at_most=0.25,
    retest_at_least=0.9,
    noticed_at_least=0.8,
)
REACHED = Reached(
    suite="s", twins=450, moved=0, kappa=None, abstained=0.1, retest=0.98, noticed=1.0
)


def trial(of: Configuration = JUDGE, hours: int = 0) -> Trial:
    at = NOON + timedelta(hours=hours)
    return Trial(trial_id=uuid4(), configuration=of, gate=GATE, reached=REACHED, at=at)


async def test_the_latest_trial_of_a_configuration_is_the_one_that_counts(store: Store) -> None:
    of = replace(JUDGE, version=str(uuid4()))
    late, early = trial(of, hours=2), trial(of)
    await store.add_trial(late)
    await store.add_trial(early)

    assert late == await store.latest_trial(of)


@pytest.mark.parametrize("part", ["rater", "version", "model", "prompt_hash", "endpoint"])
async def test_a_configuration_that_differs_in_anything_has_no_trial(
    store: Store, part: str
) -> None:
    of = replace(JUDGE, version=str(uuid4()))
    await store.add_trial(trial(of))

    assert await store.latest_trial(replace(of, **{part: "another"})) is None


async def test_a_configuration_without_a_model_has_trials_of_its_own(store: Store) -> None:
    of = Configuration("indicators", str(uuid4()), None, None)
    made = trial(of)
    await store.add_trial(made)

    assert made == await store.latest_trial(of)
    assert await store.latest_trial(replace(of, model="a")) is None


@pytest.mark.parametrize("released", [None, True, False])
async def test_a_card_keeps_whether_its_rater_was_released(
    store: Store, held: Held, released: bool | None
) -> None:
    question, answer = TurnId(uuid4()), TurnId(uuid4())
    card = scorecard(answer).model_copy(update={"released": released})
    async with store.transaction(held.tenant) as tx:
        await tx.events.append(held.interview, 1, talk(question, answer))
        await tx.scorecards.add(held.interview, card)

    async with store.transaction(held.tenant) as tx:
        assert [released] == [c.released for c in await tx.scorecards.of(held.interview)]
        found = await tx.several.scorecards_of([held.interview])
    assert [released] == [c.released for c in found[held.interview]]
