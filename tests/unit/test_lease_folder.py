"""Whose a lease's folder on the disk is."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

import pytest

from agent.lease_folder import LeaseFolder, leases_in

pytestmark = pytest.mark.unit

HOLDS = """
import sys, time
from pathlib import Path
from uuid import UUID
from agent.lease_folder import LeaseFolder
folder = LeaseFolder.take(Path(sys.argv[1]), UUID(sys.argv[2]), 1)
print("taken", flush=True)
time.sleep(60)
"""


def test_a_folder_is_left_when_its_holder_was_killed_and_not_before(tmp_path: Path) -> None:
    interview = uuid4()
    arguments = [sys.executable, "-c", HOLDS, str(tmp_path), str(interview)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert b"taken\n" == holder.stdout.readline()
        assert None is LeaseFolder.take_left(tmp_path, interview, 1)
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait()

    assert None is not LeaseFolder.take_left(tmp_path, interview, 1)


def test_a_folder_is_left_once_it_was_closed(tmp_path: Path) -> None:
    interview = uuid4()
    with LeaseFolder.take(tmp_path, interview, 3):
        assert None is LeaseFolder.take_left(tmp_path, interview, 3)

    with LeaseFolder.take_left(tmp_path, interview, 3) or pytest.fail("not left"):
        assert None is LeaseFolder.take_left(tmp_path, interview, 3)


def test_a_folder_that_was_removed_is_not_left(tmp_path: Path) -> None:
    interview = uuid4()
    with LeaseFolder.take(tmp_path, interview, 1) as folder:
        folder.remove()

    assert None is LeaseFolder.take_left(tmp_path, interview, 1)
    assert [] == list(tmp_path.iterdir())


def test_folders_are_found_by_interview_and_epoch_and_nothing_else_is(tmp_path: Path) -> None:
    one, other = uuid4(), uuid4()
    for interview, epoch in ((one, 2), (other, 10), (one, 1)):
        LeaseFolder.take(tmp_path, interview, epoch).__exit__(None, None, None)
    (tmp_path / "lost+found").mkdir()
    (tmp_path / f"{one}-notes").touch()

    assert [(one, 1), (one, 2), (other, 10)] == leases_in(tmp_path)
    assert [] == leases_in(tmp_path / "nowhere")


def test_a_refusal_counts_from_the_first(tmp_path: Path) -> None:
    with LeaseFolder.take(tmp_path, uuid4(), 1) as folder:
        assert 0 == folder.refused_for_s()
        folder.note_refusal()
        hour_ago = time.time() - 3600
        os.utime(folder.path / "refused", (hour_ago, hour_ago))
        folder.note_refusal()

        assert 3600 == pytest.approx(folder.refused_for_s(), abs=60)
