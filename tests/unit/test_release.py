"""The gate of raters: what must be reached, and who may rate without."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from interview.by_model import RaterRefused
from interview.chain import card_digest
from interview.release import (
    BARS,
    SUITE,
    Bar,
    Configuration,
    Member,
    NotReleased,
    Reached,
    Trial,
    missed,
)
from interview.store.memory import MemoryStore
from interview.use_cases.judging import Judge
from interview.use_cases.reports import make_report
from interview.use_cases.rescoring import judge_once_released
from interview.use_cases.scoring import score_interview
from interview.use_cases.verify import verify_interview
from lab.trial import gate_in, suite_sha256
from tests.fakes.clock import NOON
from tests.fakes.interviews import KIT, Room
from tests.fakes.judging import judge, models_of, quoting, score, talk
from tests.unit.test_judge_personalities import INDICATORS, cards, work

pytestmark = pytest.mark.unit

GATE = BARS
REACHED = Reached(
    suite=SUITE, twins=200, moved=0, kappa=0.6, abstained=0.25, retest=0.95, noticed=0.8
)


def tried(by: Judge, room: Room, hours: int = 0, **other: object) -> Trial:
    (configuration,) = by.signature(room.kit).configurations
    return Trial(
        trial_id=uuid4(),
        configuration=configuration,
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
        ("retest", 0.94),
        ("noticed", 0.79),
        ("noticed", None),
    ],
)
def test_one_bar_that_is_missed_is_enough_not_to_pass(bar: Bar, value: float | None) -> None:
    assert (bar,) == missed(REACHED.model_copy(update={bar: value}), GATE)


def test_the_bars_of_a_release_are_those_of_the_file_and_of_todays_answers() -> None:
    assert (BARS, SUITE) == (gate_in(), suite_sha256())


LOW = {"kappa_at_least": -1, "moved_at_most": 9999, "retest_at_least": 0, "twins_at_least": 1}


async def test_a_gate_of_ones_own_releases_nobody_below_the_bars() -> None:
    room, by = await talk(("incident", "So we wrote it down.")), judge(quoting(3))
    made = tried(by, room, kappa=0.1).model_copy(update={"gate": BARS.model_copy(update=LOW)})
    await room.store.add_trial(made)

    assert ("kappa",) == made.missed
    assert (await score(room, by)).released is False


async def test_a_trial_on_other_answers_releases_nobody() -> None:
    room, by = await talk(("incident", "So we wrote it down.")), judge(quoting(3))
    await room.store.add_trial(tried(by, room, suite="of last year"))

    assert (await score(room, by)).released is False


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


async def test_a_release_puts_before_the_judge_whom_it_was_kept_from() -> None:
    room, by = await talk(("incident", "So we wrote it down.")), judge(quoting(3))
    await work(room, by, "require")
    other = Configuration("judge", "0", "another", None)
    asked = judge_jobs(room)

    assert 0 == await judge_once_released(room.store, other)
    assert asked == judge_jobs(room)
    assert 1 == await judge_once_released(room.store, tried(by, room).configuration)
    assert asked + 1 == judge_jobs(room)


def judge_jobs(room: Room) -> int:
    assert isinstance(room.store, MemoryStore)
    outbox = room.store.tables.outbox
    return [outbox[at][0] for at in range(1, len(outbox) + 1)].count("judge_interview")


HOME, AWAY = "https://models.example/v1", "https://llm.acme.example/v1"


def at_endpoints(*urls: str, model: str = "model-1") -> Judge:
    """A judge with one seat, in which these stand in for each other."""
    (only,) = judge(quoting(3)).seats
    members = tuple(Member(model, url) for url in urls)
    return replace(judge(quoting(3)), seats=(replace(only, members=members),))


async def test_a_server_that_calls_its_model_by_a_released_name_is_not_released() -> None:
    room = await talk(("incident", "So we wrote it down."))
    await room.store.add_trial(tried(at_endpoints(HOME), room))

    assert (await score(room, at_endpoints(AWAY))).released is False


@pytest.mark.parametrize("url", [f"{HOME}/", "https://MODELS.example:443/v1"])
async def test_an_address_that_is_only_spelled_otherwise_is_the_same(url: str) -> None:
    room = await talk(("incident", "So we wrote it down."))
    await room.store.add_trial(tried(at_endpoints(HOME), room))

    assert (await score(room, at_endpoints(url))).released is True


@pytest.mark.parametrize(("passed", "released"), [((HOME,), False), ((HOME, AWAY), True)])
async def test_a_chain_is_released_when_each_that_may_answer_has_passed(
    passed: tuple[str, ...], released: bool
) -> None:
    room = await talk(("incident", "So we wrote it down."))
    for url in passed:
        await room.store.add_trial(tried(at_endpoints(url), room))

    assert released is (await score(room, at_endpoints(HOME, AWAY))).released


async def test_the_first_of_a_chain_that_passes_later_does_not_release_the_second() -> None:
    room = await talk(("incident", "So we wrote it down."))
    await room.store.add_trial(tried(at_endpoints(HOME), room))
    await room.store.add_trial(tried(at_endpoints(AWAY), room, moved=1))

    assert (await score(room, at_endpoints(HOME, AWAY))).released is False


async def test_who_was_kept_from_a_chain_is_put_before_it_when_one_of_it_passes() -> None:
    room, by = await talk(("incident", "So we wrote it down.")), at_endpoints(HOME, AWAY)
    await work(room, by, "require")

    for url in (HOME, AWAY):
        assert 1 == await judge_once_released(
            room.store, tried(at_endpoints(url), room).configuration
        )


async def test_the_log_tells_no_address() -> None:
    room = await talk(("incident", "So we wrote it down."))
    await work(room, at_endpoints(HOME), "require")

    (refused,) = await refusals(room)
    assert "models.example" not in refused.model_dump_json()


def test_a_panel_has_a_row_for_each_place_of_its_chains() -> None:
    first, second = (at_endpoints(HOME, AWAY, model=name).seats[0] for name in ("a", "b"))
    alone = replace(second, members=second.members[:1])
    panel = replace(judge(quoting(3)), seats=(first, alone)).signature(KIT)

    assert ["a, b", "a, b"] == [one.model for one in panel.panels]
    assert 2 == len({one.endpoint for one in panel.panels})
