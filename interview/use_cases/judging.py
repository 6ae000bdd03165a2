"""The judge: language models that rate each competency several times, none knowing of another."""

import asyncio
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from interview.by_model import FactByModel, RunJudged, RunRefused
from interview.doubt import GATE
from interview.hostile import Detector, Flag
from interview.judgement import Brief, Refused, asked, digest, read
from interview.kit import Kit
from interview.ports import ModelFailed, Models, Prompt, Reply
from interview.rater import Judged, Material, Signature, Sitting, Unasked
from interview.scoring import Rating, Run, Verdict, rate
from interview.turns import Turn

RATER = "judge"
VERSION = "1"
RUNS = 3
NEEDED = 2
"""With fewer runs that count, nothing is rated."""

AT_ONCE = 12
"""Questions of one process to its models, however many interviews it scores."""

WITHIN_S = 60.0


@dataclass(frozen=True, slots=True)
class Seat:
    """One model, by the name that cards and logs show."""

    model: str
    models: Models


@dataclass(frozen=True, slots=True)
class _Made:
    """One run: what it says, None when it does not count; and the fact of it."""

    run: Run | None
    fact: FactByModel


@dataclass(frozen=True)
class Judge:
    """Run `i` asks the model in seat `i`, and begins again with the first when there are more runs
    than seats. Of flagged words no prompt says that they are: a run either hears them or not."""

    seats: tuple[Seat, ...]
    brief: Brief
    detector: Detector
    runs: int = RUNS
    slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    def signature(self, _: Kit, /) -> Signature:
        return Signature(
            RATER, self.version, ", ".join(seat.model for seat in self.seats), self.brief.hash
        )

    @property
    def version(self) -> str:
        """Changes with the rules here, the gate, the detector and the number of runs."""
        return f"{VERSION}.{GATE}+{self.detector.version}×{self.runs}"

    def says(self, why: Unasked, language: str, /) -> str:
        return self.brief.says(why, language)

    def flags(self, turns: Sequence[Turn], /) -> tuple[Flag, ...]:
        return self.detector.flags(turns)

    async def judge(self, materials: Sequence[Material], sitting: Sitting, /) -> Judged:
        async with asyncio.TaskGroup() as together:
            tasks = [together.create_task(self._judge(one, sitting)) for one in materials]
        judged = [task.result() for task in tasks]
        facts = tuple(chain.from_iterable(made for _, made in judged))
        return Judged({rating.competency: rating for rating, _ in judged}, facts, _is_silent(facts))

    async def _judge(
        self, material: Material, sitting: Sitting
    ) -> tuple[Rating, list[FactByModel]]:
        """What counts is what was judged without the flagged words, if there are any."""
        with_all = self._all_runs(material, sitting, flagged=True)
        if not material.flags:
            made = await with_all
            return self._rated(material, made), [one.fact for one in made]
        made, instead = await asyncio.gather(
            with_all, self._all_runs(material, sitting, flagged=False)
        )
        heard = self._rated(material, made)
        verdict = Verdict(level=heard.level, not_assessed=heard.not_assessed)
        rating = self._rated(material, instead).model_copy(update={"with_flagged": verdict})
        return rating, [one.fact for one in (*made, *instead)]

    def _rated(self, material: Material, made: Iterable[_Made]) -> Rating:
        runs = [one.run for one in made if one.run is not None]
        return rate(material.competency.key, runs, material.answers, needed=NEEDED)

    async def _all_runs(
        self, material: Material, sitting: Sitting, *, flagged: bool
    ) -> list[_Made]:
        prompt = self.brief.prompt(material, flagged=flagged)
        runs = (self._run(at, prompt, material, sitting, flagged) for at in range(self.runs))
        return [*await asyncio.gather(*runs)]

    async def _run(
        self, at: int, prompt: Prompt, material: Material, sitting: Sitting, flagged: bool
    ) -> _Made:
        seat, hashed = self.seats[at % len(self.seats)], digest(prompt)
        told = {
            "scorecard_id": sitting.card,
            "competency": material.competency.key,
            "run": at,
            "without_flagged": not flagged,
            "model": seat.model,
            "prompt_sha256": hashed,
        }
        try:
            reply = await self._reply(asked(hashed, seat.model, at), seat, prompt, sitting)
        except ModelFailed as error:
            refused = {"answered_by": None, "reply_sha256": None, "reason": error.trouble}
            return _Made(None, RunRefused.model_validate(told | refused))
        told |= {"answered_by": reply.model, "reply_sha256": reply_sha256(reply)}
        try:
            run = read(reply.text, material, flagged=flagged)
        except Refused as error:
            return _Made(None, RunRefused.model_validate(told | {"reason": error.reason}))
        return _Made(run, RunJudged.model_validate(told))

    async def _reply(self, key: bytes, seat: Seat, prompt: Prompt, sitting: Sitting) -> Reply:
        """What was answered before is not asked again. Raises `ModelFailed`."""
        async with self.slots:
            if (known := await sitting.memory.recall(key)) is not None:
                return known
            reply = _spelled(await seat.models.ask(prompt, within_s=WITHIN_S))
            return await sitting.memory.keep(key, reply)


def runs_of(version: str) -> int:
    """How many runs the judge of this version makes."""
    _, _, runs = version.rpartition("×")
    return int(runs) if runs.isdecimal() else RUNS


def reply_sha256(reply: Reply) -> str:
    """Of an answer as it came."""
    return hashlib.sha256(reply.text.encode()).hexdigest()


def _spelled(reply: Reply) -> Reply:
    """Half a character, which JSON can hold, has no spelling: it can be neither kept nor hashed."""
    text, model = (said.encode(errors="replace").decode() for said in (reply.text, reply.model))
    return replace(reply, text=text, model=model)


def _is_silent(facts: Sequence[FactByModel]) -> bool:
    return bool(facts) and all(fact.reply_sha256 is None for fact in facts)
