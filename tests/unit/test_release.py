"""The gate of raters: what must be reached, and who may rate without."""

from datetime import timedelta
from uuid import uuid4

import pytest

from interview.by_model import RaterRefused
from interview.chain import card_digest
from interview.release import Bar, Configuration, Gate, NotReleased, Reached, Trial, missed
from interview.use_cases.judging import Judge
from interview.use_cases.reports import make_report
from interview.use_cases.scoring import score_interview
from interview.use_cases.verify import verify_interview
from tests.fakes.clock import NOON
from tests.fakes.interviews import Room
from tests.fakes.judging import judge, models_of, quoting, score, talk
from tests.unit.test_judge_personalities import INDICATORS, cards, work

pytestmark = pytest.mark.unit

GATE = Gate(
    twins_at_least=200,
    moved_at_most=0,
    kappa_at_least=0.6,
    abstained_at_most=0.25,
    retest_at_least=0.9,
    noticed_at_least=0.8,
)
REACHED = Reached(suite="s", twins=200, moved=0, kappa=0.6, abstained=0.25, retest=0.9, noticed=0.8)


def tried(by: Judge, room: Room, hours: int = 0, **other: object) -> Trial:
    signature = by.signature(room.kit)
    return Trial(
        trial_id=uuid4(),
        configuration=Configuration(
            signature.rater, signature.version, signature.model, signature.prompt_hash
        ),
        gate=GATE,
        reached=REACHED.model_copy(update=other),
        at=NOON + timedelta(hours=hours),
    )


async def refusals(room: Room) -> list[RaterRefused]:
    async with room.store.transaction(room.tenant) as tx:
        log = await tx.events.read(room.interview)
    return [event.fact for event in log if isinstance(event.fact, RaterRefused)]


def test_who_reaches_every_bar_to_the_hair_has_passed() -> None:
    assert () == missed(REACHED, GATE)


@pytest.mark.parametrize(
    ("bar", "value"),
    [
        ("twins", 199),
        ("moved", 1),
        ("kappa", 0.59),
        ("kappa", None),
        ("abstained", 0.26),
        ("retest", 0.89),
        ("noticed", 0.79),
        ("noticed", None),
    ],
)
def test_one_bar_that_is_missed_is_enough_not_to_pass(bar: Bar, value: float | None) -> None:
    assert (bar,) == missed(REACHED.model_copy(update={bar: value}), GATE)


async def test_a_card_says_that_its_model_was_not_released() -> None:
    room = await talk(("incident", "So we wrote it down."))

    card = await score(room, judge(quoting(3)))

    assert card.released is False
    assert (await verify_interview(room.store, room.tenant, room.interview)).opened


async def test_a_card_says_that_its_model_had_passed_the_gate() -> None:
    room, by = await talk(("incident", "So we wrote it down.")), judge(quoting(3))
    await room.store.add_trial(tried(by, room))

    card = await score(room, by)

    assert card.released is True
    assert card_digest(card) != card_digest(card.model_copy(update={"released": False}))


async def test_the_report_says_of_each_card_whether_its_rater_was_released() -> None:
    room, by = await talk(("incident", "So we wrote it down.")), judge(quoting(3))
    await score(room, INDICATORS)
    await score(room, by)
    await room.store.add_trial(tried(judge(quoting(3), runs=5), room))
    await score(room, judge(quoting(3), runs=5))

    report = await make_report(room.world, room.tenant, room.interview, None)

    assert [None, False, True] == [card.released for card in report.cards]


@pytest.mark.parametrize("runs", [2, 5])
async def test_another_number_of_runs_is_another_configuration(runs: int) -> None:
    room = await talk(("incident", "So we wrote it down."))
    await room.store.add_trial(tried(judge(quoting(3)), room))

    assert (await score(room, judge(quoting(3), runs=runs))).released is False


async def test_who_fails_later_is_not_released_any_more() -> None:
    room, by = await talk(("incident", "So we wrote it down.")), judge(quoting(3))
    await room.store.add_trial(tried(by, room, hours=1, moved=1))
    await room.store.add_trial(tried(by, room))

    assert (await score(room, by)).released is False


async def test_the_indicators_need_no_release() -> None:
    room = await talk(("incident", "So we wrote it down."))

    card = await score_interview(room.world, INDICATORS, room.tenant, room.interview, "require")

    assert card.released is None


async def test_where_a_release_is_required_no_other_model_is_asked_and_the_log_says_so_once() -> (
    None
):
    room, by = await talk(("incident", "So we wrote it down.")), judge(quoting(3))

    for _ in range(2):
        with pytest.raises(NotReleased):
            await score_interview(room.world, by, room.tenant, room.interview, "require")

    assert [] == models_of(by).asked
    (refused,) = await refusals(room)
    assert ("judge", "model-1") == (refused.rater, refused.model)
    assert () == await cards(room)


async def test_where_a_release_is_required_the_indicators_rate_alone_until_there_is_one() -> None:
    room, by = await talk(("incident", "So we wrote it down.")), judge(quoting(3))

    await work(room, by, "require")
    assert ["indicators"] == [card.stamp.rater for card in await cards(room)]

    await room.store.add_trial(tried(by, room))
    await work(room, by, "require")
    assert [None, True] == [card.released for card in await cards(room)]
