"""The floor of an interview: passed on when people ask, when its holder is gone or loses access."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Literal

from interview.accounts import Interview
from interview.by_people import By
from interview.by_room import Floor, FloorAsked, FloorChanged, FloorOffered
from interview.copilot_facts import QuestionTicked
from interview.errors import FloorTaken, Forbidden, NotFound
from interview.events import Event
from interview.floor import (
    AI,
    PAUSED,
    SeatProof,
    at_rest,
    covered_by,
    holder_of,
    may_interview,
    may_stay,
    of_member,
    passed,
)
from interview.ids import InterviewId, MemberId, interviewer_identity, member_of
from interview.lifecycle import RUNNING
from interview.ports import Transaction
from interview.use_cases.world import World


async def pass_on(
    world: World,
    tx: Transaction,
    held: Interview,
    floor: Floor,
    covered: Iterable[str] = (),
    *,
    reason: Literal["asked", "gone", "access", "section"] = "asked",
    by: By | None = None,
) -> Interview:
    """The interview with the floor as it is from now on; what is so already is left.

    The caller holds the interview's row.
    """
    more = tuple(key for key in covered if key not in held.covered)
    if floor == held.floor and not more:
        return held
    whole = (*held.covered, *more)
    fact = FloorChanged(floor=floor, before=held.floor, covered=whole, reason=reason, by=by)
    await world.note(tx, held.interview_id, fact)
    await tx.interviews.set_floor(held.interview_id, floor, whole)
    return replace(held, floor=floor, covered=whole)


ASKING = frozenset({"floor_asked", "floor_offered", "question_ticked"})
"""Few facts in a batch ask for anything."""


async def confirm(
    world: World, tx: Transaction, held: Interview, events: Iterable[Event]
) -> Interview:
    """What the agent did as people in the room asked, or as the kit's sections want it, where they
    may have it so; what they may not is withdrawn by the agent, when it learns what holds."""
    for event in events:
        if event.fact.kind not in ASKING:
            continue
        if held.state not in RUNNING:
            break
        match event.fact:
            case FloorAsked() as fact:
                with suppress(Forbidden, FloorTaken, NotFound):
                    held = await _confirm(world, tx, held, fact)
            case FloorOffered(section=section):
                was, then = (PAUSED, AI) if section is None else (AI, PAUSED)
                alternates = held.assist == "alternating"
                is_left = section is None and held.assist == "ai_leads"
                if held.floor == was and (alternates or is_left):
                    why: Literal["section", "gone"] = "section" if alternates else "gone"
                    held = await pass_on(world, tx, held, then, reason=why)
            case QuestionTicked() as fact:
                with suppress(Forbidden, NotFound):
                    held = await _tick(world, tx, held, fact)
            case _:
                pass
    return held


async def _tick(world: World, tx: Transaction, held: Interview, fact: QuestionTicked) -> Interview:
    """Raises `Forbidden`, `NotFound`."""
    member = member_of(fact.identity)
    if member is None:
        raise Forbidden
    await require_interviewer(world, tx, held.interview_id, member)
    if fact.covered and not covered_by((await tx.kits.get(held.kit_id)).kit, [fact.question], ()):
        return held
    others = tuple(key for key in held.covered if key != fact.question)
    covered = (*others, fact.question) if fact.covered else others
    if fact.covered == (fact.question in held.covered):
        return held
    by = By(kind="member", id=str(member))
    changed = FloorChanged(floor=held.floor, before=held.floor, covered=covered, by=by)
    await world.note(tx, held.interview_id, changed)
    await tx.interviews.set_floor(held.interview_id, held.floor, covered)
    return replace(held, covered=covered)


async def _confirm(world: World, tx: Transaction, held: Interview, fact: FloorAsked) -> Interview:
    """Raises `Forbidden`, `FloorTaken`, `NotFound`."""
    member = member_of(fact.identity)
    if member is None:
        raise Forbidden
    if fact.gone:
        if held.floor != of_member(member):
            return held
        return await pass_on(world, tx, held, at_rest(held.assist), reason="gone")
    await require_interviewer(world, tx, held.interview_id, member)
    # The agent has seen who held the floor when it was asked; it has not seen a later holder.
    holder = holder_of(held.floor)
    is_news = holder is not None and held.floor != fact.before
    present = [interviewer_identity(holder)] if holder and is_news else []
    floor = passed(held.floor, fact.floor, member, present)
    covered = covered_by((await tx.kits.get(held.kit_id)).kit, fact.covered, ())
    by = By(kind="member", id=str(member))
    return await pass_on(world, tx, held, floor, covered, by=by)


async def require_interviewer(
    world: World, tx: Transaction, interview: InterviewId, member: MemberId
) -> None:
    """Raises `Forbidden` for who has no interviewer's seat in the room, or may not have it now."""
    seats = await tx.seats.of(interview)
    is_seated = any(seat.member == member and seat.role == "interviewer" for seat in seats)
    if not is_seated:
        raise Forbidden("Come into the room as an interviewer first.")
    if not may_interview(await tx.members.get(member)):
        raise Forbidden("This member does not interview any more.")
    if not may_stay(await proofs_of(tx, interview, member), None, world.now()):
        raise Forbidden("What opened the room has ended: come in again.")


async def proofs_of(
    tx: Transaction, interview: InterviewId, member: MemberId
) -> tuple[SeatProof, ...]:
    """By what `member` has come into the room."""
    known = await tx.seats.proofs(interview)
    return tuple(proof for proof in known if proof.member == member)


async def take_floor_from(
    world: World, tx: Transaction, interview: InterviewId, member: MemberId
) -> Interview:
    """The interview; what floor `member` held is theirs no more."""
    held = await tx.interviews.get(interview, lock=True)
    if held.floor != of_member(member):
        return held
    return await pass_on(world, tx, held, at_rest(held.assist), reason="access")
