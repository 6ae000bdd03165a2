"""Notes in memory."""

from dataclasses import dataclass

from interview.by_people import By
from interview.errors import NotFound
from interview.ids import InterviewId, NoteId
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

    async def author(self, interview: InterviewId, note: NoteId) -> By:
        found = self._find(interview, note)
        return By(kind=found.author_kind, id=found.author)

    async def drop(self, interview: InterviewId, note: NoteId) -> None:
        self._find(interview, note)
        del self.work.tables.notes[self.work.row(note)]

    def _find(self, interview: InterviewId, note: NoteId) -> SealedNote:
        found = self.work.tables.notes.find(self.work.row(note))
        if found.interview != interview:
            raise NotFound
        return found


def _cursor(note: SealedNote) -> Cursor:
    return Cursor(note.created_at, note.note_id)
