"""`vivavoce lab` on a real database: stored interviews, and what is kept of a trial."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from interview.by_people import By
from interview.ids import TenantId
from interview.ports import Store
from interview.release import Configuration, Trial
from interview.store.postgres import open_store
from interview.use_cases.ratings import Cited, Judged, rate_by_person
from lab.command import main
from lab.configurations import indicators
from lab.stored import examine_stored, stored
from lab.trial import GATE, gate_in
from local.commands.connection import NEEDED
from local.errors import LocalError
from local.secrets import Secrets
from tests.conftest import Database
from tests.fakes.clock import NOON
from tests.fakes.interviews import Room
from tests.fakes.judging import talk
from tests.standins.models import ModelServer

pytestmark = pytest.mark.store

SAID = "So we wrote it down. Then I told them, of course."
CALM = "I took a breath and called them."
MAYA, NOAH = (By(kind="key", id="k1", name=name) for name in ("Maya", "Noah"))


@pytest.fixture
def told(database: Database, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The settings of a fresh installation, as the shell's variables, without a model."""
    made = Secrets()
    values = (database.app_url, made.installation_key, made.key_pepper)
    for name, value in zip(NEEDED, values, strict=True):
        monkeypatch.setenv(name, value)
    for name in ("LLM_BASE_URL", "LLM_MODEL", "LLM_API_KEY", "VIVAVOCE_JUDGE_MODELS"):
        monkeypatch.delenv(name, raising=False)
    return dict(zip(NEEDED, values, strict=True))


@asynccontextmanager
async def opened(told: dict[str, str]) -> AsyncIterator[Store]:
    async with open_store(told["DATABASE_URL"], told["VIVAVOCE_INSTALLATION_KEY"]) as store:
        yield store


async def rated(room: Room, by: By, care: int | None, calm: int) -> None:
    """A person's card, quoting the answers."""
    async with room.store.transaction(room.tenant) as tx:
        turns = [t for t in await tx.turns.of(room.interview) if t.speaker == "candidate"]
    first, second = (Cited(turn.turn_id, turn.spoken, 0) for turn in turns)
    none = Judged("care", None, "no_evidence", (), "")
    form = [
        none if care is None else Judged("care", care, None, (first,), "as it was said"),
        Judged("calm", calm, None, (second,), "as it was said"),
    ]
    await rate_by_person(room.world, room.tenant, by, room.interview, form)


async def two_rated(told: dict[str, str]) -> TenantId:
    """The indicators say 4 and 3. Maya changes her mind after her first card."""
    async with opened(told) as store:
        room = await talk(("incident", SAID), ("pressure", CALM), store=store)
        await rated(room, MAYA, 4, 2)
        await rated(room, MAYA, 1, 5)
        await rated(room, NOAH, None, 3)
        return room.tenant


def printed(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_stored_interviews_are_compared_with_the_first_card_of_each_person(
    told: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    tenant = asyncio.run(two_rated(told))

    main(["--tenant-id", str(tenant), "--json"])

    found = printed(capsys)
    assert [
        {"competency": None, "of": 3, "assessed": 3, "kappa": 0.667, "exact": 0.667},
        {"competency": "calm", "of": 2, "assessed": 2, "kappa": 0.0, "exact": 0.5},
        {"competency": "care", "of": 1, "assessed": 1, "kappa": None, "exact": 1.0},
    ] == found["agreements"]
    assert (0.0, 1.0) == (found["abstained"], found["retest"])


def test_nothing_that_was_said_is_printed(
    told: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    tenant = asyncio.run(two_rated(told))

    main(["--tenant-id", str(tenant)])

    out = capsys.readouterr().out
    assert "calm" in out
    assert not any(words in out for words in ("wrote it", "breath", "Maya", "as it was said"))


def test_the_trail_of_the_tenant_says_that_its_interviews_were_replayed(
    told: dict[str, str],
) -> None:
    tenant = asyncio.run(two_rated(told))

    main(["--tenant-id", str(tenant), "--last", "7"])

    async def trail() -> list[tuple[str, str]]:
        async with opened(told) as store, store.transaction(tenant) as tx:
            return [(e.deed.action, e.deed.facts["last"]) for e in await tx.audit.read()]

    assert [("replay_in_lab", "7")] == asyncio.run(trail())


async def test_interviews_whose_words_were_erased_are_left_out(told: dict[str, str]) -> None:
    tenant = await two_rated(told)
    async with opened(told) as store:
        async with store.transaction(tenant) as tx:
            (held,) = (await tx.interviews.page(1, None)).items
            await tx.keys.destroy_interview(held.interview_id, NOON)
        found = await stored(store, tenant, 10, "indicators")

    assert () == found
    with pytest.raises(LocalError, match="nothing is left"):
        await examine_stored(await asyncio.to_thread(indicators), found)


def test_a_tenant_that_is_not_there_is_refused(told: dict[str, str]) -> None:
    with pytest.raises(LocalError, match="no such tenant"):
        main(["--tenant-id", str(uuid4())])


async def trial(told: dict[str, str], of: Configuration) -> Trial | None:
    async with opened(told) as store:
        return await store.latest_trial(of)


def at_a_model(server: ModelServer, run: Callable[[], None], patch: pytest.MonkeyPatch) -> None:
    """Runs a command, which has a loop of its own, while the server serves."""

    async def served() -> None:
        async with server:
            patch.setenv("LLM_BASE_URL", server.base_url)
            patch.setenv("LLM_MODEL", "stand-in")
            await asyncio.to_thread(run)

    asyncio.run(served())


def test_a_judge_that_always_says_the_same_is_tried_kept_and_not_released(
    told: dict[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SystemExit) as ended:
        at_a_model(
            ModelServer("good"),
            lambda: main(["--release", "--runs", "2", "--json"]),
            monkeypatch,
        )

    found = printed(capsys)
    said = found["trial"]
    assert isinstance(said, dict)
    assert 1 == ended.value.code
    assert (["kappa", "noticed"], False) == (said["missed"], said["released"])
    signature = found["signature"]
    assert isinstance(signature, dict)
    kept = asyncio.run(trial(told, Configuration(**signature)))
    assert kept is not None
    assert str(kept.trial_id) == said["id"]
    assert gate_in(GATE) == kept.gate
    assert not kept.passed


def test_the_indicators_pass_the_gate(
    told: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--rater", "indicators", "--release"])

    assert "Released: every bar" in capsys.readouterr().out


def test_bars_of_ones_own_are_kept_with_what_was_reached(
    told: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "gate.toml"
    own.write_text(GATE.read_text().replace("abstained_at_most = 0.25", "abstained_at_most = 0.0"))

    with pytest.raises(SystemExit):
        main(["--rater", "indicators", "--release", "--gate", str(own)])

    assert "NOT RELEASED: these bars of the gate were missed: abstained" in capsys.readouterr().out
