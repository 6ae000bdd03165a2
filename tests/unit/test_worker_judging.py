"""The worker's judge: the models that its settings name, or none."""

import asyncio
from dataclasses import replace

import pytest

from interview.providers import Provider, Providers
from interview.store.memory import MemoryStore
from interview.use_cases.judging import Judge
from interview.use_cases.usage import get_usage
from tests.fakes.clock import NOON
from tests.fakes.interviews import Room
from tests.fakes.judging import talk
from tests.standins.models import ModelServer
from worker.judging import judges_of, scoring_by
from worker.models import open_model_desk
from worker.settings import Settings, SettingsWrong, read_settings

pytestmark = pytest.mark.unit

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


async def test_all_judges_of_a_process_share_its_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    room, settings = await Room(MemoryStore()).furnish(), read(monkeypatch, **MODEL)
    async with open_model_desk(settings, room.world) as desk:
        judges = judges_of(desk, settings)
        async with (
            judges(room.tenant, room.interview) as one,
            judges(room.tenant, room.interview) as other,
        ):
            assert one is not None
            assert other is not None
            assert one.slots is other.slots


async def test_a_judged_interview_has_a_card_by_each_rater_and_says_what_it_cost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = await talk(("pressure", "I took a breath and called my colleague."))
    async with ModelServer() as server:
        settings = read(monkeypatch, LLM_BASE_URL=server.base_url, LLM_MODEL="stand-in")
        async with open_model_desk(settings, room.world) as desk:
            score = await asyncio.to_thread(scoring_by, room.world, desk, settings)
            await score(room.tenant, room.interview)

    async with room.store.transaction(room.tenant) as tx:
        cards = await tx.scorecards.of(room.interview)
    assert ["indicators", "judge"] == [card.stamp.rater for card in cards]
    (line,) = (await get_usage(room.world, room.tenant, room.interview)).lines
    assert ("llm", 6) == (line.used.purpose, line.used.calls)


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
