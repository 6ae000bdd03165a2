"""Processes are started with their variables, watched, and stopped without a trace."""

import asyncio
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from local.errors import NotReady
from local.ports import Ports
from local.up.child import Child
from local.up.ready import says, until
from local.up.stack import Stack, commands

pytestmark = pytest.mark.unit

STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print("child", child.pid, flush=True)
time.sleep(600)
"""
POLITE = "import time; print('up', flush=True); time.sleep(600)"
BRIEF = "print('no such luck'); raise SystemExit(3)"
ASKS = "import os; print(sorted(os.environ)); print(os.environ['COLOUR'])"


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def is_alive(pid: int) -> bool:
    """Whether the process runs; one that nobody has reaped yet does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


async def is_gone(pid: int) -> bool:
    """Whether the process, which may still be dying, ends within five seconds."""
    deadline = time.monotonic() + 5
    while is_alive(pid) and time.monotonic() < deadline:
        await asyncio.sleep(0.01)
    return not is_alive(pid)


async def wait_for(child: Child, words: str) -> None:
    await until(lambda: says(child.log, words), child, time.monotonic() + 10)


async def test_a_process_that_ignores_sigterm_is_gone_with_its_children(tmp_path: Path) -> None:
    child = Child.start("one", python(STUBBORN), {}, tmp_path / "one.log")
    await wait_for(child, "child")
    grandchild = int(child.last_line().split()[1])
    assert is_alive(grandchild)

    await child.stop(((signal.SIGTERM, 0.1),))

    assert -signal.SIGKILL == child.returncode
    assert await is_gone(grandchild)


async def test_stopping_asks_politely_first(tmp_path: Path) -> None:
    child = Child.start("one", python(POLITE), {}, tmp_path / "one.log")
    await wait_for(child, "up")

    await child.stop()

    assert -signal.SIGTERM == child.returncode


async def test_a_process_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("only Linux tells a process of its parent's end")
    start = (
        "import time; from pathlib import Path; from local.up.child import Child;"
        f"c = Child.start('two', {python(POLITE)!r}, {{}}, Path({str(tmp_path / 'two.log')!r}));"
        "print(c.pid, flush=True); time.sleep(600)"
    )
    parent = Child.start("one", python(start), {}, tmp_path / "one.log")
    await wait_for(parent, "\n")
    orphan = int(parent.last_line())
    await until(lambda: says(tmp_path / "two.log", "up"), parent, time.monotonic() + 10)

    os.kill(parent.pid, signal.SIGKILL)
    await parent.ended()

    assert await is_gone(orphan)


async def test_a_process_that_ends_too_early_is_reported_with_its_last_line(
    tmp_path: Path,
) -> None:
    child = Child.start("one", python(BRIEF), {}, tmp_path / "one.log")

    with pytest.raises(NotReady, match="one ended with code 3: no such luck"):
        await wait_for(child, "ready")


async def test_a_process_gets_its_own_variables_and_not_the_shell_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOT_FOR_YOU", "x")
    extra = {"one": {"COLOUR": "blue"}}
    async with Stack(tmp_path, Ports(), extra=extra, table={"one": python(ASKS)}) as stack:
        await stack.start()
        ended = await stack.first_to_end()

        assert "blue" == ended.last_line()
        assert "NOT_FOR_YOU" not in ended.log.read_text()


async def test_a_killed_process_is_noticed_and_can_be_started_again(tmp_path: Path) -> None:
    table = {"one": python(POLITE), "two": python(POLITE)}
    async with Stack(tmp_path, Ports(), table=table) as stack:
        await stack.start()
        stack.kill("two")

        assert "two" == (await stack.first_to_end()).name
        await stack.start_one("two")
        assert stack.children["two"].returncode is None


async def test_a_stack_starts_only_what_it_is_asked_for(tmp_path: Path) -> None:
    table = {"one": python(POLITE), "two": python(POLITE)}
    async with Stack(tmp_path, Ports(), table=table) as stack:
        await stack.start(only=["two"])

        assert ["two"] == list(stack.children)


async def test_leaving_a_stack_leaves_no_process(tmp_path: Path) -> None:
    async with Stack(tmp_path, Ports(), table={"one": python(POLITE)}) as stack:
        await stack.start()
        pid = stack.children["one"].pid
        assert is_alive(pid)

    assert not is_alive(pid)


def test_every_line_of_the_procfile_is_run_with_our_own_interpreter() -> None:
    table = commands()

    assert ["db", "sfu", "speech", "api", "agent", "worker"] == list(table)
    assert {sys.executable} == {command[0] for command in table.values()}
