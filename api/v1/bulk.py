"""Many invitations in one call."""

from typing import Annotated
from uuid import UUID

from interview.errors import Code, InterviewError
from interview.ids import CandidateId, KitId
from interview.kit import AssistMode, Frozen
from interview.use_cases.bulk import Invited, Person, Row, invite_all
from pydantic import Field, ValidationError

from api.callers import Staff
from api.problems import FieldProblem, InvalidFields, invalid_fields
from api.registry import STAFF, Call, operation
from api.v1.candidates import CandidateBody
from api.v1.interviews import invitation_url
from api.v1.shapes import Instant, Mailed

MAX_ROWS = 500
Loose = Annotated[str, Field(max_length=1000)]
"""What is wrong with it is told with its row, and does not refuse the others."""


class InviteRow(Frozen):
    """A candidate by id, or somebody new by name and e-mail; when at the earliest and latest."""

    candidate_id: UUID | None = None
    name: Loose | None = None
    email: Loose | None = None
    language: Loose | None = None
    starts_at: Instant = None
    expires_at: Instant = None

    def row(self) -> Row | InterviewError:
        """The row, or what is wrong with it."""
        new = {"name": self.name, "email": self.email, "language": self.language}
        given = {name: value for name, value in new.items() if value is not None}
        if self.candidate_id is not None:
            if given:
                detail = "Expected a candidate by id, or by name and e-mail."
                return InvalidFields([FieldProblem(field="candidate_id", detail=detail)])
            return Row(CandidateId(self.candidate_id), self.starts_at, self.expires_at)
        try:
            person = CandidateBody.model_validate(given)
        except ValidationError as error:
            return invalid_fields(error, "name")
        who = Person(person.name, person.email, person.language)
        return Row(who, self.starts_at, self.expires_at)


class BulkBody(Frozen):
    """Whom to invite with one published kit. With `atomic`, one row that is refused refuses all."""

    kit_id: UUID
    rows: Annotated[tuple[InviteRow, ...], Field(min_length=1, max_length=MAX_ROWS)]
    atomic: bool = False
    mail: Mailed = None
    assist_mode: AssistMode = "ai_leads"


class RowProblem(Frozen):
    """Why a row was refused; `code` is one of the codes of this API."""

    code: str
    detail: str
    field: str | None


class RowOutcome(Frozen):
    """What came of the row with this index: an interview with its link, or an error.

    The link works once and is shown only here.
    """

    index: int
    interview_id: UUID | None
    candidate_id: UUID | None
    invitation_url: str | None
    error: RowProblem | None


class BulkView(Frozen):
    """One result for each row, in order."""

    invited: int
    refused: int
    results: tuple[RowOutcome, ...]


@operation(
    "POST",
    "/v1/interviews/bulk",
    STAFF,
    tag="interviews",
    creates=True,
    errors=[Code.NOT_FOUND, Code.KIT_NOT_PUBLISHED],
)
async def bulk_invite(call: Call, caller: Staff, body: BulkBody) -> BulkView:
    """Invite up to 500 candidates at once.

    Whoever is not known yet becomes a candidate. A row that is refused says why and holds up
    nobody; with `atomic` nothing happens unless every row is fine, and the refusal lists all that
    is wrong. A repeat with the same `Idempotency-Key` invites nobody twice.
    """
    kit = KitId(body.kit_id)
    rows = [row.row() for row in body.rows]
    outcomes = await invite_all(call.world, caller.tenant, kit, rows, body.mail, body.assist_mode)
    refused = [(at, each) for at, each in enumerate(outcomes) if isinstance(each, InterviewError)]
    if body.atomic and refused:
        raise InvalidFields([problem for at, error in refused for problem in _problems(at, error)])
    invited = len(outcomes) - len(refused)
    call.told.update(kit=str(kit), rows=str(len(outcomes)), invited=str(invited))
    return BulkView(
        invited=invited,
        refused=len(refused),
        results=tuple(_outcome(call, at, each) for at, each in enumerate(outcomes)),
    )


def _problems(at: int, error: InterviewError) -> list[FieldProblem]:
    where = f"rows.{at}"
    if isinstance(error, InvalidFields):
        return [FieldProblem(field=f"{where}.{f.field}", detail=f.detail) for f in error.fields]
    field = f"{where}.{error.field}" if error.field else where
    return [FieldProblem(field=field, detail=error.detail)]


def _outcome(call: Call, at: int, outcome: Invited | InterviewError) -> RowOutcome:
    if isinstance(outcome, InterviewError):
        problem = RowProblem(code=outcome.code, detail=outcome.detail, field=outcome.field)
        return RowOutcome(
            index=at, interview_id=None, candidate_id=None, invitation_url=None, error=problem
        )
    return RowOutcome(
        index=at,
        interview_id=outcome.interview.interview_id,
        candidate_id=outcome.interview.candidate_id,
        invitation_url=invitation_url(call, outcome.token),
        error=None,
    )


OPERATIONS = (bulk_invite,)
