"""The worker's loops: what is tried again, what is put aside, what they say."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import cast
from uuid import uuid4

import pytest
import structlog
from pgqueuer import Job
from pgqueuer.errors import RetryRequested
from structlog.testing import capture_logs
from structlog.typing import EventDict

from interview.adapters.logs import drop_personal, what_failed
from interview.errors import NotFound, Sealed, Unavailable, WrongState
from interview.ids import InterviewId, TenantId
from interview.use_cases.watch import Deed, Step, Watch
from worker import queue
from worker.queue import ATTEMPTS, LONGEST_DELAY_S, JobDead, Work, attempt
from worker.settings import SettingsWrong, read_settings
from worker.watch import keep_watch

pytestmark = pytest.mark.unit

TENANT, INTERVIEW = uuid4(), uuid4()
SECRET = "the candidate's own words"
GOING, STOPPED = asyncio.Event(), asyncio.Event()
STOPPED.set()
COMPLETE = {
    "DATABASE_URL": "postgresql://nowhere/none",
    "VIVAVOCE_INSTALLATION_KEY": "key",
    "LIVEKIT_URL": "ws://127.0.0.1:7880",
    "LIVEKIT_API_KEY": "key",
    "LIVEKIT_API_SECRET": "secret",
    "VIVAVOCE_API_URL": "http://127.0.0.1:8080/",
}


def job(attempts: int = 0, payload: bytes | None = None) -> Job:
    order = f'{{"tenant": "{TENANT}", "interview": "{INTERVIEW}"}}'.encode()
    made = SimpleNamespace(
        id=1,
        entrypoint="score_interview",
        attempts=attempts,
        payload=payload or order,
        created=datetime.now(UTC),
    )
    return cast(Job, made)


def failing(error: Exception | None) -> Work:
    """Work that fails, or that never ends."""

    async def work(tenant: TenantId, interview: InterviewId) -> None:
        if error is None:
            await asyncio.Event().wait()
        else:
            raise error

    return work


async def test_a_job_is_done_for_the_interview_that_its_payload_names() -> None:
    done: list[tuple[TenantId, InterviewId]] = []

    async def work(tenant: TenantId, interview: InterviewId) -> None:
        done.append((tenant, interview))

    await attempt(job(), work, GOING)

    assert done == [(TENANT, INTERVIEW)]


@pytest.mark.parametrize("error", [Unavailable(), ValueError(SECRET), OSError()])
async def test_a_job_that_failed_is_tried_again_later_and_later(error: Exception) -> None:
    delays = []
    for attempts in range(ATTEMPTS - 1):
        with pytest.raises(RetryRequested) as retry:
            await attempt(job(attempts), failing(error), GOING)
        delays.append(retry.value.delay.total_seconds())

    assert delays == [1, 2, 4, 8, 16, 32, 64, LONGEST_DELAY_S]


async def test_a_job_that_failed_too_often_is_put_aside_with_a_line_in_the_log() -> None:
    with capture_logs() as lines, pytest.raises(JobDead):
        await attempt(job(ATTEMPTS - 1), failing(OSError()), GOING)

    (line,) = lines
    assert (line["event"], line["log_level"], line["attempt"]) == ("job_dead", "error", ATTEMPTS)
    assert line["interview"] == str(INTERVIEW)


@pytest.mark.parametrize("error", [WrongState(), NotFound(), Sealed()])
async def test_a_refusal_by_a_rule_is_not_tried_again(error: Exception) -> None:
    with pytest.raises(JobDead):
        await attempt(job(), failing(error), GOING)


async def test_a_refusal_among_other_failures_is_not_tried_again() -> None:
    both = ExceptionGroup("", [Unavailable(), ExceptionGroup("", [OSError(), Sealed()])])
    with pytest.raises(JobDead):
        await attempt(job(), failing(both), GOING)

    with pytest.raises(RetryRequested):
        await attempt(job(), failing(ExceptionGroup("", [Unavailable(), OSError()])), GOING)


@pytest.mark.parametrize("payload", [b"{}", b"no json", b'{"tenant": 1}'])
async def test_a_job_that_says_nothing_is_put_aside(payload: bytes) -> None:
    with pytest.raises(JobDead):
        await attempt(job(payload=payload), failing(AssertionError()), GOING)


async def test_a_job_whose_worker_stops_goes_back_to_the_queue_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(queue, "FINISH_WITHIN_S", 0.01)

    with pytest.raises(RetryRequested) as retry:
        await attempt(job(), failing(None), STOPPED)

    assert timedelta(0) == retry.value.delay


async def test_a_job_that_is_nearly_done_is_finished_first() -> None:
    async def nearly_done(tenant: TenantId, interview: InterviewId) -> None:
        await asyncio.sleep(0)

    await attempt(job(), nearly_done, STOPPED)


async def test_what_somebody_said_does_not_leave_with_a_failure() -> None:
    with capture_logs() as lines, pytest.raises(RetryRequested) as retry:
        await attempt(job(), failing(ValueError(SECRET)), GOING)

    assert SECRET not in f"{lines}{retry.value}"
    assert retry.value.__suppress_context__
    assert "ValueError at tests.unit.test_worker" in str(retry.value)


def test_personal_keys_are_dropped_from_the_log() -> None:
    line: EventDict = {"event": "x", "pii.name": "Ada", "turn.pii": "words", "pipes": 3}

    assert drop_personal(structlog.get_logger(), "info", line) == {"event": "x", "pipes": 3}


def test_a_failure_without_a_trace_is_named_by_its_class() -> None:
    assert what_failed(ValueError(SECRET)) == "ValueError"


class Rounds:
    """A watch that has seen something, once a round; the last round ends the watch."""

    def __init__(self, *rounds: Sequence[Deed] | Exception) -> None:
        self.rounds = list(rounds)
        self.stop = asyncio.Event()

    async def look(self) -> Sequence[Deed]:
        seen = self.rounds.pop(0)
        if not self.rounds:
            self.stop.set()
        if isinstance(seen, Exception):
            raise seen
        return seen


async def said(*rounds: Sequence[Deed] | Exception) -> list[str]:
    """The log of a watch that lives through `rounds`."""
    watch = Rounds(*rounds)
    with capture_logs() as lines:
        await keep_watch(cast(Watch, watch), watch.stop, every_s=0.01)
    return [line["event"] for line in lines]


async def test_the_watch_tells_what_it_did() -> None:
    interview = InterviewId(INTERVIEW)

    assert await said(
        [],
        [Deed(interview, Step.REPLACE, 2, taken=True)],
        [Deed(interview, Step.RESEND, 2, taken=False)],
        [Deed(interview, Step.RESTORE, 2, failure="unavailable")],
    ) == ["watch_stepped_in", "watch_dispatch_lost", "watch_step_failed"]


async def test_a_fault_is_told_by_its_place_and_not_by_its_words() -> None:
    fault = ValueError(SECRET)
    deed = Deed(InterviewId(INTERVIEW), Step.LEAVE, 0, failure="fault", fault=fault)
    watch = Rounds([deed], [])
    with capture_logs() as lines:
        await keep_watch(cast(Watch, watch), watch.stop, every_s=0.01)

    (line,) = lines
    assert (line["event"], line["failure"]) == ("watch_step_failed", "ValueError")


async def test_the_watch_outlives_a_round_that_fails() -> None:
    assert await said(Unavailable(), ValueError(), []) == ["watch_round_failed"] * 2


async def test_the_watch_ends_at_once_when_it_is_told_to() -> None:
    watch = Rounds([])

    async with asyncio.timeout(1):
        await keep_watch(cast(Watch, watch), watch.stop, every_s=3600)


async def test_a_round_that_is_stuck_does_not_keep_the_watch_from_ending() -> None:
    stop = asyncio.Event()

    class Stuck:
        async def look(self) -> Sequence[Deed]:
            stop.set()
            await asyncio.Event().wait()
            return []

    async with asyncio.timeout(1):
        await keep_watch(cast(Watch, Stuck()), stop)


async def test_a_round_that_is_slow_does_not_keep_the_next_one_waiting() -> None:
    stop, slow, rounds = asyncio.Event(), asyncio.Event(), 0

    class Slow:
        async def look(self) -> Sequence[Deed]:
            nonlocal rounds
            rounds += 1
            if rounds == 3:
                stop.set()
            await slow.wait()
            return []

    async with asyncio.timeout(1):
        await keep_watch(cast(Watch, Slow()), stop, every_s=0.01)

    assert rounds == 3


def test_the_settings_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in COMPLETE.items():
        monkeypatch.setenv(name, value)

    settings = read_settings()

    assert settings.api_url == "http://127.0.0.1:8080"
    assert "nowhere" not in repr(settings)


@pytest.mark.parametrize("missing", COMPLETE)
def test_a_missing_variable_is_named_in_one_line(
    monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    for name, value in COMPLETE.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv(missing)

    with pytest.raises(SettingsWrong, match=f"^{missing}: field required$"):
        read_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LIVEKIT_URL", "localhost:7880"),
        ("VIVAVOCE_API_URL", "ws://127.0.0.1"),
        ("VIVAVOCE_LOG_LEVEL", "loud"),
    ],
)
def test_a_wrong_variable_is_named_without_its_value(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    for known, good in (COMPLETE | {name: value}).items():
        monkeypatch.setenv(known, good)

    with pytest.raises(SettingsWrong, match=f"^{name}: ") as wrong:
        read_settings()
    assert value not in str(wrong.value)
