"""The engines of the speech server: ended whatever they are doing, and nobody's alone."""

import asyncio
import sys
from asyncio.subprocess import PIPE, create_subprocess_exec
from pathlib import Path

import pytest

from local.speech.engine import Engine
from local.speech.synthesizer import Synthesizer
from local.speech.talking.request import Utterance

pytestmark = pytest.mark.voice

# More than a paused pipe (64 KiB) and its reader (128 KiB) hold; then the file; then for ever.
CHATTY = """
import pathlib, sys
sys.stdout.buffer.write(bytes(196_608))
sys.stdout.buffer.flush()
pathlib.Path(sys.argv[1]).touch()
sys.stdout.buffer.write(bytes(1 << 20))
"""


async def test_an_engine_whose_answer_nobody_read_can_be_stopped(tmp_path: Path) -> None:
    said = tmp_path / "said"
    process = await create_subprocess_exec(
        sys.executable, "-c", CHATTY, str(said), stdin=PIPE, stdout=PIPE
    )
    engine = Engine(process)
    while not said.exists():
        await asyncio.sleep(0.01)

    async with asyncio.timeout(5):
        await engine.stop()

    assert not engine.is_running


async def test_a_caller_who_withdraws_silences_nobody_else() -> None:
    synthesizer = Synthesizer()
    await synthesizer.warm_up()
    short = Utterance("Yes.", "en-us", 160, 24_000)
    long = Utterance("Tell me about a time when you changed a system. " * 4, "en-us", 160, 24_000)
    alone = await synthesizer.say(short)
    for turns in (0, 1, 2, 3, 10, 1_000):  # of the loop, after which the caller withdraws
        withdrawn = asyncio.create_task(synthesizer.say(long))
        for _ in range(turns):
            await asyncio.sleep(0)
        withdrawn.cancel()

        async with asyncio.timeout(10):
            heard = await synthesizer.say(short)

        assert len(heard) == pytest.approx(len(alone), rel=0.1)
    await synthesizer.close()


async def test_closing_ends_a_sentence_that_nobody_waits_for() -> None:
    synthesizer = Synthesizer()
    await synthesizer.warm_up()
    withdrawn = asyncio.create_task(
        synthesizer.say(Utterance("Good morning. " * 15, "en-us", 160, 48_000))
    )
    await asyncio.sleep(0)
    withdrawn.cancel()

    async with asyncio.timeout(5):
        await synthesizer.close()
