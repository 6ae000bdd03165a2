"""Jobs of mails, and the settings that say where mails go."""

import asyncio
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import cast
from uuid import uuid4

import pytest
from pgqueuer import Job
from pgqueuer.errors import RetryRequested
from structlog.testing import capture_logs

from interview.adapters.post import WITHIN_S, FolderPost, NoPost, SmtpPost
from interview.errors import Unavailable
from interview.ids import MailId, TenantId
from tests.unit.test_worker import COMPLETE
from worker.__main__ import post_of
from worker.mails import FINISH_WITHIN_S, Send, attempt_mail
from worker.queue import JobDead
from worker.settings import Settings, SettingsWrong, read_settings

pytestmark = pytest.mark.unit

TENANT, MAIL = uuid4(), uuid4()
GOING = asyncio.Event()


def job(payload: bytes | None = None) -> Job:
    order = f'{{"tenant": "{TENANT}", "mail": "{MAIL}"}}'.encode()
    made = SimpleNamespace(id=1, entrypoint="send_mail", attempts=3, payload=payload or order)
    return cast(Job, made)


def saying(wait: timedelta | Exception | None) -> Send:
    async def send(tenant: TenantId, mail: MailId) -> timedelta | None:
        assert (TENANT, MAIL) == (tenant, mail)
        if isinstance(wait, Exception):
            raise wait
        return wait

    return send


async def test_a_mail_that_is_over_ends_its_job() -> None:
    with capture_logs() as lines:
        await attempt_mail(job(), saying(None), GOING)

    assert [("mail_over", str(MAIL))] == [(line["event"], line["mail"]) for line in lines]


@pytest.mark.parametrize(
    ("said", "delay"),
    [(timedelta(minutes=5), timedelta(minutes=5)), (Unavailable(), timedelta(seconds=8))],
)
async def test_a_mail_that_is_not_over_puts_its_job_back(
    said: timedelta | Exception, delay: timedelta
) -> None:
    with pytest.raises(RetryRequested) as retry:
        await attempt_mail(job(), saying(said), GOING)

    assert delay == retry.value.delay


@pytest.mark.parametrize("payload", [b"{}", b"no json", b'{"tenant": 1}'])
async def test_a_job_that_says_nothing_is_put_aside(payload: bytes) -> None:
    with pytest.raises(JobDead):
        await attempt_mail(job(payload), saying(None), GOING)


async def test_a_worker_that_stops_begins_no_mail() -> None:
    stopped, begun = asyncio.Event(), False
    stopped.set()

    async def send(tenant: TenantId, mail: MailId) -> timedelta | None:
        nonlocal begun
        begun = True
        return None

    with pytest.raises(RetryRequested):
        await attempt_mail(job(), send, stopped)

    assert not begun


async def test_a_worker_that_stops_has_the_patience_that_a_mail_may_need() -> None:
    stop, taken = asyncio.Event(), asyncio.Event()

    async def send(tenant: TenantId, mail: MailId) -> timedelta | None:
        stop.set()
        await taken.wait()
        return None

    trying = asyncio.create_task(attempt_mail(job(), send, stop))
    await asyncio.sleep(0.05)
    taken.set()
    await trying

    assert FINISH_WITHIN_S > WITHIN_S


def read(monkeypatch: pytest.MonkeyPatch, **given: str) -> Settings:
    for name, value in (COMPLETE | given).items():
        monkeypatch.setenv(name, value)
    return read_settings()


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({}, NoPost),
        ({"VIVAVOCE_MAIL_FOLDER": "/tmp/mails"}, FolderPost),
        (
            {
                "VIVAVOCE_SMTP_URL": "smtps://u:hidden@mail.example",
                "VIVAVOCE_MAIL_FROM": "Jobs <jobs@mail.example>",
            },
            SmtpPost,
        ),
    ],
)
def test_the_settings_say_where_mails_go(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], kind: type
) -> None:
    settings = read(monkeypatch, **given)

    assert isinstance(post_of(settings, GOING), kind)
    assert "hidden" not in repr(settings)


def test_a_sender_is_its_address_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"VIVAVOCE_MAIL_FROM": "Jobs <jobs@mail.example>", "VIVAVOCE_MAIL_FOLDER": "/x/y"}

    settings = read(monkeypatch, **given)

    assert ("jobs@mail.example", Path("/x/y")) == (settings.mail_from, settings.mail_folder)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"VIVAVOCE_SMTP_URL": "smtp://u:hidden@mail.example"}, "VIVAVOCE_MAIL_FROM"),
        (
            {"VIVAVOCE_SMTP_URL": "http://u:hidden@x", "VIVAVOCE_MAIL_FROM": "a@b.example"},
            "VIVAVOCE_SMTP_URL",
        ),
        (
            {
                "VIVAVOCE_SMTP_URL": "smtp://u:hidden@x",
                "VIVAVOCE_MAIL_FROM": "a@b.example",
                "VIVAVOCE_MAIL_FOLDER": "/tmp/mails",
            },
            "VIVAVOCE_MAIL_FOLDER",
        ),
        ({"VIVAVOCE_MAIL_FOLDER": ""}, "VIVAVOCE_MAIL_FOLDER"),
        ({"VIVAVOCE_MAIL_FROM": "nobody"}, "VIVAVOCE_MAIL_FROM"),
        ({"VIVAVOCE_PUBLIC_URL": "viv.example"}, "VIVAVOCE_PUBLIC_URL"),
    ],
)
def test_what_is_wrong_is_one_line_with_its_variable(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], named: str
) -> None:
    with pytest.raises(SettingsWrong, match=f"^{named}: [^\n;]*expected[^\n;]*$") as wrong:
        read(monkeypatch, **given)
    assert "hidden" not in str(wrong.value)
