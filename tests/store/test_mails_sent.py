"""The worker process sends mails from a real database: to a real server, or into a folder."""

import asyncio
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTPUTF8
from pathlib import Path

import asyncpg
import pytest

from interview.accounts import Interview
from interview.adapters.mails.folder import MailFolder
from interview.ids import KitId
from interview.mails import Mail
from interview.store.postgres import PostgresStore
from interview.use_cases.interviews import create_interview
from interview.use_cases.invitations import redeem
from interview.use_cases.mailing import list_mails
from tests.conftest import Database
from tests.fakes.clock import FakeClock
from tests.fakes.interviews import Room
from tests.standins.mail_server import MailServer, mail_server
from tests.store.test_worker import is_true, until, worker

pytestmark = pytest.mark.store

DAY = timedelta(days=1)
ONE_WAITS = "SELECT count(*) = 1 FROM pgqueuer"


@dataclass
class Scene:
    """A tenant on a clock of today, with a kit that interviews are held with."""

    room: Room
    kit: KitId

    async def invite(self, starts_in: timedelta | None = None) -> tuple[Interview, str]:
        room, now = self.room, self.room.clock.now()
        starts_at = None if starts_in is None else now + starts_in
        return await create_interview(
            room.world, room.tenant, self.kit, room.candidate, starts_at, None
        )

    async def mails(self, interview: Interview) -> tuple[Mail, ...]:
        return await list_mails(self.room.world, self.room.tenant, interview.interview_id)


@pytest.fixture
async def scene(postgres_store: PostgresStore) -> Scene:
    room = await Room(postgres_store, FakeClock(datetime.now(UTC))).furnish()
    async with postgres_store.transaction(room.tenant) as tx:
        return Scene(room, (await tx.interviews.get(room.interview)).kit_id)


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with mail_server() as here:
        yield here


def to(server: MailServer) -> dict[str, str]:
    return {
        "VIVAVOCE_SMTP_URL": f"smtp://127.0.0.1:{server.port}",
        "VIVAVOCE_MAIL_FROM": "jobs@mail.example",
        "VIVAVOCE_PUBLIC_URL": "https://viv.example",
    }


async def test_a_server_takes_the_invitation_and_its_link_opens_the_interview(
    scene: Scene, server: MailServer, database: Database, tmp_path: Path, app: asyncpg.Connection
) -> None:
    with worker(database, tmp_path / "worker.log", **to(server)):
        interview, token = await scene.invite(DAY)
        await server.has_taken(1)
        await until(lambda: is_true(app, ONE_WAITS))

    ((_, who, message),) = server.took
    assert ["ada@example.com"] == who
    body = message.get_body(("plain",))
    assert body is not None
    assert f"https://viv.example/i#{token}" in str(body.get_content()).splitlines()
    assert ["sent", "waiting"] == [mail.state for mail in await scene.mails(interview)]
    assert "ada@example.com" not in (tmp_path / "worker.log").read_text()
    assert token not in (tmp_path / "worker.log").read_text()


def token_in(message: EmailMessage) -> str:
    """What the mail's one link carries."""
    body = message.get_body(("plain",))
    assert body is not None
    (link,) = [x for x in str(body.get_content()).splitlines() if x.startswith("https://")]
    return link.partition("#")[2]


async def test_a_reminder_that_is_due_carries_a_link_of_its_own(
    scene: Scene, server: MailServer, database: Database, tmp_path: Path
) -> None:
    with worker(database, tmp_path / "worker.log", **to(server)):
        interview, token = await scene.invite(timedelta(hours=1, seconds=2))
        await server.has_taken(2)

    # A worker that was slow to start sends both at once, in either order.
    tokens = {token_in(message) for _, _, message in server.took}
    assert token in tokens
    (own,) = tokens - {token}
    assert interview.interview_id == (await redeem(scene.room.world, own)).session.interview


