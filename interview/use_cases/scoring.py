"""Scoring an interview that has ended: ratings from what was said, stamped and stored once."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from interview.accounts import Interview
from interview.asides import without_asides
from interview.by_model import RaterRefused, RunRefused, is_unanswered
from interview.by_people import TurnRefiled
from interview.by_room import FloorChanged
from interview.chain import card_digest
from interview.copilot_facts import CoverageJudged
from interview.covered import asked_by_people
from interview.errors import Unavailable, WrongState
from interview.events import Event, ScorecardStored
from interview.hostile import Flag
from interview.ids import InterviewId, ScorecardId, TenantId, TurnId
from interview.kit import Kit
from interview.lifecycle import OVER, State
from interview.ports import Reply, Transaction
from interview.rater import (
    Judged,
    Material,
    Rater,
    Signature,
    Sitting,
    gated,
    materials_of,
    settled,
)
from interview.release import NotReleased, RaterGate
from interview.scoring import Rating, Scorecard, Stamp, total
from interview.turns import Turn, as_corrected, touched, turns_from
from interview.use_cases.moves import move_to, tell
from interview.use_cases.world import World
from interview.webhooks import HookType

WHO_ASKED = (FloorChanged, CoverageJudged)
"""They say nothing of what was said, and yet who has asked a question."""


@dataclass(frozen=True, slots=True)
class Case:
    """What is to be judged. `before` is the latest card of the same rater on less of the same talk,
    and `changed` the turns that are new or other since; `left` are questions that such a turn was
    taken from. `by_people` are questions that a person has asked in the AI's place."""

    kit: Kit
    stamp: Stamp
    turns: tuple[Turn, ...]
    flags: tuple[Flag, ...]
    before: Scorecard | None
    changed: frozenset[TurnId]
    by_people: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Read:
    """`last_seq` is the end of the log at that moment, and `short` the card that there is and that
    a better one may stand beside."""

    case: Case
    last_seq: int
    short: ScorecardId | None


@dataclass(frozen=True, slots=True)
class Remembered:
    """Port `Memory`: an answer is stored as soon as it comes, whatever becomes of the rest."""

    world: World
    tenant: TenantId
    interview: InterviewId

    async def recall(self, asked: bytes) -> Reply | None:
        async with self.world.transaction(self.tenant) as tx:
            return await tx.replies.find(self.interview, asked)

    async def keep(self, asked: bytes, reply: Reply) -> Reply:
        async with self.world.transaction(self.tenant) as tx:
            return await tx.replies.keep(self.interview, asked, reply, self.world.now())


async def score_interview(
    world: World,
    rater: Rater,
    tenant: TenantId,
    interview: InterviewId,
    gate: RaterGate = "mark",
    *,
    is_last_try: bool = False,
) -> Scorecard:
    """The scorecard by `rater`; a repeat over the same transcript returns the one there is.

    Nothing is locked while the rater judges. Words that come meanwhile make it read again. Raises
    `WrongState` before the end, `NotFound`, `Sealed` when the words were erased, `Unavailable` when
    a competency lacks answers; on the last try only when there was no answer at all. A card that
    was made of too few answers then is no end: a later call makes another one beside it. Raises
    `NotReleased` when the gate requires what the rater has not passed.
    """
    while True:
        read = await _read(world, rater, tenant, interview)
        if isinstance(read, Scorecard):
            return read
        by = rater.signature(read.case.kit)
        released = await _released(world, by)
        if released is False and gate == "require":
            await _note_refused(world, tenant, interview, by)
            raise NotReleased
        memory = Remembered(world, tenant, interview)
        sitting = Sitting(ScorecardId(world.ids.new()), memory)
        ratings, judged = await ratings_of(rater, read.case, sitting)
        if judged.is_silent or (judged.unanswered and not is_last_try):
            await _note_silence(world, tenant, interview, read.case, judged)
            raise Unavailable("models gave too few answers")
        card = card_of(sitting.card, read.case, ratings, world.now(), released)
        stored = await _store_new(world, tenant, interview, read, card, judged)
        if stored is not None:
            return stored


