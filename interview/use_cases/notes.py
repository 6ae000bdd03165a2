"""Notes beside an interview: written and read by people of the tenant, never by a rater."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from interview.acting import done_by
from interview.audit import Actor
from interview.blind import Reader
from interview.by_people import By
from interview.errors import Forbidden, Invalid
from interview.ids import InterviewId, NoteId, TenantId, TurnId
from interview.notes import Note
from interview.ports import Page
from interview.use_cases.blind import is_blind
from interview.use_cases.called import Called, called_in
from interview.use_cases.world import World

MS = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Spot:
    """What a note is about: a moment, also so long ago from now, or a turn; else the whole."""

    at_ms: int | None = None
    ago_ms: int | None = None
    turn: TurnId | None = None

    def check(self, text: str) -> None:
        """Raises `Invalid` for a second place, and for a mark on nothing."""
        if self.at_ms is not None and self.ago_ms is not None:
            raise Invalid("ago_ms: either a moment or how long ago it is", field="ago_ms")
        has_moment = self.at_ms is not None or self.ago_ms is not None
        if has_moment and self.turn is not None:
            raise Invalid("turn_id: either a moment or a turn", field="turn_id")
        if not text and not has_moment and self.turn is None:
            raise Invalid("text: a note without words marks a moment or a turn", field="text")

    def moment(self, zero: datetime | None, now: datetime) -> int | None:
        """In ms of the recording, whose zero is `zero`. Raises `Invalid` before it began."""
        if self.ago_ms is None:
            return self.at_ms
        if zero is None:
            raise Invalid("ago_ms: nothing is recorded yet", field="ago_ms")
        return max(0, (now - zero) // MS - self.ago_ms)


async def write_note(
    world: World, tenant: TenantId, by: By, interview: InterviewId, text: str, spot: Spot
) -> Note:
    """Raises `NotFound`, `Invalid` for a place that is not there or a second one, `Sealed`."""
    spot.check(text)
    async with world.transaction(tenant) as tx:
        held, now = await tx.interviews.get(interview), world.now()
        if spot.turn not in {None, *(known.turn_id for known in await tx.turns.of(interview))}:
            raise Invalid("turn_id: this interview has no such turn", field="turn_id")
        at_ms = spot.moment(held.clock_zero, now)
        note = Note(NoteId(world.ids.new()), interview, by, text, at_ms, spot.turn, now)
        await tx.notes.add(note)
    return note


async def list_notes(
    world: World,
    tenant: TenantId,
    interview: InterviewId,
    reader: Reader | None,
    limit: int,
    after: str | None,
) -> tuple[Page[Note], Called]:
    """One page, oldest first, of which who is blind sees their own; how the authors are called.

    Raises `NotFound`, `Sealed`.
    """
    async with world.transaction(tenant) as tx:
        await tx.interviews.get(interview)
        page = await tx.notes.page(interview, limit, after)
        if reader is not None and await is_blind(tx, interview, reader):
            page = Page(tuple(n for n in page.items if n.by == reader.person), page.next)
        return page, await called_in(tx, (note.by for note in page.items))


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
