"""How benchmarks are called, and when their figures are to be doubted."""

import asyncio
from pathlib import Path

import pytest

from bench.__main__ import BENCHES, main
from bench.alone import alone
from bench.guard import MOST_LATE_SHARE, MOST_WAITING_SHARE, Guard, Load, waited_s
from local.errors import LocalError
from tests.fakes.leaping import LeapingLoop, leap

pytestmark = pytest.mark.unit


def test_without_a_name_the_benchmarks_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == main([])

    listed = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert list(BENCHES) == listed


def test_an_unknown_name_is_one_line_that_says_what_there_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert 2 == main(["latenzy"])

    printed = capsys.readouterr()
    assert "" == printed.out
    (line,) = printed.err.splitlines()
    assert line.startswith("bench: no benchmark named 'latenzy'")
    assert "latency" in line


@pytest.mark.parametrize(
    "arguments",
    [
        ["--rounds", "0"],
        ["--rounds", "many"],
        ["--fast"],
        ["--corpus", "any"],
        ["--expected-words", "0"],
        ["--expected-words", "1001"],
    ],
)
def test_a_wrong_argument_is_refused_before_anything_is_started(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["latency", *arguments])

    assert 2 == ended.value.code
    assert arguments[0] in capsys.readouterr().err


def test_a_second_benchmark_is_refused_while_one_runs(tmp_path: Path) -> None:
    lock = tmp_path / "bench" / "lock"
    refused = pytest.raises(LocalError, match="another benchmark is running")
    with alone(lock), refused, alone(lock):
        pass
    with alone(lock):
        pass


def load(late_share: float = 0.0, waiting_share: float | None = 0.0) -> Load:
    return Load(late_share, 0.0, waiting_share, 0.0)


def test_a_machine_is_busy_when_our_clock_is_late_or_something_waits_for_a_processor() -> None:
    assert not load(MOST_LATE_SHARE, MOST_WAITING_SHARE).is_busy
    assert load(late_share=MOST_LATE_SHARE + 0.01).is_busy
    assert load(waiting_share=MOST_WAITING_SHARE + 0.01).is_busy


def test_a_system_that_does_not_tell_who_waits_is_judged_by_the_clock_alone() -> None:
    assert not load(0.0, None).is_busy
    assert load(MOST_LATE_SHARE + 0.01, None).is_busy


def test_a_loop_that_stands_still_shows_as_late_ticks() -> None:
    async def scene() -> None:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, LeapingLoop)
        async with Guard(loop.time) as guard:
            await asyncio.sleep(0.02)
            assert guard.load().worst_late_s < 0.001
            loop.stand_still(0.06)
            await asyncio.sleep(0.02)

        assert 0.04 < guard.load().worst_late_s < 0.07
        assert guard.load().late_share > 0

    leap(scene())


def test_waiting_is_read_from_the_system_where_it_tells(tmp_path: Path) -> None:
    told = tmp_path / "cpu"
    told.write_text(
        "some avg10=1.00 avg60=0.00 avg300=0.00 total=2500000\nfull avg10=0.00 total=7\n"
    )

    assert 2.5 == waited_s(told)
    assert waited_s(tmp_path / "missing") is None
