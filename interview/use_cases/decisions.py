"""Decisions: a person says what becomes of a candidate, why, and what they looked at."""

from collections.abc import Sequence
from uuid import UUID

from interview.blind import Reader
from interview.by_people import By, DecisionMade, DecisionReason, Opened, Outcome
from interview.errors import Invalid
from interview.events import Event
from interview.ids import InterviewId, TenantId
from interview.lifecycle import OVER, State, move
from interview.ports import Transaction
from interview.use_cases.blind import require_seen
from interview.use_cases.called import Called, called_in
from interview.use_cases.moves import move_to
from interview.use_cases.world import World


async def decide(
    world: World,
    tenant: TenantId,
    by: By,
    interview: InterviewId,
    outcome: Outcome,
    reason_code: DecisionReason,
    note: str | None,
    opened: Sequence[Opened],
) -> Event:
    """The decision, as it stands in the log: there is one, and nothing follows it.

    Raises `NotFound`, `WrongState`, `Invalid` for evidence that is not there, `Sealed`.
    """
    if reason_code == "other" and note is None:
        raise Invalid("note: the reason other needs a note", field="note")
    async with world.transaction(tenant) as tx:
        held = await tx.interviews.get(interview, lock=True)
        move(held.state, State.DECIDED)
        if held.state in OVER and not opened:
            raise Invalid("evidence: name what was looked at", field="evidence")
        await _check_opened(tx, interview, opened)
        fact = DecisionMade(
            outcome=outcome, reason_code=reason_code, note=note, opened=tuple(opened), by=by
        )
        (event,) = await world.note(tx, interview, fact)
        await move_to(world, tx, interview, held.state, State.DECIDED)
        return event


async def _check_opened(tx: Transaction, interview: InterviewId, opened: Sequence[Opened]) -> None:
    known: dict[str, set[UUID | None]] = {
        "transcript": {None},
        "recording": {None} if await tx.recordings.of(interview) else set(),
        "scorecard": {card.scorecard_id for card in await tx.scorecards.of(interview)},
        "turn": {turn.turn_id for turn in await tx.turns.of(interview)},
    }
    for at, each in enumerate(opened):
        if each.id not in known[each.kind]:
            field = f"evidence.{at}"
            raise Invalid(f"{field}: this interview has no such {each.kind}", field=field)


async def decision_of(
    world: World, tenant: TenantId, interview: InterviewId, reader: Reader | None
) -> tuple[Event, Called] | None:
    """And how who decided is called; None as long as nobody has.

    Raises `NotFound`, `RateFirst`, `Sealed`.
    """
    async with world.transaction(tenant) as tx:
        await tx.interviews.get(interview)
        await require_seen(tx, interview, reader)
        for event in reversed(await tx.events.of_kind(interview, "decision_made")):
            if isinstance(event.fact, DecisionMade):
                return event, await called_in(tx, (event.fact.by,))
    return None
