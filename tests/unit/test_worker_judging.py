"""The worker's judge: the models that its settings name, or none."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import cast
from uuid import uuid4

import pytest
from pgqueuer import Job
from pgqueuer.errors import RetryRequested

from interview.adapters.lexicons import indicator_rater
from interview.errors import Unavailable
from interview.ids import InterviewId, TenantId
from interview.providers import Provider, Providers
from interview.store.memory import MemoryStore
from interview.use_cases.judging import Judge
from interview.use_cases.usage import get_usage
from tests.fakes.clock import NOON
from tests.fakes.interviews import Room
from tests.fakes.judging import talk
from tests.standins.models import ModelServer
from worker import judging
from worker.judging import (
    HANDS_OF_ONE,
    Hands,
    attempt_judging,
    judges_of,
    judging_by,
    scoring,
    scoring_by_indicators,
)
from worker.models import open_model_desk
from worker.queue import ATTEMPTS, JobDead, Order
from worker.settings import Settings, SettingsWrong, read_settings

pytestmark = pytest.mark.unit

INDICATORS = indicator_rater()

COMPLETE = {
    "DATABASE_URL": "postgresql://nowhere/none",
    "VIVAVOCE_INSTALLATION_KEY": "key",
    "LIVEKIT_URL": "ws://127.0.0.1:7880",
    "LIVEKIT_API_KEY": "key",
    "LIVEKIT_API_SECRET": "secret",
    "VIVAVOCE_API_URL": "http://127.0.0.1:8080/",
    "VIVAVOCE_MAIL_FOLDER": "/tmp/mails",
}
MODEL = {"LLM_BASE_URL": "http://127.0.0.1:9/v1", "LLM_MODEL": "small"}


def read(monkeypatch: pytest.MonkeyPatch, **given: str) -> Settings:
    for name, value in (COMPLETE | given).items():
        monkeypatch.setenv(name, value)
    return read_settings()


async def seats(settings: Settings, room: Room) -> Judge | None:
    """Who judges an interview of the room's tenant."""
    async with (
        open_model_desk(settings, room.world) as desk,
        judges_of(desk, settings)(room.tenant, room.interview) as judge,
    ):
        return judge


@pytest.mark.parametrize(
    ("given", "models", "runs"),
    [
        (MODEL, ["small"], 3),
        (MODEL | {"LLM_API_KEY": "secret"}, ["small"], 3),
        (MODEL | {"VIVAVOCE_JUDGE_MODELS": "small, large,"}, ["small", "large"], 3),
        (MODEL | {"VIVAVOCE_JUDGE_MODELS": "", "VIVAVOCE_JUDGE_RUNS": "5"}, ["small"], 5),
    ],
)
async def test_the_settings_say_who_judges(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], models: list[str], runs: int
) -> None:
    room = await Room(MemoryStore()).furnish()

    judge = await seats(read(monkeypatch, **given), room)

    assert judge is not None
    assert models == [seat.model for seat in judge.seats]
    assert runs == judge.runs


async def test_a_tenants_chain_has_one_seat_named_by_all_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = await Room(MemoryStore()).furnish()
    chain = (
        Provider("one", "https://a.example", "first"),
        Provider("two", "https://b.example", "second"),
    )
    async with room.store.transaction(room.tenant) as tx:
        await tx.providers.put(replace(Providers(), llm=chain), NOON)

    judge = await seats(read(monkeypatch, **MODEL, VIVAVOCE_JUDGE_MODELS="x, y"), room)

    assert judge is not None
    assert ["first | second"] == [seat.model for seat in judge.seats]


async def test_nobody_judges_without_a_model(monkeypatch: pytest.MonkeyPatch) -> None:
    room = await Room(MemoryStore()).furnish()

    assert None is await seats(read(monkeypatch), room)


async def test_all_judges_of_a_tenant_share_its_questions_and_no_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = MemoryStore()
    room, elsewhere = await Room(store).furnish(), await Room(store).furnish()
    settings = read(monkeypatch, **MODEL)
    async with open_model_desk(settings, room.world) as desk:
        judges = judges_of(desk, settings)
        async with (
            judges(room.tenant, room.interview) as one,
            judges(room.tenant, room.interview) as other,
            judges(elsewhere.tenant, elsewhere.interview) as another,
        ):
            assert one is not None
            assert other is not None
            assert another is not None
            assert one.slots is other.slots
            assert one.slots is not another.slots


async def test_a_judged_interview_has_a_card_by_each_rater_and_says_what_it_cost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = await talk(("pressure", "I took a breath and called my colleague."))
    async with ModelServer() as server:
        settings = read(monkeypatch, LLM_BASE_URL=server.base_url, LLM_MODEL="stand-in")
        async with open_model_desk(settings, room.world) as desk:
            score = await asyncio.to_thread(scoring_by_indicators, room.world)
            judge = await asyncio.to_thread(judging_by, room.world, desk, settings)
            await score(room.tenant, room.interview)
            await judge(room.tenant, room.interview, is_last_try=False)

    async with room.store.transaction(room.tenant) as tx:
        cards = await tx.scorecards.of(room.interview)
    assert ["indicators", "judge"] == [card.stamp.rater for card in cards]
    (line,) = (await get_usage(room.world, room.tenant, room.interview)).lines
    assert ("llm", 6) == (line.used.purpose, line.used.calls)


