"""One talk with one peer: the steps in order, each instant noted."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from livekit import rtc

from bench.latency.measures import Said
from bench.latency.peers import Invited, Peer
from bench.latency.plan import Step, StepKind, Utterance
from bench.latency.stored import Record
from local.candidate.candidate import ONE_LINE_S, SimulatedCandidate
from local.candidate.ear import Sound
from local.candidate.voice import Spoken
from local.errors import LocalError

FIRST_SOUND_WITHIN_S = 30.0
FIRST_QUIET_S, QUIET_S = 2.0, ONE_LINE_S
"""Silence after which it is the candidate's turn; the greeting and the first question are two
lines."""

TURN_WITHIN_S, ANSWER_WITHIN_S = 20.0, 8.0
BARGE_IN_AFTER_S = 1.8
GOES_ON_AFTER_S = 0.3

OnSaid = Callable[[Said], None]


@dataclass(frozen=True)
class Talk:
    """One round with one peer; `sounds` are the agent's lines as they were heard."""

    peer: str
    said: tuple[Said, ...]
    sounds: tuple[Sound, ...]
    first_sound_s: float
    record: Record | None


class Listening(Protocol):
    """An ear, as far as coming in needs one."""

    async def wait_for_sound(self, after: float) -> float: ...


class Entrant(Protocol):
    """A candidate, as far as coming in needs one."""

    @property
    def ear(self) -> Listening: ...
    async def connect(self, url: str, token: str) -> None: ...


async def hold(peer: Peer, steps: Sequence[Step], on_said: OnSaid) -> Talk:
    """Comes in, takes every step, leaves. Raises `LocalError` when no agent is ever heard."""
    peer.speech.forget()
    invited = await peer.invite()
    try:
        async with SimulatedCandidate() as candidate:
            first_sound_s = await come_in(candidate, peer, invited)
            said = await _Talking(candidate, peer, on_said).take(steps)
            sounds = candidate.ear.sounds(join_s=ONE_LINE_S)
        record = await peer.record(sum(len(one.words) for one in said))
    finally:
        await peer.leave()
    return Talk(peer.name, said, sounds, first_sound_s, record)


async def come_in(candidate: Entrant, peer: Peer, invited: Invited) -> float:
    """Seconds from just before we connect to the agent's first sound."""
    insisting = asyncio.create_task(peer.insist(), name="insist")
    connects_at = time.monotonic()
    try:
        await candidate.connect(invited.url, invited.token)
        async with asyncio.timeout(FIRST_SOUND_WITHIN_S):
            return await candidate.ear.wait_for_sound(after=connects_at) - connects_at
    except rtc.ConnectError as error:
        raise LocalError(f"the room could not be joined: {error}") from error
    except TimeoutError:
        raise LocalError(f"no agent was heard within {FIRST_SOUND_WITHIN_S:.0f} s") from None
    finally:
        insisting.cancel()
        await asyncio.gather(insisting, return_exceptions=True)


class _Talking:
    def __init__(self, candidate: SimulatedCandidate, peer: Peer, on_said: OnSaid) -> None:
        self._candidate = candidate
        self._peer = peer
        self._on_said = on_said
        self._quiet_s = FIRST_QUIET_S

    async def take(self, steps: Sequence[Step]) -> tuple[Said, ...]:
        """What could be said of the steps; one whose moment never came is left out."""
        said: list[Said] = []
        for step in steps:
            if step.kind == "done" and not self._peer.knows_done:
                continue
            one = await self._step(step)
            if one is not None:
                said.append(one)
                self._on_said(one)
        return tuple(said)

    async def _step(self, step: Step) -> Said | None:
        match step.kind:
            case "answer":
                return await self._answer(step)
            case "goes_on":
                return await self._go_on(step)
            case "barge_in":
                return await self._barge_in(step)
            case "done":
                return await self._done(step)

    async def _answer(self, step: Step) -> Said:
        await self._is_our_turn()
        spoken = await self._say(step.utterances[0])
        await self._answered(spoken.last_loud_at)
        return _said("answer", step.utterances[0], spoken)

    async def _go_on(self, step: Step) -> Said:
        """Goes on just after the agent has begun. Without its sound there is nothing to yield, and
        what was said is an answer that got no reply."""
        first, then = step.utterances
        await self._is_our_turn()
        began = await self._say(first)
        sound_at = await self._answered(began.last_loud_at)
        if sound_at is None:
            return _said("answer", first, began)
        await asyncio.sleep(sound_at + GOES_ON_AFTER_S - time.monotonic())
        spoken = await self._say(then)
        await self._answered(spoken.last_loud_at)
        return Said(
            step=step.kind,
            kind=step.kind,
            id="+".join(utterance.id for utterance in step.utterances),
            words=(*first.texts, *then.texts),
            began_at=began.started_at,
            last_loud_at=spoken.last_loud_at,
            resumes_at=(spoken.started_at,),
        )

    async def _barge_in(self, step: Step) -> Said | None:
        self._peer.speech.will_hear(step.utterances[0].words)
        try:
            async with asyncio.timeout(TURN_WITHIN_S):
                pcm = step.utterances[0].pcm
                spoken = (await self._candidate.interrupt(pcm, BARGE_IN_AFTER_S)).spoken
        except TimeoutError:
            self._peer.speech.forget()
            return None
        await self._answered(spoken.last_loud_at)
        return _said("barge_in", step.utterances[0], spoken)

    async def _done(self, step: Step) -> Said:
        await self._is_our_turn()
        spoken = await self._say(step.utterances[0])
        await asyncio.sleep(spoken.last_loud_at + step.click_after_s - time.monotonic())
        clicked_at = time.monotonic()
        try:
            await self._candidate.press_done()
        except rtc.RpcError as error:
            raise LocalError(f"done was refused: {error}") from error
        await self._answered(spoken.last_loud_at)
        return _said("done", step.utterances[0], spoken, clicked_at)

    async def _is_our_turn(self) -> None:
        """Or it never will be: then we speak all the same."""
        try:
            async with asyncio.timeout(TURN_WITHIN_S):
                await self._candidate.wait_for_turn(self._quiet_s, needs_caption=False)
        except TimeoutError:
            pass
        self._quiet_s = QUIET_S

    async def _say(self, utterance: Utterance) -> Spoken:
        self._peer.speech.will_hear(utterance.words)
        return await self._candidate.say(utterance.pcm)

    async def _answered(self, since: float) -> float | None:
        """The agent's next sound, or None when none comes."""
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                return await self._candidate.ear.wait_for_sound(after=since)
        except TimeoutError:
            return None


def _said(
    step: StepKind, utterance: Utterance, spoken: Spoken, clicked_at: float | None = None
) -> Said:
    return Said(
        step=step,
        kind=utterance.kind,
        id=utterance.id,
        words=utterance.texts,
        began_at=spoken.started_at,
        last_loud_at=spoken.last_loud_at,
        resumes_at=tuple(spoken.started_at + after for after in utterance.resumes_s),
        clicked_at=clicked_at,
    )
