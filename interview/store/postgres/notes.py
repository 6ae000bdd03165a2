"""Notes in PostgreSQL."""

from dataclasses import astuple, dataclass

import asyncpg

from interview.by_people import By
from interview.ids import InterviewId, NoteId
from interview.notes import Note
from interview.ports import Page
from interview.ports.lists import NotesWanted
from interview.store.cursors import Cursor
from interview.store.postgres.lists import Filter, Listing, Order
from interview.store.postgres.work import Work
from interview.store.sealed_notes import SealedNote, open_note, seal_note

ADD_NOTE = """
    INSERT INTO notes (
        tenant, note_id, interview_id, author_kind, author, at_ms, turn_id, sealed_note, created_at
    ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""

NOTES = """
    SELECT note_id, interview_id, author_kind, author, at_ms, turn_id, sealed_note, created_at
    FROM notes
"""

NOTE_AUTHOR = """
    SELECT author_kind, author FROM notes
    WHERE tenant = $1 AND interview_id = $2 AND note_id = $3
"""

DROP_NOTE = """
    DELETE FROM notes WHERE tenant = $1 AND interview_id = $2 AND note_id = $3
    RETURNING note_id
"""

BY_AGE = Order("created_at", "note_id")


@dataclass(frozen=True)
class PostgresNotes:
    work: Work

    async def add(self, note: Note) -> None:
        key = await self.work.vault.key("interview", note.interview)
        sealed = seal_note(key, self.work.tenant, note)
        await self.work.session.execute(ADD_NOTE, self.work.tenant, *astuple(sealed))

    async def page(self, interview: InterviewId, limit: int, after: str | None) -> Page[Note]:
        tenant, wanted = self.work.tenant, NotesWanted(interview)
        key = await self.work.vault.key("interview", interview)
        listing = Listing(self.work, NOTES, BY_AGE)
        filters: list[Filter] = [("interview_id = {}", interview)]
        found = await listing.page(wanted, filters, limit, after, _note, _cursor)
        return Page(tuple(open_note(key, tenant, note) for note in found.items), found.next)

    async def author(self, interview: InterviewId, note: NoteId) -> By:
        row = await self.work.session.row(NOTE_AUTHOR, self.work.tenant, interview, note)
        return By(kind=row["author_kind"], id=row["author"])

    async def drop(self, interview: InterviewId, note: NoteId) -> None:
        await self.work.session.row(DROP_NOTE, self.work.tenant, interview, note)


def _note(row: asyncpg.Record) -> SealedNote:
    return SealedNote(*row)


def _cursor(note: SealedNote) -> Cursor:
    return Cursor(note.created_at, note.note_id)
