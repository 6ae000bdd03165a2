"""Members of a tenant on their way into a room, and who leads there."""

from dataclasses import dataclass
from datetime import datetime

from interview.accounts import Interview
from interview.by_people import By
from interview.by_room import Floor, SeatRole, SeatTaken
from interview.door import RoomMetadata
from interview.errors import Forbidden, InterviewNotOpen, Invalid, WrongState
from interview.floor import (
    AI,
    PAUSED,
    Seat,
    SeatProof,
    covered_by,
    holder_of,
    lost_marks,
    make_room,
    may_interview,
    of_member,
    on_the_way,
    passed,
)
from interview.ids import InterviewId, MemberId, TenantId, interviewer_identity, room_name
from interview.kit import Kit
from interview.lifecycle import OPEN, RUNNING
from interview.ports import Guest, Present, Rooms, Transaction
from interview.tenant_settings import UNSEEN
from interview.use_cases.agent_door import room_metadata
from interview.use_cases.floor import (
    pass_on,
    proofs_of,
    require_interviewer,
    take_floor_from,
)
from interview.use_cases.world import World


@dataclass(frozen=True, slots=True)
class Wish:
    """How a member wants to be in the room; without a `name` their address gives one."""

    role: SeatRole = "interviewer"
    name: str | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Passed:
    """The floor as it is now, and what the room is told of it."""

    floor: Floor
    holder: MemberId | None
    covered: tuple[str, ...]
    metadata: RoomMetadata


async def take_seat(
    world: World,
    rooms: Rooms,
    tenant: TenantId,
    interview: InterviewId,
    proof: SeatProof,
    by: By,
    wish: Wish,
) -> Guest:
    """Makes the room if there is none yet, and gives the member whose `proof` it is a seat in it.

    Raises `NotFound`, `Forbidden`, `InterviewNotOpen`, `LimitReached`, `Invalid`, `Unavailable`.
    """
    async with world.transaction(tenant) as tx:
        held = await tx.interviews.get(interview, lock=True)
        known = await tx.members.get(proof.member)
        if not may_interview(known):
            raise Forbidden(f"Who is {known.role} does not interview.")
        await _check_hidden(tx, interview, wish)
        if held.state not in OPEN:
            raise InterviewNotOpen
        identity = interviewer_identity(proof.member)
        name = wish.name or known.email.partition("@")[0]
        guest = Guest(identity, name, wish.role, wish.hidden, proof.mark)
        if wish.role == "interviewer":
            await _make_room(world, tx, rooms, interview, identity)
        seat = Seat(interview, proof.member, wish.role, wish.hidden, world.now())
        await tx.seats.take(seat, proof)
        fact = SeatTaken(
            identity=identity, name=guest.name, role=wish.role, hidden=wish.hidden, by=by
        )
        await world.note(tx, interview, fact)
        metadata = room_metadata(held, await tx.leases.of(interview))
        await rooms.create(room_name(interview), metadata.model_dump_json())
    return guest


async def _make_room(
    world: World, tx: Transaction, rooms: Rooms, interview: InterviewId, identity: str
) -> None:
    """The caller holds the interview's row: of two who come at once, one sees the other's seat."""
    present = await rooms.present(room_name(interview)) or ()
    here = (one.identity for one in present if one.kind == "interviewer")
    coming = on_the_way(await tx.seats.of(interview), world.now())
    make_room([*here, *coming], identity)


async def _check_hidden(tx: Transaction, interview: InterviewId, wish: Wish) -> None:
    """Raises `Invalid` for an interviewer, `Forbidden` where the tenant lets nobody hide, or the
    candidate has agreed to a notice that does not say so."""
    if not wish.hidden:
        return
    if wish.role != "observer":
        raise Invalid("hidden: only observers may be hidden", field="hidden")
    if not (await tx.settings.get()).observers_may_hide:
        raise Forbidden("The settings let no observer hide; candidates see who is present.")
    consent = await tx.consents.latest(interview)
    if consent is not None and not consent.notice_version.endswith(UNSEEN):
        raise Forbidden("The notice that this candidate agreed to names no observer who hides.")


