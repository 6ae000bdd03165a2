"""An API that is away, a full disk, a report that nobody takes: nothing is lost of a talk."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from agent import recording
from agent.door import Door
from agent.interview_job import background
from agent.journal import Journal
from agent.lease_folder import LeaseFolder
from agent.recording import Recorder
from agent.segments import encode, segments_in
from agent.spool import Spool
from agent.sweep import REFUSED_KEPT_S, UNANSWERED_KEPT_S, deliver_before, sweep
from interview.door import Desired
from interview.errors import InterviewError, LeaseLost, NotFound, OutOfOrder, Sealed
from interview.events import Report
from tests.fakes.door import FakeDoor
from tests.fakes.leaping import leap
from tests.fakes.reports import line, speech, texts

pytestmark = pytest.mark.voice

RATE = 16_000
VOICE = bytes(range(256)) * (2 * RATE // 256)
"""A second of sound."""


@dataclass
class Keeps:
    """What a job keeps of a talk, and how it gets to the API."""

    door: FakeDoor
    journal: Journal
    recorder: Recorder
    spool: Spool
    folder: LeaseFolder

    async def talks(self, seconds: int, since: int = 0) -> None:
        """A sentence and a second of sound each second."""
        track = self.recorder.track("cand-1")
        for second in range(since, since + seconds):
            await self.journal.write(speech(f"second {second}"))
            track.write(second * 1000, VOICE, RATE)
            await asyncio.sleep(1)


@asynccontextmanager
async def at_work(
    root: Path, door: FakeDoor, interview: UUID, epoch: int = 1
) -> AsyncIterator[Keeps]:
    """A job in the middle of its talk."""
    with LeaseFolder.take(root, interview, epoch) as folder:
        spool = Spool(folder.path)
        journal = Journal(door, spool, interview, epoch, 0)
        recorder = Recorder(door, interview, epoch, folder.path)
        async with background(journal.deliver(), recorder.run(), journal.beat(_obey)):
            yield Keeps(door, journal, recorder, spool, folder)


def _obey(_: Desired) -> None:
    pass


def seconds(*numbers: int) -> list[str]:
    return [f"second {number}" for number in numbers]


# ---- the API is away ----


def test_an_api_that_is_away_for_a_minute_costs_no_word_no_sound_and_no_order(
    tmp_path: Path,
) -> None:
    async def scene() -> None:
        door = FakeDoor()
        async with at_work(tmp_path, door, uuid4()) as job:
            await job.talks(10)
            door.is_open = False
            await job.talks(60, since=10)
            assert seconds(*range(10)) == texts(door.told)
            assert 60 == job.spool.waiting
            on_disk = await asyncio.to_thread(segments_in, job.folder.path)
            assert list(range(10_000, 70_000, 10_000)) == [s.started_ms for s in on_disk]

            door.is_open = True
            await job.talks(10, since=70)
            assert await job.recorder.finish(10)
            assert await job.journal.drained(10)

            assert seconds(*range(80)) == texts(door.told)
            starts = [index for _, _, index in sorted(door.segments)]
            assert list(range(0, 80_000, 10_000)) == sorted(starts)
            assert job.spool.is_delivered
            assert [] == segments_in(job.folder.path)

    leap(scene())


def test_a_job_that_dies_while_the_api_is_away_costs_one_segment_and_no_word(
    tmp_path: Path,
) -> None:
    async def scene() -> None:
        door, interview = FakeDoor(is_open=False), uuid4()
        async with at_work(tmp_path, door, interview) as job:
            await job.talks(25)
        await sweep(door, tmp_path)
        assert [] == door.told

        door.is_open = True
        await sweep(door, tmp_path)

        assert seconds(*range(25)) == texts(door.told)
        assert [("cand-1", 1, 0), ("cand-1", 1, 10_000)] == sorted(door.segments)
        assert [] == list(tmp_path.iterdir())

    leap(scene())


def test_no_sweep_touches_what_a_living_job_has(tmp_path: Path) -> None:
    async def scene() -> None:
        door = FakeDoor()
        async with at_work(tmp_path, door, uuid4()) as job:
            await job.talks(25)
            door.is_open = False
            await job.talks(1, since=25)
            door.is_open = True
            await sweep(door, tmp_path)
            assert (0, True) == (door.late, job.folder.path.exists())

    leap(scene())


def test_what_another_epoch_left_is_brought_as_its_own(tmp_path: Path) -> None:
    async def scene() -> None:
        door, interview = FakeDoor(is_open=False), uuid4()
        for epoch in (1, 2):
            async with at_work(tmp_path, door, interview, epoch) as job:
                await job.talks(11)
        door.is_open = True

        async with at_work(tmp_path, door, interview, 3) as job:
            await deliver_before(door, tmp_path, interview, 3)
            assert [1] * 11 + [2] * 11 == [epoch for epoch, _ in door.reports.values()]
            await sweep(door, tmp_path)

        assert [("cand-1", 1, 0), ("cand-1", 2, 0)] == sorted(door.segments)

    leap(scene())


def test_a_job_that_lost_its_lease_stores_all_its_sound_at_once(tmp_path: Path) -> None:
    async def scene() -> None:
        door = FakeDoor()
        async with at_work(tmp_path, door, uuid4()) as job:
            await job.talks(15)
            door.raises = LeaseLost()
            await job.talks(10, since=15)
            assert job.journal.lost.is_set()
            began = asyncio.get_running_loop().time()

            assert not await job.recorder.finish(10)

            assert asyncio.get_running_loop().time() - began < 1
            left = await asyncio.to_thread(segments_in, job.folder.path)
            assert [10_000, 20_000] == [s.started_ms for s in left]
        door.raises = None
        await sweep(door, tmp_path)
        assert seconds(*range(25)) == texts(door.told)
        assert 3 == len(door.segments)

    leap(scene())


def test_nobody_waits_for_what_is_not_sent_any_more(tmp_path: Path) -> None:
    async def scene() -> None:
        async with at_work(tmp_path, FakeDoor(is_open=False), uuid4()) as job:
            await job.talks(15)
        began = asyncio.get_running_loop().time()

        assert not await job.recorder.finish(600)
        assert not await job.journal.drained(600)

        assert asyncio.get_running_loop().time() - began < 1

    leap(scene())


# ---- one report is not taken ----


def refuses(text: str, error: InterviewError) -> Callable[[Report], InterviewError | None]:
    return lambda report: error if texts([report]) == [text] else None


def test_a_report_that_the_api_refuses_costs_itself_and_is_kept(tmp_path: Path) -> None:
    async def scene() -> None:
        door, interview = FakeDoor(is_open=False), uuid4()
        door.objects_to = refuses("second 3", OutOfOrder())
        async with at_work(tmp_path, door, interview) as job:
            await job.talks(6)
            door.is_open = True
            assert await job.journal.drained(10)
            assert seconds(0, 1, 2, 4, 5) == texts(door.told)
            assert not job.spool.is_delivered
            await job.recorder.finish(10)

        door.objects_to = lambda _: None
        await sweep(door, tmp_path)
        assert seconds(0, 1, 2, 4, 5, 3) == texts(door.told)
        assert [] == list(tmp_path.iterdir())

    leap(scene())


def test_a_name_that_is_not_known_for_a_moment_is_waited_for(tmp_path: Path) -> None:
    async def scene() -> None:
        door = FakeDoor(raises=NotFound())
        async with at_work(tmp_path, door, uuid4()) as job:
            await job.talks(3)
            door.raises = None
            assert await job.journal.drained(10)
        assert seconds(0, 1, 2) == texts(door.told)

    leap(scene())


@pytest.mark.parametrize("error", [LeaseLost(), Sealed()])
def test_a_journal_is_lost_with_its_lease_or_its_key(tmp_path: Path, error: InterviewError) -> None:
    async def scene() -> None:
        async with at_work(tmp_path, FakeDoor(raises=error), uuid4()) as job:
            await job.journal.write(line("Where did you work?"))
            await job.journal.lost.wait()

    leap(scene())


# ---- the disk or the encoder fails ----


def test_a_full_disk_ends_no_talk_and_loses_nothing_that_the_api_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    async def scene() -> None:
        door = FakeDoor()
        async with at_work(tmp_path, door, uuid4()) as job:
            with monkeypatch.context() as disk:
                disk.setattr(recording, "write_segment", full)
                disk.setattr(Spool, "_write", full)
                await job.talks(15)
            assert seconds(*range(15)) == texts(door.told)
            await job.talks(5, since=15)
            assert await job.recorder.finish(10)
            assert await job.journal.drained(10)
        assert seconds(*range(20)) == texts(door.told)
        assert [0, 10_000] == sorted(index for _, _, index in door.segments)

    leap(scene())


def test_sound_that_cannot_be_encoded_costs_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sometimes(pcm: bytes, rate: int) -> bytes:
        if rate == 1:
            raise ValueError("no such rate")
        return encode(pcm, rate)

    async def scene() -> None:
        door = FakeDoor()
        async with at_work(tmp_path, door, uuid4()) as job:
            monkeypatch.setattr(recording, "encode", sometimes)
            job.recorder.track("odd").write(0, bytes(100), 1)
            await job.talks(10)
            assert await job.recorder.finish(10)
        assert [("cand-1", 1, 0)] == list(door.segments)

    leap(scene())


# ---- what becomes of what nobody wants ----


async def left(root: Path, door: Door) -> LeaseFolder:
    """A dead job's folder with a word in it, after the first sweep."""
    folder = LeaseFolder.take(root, uuid4(), 1)
    with folder:
        await Spool(folder.path).append(speech("left"))
    await sweep(door, root)
    return folder


