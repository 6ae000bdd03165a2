"""Scoring an interview that has ended: ratings from what was said, stamped and stored once."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from interview.accounts import Interview
from interview.chain import card_digest
from interview.errors import WrongState
from interview.events import Event, ScorecardStored
from interview.ids import InterviewId, ScorecardId, TenantId
from interview.indicators import RATER, IndicatorRater, Wording
from interview.kit import Competency, Kit
from interview.lifecycle import OVER, State
from interview.ports import Transaction
from interview.scoring import Rating, Scorecard, Stamp, rate, total
from interview.turns import Turn, as_corrected, touched
from interview.use_cases.moves import move_to, tell
from interview.use_cases.world import World
from interview.webhooks import HookType


@dataclass(frozen=True, slots=True)
class _Read:
    """What is to be judged; `last_seq` is the end of the log at that moment."""

    kit: Kit
    stamp: Stamp
    turns: tuple[Turn, ...]
    last_seq: int


async def score_interview(
    world: World, rater: IndicatorRater, tenant: TenantId, interview: InterviewId
) -> Scorecard:
    """The scorecard by `rater`; a repeat over the same transcript returns the one there is.

    Nothing is locked while the rater reads, and it does so beside the event loop. Words that come
    meanwhile make it read again. Raises `WrongState` before the end, `NotFound`, `Sealed` when the
    words were erased.
    """
    while True:
        read = await _read(world, rater, tenant, interview)
        if isinstance(read, Scorecard):
            return read
        ratings = await asyncio.to_thread(ratings_of, read.kit, read.turns, rater)
        stored = await _store_new(world, tenant, interview, read, ratings)
        if stored is not None:
            return stored


async def _read(
    world: World, rater: IndicatorRater, tenant: TenantId, interview: InterviewId
) -> _Read | Scorecard:
    async with world.transaction(tenant) as tx:
        held = await tx.interviews.get(interview)
        if held.state not in OVER:
            raise WrongState(f"an interview that is {held.state} cannot be scored")
        kit = (await tx.kits.get(held.kit_id)).kit
        stamp = _stamp(held, kit, rater, await tx.events.read(interview))
        known = await _made(tx, interview, stamp)
        turns = as_corrected(await tx.turns.of(interview))
    return known or _Read(kit, stamp, turns, held.last_seq)


async def _store_new(
    world: World,
    tenant: TenantId,
    interview: InterviewId,
    read: _Read,
    ratings: tuple[Rating, ...],
) -> Scorecard | None:
    """What holds now, made by us or by another worker; None when more was said meanwhile."""
    async with world.transaction(tenant) as tx:
        held = await tx.interviews.get(interview, lock=True)
        if last_said(await tx.events.read(interview, after=read.last_seq)):
            return None
        if known := await _made(tx, interview, read.stamp):
            return known
        scorecard = _scorecard(world, read.stamp, read.kit, ratings)
        await _store(world, tx, held, scorecard)
        return scorecard


async def _made(tx: Transaction, interview: InterviewId, stamp: Stamp) -> Scorecard | None:
    cards = await tx.scorecards.of(interview)
    return next((card for card in cards if card.stamp == stamp), None)


async def _store(world: World, tx: Transaction, held: Interview, scorecard: Scorecard) -> None:
    await tx.scorecards.add(held.interview_id, scorecard)
    fact = ScorecardStored(
        scorecard_id=str(scorecard.scorecard_id),
        rater=scorecard.stamp.rater,
        card_sha256=card_digest(scorecard),
    )
    await world.note(tx, held.interview_id, fact)
    if held.state is State.ENDED:
        await move_to(world, tx, held.interview_id, held.state, State.SCORED)
    else:
        await tell(world, tx, held.interview_id, HookType.SCORED, held.state)


def _stamp(held: Interview, kit: Kit, rater: IndicatorRater, log: Iterable[Event]) -> Stamp:
    """`transcript_seq` is the last event that says what was said: not what came of it since."""
    return Stamp(
        kit_version=held.kit_version,
        rater=RATER,
        rater_version=rater.version(kit.language),
        model=None,
        prompt_hash=None,
        transcript_seq=last_said(log),
    )


def last_said(log: Iterable[Event]) -> int:
    """The last event that says what was said, or what was heard instead."""
    return max((event.seq for event in log if touched(event.fact) is not None), default=0)


def _scorecard(world: World, stamp: Stamp, kit: Kit, ratings: tuple[Rating, ...]) -> Scorecard:
    score, coverage = total(ratings, kit.competencies)
    return Scorecard(
        scorecard_id=ScorecardId(world.ids.new()),
        stamp=stamp,
        ratings=ratings,
        total=score,
        coverage=coverage,
        created_at=world.now(),
    )


def ratings_of(kit: Kit, turns: Sequence[Turn], rater: IndicatorRater) -> tuple[Rating, ...]:
    """One rating per competency, from the candidate's answers to the questions that serve it."""
    asked, heard = _asked(turns), rater.listen(turns, kit.language)

    def rated(competency: Competency) -> Rating:
        serving = {q.key for q in kit.questions if competency.key in q.competencies}
        if not serving & asked:
            return _not_asked(competency, rater.wording(kit.language))
        run = rater.run(competency, [a for a in heard if a.question in serving], kit.language)
        answers = (t for t in turns if t.speaker == "candidate" and t.question in serving)
        return rate(competency.key, [run], answers, needed=1)

    return tuple(rated(competency) for competency in kit.competencies)


def _not_asked(competency: Competency, wording: Wording) -> Rating:
    return Rating(
        competency=competency.key,
        level=None,
        not_assessed="not_asked",
        runs=0,
        spread=0,
        quotes=(),
        reason=wording.not_asked,
    )


def _asked(turns: Sequence[Turn]) -> frozenset[str]:
    """The questions that were heard at least in part; a withdrawn line was never said."""
    return frozenset(
        turn.question
        for turn in turns
        if turn.question is not None and turn.spoken and not turn.withdrawn
    )
