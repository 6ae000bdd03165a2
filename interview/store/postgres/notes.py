"""Notes in PostgreSQL."""

from dataclasses import astuple, dataclass

from interview.ids import InterviewId
from interview.notes import Note
from interview.ports import Page
from interview.store.cursors import Cursor, decode, page_of
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
    WHERE tenant = $1 AND interview_id = $2 AND (created_at, note_id) > ($3, $4)
    ORDER BY created_at, note_id LIMIT $5
"""


@dataclass(frozen=True)
class PostgresNotes:
    work: Work

    async def add(self, note: Note) -> None:
        key = await self.work.vault.key("interview", note.interview)
        sealed = seal_note(key, self.work.tenant, note)
        await self.work.session.execute(ADD_NOTE, self.work.tenant, *astuple(sealed))

    async def page(self, interview: InterviewId, limit: int, after: str | None) -> Page[Note]:
        tenant, start = self.work.tenant, decode(after)
        key = await self.work.vault.key("interview", interview)
        rows = await self.work.session.rows(
            NOTES, tenant, interview, start.created_at, start.id, limit + 1
        )
        found = page_of([SealedNote(*row) for row in rows], _cursor, limit)
        return Page(tuple(open_note(key, tenant, note) for note in found.items), found.next)


def _cursor(note: SealedNote) -> Cursor:
    return Cursor(note.created_at, note.note_id)
