"""Notes in memory."""

from dataclasses import dataclass

from interview.ids import InterviewId
from interview.notes import Note
from interview.ports import Page
from interview.ports.lists import NotesWanted
from interview.store.cursors import Cursor
from interview.store.memory.work import Work
from interview.store.sealed_notes import SealedNote, open_note, seal_note


@dataclass
class MemoryNotes:
    work: Work

    async def add(self, note: Note) -> None:
        work = self.work
        key = await work.vault.key("interview", note.interview)
        if note.turn_id is not None:
            work.tables.turns.find((*work.row(note.interview), note.turn_id))
        work.tables.notes.insert(work.row(note.note_id), seal_note(key, work.tenant, note))

    async def page(self, interview: InterviewId, limit: int, after: str | None) -> Page[Note]:
        work = self.work
        key = await work.vault.key("interview", interview)
        mine = (note for note in work.mine(work.tables.notes) if note.interview == interview)
        found = work.page(mine, _cursor, limit, after, NotesWanted(interview))
        return Page(tuple(open_note(key, work.tenant, note) for note in found.items), found.next)


def _cursor(note: SealedNote) -> Cursor:
    return Cursor(note.created_at, note.note_id)
