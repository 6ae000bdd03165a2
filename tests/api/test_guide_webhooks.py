"""The guide's page on webhooks: its receiver takes what we send, and its tables are the code's."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import get_args
from uuid import UUID

import pytest

from api.guide import FOLDER
from interview.adapters.courier import HttpCourier
from interview.adapters.outbound import open_outbound
from interview.adapters.system import SystemIds
from interview.addresses import Reach
from interview.ids import HookEventId, InterviewId, WebhookId
from interview.lifecycle import State
from interview.store.memory import MemoryStore
from interview.use_cases.delivering import deliver
from interview.use_cases.world import World
from interview.webhooks import (
    SCHEDULE,
    Failure,
    HookEvent,
    HookType,
    Reason,
    Webhook,
    payload,
    told_of,
)
from tests.api.guide import Step, bash, steps
from tests.api.house import House, opened, settings_with
from tests.fakes.clock import NOON
from tests.fakes.queue import FakeQueue

pytestmark = pytest.mark.api
PAGE = FOLDER / "webhooks.md"
PORT = "9400"
BEFORE = re.compile(r"^(?:call|field)\(\) .*$", re.MULTILINE)
"""What the page before has defined."""


@asynccontextmanager
async def working(house: House) -> AsyncIterator[None]:
    """A worker sends what is due, over real sockets and by the real time."""
    assert isinstance(house.store, MemoryStore)
    async with open_outbound(Reach(loopback=True)) as outbound:
        world = World(house.store, house.clock, SystemIds())
        send = partial(deliver, world, HttpCourier(outbound))
        queue = FakeQueue(house.store, house.clock, send)

        async def work() -> None:
            while True:
                await queue.work_until(datetime.now(UTC))
                await asyncio.sleep(0.02)

        task = asyncio.create_task(work())
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def free_port() -> str:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return str(held.getsockname()[1])


async def test_the_page_is_followed_command_by_command(store: MemoryStore, tmp_path: Path) -> None:
    settings = settings_with(VIVAVOCE_WEBHOOKS_ALLOW_LOOPBACK="true")
    async with opened(settings, store) as house:
        house.clock.at = datetime.now(UTC)
        interview = await house.invited()
        variables = {
            "VIVAVOCE_URL": str(house.client.make_url("")).rstrip("/"),
            "VIVAVOCE_KEY": house.key,
            "KIT": interview["kit_id"],
            "CANDIDATE": interview["candidate_id"],
        }
        here, ran = free_port(), 0
        async with working(house), bash(tmp_path, **variables) as shell:
            before = BEFORE.findall((FOLDER / "first-interview.md").read_text())
            assert 2 == len(before)
            await shell.run(Step("sh", "\n".join(before), None))
            for step in steps(PAGE.name):
                output = step.output and step.output.replace(PORT, here)
                await shell.follow(Step(step.language, step.source.replace(PORT, here), output))
                ran += 1
        assert ran > 10


def test_the_whole_request_of_the_page_is_what_is_sent() -> None:
    text = PAGE.read_text()
    [secret] = re.findall(r"`(whsec_[^`]+)`", text)
    [shown] = re.findall(r"```http\n(.*?)```", text, re.DOTALL)
    event = HookEvent(
        HookEventId(UUID("0197a9d2-7a4e-7c1b-9d3e-5f6a7b8c9d0e")),
        HookType.SCORED,
        InterviewId(UUID("0197a9d2-11aa-7000-8a52-0c1d2e3f4a5b")),
        State.SCORED,
        NOON,
    )
    webhook = Webhook(
        WebhookId(UUID(int=1)),
        "",
        "",
        frozenset(HookType),
        secret,
        created_at=NOON,
        changed_at=NOON,
    )
    body = payload(event)
    headers = webhook.headers(event.event_id, body, NOON)

    sent = "".join(f"{name}: {value}\n" for name, value in headers.items())
    assert f"POST / HTTP/1.1\n{sent}\n{body.decode()}\n" == shown


def rows(text: str, columns: int) -> list[tuple[str, ...]]:
    """The rows of every table with so many columns, without their heads."""
    found = (line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| "))
    return [tuple(row) for row in found if len(row) == columns and not row[0].isalpha()]


def test_the_page_names_every_type_with_its_state() -> None:
    moves = {told_of(was, then): then for was in State for then in State}
    del moves[None]

    found = {kind.strip("`"): state.strip("`") for kind, state, _ in rows(PAGE.read_text(), 3)}

    assert set(HookType) == set(found)
    told = {kind.value: state.value for kind, state in moves.items() if kind}
    assert told | {"interview.requested": "any", "interview.relief_wanted": "any"} == found


def test_the_page_says_how_long_is_waited_between_tries() -> None:
    def said(wait: timedelta) -> str:
        seconds = int(wait.total_seconds())
        for unit, name in ((3600, "hours"), (60, "minutes"), (1, "seconds")):
            if seconds % unit == 0:
                return f"{seconds // unit} {name}"
        raise AssertionError(wait)

    waits = ["at once", *map(said, SCHEDULE)]
    assert [(str(n), wait) for n, wait in enumerate(waits, 1)] == rows(PAGE.read_text(), 2)


def test_the_page_says_every_reason_and_failure() -> None:
    text = PAGE.read_text()

    assert [] == [
        word for word in (*get_args(Reason), *get_args(Failure)) if f"`{word}`" not in text
    ]
