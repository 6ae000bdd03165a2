"""A whole scripted interview: hear a line, know the answer, say it, until goodbye."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from local.candidate.candidate import ONE_LINE_S, Answered, Ending, SimulatedCandidate
from local.candidate.captions import Caption
from local.candidate.clips import Clip
from local.candidate.script import Prompter, Script

AGENT_GRACE_S = 60.0
CLOSING_S = 15.0


@dataclass(frozen=True)
class Happened:
    """One line of the talk as it was heard outside, for a live display.

    `at_s` counts from the moment we were connected; `latency_s` and `cut_off` tell of what the
    agent did at the end, or in the middle, of a candidate's line.
    """

    who: Literal["ai", "candidate"]
    text: str
    at_s: float
    seconds: float
    latency_s: float | None = None
    cut_off: bool = False


@dataclass
class Talk:
    """What was said, clip by clip, and how it ended."""

    events: list[Happened] = field(default_factory=list)
    answers: list[tuple[Clip, Answered]] = field(default_factory=list)
    first_sound_s: float | None = None
    ended: Literal["goodbye"] | Ending = "disconnected"

    @property
    def latencies_s(self) -> tuple[float, ...]:
        """Of all answers that were not cut off and got one."""
        return tuple(
            answered.latency_s
            for _, answered in self.answers
            if answered.latency_s is not None and answered.cut_off is None
        )

    @property
    def cut_offs(self) -> int:
        return sum(answered.cut_off is not None for _, answered in self.answers)


OnEvent = Callable[[Happened], None]


async def hold(
    candidate: SimulatedCandidate,
    script: Script,
    on_event: OnEvent = lambda _: None,
    *,
    agent_grace_s: float = AGENT_GRACE_S,
) -> Talk:
    """Answers until the interviewer says goodbye, the room closes, or no agent is left."""
    talking = _Talking(candidate, Prompter(script), on_event)
    over = asyncio.create_task(candidate.wait_until_over(agent_grace_s))
    try:
        while (ending := await talking.turn(over)) is None:
            pass
    finally:
        over.cancel()
        await asyncio.gather(over, return_exceptions=True)
    talking.talk.ended = ending
    return talking.talk


class _Talking:
    def __init__(
        self, candidate: SimulatedCandidate, prompter: Prompter, on_event: OnEvent
    ) -> None:
        self.talk = Talk()
        self._candidate = candidate
        self._prompter = prompter
        self._on_event = on_event
        self._zero = candidate.connected_at or time.monotonic()
        self._heard_until = self._zero

    async def turn(self, over: "asyncio.Task[Ending]") -> Literal["goodbye"] | Ending | None:
        """One turn of the interviewer's and our answer; the way it ended when it did."""
        turn = asyncio.create_task(self._candidate.wait_for_turn())
        try:
            await asyncio.wait({turn, over}, return_when=asyncio.FIRST_COMPLETED)
            if not turn.done():
                return self._last_words(over.result())
        finally:
            turn.cancel()
        line = self._tell_lines(turn.result())
        if self._prompter.is_goodbye(line):
            await asyncio.wait({over}, timeout=CLOSING_S)
            return "goodbye"
        clip = self._prompter.reply_to(line)
        if clip is not None:
            self._tell_answer(clip, await self._candidate.answer(clip))
        return None

    def _last_words(self, ending: Ending) -> Literal["goodbye"] | Ending:
        """Whoever says goodbye may leave before it was our turn."""
        captions = self._candidate.unanswered_lines()
        if captions and self._prompter.is_goodbye(self._tell_lines(captions)):
            return "goodbye"
        return ending

    def _tell_lines(self, captions: tuple[Caption, ...]) -> str:
        """Tells what the interviewer has said since our last turn; returns it."""
        line = " ".join(caption.line.text for caption in captions)
        sounds = self._candidate.ear.sounds(join_s=ONE_LINE_S)
        heard = [s for s in sounds if (s.ended_at or time.monotonic()) > self._heard_until]
        start = heard[0].started_at if heard else time.monotonic()
        end = heard[-1].ended_at if heard else start
        if self.talk.first_sound_s is None:
            self.talk.first_sound_s = start - self._zero
        self._heard_until = end or time.monotonic()
        self._tell(Happened("ai", line, start - self._zero, self._heard_until - start))
        return line

    def _tell_answer(self, clip: Clip, answered: Answered) -> None:
        self.talk.answers.append((clip, answered))
        spoken = answered.spoken
        self._heard_until = spoken.last_loud_at
        self._tell(
            Happened(
                "candidate",
                clip.text,
                spoken.started_at - self._zero,
                spoken.seconds,
                answered.latency_s,
                answered.cut_off is not None,
            )
        )

    def _tell(self, happened: Happened) -> None:
        self.talk.events.append(happened)
        self._on_event(happened)
