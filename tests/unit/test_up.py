"""`make up`: it says where to go, stops at the first failure, and leaves nothing behind."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from local.environment import environment
from local.errors import LocalError, PortInUse
from local.ports import LOOPBACK, Ports
from local.postgres.__main__ import from_settings as db_of
from local.postgres.server import FAST
from local.secrets import Secrets
from local.sfu.__main__ import from_settings as sfu_of
from local.up.__main__ import languages_of, mails_of, main, run, stack_for
from local.up.child import FIRMLY
from local.up.stack import LAST, Stack

pytestmark = pytest.mark.unit

LASTS = "import time; print('hello', flush=True); time.sleep(600)"
STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("ready on port", flush=True)
time.sleep(600)
"""
FAILS = "print('out of tape'); raise SystemExit(7)"


def dummies(folder: Path, **code: str) -> Stack:
    table = {name: [sys.executable, "-c", text] for name, text in code.items()}
    return stack_for(folder, {}, table)


async def test_one_process_that_ends_stops_the_whole_and_is_named_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stack = dummies(tmp_path, one=LASTS, two=FAILS)

    assert "two ended with code 7: out of tape" == await run(stack)

    assert {} == stack.children
    printed = capsys.readouterr().out
    assert "API            http://127.0.0.1:8080" in printed
    assert "two | out of tape" in printed
    assert f"Mails          {tmp_path / 'mails'}\n" in printed


def test_a_mail_server_is_named_without_its_password(tmp_path: Path) -> None:
    given = {"VIVAVOCE_SMTP_URL": "smtp://u:hidden@mail.example:587"}

    assert "mail.example" == mails_of(stack_for(tmp_path, given, {"one": ["true"]}))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "en: the embedded recogniser understands no other. Set DEEPGRAM_API_KEY for OTHERS."),
        ({"DEEPGRAM_API_KEY": "theirs"}, "de, en, es, fr"),
        ({"DEEPGRAM_API_KEY": "theirs", "VIVAVOCE_LANGUAGES": "fr, en"}, "en, fr"),
    ],
)
def test_it_says_which_languages_interviews_can_be_held_in(
    tmp_path: Path, given: dict[str, str], said: str
) -> None:
    said = said.replace("OTHERS", "de, es, fr")
    assert said == languages_of(Stack(tmp_path, given=given, table={"speech": ["true"]}))


async def test_the_last_words_of_a_process_are_printed_however_soon_it_ended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("local.up.console.POLL_S", 600)

    await run(dummies(tmp_path, one=LASTS, two=FAILS))

    assert "two | out of tape" in capsys.readouterr().out


@pytest.mark.parametrize("what", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
async def test_a_signal_stops_it_without_a_complaint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], what: signal.Signals
) -> None:
    stack = dummies(tmp_path, one=LASTS)
    running = asyncio.create_task(run(stack))
    printed = ""
    while "one | hello" not in printed:
        await asyncio.sleep(0.02)
        printed += capsys.readouterr().out
    pid = stack.children["one"].pid

    os.kill(os.getpid(), what)

    assert await running is None
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_taken_port_is_reported_with_its_setting_before_anything_starts(tmp_path: Path) -> None:
    with socket.create_server((LOOPBACK, 0)) as server:
        port = server.getsockname()[1]
        given = {"VIVAVOCE_SFU_UDP_PORT": str(port)}

        with pytest.raises(PortInUse, match=f"VIVAVOCE_SFU_UDP_PORT: port {port} is in use"):
            stack_for(tmp_path, given, {"sfu": ["true"]})


@pytest.mark.parametrize(
    ("process", "name"),
    [(db_of, "VIVAVOCE_DB_PORT"), (sfu_of, "VIVAVOCE_SFU_PORT"), (sfu_of, "VIVAVOCE_SFU_UDP_PORT")],
)
@pytest.mark.parametrize("value", [None, "", "a", "0", "65536"])
def test_a_port_that_is_none_is_one_line_with_its_setting(
    tmp_path: Path, process: Callable[[Mapping[str, str]], object], name: str, value: str | None
) -> None:
    told = environment(Secrets(), Ports(), tmp_path)
    given = {**told["db"], **told["sfu"]}
    process(given)
    del given[name]

    with pytest.raises(LocalError, match=f"^{name}"):
        process(given if value is None else {**given, name: value})


async def test_the_database_stops_after_all_others_and_stubbornness_helps_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("local.up.stack.MIGRATIONS", (sys.executable, "-c", ""))
    monkeypatch.setattr("local.up.stack.LAST", ((signal.SIGTERM, 0.1),))
    stack = dummies(tmp_path, one=LASTS, db=STUBBORN)
    await stack.start()
    one, db = stack.children["one"], stack.children["db"]
    codes: list[int | None] = []
    monkeypatch.setattr(db, "send", lambda what: codes.append(one.returncode))

    await stack.stop()

    assert [-signal.SIGTERM] == codes
    assert -signal.SIGKILL == db.returncode


def test_all_patience_together_is_less_than_the_five_seconds_that_ctrl_c_may_take() -> None:
    assert sum(wait for _, wait in (*FIRMLY, *LAST)) <= 4.8
    assert sum(wait for _, wait in FAST) < sum(wait for _, wait in LAST)


def test_an_outside_database_is_not_started_here(tmp_path: Path) -> None:
    given = {
        "DATABASE_URL": "postgresql://app@db/x",
        "VIVAVOCE_OWNER_DATABASE_URL": "postgresql://owner@db/x",
    }

    stack = stack_for(tmp_path, given, {"db": ["true"], "one": ["true"]})

    assert ("one",) == stack.names


async def test_migrations_that_fail_are_reported_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("local.up.stack.MIGRATIONS", (sys.executable, "-c", FAILS))
    stack = dummies(tmp_path, worker=LASTS)

    with pytest.raises(LocalError, match="migrations failed: out of tape"):
        await run(stack)

    assert {} == stack.children


def test_help_is_told_and_nothing_is_started(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--help"])

    assert "whole platform" in capsys.readouterr().out
