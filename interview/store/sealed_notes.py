"""What is stored in place of a note, the same in every store."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from interview.by_people import By
from interview.ids import InterviewId, NoteId, TenantId, TurnId
from interview.kit import Frozen
from interview.notes import Note
from interview.sealing import Place, SealingKey


class Written(Frozen):
    """The sealed part of a note."""

    text: str
    name: str | None


@dataclass(frozen=True, slots=True)
class SealedNote:
    note_id: NoteId
    interview: InterviewId
    author_kind: Literal["member", "key"]
    author: str
    at_ms: int | None
    turn_id: TurnId | None
    sealed_note: bytes
    created_at: datetime


def seal_note(key: SealingKey, tenant: TenantId, note: Note) -> SealedNote:
    written = Written(text=note.text, name=note.by.name)
    return SealedNote(
        note_id=note.note_id,
        interview=note.interview,
        author_kind=note.by.kind,
        author=note.by.id,
        at_ms=note.at_ms,
        turn_id=note.turn_id,
        sealed_note=key.seal(written.model_dump_json().encode(), _note_place(tenant, note.note_id)),
        created_at=note.created_at,
    )


def open_note(key: SealingKey, tenant: TenantId, sealed: SealedNote) -> Note:
    """Raises `Sealed`."""
    clear = key.open(sealed.sealed_note, _note_place(tenant, sealed.note_id))
    written = Written.model_validate_json(clear)
    return Note(
        note_id=sealed.note_id,
        interview=sealed.interview,
        by=By(kind=sealed.author_kind, id=sealed.author, name=written.name),
        text=written.text,
        at_ms=sealed.at_ms,
        turn_id=sealed.turn_id,
        created_at=sealed.created_at,
    )


def _note_place(tenant: TenantId, note: NoteId) -> Place:
    return Place(tenant, "notes", str(note), "note")
