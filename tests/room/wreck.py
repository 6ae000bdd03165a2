"""Ends processes of a running platform as a crash would."""

import json
import os
import signal
import time

from local.up.stack import Stack
from tests.room.house import Talk


def kill_job(talk: Talk) -> float:
    """`kill -9` for the job process that leads `talk`, and for no other; when it was done."""
    os.kill(job_pid(talk), signal.SIGKILL)
    return time.monotonic()


def job_pid(talk: Talk) -> int:
    """The process that joined the room of `talk` last."""
    stack, (_, interview) = talk.platform.stack, talk.platform.interview(talk)
    return _pids_in(stack, f"iv-{interview.hex}")[-1]


def _pids_in(stack: Stack, room: str) -> list[int]:
    """LiveKit's log names the process of each record, and the room once a job is in it."""
    worker = stack.children["agent"].pid
    lines = stack.log_of("agent").read_text().splitlines()
    records = [json.loads(line) for line in lines if line.startswith("{") and room in line]
    inside = [r for r in records if r.get("room") == room and "job_id" in r]
    return [int(r["pid"]) for r in inside if r["pid"] != worker]
