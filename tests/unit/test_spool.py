"""The spool on the disk: what a process that was killed in the middle of anything leaves behind."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from agent.spool import EVENTS, MARK, Spool
from interview.door import MAX_EVENTS_BYTES, MAX_EVENTS_PER_REQUEST
from tests.fakes.reports import speech, texts

pytestmark = pytest.mark.unit


async def written(folder: Path, *words: str) -> Spool:
    spool = Spool(folder)
    for text in words:
        await spool.append(speech(text))
    return spool


async def loaded(folder: Path) -> Spool:
    """By the next process."""
    return await asyncio.to_thread(Spool.load, folder)


async def test_what_was_written_is_there_for_the_next_process(tmp_path: Path) -> None:
    await written(tmp_path, "one", "two")

    found = await loaded(tmp_path)

    assert ["one", "two"] == texts(found.next_batch())
    assert 0o600 == (tmp_path / EVENTS).stat().st_mode & 0o777


async def test_what_was_acknowledged_is_not_sent_again(tmp_path: Path) -> None:
    spool = await written(tmp_path, "one", "two", "three")
    await spool.acknowledge(2)

    assert ["three"] == texts((await loaded(tmp_path)).next_batch())


async def test_what_was_set_aside_keeps_nothing_behind_it_and_is_tried_by_the_next(
    tmp_path: Path,
) -> None:
    spool = await written(tmp_path, "one", "bad", "three")
    await spool.acknowledge(1)
    await spool.set_aside()
    await spool.acknowledge(1)

    assert (0, False) == (spool.waiting, spool.is_delivered)
    again = await loaded(tmp_path)
    assert ["bad"] == texts(again.next_batch())
    await again.acknowledge(1)
    assert again.is_delivered
    assert 0 == (await loaded(tmp_path)).waiting


async def test_a_line_that_its_writer_died_in_is_left_out(tmp_path: Path) -> None:
    await written(tmp_path, "one")
    with (tmp_path / EVENTS).open("ab") as file:
        file.write(b'{"event_id": "0199')

    found = await loaded(tmp_path)

    assert (["one"], 0) == (texts(found.next_batch()), found.damaged)


async def test_a_damaged_line_costs_itself_and_is_not_taken_for_delivered(tmp_path: Path) -> None:
    await written(tmp_path, "one", "two", "three")
    first, _, last = (tmp_path / EVENTS).read_bytes().splitlines()
    (tmp_path / EVENTS).write_bytes(b"\n".join([first, b"\x00\xff{", last, b""]))

    found = await loaded(tmp_path)

    assert ["one", "three"] == texts(found.next_batch())
    await found.acknowledge(2)
    assert (0, 1, False) == (found.waiting, found.damaged, found.is_delivered)
    assert 0 == (await loaded(tmp_path)).waiting


@pytest.mark.parametrize(
    "mark",
    ["", "3", "{", '{"tried": 9, "left": []}', '{"tried": 1, "left": [1]}', "[]", "null"],
)
async def test_a_damaged_mark_means_that_all_is_sent_again(tmp_path: Path, mark: str) -> None:
    await written(tmp_path, "one", "two")
    (tmp_path / MARK).write_text(mark)

    assert ["one", "two"] == texts((await loaded(tmp_path)).next_batch())


async def test_an_empty_folder_is_a_spool_that_was_delivered(tmp_path: Path) -> None:
    assert (await loaded(tmp_path)).is_delivered


async def test_a_batch_holds_no_more_than_a_request_may(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    for text in ["a" * (MAX_EVENTS_BYTES // 2), "b" * (MAX_EVENTS_BYTES // 3), "c" * 200_000, "d"]:
        await spool.append(speech(text))

    sizes = []
    while batch := spool.next_batch():
        sizes.append(len(batch))
        await spool.acknowledge(len(batch))

    assert [2, 2] == sizes


async def test_a_report_that_is_too_large_by_itself_is_a_batch_by_itself(tmp_path: Path) -> None:
    spool = await written(tmp_path, "a" * (MAX_EVENTS_BYTES + 1), "b")

    assert 1 == len(spool.next_batch())


async def test_a_batch_holds_no_more_reports_than_a_request_may(tmp_path: Path) -> None:
    spool = await written(tmp_path, *["word"] * (MAX_EVENTS_PER_REQUEST + 1))

    assert MAX_EVENTS_PER_REQUEST == len(spool.next_batch())


async def test_what_a_full_disk_refused_waits_to_be_sent_and_is_written_with_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool = await written(tmp_path, "one")
    with monkeypatch.context() as full:
        full.setattr(os, "write", _takes_ten_bytes_and_no_more())
        with pytest.raises(OSError, match="No space left"):
            await spool.append(speech("two"))
    assert ["one", "two"] == texts(spool.next_batch())
    assert ["one"] == texts((await loaded(tmp_path)).next_batch())

    await spool.append(speech("three"))

    assert ["one", "two", "three"] == texts((await loaded(tmp_path)).next_batch())


def _takes_ten_bytes_and_no_more() -> Callable[[int, bytes], int]:
    write, taken = os.write, 0

    def short(descriptor: int, data: bytes) -> int:
        nonlocal taken
        if taken:
            raise OSError(28, "No space left on device")
        taken = write(descriptor, data[:10])
        return taken

    return short
