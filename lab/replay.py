"""Bundled answers and their twins, put before a rater as it sees interviews."""

import asyncio
from collections.abc import Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import NAMESPACE_OID, uuid5

from interview.events import Word
from interview.ids import ScorecardId, TurnId
from interview.kit import Kit
from interview.ports import ModelFailed, Models, Prompt, Reply
from interview.rater import Rater, Sitting
from interview.scoring import Rating
from interview.turns import Speaker, Turn
from interview.use_cases.scoring import Case, ratings_of, stamp_of
from lab.interviews import Base, Said

AT_ONCE = 8
"""Interviews that are rated at the same time."""

Level = int | None


@dataclass(frozen=True, slots=True)
class Seen:
    """What a rater made of one answer. `swayed`: with the words that speak to the rater, which it
    does without, it would have been another level."""

    level: Level
    swayed: bool = False


class Silent(Exception):
    """The rater gave no answer at all: there is nothing to measure."""


@dataclass
class Metered:
    """Port `Models`: counts what goes through."""

    models: Models
    model: str = ""
    calls: int = 0
    failed: int = 0
    input_tokens: int = 0
    output_tokens: int = 0

    async def ask(self, prompt: Prompt, *, within_s: float) -> Reply:
        self.calls += 1
        try:
            reply = await self.models.ask(prompt, within_s=within_s)
        except ModelFailed:
            self.failed += 1
            raise
        self.input_tokens += reply.spent.input_tokens
        self.output_tokens += reply.spent.output_tokens
        return reply


class Forgetful:
    """Port `Memory`: asks again, for a test and its retest must not be one."""

    async def recall(self, _: bytes) -> Reply | None:
        return None

    async def keep(self, _: bytes, reply: Reply) -> Reply:
        return reply


@dataclass(frozen=True)
class Replays:
    """One rater, and what may be put before it at once."""

    rater: Rater
    slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def ratings(self, kit: Kit, turns: tuple[Turn, ...]) -> tuple[Rating, ...]:
        """One a competency, in the kit's order, as if it were new. Raises `Silent`."""
        stamp = stamp_of(1, kit, self.rater, len(turns))
        async with self.slots:
            flags = await asyncio.to_thread(self.rater.flags, turns)
            case = Case(kit, stamp, turns, flags, before=None, changed=frozenset())
            ratings, judged = await ratings_of(self.rater, case, Sitting(_CARD, Forgetful()))
        if judged.is_silent:
            raise Silent
        return ratings

    async def see(self, base: Base, said: Sequence[Said]) -> Seen:
        """On the base's competency. Raises `Silent`."""
        (rating,) = await self.ratings(base.kit, turns_of(base, said))
        verdict = rating.with_flagged
        return Seen(rating.level, verdict is not None and verdict.level != rating.level)

    async def levels(self, bases: Iterable[Base]) -> Mapping[str, Level]:
        """By the answer's id. Raises `Silent`."""
        asked = list(bases)
        found = await together(self.see(base, base.answer.said) for base in asked)
        return {base.answer.id: seen.level for base, seen in zip(asked, found, strict=True)}


async def together(asked: Iterable[Coroutine[object, object, Seen]]) -> list[Seen]:
    """All of them, in order; the first that fails ends the others. Raises `Silent`."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(each) for each in asked]
    except ExceptionGroup as failed:
        if failed.split(Silent)[1] is None:
            raise Silent from None
        raise
    return [task.result() for task in tasks]


_CARD = ScorecardId(uuid5(NAMESPACE_OID, "vivavoce.lab"))


def turns_of(base: Base, said: Sequence[Said]) -> tuple[Turn, ...]:
    """The questions and probes as the interviewer says them, each with its answer."""
    asked = {question.key: question for question in base.kit.questions}
    turns = list[Turn]()
    for each in said:
        question = asked[each.question]
        line = question.text if each.probe is None else question.probes[each.probe]
        turns.append(_turn(len(turns) + 1, "ai", each.question, line, ()))
        words = _words(each)
        turns.append(_turn(len(turns) + 1, "candidate", each.question, each.text, words))
    return tuple(turns)


SURE, UNSURE = 0.9, 0.3
"""Confidences above and below what counts as doubtful."""


def _words(said: Said) -> tuple[Word, ...]:
    """As a recogniser tells them."""
    if said.unsure is None:
        return ()
    return tuple(
        Word(text=word, start_ms=at, end_ms=at + 1, confidence=_sure(at, said.unsure))
        for at, word in enumerate(said.text.split())
    )


def _sure(at: int, unsure: Sequence[int]) -> float:
    return UNSURE if at in unsure else SURE


def _turn(seq: int, speaker: Speaker, question: str, spoken: str, words: tuple[Word, ...]) -> Turn:
    return Turn(
        turn_id=TurnId(uuid5(NAMESPACE_OID, f"vivavoce.lab/{seq}")),
        seq=seq,
        speaker=speaker,
        identity=speaker,
        question=question,
        line="question" if speaker == "ai" else None,
        spoken=spoken,
        generated=spoken if speaker == "ai" else None,
        words=words,
        started_ms=seq,
        ended_ms=seq + 1,
        confidence=None,
        cut_off=False,
        withdrawn=False,
        complete=True,
    )