async def test_what_was_refused_for_now_waits_and_what_was_for_good_is_over(
    scene: Scene, server: MailServer, database: Database, tmp_path: Path
) -> None:
    server.says = {"RCPT": ["451 later"]}

    async def was_tried() -> bool:
        return all(mail.attempts > 0 for mail in await scene.mails(interview))

    with worker(database, tmp_path / "worker.log", **to(server)):
        interview, _ = await scene.invite()
        await until(was_tried)
        busy = await scene.mails(interview)
        server.says = {"RCPT": ["550 unknown"]}
        interview, _ = await scene.invite()
        await until(was_tried)
        refused = await scene.mails(interview)

    assert [("waiting", "busy")] == [(mail.state, mail.trouble) for mail in busy]
    assert [("failed", "refused")] == [(mail.state, mail.trouble) for mail in refused]


async def test_a_worker_that_is_to_stop_hears_whether_the_mail_that_left_was_taken(
    scene: Scene, server: MailServer, database: Database, tmp_path: Path
) -> None:
    server.mute = True
    with worker(database, tmp_path / "worker.log", **to(server)) as process:
        interview, _ = await scene.invite()
        await server.has_taken(1)
        process.send(signal.SIGTERM)
        assert not await process.ended(1.5)
        server.speaks.set()
        assert await process.ended(5)

    assert [("sent", 1)] == [(mail.state, mail.attempts) for mail in await scene.mails(interview)]
    assert 1 == len(server.took)


async def test_a_mail_that_has_not_left_is_sent_by_the_next_worker_at_once(
    scene: Scene, server: MailServer, database: Database, tmp_path: Path
) -> None:
    server.hangs = True
    with worker(database, tmp_path / "first.log", **to(server)) as process:
        interview, _ = await scene.invite()
        await server.heard.wait()
        process.send(signal.SIGTERM)
        assert await process.ended(5)
    (waiting,) = await scene.mails(interview)
    server.hangs = False
    with worker(database, tmp_path / "second.log", **to(server)):
        await server.has_taken(1)

    assert (0, False) == (waiting.attempts, waiting.may_be_out)


async def test_a_folder_takes_mails_as_files(
    scene: Scene, database: Database, tmp_path: Path
) -> None:
    folder = tmp_path / "mails"

    async def is_there() -> bool:
        return folder.exists() and bool(list(folder.glob("*.eml")))

    with worker(database, tmp_path / "worker.log", VIVAVOCE_MAIL_FOLDER=str(folder)):
        await scene.invite(DAY)
        await until(is_there)

    (only,) = folder.iterdir()
    message = message_from_bytes(only.read_bytes(), policy=SMTPUTF8)
    assert "First invites you to an interview: Engineer" == message["Subject"]


async def test_files_of_an_erased_candidate_go_when_a_worker_looks(
    scene: Scene, database: Database, tmp_path: Path
) -> None:
    folder = MailFolder(tmp_path / "mails")
    interview, _ = await scene.invite(DAY)
    (mail, _) = await scene.mails(interview)
    await asyncio.to_thread(folder.put, mail, b"To: ada@example.com")
    async with scene.room.world.transaction(scene.room.tenant) as tx:
        await tx.keys.destroy_candidate(scene.room.candidate, scene.room.clock.now())

    async def is_gone() -> bool:
        return not await folder.kept()

    with worker(database, tmp_path / "worker.log", VIVAVOCE_MAIL_FOLDER=str(folder.path)):
        await until(is_gone)


async def test_without_a_way_out_mails_are_over_at_once(
    scene: Scene, database: Database, tmp_path: Path
) -> None:
    async def is_over() -> bool:
        return all(mail.state != "waiting" for mail in await scene.mails(interview))

    with worker(database, tmp_path / "worker.log"):
        interview, _ = await scene.invite()
        await until(is_over)

    assert [("failed", "not_configured")] == [
        (mail.state, mail.trouble) for mail in await scene.mails(interview)
    ]
