"""The judge: language models that rate each competency several times, none knowing of another."""

import asyncio
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain

from interview.by_model import FactByModel, RunJudged, RunRefused, is_unanswered
from interview.doubt import GATE
from interview.hostile import Detector, Flag
from interview.judgement import Brief, Refused, asked, digest, read
from interview.kit import Kit
from interview.ports import ModelFailed, Models, Prompt, Reply
from interview.ports.models import Trouble
from interview.rater import Judged, Material, Signature, Sitting, Unasked, gated
from interview.reasons import ReasonGuard, recites
from interview.release import Member, Panel
from interview.scoring import Rating, Run, Verdict, rate
from interview.turns import Turn

RATER = "judge"
VERSION = "5"
RUNS = 3
NEEDED = 2
"""With fewer runs that count, nothing is rated."""

FEWEST_RUNS, MOST_RUNS = NEEDED, 9

AT_ONCE = 12
"""Questions that are open together, however many interviews share them."""

NOBODY_AFTER = 3
"""Who has not answered any of so many questions of a sitting is asked no more in it."""

WITHIN_S = 60.0


@dataclass(frozen=True, slots=True)
class Seat:
    """One model, by the name that cards and logs show. `members` are who may answer in it, in
    order: those after the first stand in for it."""

    model: str
    models: Models
    members: tuple[Member, ...]


@dataclass(slots=True)
class _Sought:
    """Port `Models`: others, in one sitting. Without it a judge whose model hangs would wait a
    minute for each dozen of its questions."""

    models: Models
    missed: int = 0
    has_answered: bool = False
    trouble: Trouble = "unreachable"

    async def ask(self, prompt: Prompt, *, within_s: float) -> Reply:
        if self.missed >= NOBODY_AFTER and not self.has_answered:
            raise ModelFailed(self.trouble)
        try:
            reply = await self.models.ask(prompt, within_s=within_s)
        except ModelFailed as failed:
            if failed.trouble in ("unreachable", "busy", "timeout"):
                self.missed, self.trouble = self.missed + 1, failed.trouble
            raise
        self.has_answered = True
        return reply


@dataclass(frozen=True, slots=True)
class _Made:
    """One run: what it says, None when it does not count; and the fact of it."""

    run: Run | None
    fact: FactByModel


@dataclass(frozen=True, slots=True)
class _Begun:
    """The runs of one competency."""

    material: Material
    with_all: tuple[asyncio.Task[_Made], ...]
    without_flagged: tuple[asyncio.Task[_Made], ...]


@dataclass(frozen=True)
class Judge:
    """Run `i` asks the model in seat `i`, and begins again with the first when there are more runs
    than seats. Of flagged words no prompt says that they are: a run either hears them or not."""

    seats: tuple[Seat, ...]
    brief: Brief
    detector: Detector
    reasons: ReasonGuard
    runs: int = RUNS
    slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    def signature(self, _: Kit, /) -> Signature:
        models = ", ".join(seat.model for seat in self.seats)
        return Signature(RATER, self.version, models, self.brief.hash, self._panels())

    def _panels(self) -> tuple[Panel, ...]:
        """One for each place of the longest chain; a seat whose chain is shorter has its last."""
        places = range(max((len(seat.members) for seat in self.seats), default=0))
        return tuple(
            Panel.of([seat.members[min(place, len(seat.members) - 1)] for seat in self.seats])
            for place in places
        )

    @property
    def version(self) -> str:
        """Changes with the rules here, the gate, the detector, what reasons are held against, and
        the number of runs."""
        return f"{VERSION}.{GATE}+{self.detector.version}+{self.reasons.version}×{self.runs}"

    def says(self, why: Unasked, language: str, /) -> str:
        return self.brief.says(why, language)

    def flags(self, turns: Sequence[Turn], /) -> tuple[Flag, ...]:
        return self.detector.flags(turns)

    async def judge(self, materials: Sequence[Material], sitting: Sitting, /) -> Judged:
        seats = tuple(replace(seat, models=_Sought(seat.models)) for seat in self.seats)
        asking = replace(self, seats=seats)
        with _as_one():
            async with asyncio.TaskGroup() as together:
                all_begun = [asking._begin(one, sitting, together) for one in materials]
        judged = [self._judged(begun) for begun in all_begun]
        made = chain.from_iterable((*begun.with_all, *begun.without_flagged) for begun in all_begun)
        return Judged(
            {rating.competency: rating for rating, _ in judged},
            tuple(task.result().fact for task in made),
            frozenset(rating.competency for rating, lacks in judged if lacks),
        )

    def _begin(self, material: Material, sitting: Sitting, together: asyncio.TaskGroup) -> _Begun:
        """All runs of all competencies are in one group: what ends one of them ends them all."""

        def runs(*, flagged: bool) -> tuple[asyncio.Task[_Made], ...]:
            prompt = self.brief.prompt(material, flagged=flagged)
            each = (self._run(at, prompt, material, sitting, flagged) for at in range(self.runs))
            return tuple(map(together.create_task, each))

        return _Begun(material, runs(flagged=True), runs(flagged=False) if material.flags else ())

    def _judged(self, begun: _Begun) -> tuple[Rating, bool]:
        """What counts is what was judged without the flagged words, if there are any; and whether
        it, or what it is compared with, lacks runs that a model may still make."""
        material = begun.material
        heard, lacks = self._rated(material, begun.with_all)
        if not material.flags:
            return heard, lacks
        rating, lacks_too = self._rated(material, begun.without_flagged)
        if lacks or lacks_too:  # a difference would be the outage's, and not the words'
            return rating, True
        heard = gated(heard, material, self)
        verdict = Verdict(level=heard.level, not_assessed=heard.not_assessed)
        return rating.model_copy(update={"with_flagged": verdict}), False

    def _rated(
        self, material: Material, tasks: Iterable[asyncio.Task[_Made]]
    ) -> tuple[Rating, bool]:
        made = [task.result() for task in tasks]
        runs = [one.run for one in made if one.run is not None]
        rating = rate(material.competency.key, runs, material.answers, needed=NEEDED)
        return rating, rating.lacks_runs and any(is_unanswered(one.fact) for one in made)

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
            self._admit(run.reason, material)
        except Refused as error:
            told |= {"reason": error.reason, "matter": error.matter}
            return _Made(None, RunRefused.model_validate(told))
        return _Made(run, RunJudged.model_validate(told))

    def _admit(self, reason: str, material: Material) -> None:
        """Raises `Refused`: of a level whose reason may not be told nobody knows what it rests on,
        so the run is refused and not its words alone."""
        matter = self.reasons.touches(
            reason, material.language, material.jurisdictions, material.authored
        )
        if matter is not None:
            raise Refused("protected", matter)
        if recites(reason, self.brief.instructions):
            raise Refused("recites")

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


@contextmanager
def _as_one() -> Iterator[None]:
    """What runs failed by is told as one failure where it is of one kind, as when their key is
    destroyed while they are asked."""
    try:
        yield
    except ExceptionGroup as group:
        first = group.exceptions[0]
        if any(type(each) is not type(first) for each in group.exceptions):
            raise
        raise first from first.__cause__