def ages(folder: LeaseFolder, by_s: float) -> None:
    """As if all of it had been written so much earlier."""
    for path in (*folder.path.iterdir(), folder.path):
        then = path.stat().st_mtime - by_s
        os.utime(path, (then, then))


def test_what_is_refused_is_tried_for_a_day_and_then_deleted(tmp_path: Path) -> None:
    async def scene() -> None:
        door = FakeDoor(raises=LeaseLost())
        folder = await left(tmp_path, door)
        ages(folder, REFUSED_KEPT_S - 60)
        await sweep(door, tmp_path)
        assert folder.path.exists()
        ages(folder, 120)

        await sweep(door, tmp_path)

        assert [] == list(tmp_path.iterdir())

    leap(scene())


def test_what_was_refused_and_is_taken_later_is_delivered(tmp_path: Path) -> None:
    async def scene() -> None:
        door = FakeDoor(raises=LeaseLost())
        folder = await left(tmp_path, door)
        ages(folder, 2 * REFUSED_KEPT_S)
        door.raises = None

        await sweep(door, tmp_path)

        assert ["left"] == texts(door.told)

    leap(scene())


def test_what_belongs_to_an_erased_interview_is_deleted_at_once(tmp_path: Path) -> None:
    async def scene() -> None:
        await left(tmp_path, FakeDoor(raises=Sealed()))
        assert [] == list(tmp_path.iterdir())

    leap(scene())