async def ratings_of(
    rater: Rater, case: Case, sitting: Sitting
) -> tuple[tuple[Rating, ...], Judged]:
    """One rating per competency: carried over from the card before where nothing has changed that
    it rests on, settled where there is nothing to judge, else the rater's."""
    materials = materials_of(case.kit, case.turns, case.flags, case.by_people)
    known = {m.competency.key: _known(m, case, rater) for m in materials}
    open_ones = [material for material in materials if known[material.competency.key] is None]
    judged = await rater.judge(open_ones, sitting) if open_ones else Judged({})
    ratings = [
        known[key] or gated(judged.ratings[key], material, rater)
        for material in materials
        if (key := material.competency.key)
    ]
    return tuple(ratings), judged


def _known(material: Material, case: Case, rater: Rater) -> Rating | None:
    return _carried(material, case) or settled(material, rater)


def _carried(material: Material, case: Case) -> Rating | None:
    """As it was, with the card that it was first made for."""
    if case.before is None:
        return None
    key = material.competency.key
    asked = {q.key for q in case.kit.questions if key in q.competencies}
    changed = (turn.question for turn in case.turns if turn.turn_id in case.changed)
    if not asked.isdisjoint({*case.left, *changed}):
        return None
    found = next((rating for rating in case.before.ratings if rating.competency == key), None)
    if found is None or found.lacks_runs:
        return None
    if found.carried_from is not None:
        return found
    return found.model_copy(update={"carried_from": case.before.scorecard_id})


async def _read(
    world: World, rater: Rater, tenant: TenantId, interview: InterviewId
) -> _Read | Scorecard:
    async with world.transaction(tenant) as tx:
        held = await tx.interviews.get(interview)
        if held.state not in OVER:
            raise WrongState(f"an interview that is {held.state} cannot be scored")
        kit = (await tx.kits.get(held.kit_id)).kit
        log = await tx.events.read(interview)
        cards = await tx.scorecards.of(interview)
    turns = as_corrected(turns_from(log))  # as a replay has them
    stamp = stamp_of(held.kit_version, kit, rater, last_said(log))
    known = _known_card(cards, stamp)
    short = known.scorecard_id if known and _may_come_out_better(known, log) else None
    if known is not None and short is None:
        return known
    flags = await asyncio.to_thread(rater.flags, turns)
    return _Read(case_of(kit, stamp, turns, flags, cards, log), held.last_seq, short)


def _known_card(cards: Iterable[Scorecard], stamp: Stamp) -> Scorecard | None:
    """The newest one of that stamp."""
    return next((card for card in reversed([*cards]) if card.stamp == stamp), None)


def _may_come_out_better(card: Scorecard, log: Iterable[Event]) -> bool:
    """Whether it lacks runs for which no model gave an answer."""
    short = {rating.competency for rating in card.ratings if rating.lacks_runs}
    refused = (event.fact for event in log if isinstance(event.fact, RunRefused))
    name = str(card.scorecard_id)
    return any(
        str(fact.scorecard_id) == name and fact.competency in short and is_unanswered(fact)
        for fact in refused
    )


def case_of(
    kit: Kit,
    stamp: Stamp,
    turns: tuple[Turn, ...],
    flags: tuple[Flag, ...],
    cards: Iterable[Scorecard],
    log: Sequence[Event],
) -> Case:
    """From all of an interview's cards and its log; what asks for something and answers nothing is
    left out."""
    before = _latest(cards, stamp)
    since = before.stamp.transcript_seq if before else 0
    until = stamp.transcript_seq
    new = [event.fact for event in log if since < event.seq <= until]
    names = frozenset(each for each in map(touched, new) if each is not None)
    left = frozenset(each.before for each in new if isinstance(each, TurnRefiled) and each.before)
    told = without_asides(turns, log)
    return Case(kit, stamp, told, flags, before, names, asked_by_people(log), left)


def _latest(cards: Iterable[Scorecard], stamp: Stamp) -> Scorecard | None:
    """The newest one on most of the talk."""

    def is_before(card: Scorecard) -> bool:
        seq = card.stamp.transcript_seq
        return (
            card.person is None
            and seq < stamp.transcript_seq
            and card.stamp == stamp.model_copy(update={"transcript_seq": seq})
        )

    # Of two on the same talk the later one, which has more runs.
    found = reversed([*filter(is_before, cards)])
    return max(found, key=lambda card: card.stamp.transcript_seq, default=None)


