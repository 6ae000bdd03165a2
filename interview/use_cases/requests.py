"""Candidates' requests and what they thought of the interview, for the people who answer them."""

from interview.by_people import By
from interview.errors import Conflict, NotFound, WrongState
from interview.ids import InterviewId, RequestId, TenantId, TurnId
from interview.lifecycle import UNRATED, State
from interview.ports import Page, RequestsWanted, Transaction
from interview.requests import Feedback, Outcome, Request, Settled
from interview.use_cases.mailing import write_answer
from interview.use_cases.world import World

AFTER_JUDGEMENT = UNRATED | {State.DECIDED}
"""States in which nothing that a candidate thought of it can sway who rates or decides."""


async def list_requests(
    world: World, tenant: TenantId, limit: int, after: str | None, wanted: RequestsWanted
) -> Page[Request]:
    """One page; the words of those who were erased are gone."""
    async with world.transaction(tenant) as tx:
        return await tx.requests.page(limit, after, wanted)


async def settle(
    world: World, tenant: TenantId, by: By, request: RequestId, outcome: Outcome, text: str
) -> Request:
    """A person's answer; there is one. Other words for a turn are granted by correcting it.

    Raises `NotFound`, `Conflict` the second time and for a granted transcript, `Sealed`.
    """
    async with world.transaction(tenant) as tx:
        asked = await tx.requests.get(request, lock=True)
        if asked.kind == "transcript" and outcome == "granted":
            raise Conflict("Correct the turn, and name this request with the correction.")
        return await _settle(world, tx, asked, by, outcome, text)


async def grant_words(
    world: World, tx: Transaction, by: By, request: RequestId, turn: TurnId, reason: str
) -> Request:
    """The turn was corrected because of this request. Raises `NotFound` for one that is not about
    the turn, `Conflict`, `Sealed`."""
    asked = await tx.requests.get(request, lock=True)
    if asked.turn != turn:
        raise NotFound("This turn has no such request.")
    return await _settle(world, tx, asked, by, "granted", reason)


async def _settle(
    world: World, tx: Transaction, asked: Request, by: By, outcome: Outcome, text: str
) -> Request:
    settled = asked.settle(Settled(outcome, text, by, world.now()))
    await tx.requests.settle(settled)
    await write_answer(world, tx, settled.interview)
    return settled


async def proposals_of(
    world: World, tenant: TenantId, interview: InterviewId
) -> tuple[Request, ...]:
    """What the candidate says to have said, turn by turn, oldest first. Raises `NotFound`."""
    async with world.transaction(tenant) as tx:
        await tx.interviews.get(interview)
        found = await tx.requests.of(interview)
    return tuple(request for request in found if request.kind == "transcript")


async def feedback_of(world: World, tenant: TenantId, interview: InterviewId) -> Feedback:
    """What the candidate thought, once nobody judges them any more.

    Raises `NotFound`, `WrongState` before a decision, `Sealed`.
    """
    async with world.transaction(tenant) as tx:
        held = await tx.interviews.get(interview)
        if held.state not in AFTER_JUDGEMENT:
            raise WrongState("The candidate's feedback can be read once it was decided.")
        found = await tx.feedback.of(interview)
    if found is None:
        raise NotFound
    return found
