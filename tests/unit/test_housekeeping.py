"""The worker's own hours: what was kept long enough goes, and a bad round does not end them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from structlog.testing import capture_logs

from interview.adapters.mails.folder import MailFolder
from interview.adapters.system import SystemIds
from interview.errors import Unavailable
from interview.ids import MailId, TenantId
from interview.ports import StoredAnswer, Transaction
from interview.store.memory import MemoryStore
from interview.use_cases.forgetting import forget_mails
from interview.use_cases.world import World
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.interviews import Room
from tests.fakes.mailroom import mailroom
from worker.housekeeping import keep_folder, keep_house

pytestmark = pytest.mark.unit


class StoreAwayOnce(MemoryStore):
    """Its first transaction after `goes_away` is refused."""

    goes_away = False

    @asynccontextmanager
    async def transaction(self, tenant: TenantId) -> AsyncIterator[Transaction]:
        if self.goes_away:
            self.goes_away = False
            raise Unavailable
        async with super().transaction(tenant) as tx:
            yield tx


async def test_answers_are_forgotten_even_after_a_round_that_failed() -> None:
    store, stop = StoreAwayOnce(), asyncio.Event()
    room = await Room(store).furnish()
    async with store.transaction(room.tenant) as tx:
        await tx.answers.put("key", StoredAnswer(bytes(32), 200, b"{}"), NOON)
    store.goes_away = True
    world = World(store, FakeClock(NOON + timedelta(days=2)), SystemIds())

    with capture_logs() as lines:
        async with asyncio.TaskGroup() as group, asyncio.timeout(5):
            group.create_task(keep_house(world, stop, every_s=0.001))
            while store.tables.answers:
                await asyncio.sleep(0)
            stop.set()

    assert [{"event": "housekeeping_failed", "error": "Unavailable", "log_level": "warning"}] == [
        dict(line) for line in lines
    ]


async def test_files_of_mails_to_who_is_erased_are_deleted_and_no_others(tmp_path: Path) -> None:
    here, folder = await mailroom(), MailFolder(tmp_path / "mails")
    assert 0 == await forget_mails(here.world, folder)
    interview, _ = await here.invite(starts_in=timedelta(days=3))
    mail, *_ = await here.mails(interview)
    unknown = replace(mail, mail_id=MailId(uuid4()))
    for each in (mail, unknown):
        await asyncio.to_thread(folder.put, each, b"Subject: Hello")
    mine = [folder.path / name for name in ("notes.eml", f"{mail.mail_id}.txt")]
    half = folder.path / f"x-{mail.mail_id}.part"
    for path in (*mine, half):
        path.write_bytes(b"")
    assert 0 == await forget_mails(here.world, folder)

    async with here.store.transaction(here.tenant) as tx:
        await tx.keys.destroy_candidate(here.room.candidate, NOON)
    assert 1 == await forget_mails(here.world, folder)

    (kept,) = await folder.kept()
    assert unknown.mail_id == kept
    assert {*mine, *folder.path.glob(f"*{kept}.eml")} == set(folder.path.iterdir())


async def test_a_folder_is_cleared_even_after_a_round_that_failed(tmp_path: Path) -> None:
    class BrokenOnce(MailFolder):
        is_broken = True

        async def kept(self) -> frozenset[MailId]:
            if self.is_broken:
                type(self).is_broken = False
                raise PermissionError
            return await super().kept()

    here, folder, stop = await mailroom(), BrokenOnce(tmp_path), asyncio.Event()
    interview, _ = await here.invite()
    (mail,) = await here.mails(interview)
    await asyncio.to_thread(folder.put, mail, b"Subject: Hello")
    async with here.store.transaction(here.tenant) as tx:
        await tx.keys.destroy_candidate(here.room.candidate, NOON)

    with capture_logs() as lines:
        async with asyncio.TaskGroup() as group, asyncio.timeout(5):
            group.create_task(keep_folder(here.world, folder, stop, every_s=0.001))
            while list(tmp_path.iterdir()):
                await asyncio.sleep(0.001)
            stop.set()

    assert ["housekeeping_failed", "mails_deleted"] == [line["event"] for line in lines]
