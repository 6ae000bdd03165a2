"""Scoring an interview that has ended: ratings from what was said, stamped and stored once."""

from collections.abc import Iterable, Sequence

from interview.accounts import Interview
from interview.chain import card_digest
from interview.errors import WrongState
from interview.events import Event, ScorecardStored
from interview.ids import InterviewId, ScorecardId, TenantId
from interview.indicators import RATER, IndicatorRater
from interview.kit import Competency, Kit
from interview.lifecycle import OVER, State, move
from interview.ports import Transaction
from interview.scoring import Rating, Scorecard, Stamp, rate, total
from interview.turns import Turn, touched
from interview.use_cases.world import World


async def score_interview(
    world: World, rater: IndicatorRater, tenant: TenantId, interview: InterviewId
) -> Scorecard:
    """The scorecard by `rater`; a repeat over the same transcript returns the one there is.

    Raises `WrongState` before the end, `NotFound`, `Sealed` when the words were erased.
    """
    async with world.transaction(tenant) as tx:
        held = await tx.interviews.get(interview, lock=True)
        if held.state not in OVER:
            raise WrongState(f"an interview that is {held.state} cannot be scored")
        kit = (await tx.kits.get(held.kit_id)).kit
        stamp = _stamp(held, kit, rater, await tx.events.read(interview))
        for known in await tx.scorecards.of(interview):
            if known.stamp == stamp:
                return known
        scorecard = _scorecard(world, stamp, kit, await tx.turns.of(interview), rater)
        await _store(world, tx, held, scorecard)
        return scorecard


async def _store(world: World, tx: Transaction, held: Interview, scorecard: Scorecard) -> None:
    await tx.scorecards.add(held.interview_id, scorecard)
    fact = ScorecardStored(
        scorecard_id=str(scorecard.scorecard_id),
        rater=scorecard.stamp.rater,
        card_sha256=card_digest(scorecard),
    )
    await world.note(tx, held.interview_id, fact)
    if held.state is State.ENDED:
        scored = move(held.state, State.SCORED)
        await tx.interviews.set_state(held.interview_id, scored, scorecard.created_at)


def _stamp(held: Interview, kit: Kit, rater: IndicatorRater, log: Iterable[Event]) -> Stamp:
    """`transcript_seq` is the last event that says what was said: not what came of it since."""
    words = (event.seq for event in log if touched(event.fact) is not None)
    return Stamp(
        kit_version=held.kit_version,
        rater=RATER,
        rater_version=rater.version(kit.language),
        model=None,
        prompt_hash=None,
        transcript_seq=max(words, default=0),
    )


def _scorecard(
    world: World, stamp: Stamp, kit: Kit, turns: Sequence[Turn], rater: IndicatorRater
) -> Scorecard:
    ratings = ratings_of(kit, turns, rater)
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
    asked = _asked(turns)
    return tuple(_rating(kit, competency, turns, asked, rater) for competency in kit.competencies)


def _rating(
    kit: Kit,
    competency: Competency,
    turns: Sequence[Turn],
    asked: frozenset[str],
    rater: IndicatorRater,
) -> Rating:
    serving = {q.key for q in kit.questions if competency.key in q.competencies}
    if not serving & asked:
        return Rating(
            competency=competency.key,
            level=None,
            not_assessed="not_asked",
            runs=0,
            spread=0,
            quotes=(),
            reason=rater.wording.not_asked,
        )
    answers = [turn for turn in turns if turn.speaker == "candidate" and turn.question in serving]
    return rate(competency.key, [rater.run(competency, answers, kit.language)], answers, needed=1)


def _asked(turns: Sequence[Turn]) -> frozenset[str]:
    """The questions that were heard at least in part; a withdrawn line was never said."""
    return frozenset(
        turn.question
        for turn in turns
        if turn.question is not None and turn.spoken and not turn.withdrawn
    )
