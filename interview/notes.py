"""Notes: what people of a tenant write down beside an interview, for themselves alone."""

from dataclasses import dataclass
from datetime import datetime

from interview.by_people import By
from interview.ids import InterviewId, NoteId, TurnId


@dataclass(frozen=True, slots=True)
class Note:
    """Tied to a moment of the recording or to a turn; to the whole interview without either.
    Without words it is a mark."""

    note_id: NoteId
    interview: InterviewId
    by: By
    text: str
    at_ms: int | None
    turn_id: TurnId | None
    created_at: datetime