async def test_the_judge_has_a_job_of_its_own_when_the_indicators_have_their_card() -> None:
    room = await talk(("pressure", "I took a breath and called my colleague."))

    await scoring(room.world, INDICATORS)(room.tenant, room.interview)

    async with room.store.transaction(room.tenant) as tx:
        assert ["indicators"] == [c.stamp.rater for c in await tx.scorecards.of(room.interview)]
    jobs = cast(MemoryStore, room.store).tables.outbox.values()
    assert [room.interview] == [which for kind, _, which in jobs if kind == judging.JUDGE]


def job_of(tenant: TenantId, attempts: int = 0, age: timedelta = timedelta(0)) -> Job:
    order = Order(tenant=tenant, interview=uuid4()).model_dump_json().encode()
    made = SimpleNamespace(
        id=1,
        entrypoint=judging.JUDGE,
        attempts=attempts,
        payload=order,
        created=datetime.now(UTC) - age,
    )
    return cast(Job, made)


async def test_a_tenant_whose_models_hang_holds_only_some_of_the_hands() -> None:
    hands, stop, going_on, in_hand = Hands(), asyncio.Event(), asyncio.Event(), [0]
    hanging, other = TenantId(uuid4()), TenantId(uuid4())

    async def judge(tenant: TenantId, interview: InterviewId, *, is_last_try: bool) -> None:
        in_hand[0] += 1
        if tenant == hanging:
            await going_on.wait()

    async def tried(tenant: TenantId) -> None:
        await attempt_judging(job_of(tenant), judge, stop, hands)

    async with asyncio.TaskGroup() as together:
        for _ in range(HANDS_OF_ONE):
            together.create_task(tried(hanging))
        while in_hand[0] < HANDS_OF_ONE:
            await asyncio.sleep(0)
        with pytest.raises(RetryRequested) as back:
            await tried(hanging)
        await tried(other)
        going_on.set()

    assert judging.BUSY_FOR == back.value.delay
    assert HANDS_OF_ONE + 1 == in_hand[0]
    await tried(hanging)
    assert not hands.held


async def test_a_judges_job_that_says_nothing_is_put_aside() -> None:
    nobody = SimpleNamespace(id=1, entrypoint=judging.JUDGE, attempts=0, payload=b"{}")

    async def judge(tenant: TenantId, interview: InterviewId, *, is_last_try: bool) -> None:
        raise AssertionError

    with pytest.raises(JobDead):
        await attempt_judging(cast(Job, nobody), judge, asyncio.Event(), Hands())


DAY, YOUNG = timedelta(days=1), timedelta(hours=23)


@pytest.mark.parametrize(
    ("attempts", "age", "is_last"),
    [
        (0, timedelta(0), False),
        (1000, YOUNG, False),
        (ATTEMPTS - 2, DAY, False),
        (ATTEMPTS - 1, DAY, True),
    ],
)
async def test_a_judges_job_is_tried_for_a_day_and_its_last_try_knows_that_it_is_the_last(
    attempts: int, age: timedelta, *, is_last: bool
) -> None:
    told: list[bool] = []

    async def judge(tenant: TenantId, interview: InterviewId, *, is_last_try: bool) -> None:
        told.append(is_last_try)
        raise Unavailable

    job = job_of(TenantId(uuid4()), attempts, age)
    with pytest.raises(JobDead if is_last else RetryRequested):
        await attempt_judging(job, judge, asyncio.Event(), Hands())

    assert [is_last] == told


async def test_a_judge_waits_longer_and_longer_and_no_longer_than_an_hour() -> None:
    pauses = []

    async def judge(tenant: TenantId, interview: InterviewId, *, is_last_try: bool) -> None:
        raise Unavailable

    for attempts in (0, 1, 10, 11, 12, 5000):
        job = job_of(TenantId(uuid4()), attempts)
        with pytest.raises(RetryRequested) as back:
            await attempt_judging(job, judge, asyncio.Event(), Hands())
        pauses.append(back.value.delay.total_seconds())

    assert [1, 2, 1024, 2048, 3600, 3600] == pauses


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("LLM_MODEL", {"LLM_BASE_URL": "http://127.0.0.1:9/v1"}),
        ("LLM_BASE_URL", MODEL | {"LLM_BASE_URL": "127.0.0.1:9"}),
        ("VIVAVOCE_JUDGE_RUNS", MODEL | {"VIVAVOCE_JUDGE_RUNS": "1"}),
        ("VIVAVOCE_JUDGE_RUNS", MODEL | {"VIVAVOCE_JUDGE_RUNS": "10"}),
    ],
)
def test_a_wrong_setting_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, given: dict[str, str]
) -> None:
    with pytest.raises(SettingsWrong, match=f"^{name}: "):
        read(monkeypatch, **given)


def test_no_key_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "a-key-of-ours" not in repr(read(monkeypatch, **MODEL, LLM_API_KEY="a-key-of-ours"))