async def set_floor(
    world: World,
    rooms: Rooms,
    tenant: TenantId,
    interview: InterviewId,
    member: MemberId,
    by: By,
    wanted: str,
    questions: tuple[str, ...],
    competencies: tuple[str, ...],
) -> Passed:
    """Who leads from now on: `ai`, `me` or `paused`; and what a person has asked already.

    Raises `NotFound`, `Forbidden`, `WrongState`, `FloorTaken`, `Invalid`, `Unavailable`.
    """
    async with world.transaction(tenant) as tx:
        held = await tx.interviews.get(interview, lock=True)
        if not may_interview(await tx.members.get(member)):
            raise Forbidden("This member does not interview any more.")
        if held.state not in RUNNING:
            raise WrongState(f"nobody leads an interview that is {held.state}")
        await require_interviewer(world, tx, interview, member)
        floor = of_member(member) if wanted == "me" else PAUSED if wanted == "paused" else AI
        present = await _present(rooms, held, member)
        floor = passed(held.floor, floor, member, present)
        kit = (await tx.kits.get(held.kit_id)).kit
        _check_keys(kit, questions, competencies)
        covered = covered_by(kit, questions, competencies)
        now = await pass_on(world, tx, held, floor, covered, by=by)
        metadata = room_metadata(now, await tx.leases.of(interview))
    return Passed(now.floor, holder_of(now.floor), now.covered, metadata)


async def calls(
    world: World, tenant: TenantId, member: MemberId | None
) -> tuple[bool, tuple[tuple[InterviewId, datetime], ...]]:
    """Whether `member` is on call, and the interviews that want a person, with since when."""
    async with world.transaction(tenant) as tx:
        called = [one.member_id for one in await tx.members.on_call() if may_interview(one)]
        return member in called, await tx.interviews.wanting_person()


async def _present(rooms: Rooms, held: Interview, asking: MemberId) -> tuple[str, ...]:
    """Who interviews in the room; only asked when it makes a difference. Who holds the floor and
    came back to look on does not keep it from the others."""
    if holder_of(held.floor) in (None, asking):
        return ()
    present = await rooms.present(room_name(held.interview_id)) or ()
    return tuple(one.identity for one in present if one.kind == "interviewer")


def _check_keys(kit: Kit, questions: tuple[str, ...], competencies: tuple[str, ...]) -> None:
    """Raises `Invalid` naming what the kit does not have."""
    for field, named, known in (
        ("covered_questions", questions, {each.key for each in kit.questions}),
        ("covered_competencies", competencies, {each.key for each in kit.competencies}),
    ):
        for at, key in enumerate(named):
            if key not in known:
                where = f"{field}.{at}"
                raise Invalid(f"{where}: nothing in the kit is named {key}", field=where)


@dataclass(frozen=True, slots=True)
class Left:
    """A room that a member has to leave, and what the others in it are told then. `lost` are marks
    of what they came by and what has ended, None for who shows none; all of it is when it is None
    itself."""

    interview: InterviewId
    member: MemberId
    metadata: RoomMetadata
    lost: frozenset[str | None] | None = None

    def has_to_go(self, one: Present) -> bool:
        is_theirs = one.identity == interviewer_identity(self.member)
        return is_theirs and (self.lost is None or one.mark in self.lost)


async def leave_rooms(world: World, tenant: TenantId, member: MemberId) -> tuple[Left, ...]:
    """Rooms that `member` has to leave: all for who interviews no more, else those into which they
    came by what has ended. Raises `NotFound`."""
    async with world.transaction(tenant) as tx:
        is_out = not may_interview(await tx.members.get(member))
        left = []
        for interview in await tx.seats.of_member(member):
            lost = lost_marks(await proofs_of(tx, interview, member), world.now())
            if is_out or lost:
                keeps_floor = not is_out and None not in lost
                held = await _left(world, tx, interview, None if keeps_floor else member)
                metadata = room_metadata(held, await tx.leases.of(interview))
                left.append(Left(interview, member, metadata, None if is_out else lost))
        return tuple(left)


async def _left(
    world: World, tx: Transaction, interview: InterviewId, holder: MemberId | None
) -> Interview:
    """Without the floor in the hands of `holder`."""
    if holder is None:
        return await tx.interviews.get(interview)
    return await take_floor_from(world, tx, interview, holder)


async def show_out_member(rooms: Rooms, left: tuple[Left, ...]) -> None:
    """Out of the rooms; should they come back while their token is good, the watch does it again.

    Raises `Unavailable`.
    """
    for each in left:
        room = room_name(each.interview)
        present = await rooms.present(room)
        if present is None:
            continue
        for one in filter(each.has_to_go, present):
            await rooms.remove(room, one.identity)
        await rooms.set_metadata(room, each.metadata.model_dump_json())
