"""A candidate's own rights: to read what they said, to propose other words, to ask and be answered,
to say what they thought of it, and to see how they were rated where the tenant shares that."""

from contextlib import suppress
from dataclasses import dataclass

from interview.audit import Actor, Deed
from interview.errors import Invalid, LimitReached, NotFound, Sealed, WrongState
from interview.ids import RequestId, TurnId
from interview.lifecycle import OVER, UNRATED, State
from interview.ports import Transaction
from interview.requests import MOST, Feedback, Request, RequestKind, check_request
from interview.results import Result, results_of
from interview.turns import Turn
from interview.use_cases.candidate_door import CandidateCaller
from interview.use_cases.moves import tell
from interview.use_cases.world import World
from interview.webhooks import HookType


@dataclass(frozen=True, slots=True)
class Before:
    """What is told beforehand: who invites, whom to ask, and what will be looked at.

    `candidate` is None once they were erased, `contact` while the tenant has named nobody.
    """

    organisation: str
    candidate: str | None
    contact: str | None
    assesses: tuple[str, ...]
    shares_results: bool
    may_be_unseen: bool


async def told_before(world: World, caller: CandidateCaller) -> Before:
    """No question's text, no anchor, no weight."""
    async with world.transaction(caller.tenant) as tx:
        held = await tx.interviews.get(caller.interview)
        kit = (await tx.kits.get(held.kit_id)).kit
        settings = await tx.settings.get()
        name = None
        with suppress(Sealed):
            name = (await tx.candidates.get(held.candidate_id)).name
        return Before(
            organisation=await tx.tenants.name(),
            candidate=name,
            contact=settings.reply_to,
            assesses=tuple(competency.name for competency in kit.competencies),
            shares_results=settings.shares_results,
            may_be_unseen=settings.observers_may_hide,
        )


async def own_transcript(world: World, caller: CandidateCaller) -> tuple[Turn, ...]:
    """Every turn in order, but for lines that nobody heard. Raises `WrongState` before the end,
    `Sealed`."""
    async with world.transaction(caller.tenant) as tx:
        held = await tx.interviews.get(caller.interview)
        if not held.has_words:
            raise WrongState("The transcript can be read once the interview is over.")
        turns = await tx.turns.of(caller.interview)
    return tuple(turn for turn in turns if turn.spoken and not turn.withdrawn)


async def ask(
    world: World, caller: CandidateCaller, kind: RequestKind, text: str, turn: TurnId | None
) -> Request:
    """Kept for the people who answer; the audit trail and webhooks hear that there is one.

    Raises `Invalid`, `WrongState`, `LimitReached`, `Sealed`.
    """
    async with world.transaction(caller.tenant) as tx:
        held = await tx.interviews.get(caller.interview, lock=True)
        check_request(kind, turn, text, held)
        if turn is not None:
            await _check_turn(tx, caller, turn, text)
        if len(await tx.requests.of(caller.interview)) >= MOST:
            raise LimitReached
        name, now = RequestId(world.ids.new()), world.now()
        request = Request(name, caller.interview, kind, turn, text, now)
        await tx.requests.add(request)
        actor = Actor("candidate", str(caller.interview))
        deed = Deed(actor, "make_request", str(name), {"kind": kind})
        await tx.audit.add(world.ids.new(), now, deed)
        await tell(world, tx, caller.interview, HookType.REQUESTED, held.state)
        return request


async def _check_turn(tx: Transaction, caller: CandidateCaller, turn: TurnId, text: str) -> None:
    for known in await tx.turns.of(caller.interview):
        if known.turn_id == turn and known.speaker == "candidate":
            if known.corrected.spoken == text:
                raise Invalid("text: this is what the turn says already", field="text")
            return
    raise Invalid("turn_id: this is none of your turns", field="turn_id")


async def own_requests(world: World, caller: CandidateCaller) -> tuple[Request, ...]:
    """Oldest first."""
    async with world.transaction(caller.tenant) as tx:
        return await tx.requests.of(caller.interview)


async def give_feedback(world: World, caller: CandidateCaller, rating: int, text: str) -> None:
    """In the place of what was said before. Raises `WrongState` before the end, `Sealed`."""
    async with world.transaction(caller.tenant) as tx:
        held = await tx.interviews.get(caller.interview, lock=True)
        if held.state not in OVER | UNRATED:
            raise WrongState("Feedback can be given once the interview is over.")
        now = world.now()
        await tx.feedback.put(Feedback(caller.interview, rating, text, now))
        deed = Deed(
            Actor("candidate", str(caller.interview)), "give_feedback", str(caller.interview)
        )
        await tx.audit.add(world.ids.new(), now, deed)


async def own_feedback(world: World, caller: CandidateCaller) -> Feedback:
    """Raises `NotFound` when there is none, `Sealed`."""
    async with world.transaction(caller.tenant) as tx:
        found = await tx.feedback.of(caller.interview)
    if found is None:
        raise NotFound
    return found


async def own_results(world: World, caller: CandidateCaller) -> tuple[Result, ...] | None:
    """None unless the tenant shares them, and until a person has decided: whether somebody was
    rated before that is not told. Raises `Sealed`."""
    async with world.transaction(caller.tenant) as tx:
        held = await tx.interviews.get(caller.interview)
        if held.state is not State.DECIDED or not (await tx.settings.get()).shares_results:
            return None
        cards = await tx.scorecards.of(caller.interview)
        kit = (await tx.kits.get(held.kit_id)).kit
    return results_of(kit.competencies, cards) if cards else None
