"""What dies in the middle of an interview is replaced, and the interview goes on by itself."""

import asyncio
import time

import pytest

from tests.room.house import NO, Platform, Talk, clips, kit, words
from tests.room.wreck import kill_job

pytestmark = [pytest.mark.room, pytest.mark.asyncio(loop_scope="module")]

LONG = (
    "Please tell me about a project that went badly, what it was about and who was in it, when you "
    "understood that it would not work, and what you did to get it on its way again."
)
FIRST, SECOND = "Where did you work before?", "What would you do differently today?"
THIRD = "What did you learn from it?"
GO_ON, INVITED = "Please go on with your answer.", "Is there anything"
BACK_WITHIN_S = 10.0


async def answer(talk: Talk, name: str) -> None:
    await talk.candidate.say(talk.will_say(clips()[name]))


async def is_back(talk: Talk, died_at: float, what: str) -> None:
    """Returns at the successor's first sound; prints how long the candidate heard nothing."""
    sound_at = await talk.candidate.ear.wait_for_sound(after=died_at + 0.5)
    print(f"{what}: the next sound after {sound_at - died_at:.2f} s")
    assert sound_at - died_at < BACK_WITHIN_S


async def ends_as_one_interview(talk: Talk, questions: int, agents: int) -> None:
    """Comes to its end and its score."""
    await talk.finish()
    await talk.is_in("scored")
    await is_one_interview(talk, questions, agents)


async def is_one_interview(talk: Talk, questions: int, agents: int) -> None:
    """Each question asked once and in order, one greeting, so many agents, the record in order."""
    asked = [("question", f"q{number}") for number in range(1, questions + 1)]
    assert asked == await talk.lines("question")
    assert [("greeting", None)] == await talk.lines("greeting")
    epochs = [fact["epoch"] for fact in await talk.facts("agent_joined")]
    assert list(range(1, agents + 1)) == epochs
    await talk.verified()


async def test_an_agent_killed_in_its_question_in_the_answer_and_between_has_an_heir_each_time(
    platform: Platform,
) -> None:
    async with platform.talk(kit(LONG, SECOND, THIRD)) as talk:
        await talk.begins_to_hear(LONG)
        await is_back(talk, kill_job(talk), "killed in its question")
        await talk.is_asked(LONG)

        speaking = asyncio.create_task(answer(talk, "finished_10"))
        await talk.is_understood("colleague")
        await asyncio.sleep(0.8)  # the second sentence has begun
        died_at = kill_job(talk)
        await speaking
        await is_back(talk, died_at, "killed in the answer")
        await talk.is_asked(GO_ON)
        await answer(talk, "finished_07")
        await talk.is_asked(SECOND)

        await answer(talk, "finished_01")
        await talk.is_understood("developer")
        await is_back(talk, kill_job(talk), "killed between answer and question")
        await talk.is_asked(GO_ON, times=2)
        assert "ok" == (await talk.candidate.press_done()).answer
        await talk.is_asked(THIRD)
        await is_one_interview(talk, questions=3, agents=4)

        kept = " ".join(w for w, _, end in clips()["finished_10"].entry.words if end < 1.5)
        assert [
            f"{kept} {words(clips()['finished_07'])}",
            words(clips()["finished_01"]),
        ] == await talk.said()
        cut, again = [t for t in await talk.turns("ai") if t["question"] == "q1"][:2]
        assert cut["cut_off"]
        assert LONG.startswith(str(cut["spoken"]))
        assert LONG != cut["spoken"]
        assert ("repeat", False) == (again["line"], again["cut_off"])


async def test_an_interview_goes_on_when_its_whole_worker_was_killed_and_came_back(
    platform: Platform,
) -> None:
    async with platform.talk(kit(LONG, SECOND)) as talk:
        await talk.begins_to_hear(LONG)
        platform.stack.kill("agent")
        died_at = time.monotonic()
        await asyncio.sleep(3.0)  # nobody is there for that long
        await platform.stack.start_one("agent")
        came_back_at = time.monotonic()  # how long a worker takes to start is the machine's affair
        print(f"worker away for {came_back_at - died_at:.2f} s")
        sound_at = await talk.candidate.ear.wait_for_sound(after=died_at + 0.5)
        assert sound_at - came_back_at < BACK_WITHIN_S
        await talk.is_asked(LONG)
        await answer(talk, "finished_01")
        await talk.is_asked(SECOND)
        await is_one_interview(talk, questions=2, agents=2)


async def test_an_api_that_is_away_for_twelve_seconds_costs_no_word_no_agent_and_no_score(
    platform: Platform,
) -> None:
    first, second = clips()["finished_10"], clips()["finished_03"]
    async with platform.talk(kit(FIRST, SECOND)) as talk:
        await talk.is_asked(FIRST)
        speaking = asyncio.create_task(answer(talk, "finished_10"))
        await talk.is_understood("colleague")
        platform.stack.kill("api")
        died_at = time.monotonic()
        await speaking
        await talk.is_asked(SECOND)
        await answer(talk, "finished_03")
        await talk.is_asked(INVITED)
        await asyncio.sleep(max(0.0, died_at + 12.0 - time.monotonic()))
        await platform.stack.start_one("api")
        await ends_as_one_interview(talk, questions=2, agents=1)

        assert [words(first), words(second), NO] == await talk.said()
        assert 1 == len(await talk.facts("lease_claimed"))
        ids = [(f["kind"], f["turn_id"]) for f in await talk.facts("answer_ended")]
        assert len(ids) == len(set(ids))
