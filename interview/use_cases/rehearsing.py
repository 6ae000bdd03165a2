"""Rehearsing a kit: a mock interview by voice, of which nothing is stored, scored or listed."""

from interview.door import Claim, ClaimedProviders, Desired, DispatchMetadata
from interview.floor import AI
from interview.ids import InterviewId, KitId, TenantId, agent_identity
from interview.kit import Kit, spoken_gap
from interview.plan import plan_of
from interview.ports import Rooms
from interview.rehearsal import GOOD_FOR, Rehearsal
from interview.use_cases.agent_door import for_the_room
from interview.use_cases.kits import KitHasGaps
from interview.use_cases.summon import TRIES
from interview.use_cases.world import World

EPOCH = 1
"""Nobody takes over from an agent that dies: one begins anew."""


async def open_rehearsal(
    world: World, rooms: Rooms, tenant: TenantId, kit: KitId, spoken: frozenset[str]
) -> tuple[Rehearsal, Kit]:
    """A room for the rehearsal of a draft as it is stored now, or of a version.

    A draft may lack whatever judging needs; only its language has to be spoken here. Raises
    `NotFound`, `KitHasGaps`, `Unavailable`.
    """
    async with world.transaction(tenant) as tx:
        found = (await tx.kits.get(kit)).kit
    if gap := spoken_gap(found, spoken):
        raise KitHasGaps((gap,))
    until = int((world.now() + GOOD_FOR).timestamp())
    rehearsal = Rehearsal(InterviewId(world.ids.new()), tenant, kit, until)
    await rooms.create_check(rehearsal.room)
    return rehearsal, found


async def summon_for(rooms: Rooms, rehearsal: Rehearsal, pepper: bytes) -> bool:
    """True once a worker has taken the job. Raises `Unavailable`."""
    metadata = DispatchMetadata(
        interview=rehearsal.id, epoch=EPOCH, rehearsal=rehearsal.ticket(pepper)
    )
    for _ in range(TRIES):
        if await rooms.dispatch(rehearsal.room, metadata.model_dump_json()):
            return True
    return False


async def claim_rehearsal(world: World, pepper: bytes, ticket: str) -> Claim:
    """What an agent needs to lead it: as of an interview, but no lease, log or token is behind it.

    Raises `NotFound`.
    """
    now = world.now()
    rehearsal = Rehearsal.shown(ticket, pepper, now)
    async with world.transaction(rehearsal.tenant) as tx:
        plan = plan_of((await tx.kits.get(rehearsal.kit)).kit)
        providers = for_the_room(await tx.providers.get(), plan)
    return Claim(
        interview_id=rehearsal.id,
        epoch=EPOCH,
        token="",
        room=rehearsal.room,
        candidate_identity=rehearsal.speaker,
        agent_identity=agent_identity(rehearsal.id, EPOCH),
        clock_zero=now,
        now=now,
        previous_heartbeat_at=None,
        plan=plan,
        events=(),
        desired=Desired(floor=AI, phase="live"),
        providers=ClaimedProviders.of(providers),
    )
