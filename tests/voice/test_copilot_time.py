"""Who sits in the room and may rate is not shown that a candidate was given more time."""

import asyncio
import json

import pytest

from agent.copilot import METER, PROMPTS
from interview.accommodations import Accommodations, accommodated
from interview.plan import Plan
from tests.fakes.leaping import leap
from tests.fakes.side import ANNAS, Side, at_side, guided
from tests.fakes.stage import LONG_ANSWER, S_PER_WORD

pytestmark = pytest.mark.voice

NONE = Accommodations()
MORE = [Accommodations(time=time) for time in ("1.25", "1.5", "2")]
BREAKS = Accommodations(time="1.5", breaks=1, longer_silences=True)
MINUTES = 12
"""Of the kit: two of the times that are told lie within it."""


def kit() -> Plan:
    return guided().model_copy(update={"minutes": MINUTES})


def shown(side: Side) -> list[str]:
    """All that Anna was sent, byte for byte but for names and times of prompts, each once."""
    texts = []
    for one in side.room.local_participant.sent:
        told = json.loads(one.text)
        named: dict[str, object] = {name: "" for name in ("id", "at_ms") if name in told}
        if "ids" in told:
            named["ids"] = len(told["ids"])
        texts.append(f"{one.topic} {json.dumps(told | named)}")
    return list(dict.fromkeys(texts))


def of_topic(topic: str, sent: list[str]) -> list[dict[str, object]]:
    return [json.loads(one.removeprefix(topic)) for one in sent if one.startswith(f"{topic} ")]


def meters(sent: list[str]) -> list[dict[str, object]]:
    return of_topic(METER, sent)


def times_in(sent: list[str]) -> list[object]:
    return [one["text"] for one in of_topic(PROMPTS, sent) if one["kind"] == "time"]


def looked_on(given: Accommodations) -> list[str]:
    """Anna listens to a candidate who takes as much of their time as anybody of theirs."""
    plan = accommodated(kit(), given)

    async def scene() -> Side:
        async with at_side(plan) as (stage, side):
            side.comes()
            pace = S_PER_WORD * plan.more_time
            stage.mouth.s_per_word = pace
            for key in ("first", "second", "third"):
                await stage.until(lambda: stage.is_listening, within_s=300)
                if stage.conductor.state.paused:
                    await stage.presses("resume")
                    await stage.hears("question")
                assert key == stage.asked()[-1]
                await stage.speaks(" ".join([LONG_ANSWER] * 5), s_per_word=pace)
                await stage.until(lambda: not stage.is_listening)
        return side

    return shown(leap(scene()))


def led(given: Accommodations) -> list[str]:
    """Anna leads the whole interview, until its time is over."""
    plan = accommodated(kit().model_copy(update={"assist": "human_leads"}), given)

    async def scene() -> Side:
        async with at_side(plan) as (_, side):
            side.comes()
            await side.passes(ANNAS)
            await asyncio.sleep(plan.minutes * 60 + 30)
        return side

    return shown(leap(scene()))


@pytest.mark.parametrize("given", MORE)
def test_who_listens_is_sent_the_same_bytes_as_without_more_time(given: Accommodations) -> None:
    usual = looked_on(NONE)

    assert usual == looked_on(given)
    assert ["10 minutes are left."] == times_in(usual)


def test_who_listens_through_a_break_too_is_sent_the_same_minutes_and_times() -> None:
    """They hear the break; nothing says that it was given."""
    usual, special = looked_on(NONE), looked_on(BREAKS)

    assert (minutes_of(usual), times_in(usual)) == (minutes_of(special), times_in(special))


def minutes_of(sent: list[str]) -> list[object]:
    return list(dict.fromkeys(told["seconds_left"] for told in meters(sent)))


@pytest.mark.parametrize("given", MORE)
def test_who_leads_is_sent_the_same_bytes_as_without_more_time(given: Accommodations) -> None:
    usual = led(NONE)

    assert usual == led(given)
    assert [f"{left} minutes are left." for left in (10, 5, 2)] == times_in(usual)


def test_the_meter_begins_with_the_kits_minutes_and_ends_with_none() -> None:
    left = minutes_of(led(MORE[-1]))

    assert [60 * minutes for minutes in range(MINUTES, -1, -1)] == left
