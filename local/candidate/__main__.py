"""Holds one interview by itself: give it `--invitation URL_OR_TOKEN` and `--api URL`."""

import argparse
import asyncio
import sys
from pathlib import Path

from local.candidate.candidate import SimulatedCandidate
from local.candidate.doors import CandidateDoor, DoorRefused
from local.candidate.script import demo_script
from local.candidate.talk import Happened, Talk, hold


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m local.candidate", description=__doc__)
    parser.add_argument("--invitation", required=True, help="the invitation's link or token")
    parser.add_argument("--api", default="http://127.0.0.1:8080", help="base URL of the API")
    parser.add_argument("--keep-audio", type=Path, help="folder for wav files of what was heard")
    given = parser.parse_args()
    try:
        talk = asyncio.run(interview(given.invitation, given.api, given.keep_audio))
    except DoorRefused as refused:
        sys.exit(str(refused))
    print(f"ended: {talk.ended}; cut off: {talk.cut_offs} of {len(talk.answers)} answers")


async def interview(invitation: str, api_url: str, keep_audio_in: Path | None) -> Talk:
    """Comes in through the door and answers as the demo's candidate."""
    async with (
        CandidateDoor(api_url) as door,
        SimulatedCandidate(door, keep_audio_in=keep_audio_in) as candidate,
    ):
        await candidate.enter(invitation)
        return await hold(candidate, demo_script(), show)


def show(happened: Happened) -> None:
    """One line: when, who, for how long, what, and how soon it was answered."""
    minutes, seconds = divmod(int(happened.at_s), 60)
    answered = (
        "" if happened.latency_s is None else f"  [answered after {happened.latency_s:.2f} s]"
    )
    cut_off = "  [cut off]" if happened.cut_off else ""
    print(
        f"{minutes}:{seconds:02} {happened.who:<9} {happened.seconds:4.1f} s  "
        f"{happened.text}{answered}{cut_off}",
        flush=True,
    )


if __name__ == "__main__":
    main()
