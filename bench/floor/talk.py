"""One interview with a person in the room who takes the floor again and again."""

import asyncio
import json
import re
import time
from collections.abc import Callable, Sequence

from bench.floor.measures import Passed, Said, Talk
from bench.floor.plan import Change
from bench.latency.peers import Ours, question
from bench.latency.talk import come_in
from interview.events import FACTS
from interview.turns import Turn
from local.candidate.candidate import ONE_LINE_S, SimulatedCandidate
from local.candidate.captions import AI
from local.candidate.clips import Clip
from local.candidate.sound import RATE
from local.demo.recruiter import Json, Recruiter
from local.errors import LocalError
from tests.standins.following import Sound

REACTS_S = 0.3
OVERLAP_S = 1.4
TURN_WITHIN_S, SOUND_WITHIN_S = 15.0, 8.0
CLICK_WITHIN_S = 10
WRITTEN_AFTER_S = 3.0

OnPassed = Callable[[Passed], None]


async def hold(
    ours: Ours, recruiter: Recruiter, script: Sequence[Change], on_passed: OnPassed
) -> Talk:
    """Both come in, the floor changes hands, both leave."""
    ours.speech.forget()
    invited = await ours.invite()
    try:
        async with SimulatedCandidate() as candidate, SimulatedCandidate() as person:
            await come_in(candidate, ours, invited)
            seat = await recruiter.act(f"{ours.path}/join", {"name": "Anna"})
            await person.connect(str(seat["livekit_url"]), str(seat["token"]))
            talking = _Talking(candidate, person, ours, recruiter)
            passed = []
            for change in script:
                passed.append(await talking.through(change))
                on_passed(passed[-1])
            await asyncio.sleep(WRITTEN_AFTER_S)
            identity, sounds = candidate.room.local_participant.identity, candidate.ear.sounds()
        transcript, events = await recruiter.get(f"{ours.path}/transcript"), await ours.events()
    finally:
        await ours.leave()
    turns = transcript["turns"]
    assert isinstance(turns, list)
    return Talk(
        candidate=identity,
        passed=tuple(passed),
        said=tuple(talking.said),
        sounds=sounds,
        turns=tuple(Turn.model_validate(turn) for turn in turns),
        facts=tuple(FACTS.validate_python(event["fact"]) for event in events),
    )


class _Talking:
    def __init__(
        self,
        candidate: SimulatedCandidate,
        person: SimulatedCandidate,
        ours: Ours,
        recruiter: Recruiter,
    ) -> None:
        self.said: list[Said] = []
        self._candidate = candidate
        self._person = person
        self._ours = ours
        self._recruiter = recruiter
        self._since = 0.0
        """The AI may speak from then on."""

    async def through(self, change: Change) -> Passed:
        """The floor is taken, something happens, and it is given back."""
        self._ours.speech.forget()
        speaking = await self._to_the_moment(change)
        taken_at = await self._click(change, take=True)
        if speaking is not None:
            await speaking
        await asyncio.sleep(REACTS_S)
        back_at = await self._lead(change)
        self._since = back_at
        return Passed(change, taken_at, back_at)

    async def _to_the_moment(self, change: Change) -> "asyncio.Task[None] | None":
        """When the floor is to be taken; the task is what the candidate is in the middle of."""
        sound_at = await self._sounds()
        if change.first is None:
            await _until(sound_at + change.taken_after_s)
            return None
        await self._falls_silent()
        speaking = asyncio.create_task(self._says(self._candidate, change.first))
        if change.taken == "after":
            await speaking
        await asyncio.sleep(change.taken_after_s)
        return speaking

    async def _lead(self, change: Change) -> float:
        """What the person does with the floor; the instant of the click that gives it back."""
        asking = asyncio.create_task(self._says(self._person, change.asked))
        length_s = change.asked.entry.last_loud_s
        await asyncio.sleep(length_s - OVERLAP_S if change.overlaps else length_s)
        if not change.overlaps:
            await asking
        answering = asyncio.create_task(self._says(self._candidate, change.answer))
        if change.back == "quiet":
            await answering
        await asking
        await asyncio.sleep(change.back_after_s)
        back_at = await self._click(change, take=False)
        await answering
        return back_at

    async def _says(self, who: SimulatedCandidate, clip: Clip) -> None:
        spoken_words = clip.entry.words
        self._ours.speech.will_hear(spoken_words, Sound(clip.pcm, RATE))
        spoken = await who.say(clip)
        identity = who.room.local_participant.identity
        texts = tuple(word for word, _, _ in spoken_words)
        self.said.append(Said(identity, texts, spoken.started_at, spoken.last_loud_at))

    async def _click(self, change: Change, *, take: bool) -> float:
        covered = [self._open_question()] if change.covers and not take else []
        clicked_at = time.monotonic()
        if change.way == "api":
            body: Json = {"holder": "me" if take else "ai", "covered_questions": covered}
            await self._recruiter.act(f"{self._ours.path}/floor", body)
            return clicked_at
        agent = await self._person.wait_for_agent()
        await self._person.room.local_participant.perform_rpc(
            destination_identity=agent.identity,
            method="floor.take" if take else "floor.give",
            payload="" if take else json.dumps({"covered": covered}),
            response_timeout=CLICK_WITHIN_S,
        )
        return clicked_at

    def _open_question(self) -> str:
        """The key of the last question that the AI has begun to ask."""
        pattern = re.escape(question(0)).replace("0", r"(\d+)")
        shown = [one.line for one in self._candidate.captions.shown if one.line.speaker == AI]
        asked = [number for line in shown for number in re.findall(pattern, line.text)]
        return f"q{asked[-1]}" if asked else "q1"

    async def _sounds(self) -> float:
        """The AI's first sound since it leads again; never mind when it does not come."""
        try:
            async with asyncio.timeout(SOUND_WITHIN_S):
                return await self._candidate.ear.wait_for_sound(self._since)
        except TimeoutError:
            return time.monotonic()

    async def _falls_silent(self) -> None:
        """The AI has asked, and waits."""
        try:
            async with asyncio.timeout(TURN_WITHIN_S):
                await self._candidate.ear.wait_until_quiet(ONE_LINE_S)
        except TimeoutError:
            raise LocalError(f"the AI spoke for more than {TURN_WITHIN_S:.0f} s") from None


async def _until(at: float) -> None:
    await asyncio.sleep(max(0.0, at - time.monotonic()))
