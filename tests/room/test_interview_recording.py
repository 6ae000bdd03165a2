"""The recording: where each word lies in it, whose voice is on which side, what lies on disks."""

import pytest
import pytest_asyncio

from interview.turns import Turn
from local.candidate.sound import RATE, loud_spans
from tests.room.house import Platform, Talk, clips, kit
from tests.room.recorded import Sides, job_is_finished, recording_of, words_off

pytestmark = [pytest.mark.room, pytest.mark.asyncio(loop_scope="module")]

FIRST, SECOND = "Where did you work before?", "What would you do differently today?"
WITHIN_MS = 100
BREATH_MS = 400
SAID = [clips()[name] for name in ("clause_15_02", "finished_03")]
OGG = b"OggS"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def talk(platform: Platform) -> Talk:
    """An interview that is over, whose candidate was away for a moment in the middle."""
    async with platform.talk(kit(FIRST, SECOND)) as talk:
        await talk.is_asked(FIRST)
        await talk.candidate.say(talk.will_say(SAID[0]))
        await talk.is_asked(SECOND)
        await talk.candidate.come_back()
        await talk.is_asked(SECOND, times=2)
        await talk.candidate.say(talk.will_say(SAID[1]))
        await talk.finish()
        await job_is_finished(talk)
        return talk


@pytest.mark.exact(WITHIN_MS / 1000)
async def test_words_and_lines_lie_in_the_recording_where_the_transcript_says(talk: Talk) -> None:
    sides = await recording_of(talk)
    turns = [Turn.model_validate(turn) for turn in await talk.turns()]

    said = [turn for turn in turns if turn.speaker == "candidate"][: len(SAID)]
    of_words = [
        off for clip, turn in zip(SAID, said, strict=True) for off in words_off(sides, clip, turn)
    ]
    of_lines = lines_off(sides, [turn for turn in turns if turn.speaker == "ai"])
    print("words off by", sorted(set(of_words)), "ms; lines off by", of_lines, "ms")
    assert max(map(abs, of_words)) < WITHIN_MS
    assert max(map(abs, of_lines)) < WITHIN_MS


def lines_off(sides: Sides, turns: list[Turn]) -> list[int]:
    """Starts and ends of the AI's turns against its loud spans, in ms; lines that follow each other
    at once are one sound."""
    sounds: list[tuple[int, int]] = []
    for turn in turns:
        assert turn.ended_ms is not None
        if sounds and turn.started_ms - sounds[-1][1] < BREATH_MS:
            sounds[-1] = (sounds[-1][0], turn.ended_ms)
        else:
            sounds.append((turn.started_ms, turn.ended_ms))
    heard = loud_spans(sides.ai, RATE, join_s=BREATH_MS / 1000)
    return [
        round(stored - seconds * 1000)
        for (start, end), span in zip(sounds, heard, strict=True)
        for stored, seconds in ((start, span.start_s), (end, span.end_s))
    ]


async def test_what_lies_on_disks_after_an_interview_cannot_be_listened_to(talk: Talk) -> None:
    data = talk.platform.stack.data_dir
    objects = [path for path in (data / "objects").rglob("*") if path.is_file()]

    assert len(objects) >= 2
    assert not [path for path in objects if OGG in path.read_bytes()]
    left = [path for path in (data / "spool").rglob("*") if path.is_file()]
    assert [] == left, "nothing stays with the agent"
