"""Notes beside an interview, for the people of the tenant."""

from typing import Annotated
from uuid import UUID

from aiohttp import web
from interview.acting import judged_by
from interview.by_people import By
from interview.errors import Code
from interview.ids import InterviewId, NoteId, TurnId
from interview.kit import Frozen
from interview.notes import Note
from interview.use_cases import notes
from interview.use_cases.notes import Spot
from pydantic import AwareDatetime, ConfigDict, Field

from api.callers import Staff
from api.registry import STAFF, Call, operation
from api.rights import LEADING
from api.v1.colleagues import ColleagueView
from api.v1.shapes import Listed, PageQuery, PersonName

Moment = Annotated[int, Field(ge=0, le=2**31 - 1)]


class NoteBody(Frozen):
    """Tied to a moment (`at_ms` of the recording) or to a turn; without either to the whole.

    Who writes while it goes on says how long the moment is `ago_ms`, whatever their clock says.
    Without `text` it is a mark: a place to come back to. `person` is for whom a key speaks; a
    member speaks in their own name.
    """

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"text": "Ask about the second year.", "person": "Grace"}]}
    )

    text: Annotated[str, Field(max_length=4000)] = ""
    at_ms: Moment | None = None
    ago_ms: Moment | None = None
    turn_id: UUID | None = None
    person: PersonName = None


class NotedView(Frozen):
    """That it was written down, and on which moment; the words are in the list."""

    id: UUID
    at_ms: int | None
    created_at: AwareDatetime


class NoteView(Frozen):
    """What somebody wrote down; a mark has no text."""

    id: UUID
    text: str
    at_ms: int | None
    turn_id: UUID | None
    by: By
    created_at: AwareDatetime

    @classmethod
    def of(cls, note: Note) -> "NoteView":
        return cls(
            id=note.note_id,
            text=note.text,
            at_ms=note.at_ms,
            turn_id=note.turn_id,
            by=note.by,
            created_at=note.created_at,
        )


class NotePage(Listed[NoteView]):
    """One page of notes, oldest first; `next` is null on the last one. `colleagues` are the members
    who wrote them."""

    colleagues: tuple[ColleagueView, ...]


@operation(
    "POST",
    "/v1/interviews/{interview_id}/notes",
    STAFF,
    tag="review",
    status=201,
    creates=True,
    errors=[Code.NOT_FOUND, Code.SEALED],
)
async def create_note(call: Call, caller: Staff, interview_id: UUID, body: NoteBody) -> NotedView:
    """Write something down, or mark a moment.

    Only people of the tenant read it: no candidate, no agent, no rater. It is erased with the
    interview.
    """
    note = await notes.write_note(
        call.world,
        caller.tenant,
        judged_by(caller.actor, body.person),
        InterviewId(interview_id),
        body.text,
        Spot(body.at_ms, body.ago_ms, TurnId(body.turn_id) if body.turn_id else None),
    )
    call.told["note"] = str(note.note_id)
    return NotedView(id=note.note_id, at_ms=note.at_ms, created_at=note.created_at)


@operation(
    "GET",
    "/v1/interviews/{interview_id}/notes",
    STAFF,
    tag="review",
    errors=[Code.NOT_FOUND, Code.SEALED],
)
async def list_notes(call: Call, caller: Staff, interview_id: UUID, query: PageQuery) -> NotePage:
    """Read the notes.

    A member of a role that rates blind sees their own until they have rated: a page may hold fewer
    than `limit` then.
    """
    which, (limit, after) = InterviewId(interview_id), (query.limit, query.after)
    page, called = await notes.list_notes(
        call.world, caller.tenant, which, caller.reader, limit, after
    )
    return NotePage(
        items=tuple(map(NoteView.of, page.items)),
        next=page.next,
        colleagues=ColleagueView.all_of(called),
    )


@operation(
    "DELETE",
    "/v1/interviews/{interview_id}/notes/{note_id}",
    STAFF,
    tag="review",
    status=204,
    errors=[Code.NOT_FOUND],
)
async def delete_note(call: Call, caller: Staff, interview_id: UUID, note_id: UUID) -> web.Response:
    """Delete a note, for ever.

    Whoever wrote it may, and who may give the role of an admin. The audit trail keeps that it was
    deleted and by whom, not its words.
    """
    await notes.delete_note(
        call.world,
        caller.tenant,
        caller.actor,
        InterviewId(interview_id),
        NoteId(note_id),
        leads=not LEADING.isdisjoint(caller.authority.roles),
    )
    call.told["note"] = str(note_id)
    return web.Response(status=204)


OPERATIONS = (create_note, list_notes, delete_note)