async def _store_new(
    world: World,
    tenant: TenantId,
    interview: InterviewId,
    read: _Read,
    card: Scorecard,
    judged: Judged,
) -> Scorecard | None:
    """What holds now, made by us or by another worker; None when more was said meanwhile, or
    somebody told who has asked a question."""
    async with world.transaction(tenant) as tx:
        held = await tx.interviews.get(interview, lock=True)
        if says_more(await tx.events.read(interview, after=read.last_seq)):
            return None
        known = _known_card(await tx.scorecards.of(interview), card.stamp)
        if known and (known.scorecard_id != read.short or judged.unanswered):
            return known
        await _store(world, tx, held, card, judged)
        return card


async def _released(world: World, by: Signature) -> bool | None:
    """Whether whoever may answer has passed. None for a rater without a model, which needs no
    release."""
    if by.model is None:
        return None
    trials = [await world.store.latest_trial(each) for each in by.configurations]
    return bool(trials) and all(trial is not None and trial.passed for trial in trials)


async def _note_refused(
    world: World, tenant: TenantId, interview: InterviewId, by: Signature
) -> None:
    """Once for each configuration."""
    assert by.model is not None
    fact = RaterRefused(
        rater=by.rater,
        rater_version=by.version,
        model=by.model,
        prompt_hash=by.prompt_hash,
        panels=by.panels,
    )
    async with world.transaction(tenant) as tx:
        await tx.interviews.get(interview, lock=True)
        known = await tx.events.of_kind(interview, fact.kind)
        if all(event.fact != fact for event in known):
            await world.note(tx, interview, fact)


async def _note_silence(
    world: World, tenant: TenantId, interview: InterviewId, case: Case, judged: Judged
) -> None:
    """Once for what was said: a job that is tried again and again must not fill the log."""
    async with world.transaction(tenant) as tx:
        refused = await tx.events.of_kind(interview, "run_refused")
        if all(event.seq < case.stamp.transcript_seq for event in refused):
            await world.note(tx, interview, *filter(is_unanswered, judged.facts))


async def _store(
    world: World, tx: Transaction, held: Interview, card: Scorecard, judged: Judged
) -> None:
    await tx.scorecards.add(held.interview_id, card)
    fact = ScorecardStored(
        scorecard_id=str(card.scorecard_id),
        rater=card.stamp.rater,
        card_sha256=card_digest(card),
    )
    await world.note(tx, held.interview_id, *judged.facts, fact)
    if held.state is State.ENDED:
        await move_to(world, tx, held.interview_id, held.state, State.SCORED)
    else:
        await tell(world, tx, held.interview_id, HookType.SCORED, held.state)


def stamp_of(kit_version: int, kit: Kit, rater: Rater, transcript_seq: int) -> Stamp:
    """`transcript_seq` is the last event that says what was said: not what came of it since."""
    by = rater.signature(kit)
    return Stamp(
        kit_version=kit_version,
        rater=by.rater,
        rater_version=by.version,
        model=by.model,
        prompt_hash=by.prompt_hash,
        transcript_seq=transcript_seq,
    )


def last_said(log: Iterable[Event]) -> int:
    """The last event that says what was said, or what was heard instead."""
    return max((event.seq for event in log if touched(event.fact) is not None), default=0)


def says_more(log: Iterable[Event]) -> bool:
    """Whether a case that was made without these events is another one with them."""
    facts = [event.fact for event in log]
    return any(touched(each) is not None or isinstance(each, WHO_ASKED) for each in facts)


def card_of(
    name: ScorecardId,
    case: Case,
    ratings: tuple[Rating, ...],
    at: datetime,
    released: bool | None = None,
) -> Scorecard:
    """The card that the ratings make."""
    score, coverage = total(ratings, case.kit.competencies)
    return Scorecard(
        scorecard_id=name,
        stamp=case.stamp,
        ratings=ratings,
        total=score,
        coverage=coverage,
        created_at=at,
        flags=case.flags,
        released=released,
    )
