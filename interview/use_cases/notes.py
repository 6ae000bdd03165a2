"""Notes beside an interview: written and read by people of the tenant, never by a rater."""

from interview.acting import done_by
from interview.audit import Actor
from interview.blind import Reader
from interview.by_people import By
from interview.errors import Forbidden, Invalid
from interview.ids import InterviewId, NoteId, TenantId, TurnId
from interview.notes import Note
from interview.ports import Page
from interview.use_cases.blind import is_blind
from interview.use_cases.world import World


async def write_note(
    world: World,
    tenant: TenantId,
    by: By,
    interview: InterviewId,
    text: str,
    at_ms: int | None,
    turn: TurnId | None,
) -> Note:
    """Raises `NotFound`, `Invalid` for a turn that is not there or a second place, `Sealed`."""
    if at_ms is not None and turn is not None:
        raise Invalid("turn_id: either a moment or a turn", field="turn_id")
    async with world.transaction(tenant) as tx:
        await tx.interviews.get(interview)
        if turn not in {None, *(known.turn_id for known in await tx.turns.of(interview))}:
            raise Invalid("turn_id: this interview has no such turn", field="turn_id")
        note = Note(NoteId(world.ids.new()), interview, by, text, at_ms, turn, world.now())
        await tx.notes.add(note)
    return note


async def list_notes(
    world: World,
    tenant: TenantId,
    interview: InterviewId,
    reader: Reader | None,
    limit: int,
    after: str | None,
) -> Page[Note]:
    """One page, oldest first, of which who is blind sees their own.

    Raises `NotFound`, `Sealed`.
    """
    async with world.transaction(tenant) as tx:
        await tx.interviews.get(interview)
        page = await tx.notes.page(interview, limit, after)
        if reader is None or not await is_blind(tx, interview, reader):
            return page
        own = tuple(note for note in page.items if note.by == reader.person)
        return Page(own, page.next)


async def delete_note(
    world: World,
    tenant: TenantId,
    actor: Actor,
    interview: InterviewId,
    note: NoteId,
    *,
    leads: bool,
) -> None:
    """Its words are gone at once, also those that an erasure has sealed for ever.

    `leads` is whether the actor looks after the people of the tenant. Raises `NotFound`, and
    `Forbidden` for who neither leads nor wrote it.
    """
    async with world.transaction(tenant) as tx:
        author = await tx.notes.author(interview, note)
        if not leads and done_by(actor) != author:
            raise Forbidden("Only who wrote a note deletes it, or who leads.")
        await tx.notes.drop(interview, note)
