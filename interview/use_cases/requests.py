"""Candidates' requests and what they thought of the interview, for the people who answer them."""

from dataclasses import dataclass

from interview.blind import Reader
from interview.by_people import By
from interview.errors import Conflict, NotFound, WrongState
from interview.ids import InterviewId, RequestId, TenantId, TurnId
from interview.lifecycle import UNRATED, State
from interview.ports import Page, RequestsWanted, Transaction
from interview.requests import MAY_TELL, Feedback, Outcome, Request, Settled
from interview.use_cases.blind import blind_to_each, require_seen
from interview.use_cases.mailing import write_answer
from interview.use_cases.world import World

AFTER_JUDGEMENT = UNRATED | {State.DECIDED}
"""States in which nothing that a candidate thought of it can sway who rates or decides."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A request as its reader sees it: of one that is `withheld` that somebody has answered it, and
    neither how nor who."""

    request: Request
    withheld: bool


async def list_requests(
    world: World,
    tenant: TenantId,
    reader: Reader | None,
    limit: int,
    after: str | None,
    wanted: RequestsWanted,
) -> Page[Listed]:
    """One page; the words of those who were erased are gone. Who has to rate first is not told what
    others answered where that may say what was judged."""
    async with world.transaction(tenant) as tx:
        page = await tx.requests.page(limit, after, wanted)
        telling = {each.interview for each in page.items if _may_tell(each, reader)}
        blind = await blind_to_each(tx, [*telling], reader)
    items = (Listed(each, _may_tell(each, reader) and blind[each.interview]) for each in page.items)
    return Page(tuple(items), page.next)


def _may_tell(request: Request, reader: Reader | None) -> bool:
    """Somebody else's answer may say what was judged."""
    if request.kind not in MAY_TELL or request.outcome is None or reader is None:
        return False
    return request.settled is None or request.settled.by != reader.person


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


async def feedback_of(
    world: World, tenant: TenantId, interview: InterviewId, reader: Reader | None
) -> Feedback:
    """What the candidate thought, once nobody judges them any more: of how they were judged, too.

    Raises `NotFound`, `WrongState` before a decision, `RateFirst`, `Sealed`.
    """
    async with world.transaction(tenant) as tx:
        held = await tx.interviews.get(interview)
        if held.state not in AFTER_JUDGEMENT:
            raise WrongState("The candidate's feedback can be read once it was decided.")
        await require_seen(tx, interview, reader)
        found = await tx.feedback.of(interview)
    if found is None:
        raise NotFound
    return found