def test_an_api_that_does_not_answer_is_waited_for_and_not_for_ever(tmp_path: Path) -> None:
    async def scene() -> None:
        door = FakeDoor(is_open=False)
        folder = await left(tmp_path, door)
        ages(folder, UNANSWERED_KEPT_S - 60)
        await sweep(door, tmp_path)
        assert folder.path.exists()
        ages(folder, 120)

        await sweep(door, tmp_path)

        assert [] == list(tmp_path.iterdir())

    leap(scene())


def test_one_damaged_folder_keeps_no_other_and_no_heir(tmp_path: Path) -> None:
    async def scene() -> None:
        door, interview = FakeDoor(is_open=False), uuid4()
        await left(tmp_path, door)
        for epoch in (1, 2):
            async with at_work(tmp_path, door, interview, epoch) as job:
                await job.talks(1)
        spoiled = tmp_path / f"{interview}-1"
        (spoiled / "events.jsonl").write_bytes(b"\x00\n{}\n")
        (spoiled / "events.sent").write_bytes(b"")
        door.is_open = True

        await deliver_before(door, tmp_path, interview, 3)
        assert ["second 0"] == texts(door.told)
        await sweep(door, tmp_path)

        assert {"second 0", "left"} == set(texts(door.told))
        assert [spoiled] == list(tmp_path.iterdir())

    leap(scene())
