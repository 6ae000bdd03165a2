"""The interviews of a job as a table."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from aiohttp import web
from interview.errors import Code
from interview.ids import JobId
from interview.kit import Frozen
from interview.lifecycle import State
from interview.ports import InterviewsWanted, Span
from interview.use_cases.exporting import Row, rows_of_job
from pydantic import BeforeValidator

from api.callers import Staff
from api.csv_text import MEDIA_TYPE, as_csv
from api.registry import STAFF, Call, Header, operation
from api.v1.asking import Moment, separated

COLUMNS = (
    "interview_id",
    "candidate_id",
    "name",
    "email",
    "state",
    "kit_version",
    "created_at",
    "starts_at",
    "expires_at",
    "started_at",
    "ended_at",
    "score",
    "coverage",
    "decision",
    "reason_code",
    "rater",
    "rater_version",
    "model",
    "kit_id",
)
"""Told in the description of the call; new ones come last."""


class ExportQuery(Frozen):
    """`state` keeps interviews that are in one of several states, with commas between them."""

    state: Annotated[tuple[State, ...], BeforeValidator(separated)] = ()
    created_since: Moment | None = None
    created_before: Moment | None = None

    def wanted(self) -> InterviewsWanted:
        """As the store is asked."""
        return InterviewsWanted(
            states=tuple(sorted(set(self.state))),
            created=Span(self.created_since, self.created_before),
        )


@operation(
    "GET",
    "/v1/jobs/{job_id}/interviews.csv",
    STAFF,
    tag="jobs",
    produces=(MEDIA_TYPE,),
    says=(Header("Content-Disposition", {"type": "string"}),),
    errors=[Code.NOT_FOUND, Code.LIMIT_REACHED],
)
async def export_interviews(
    call: Call, caller: Staff, job_id: UUID, query: ExportQuery
) -> web.Response:
    """Take the interviews of a job out as CSV.

    One row each, oldest first, in UTF-8 as RFC 4180 says: interview_id, candidate_id, name, email,
    state, kit_version, created_at, starts_at, expires_at, started_at, ended_at, score, coverage,
    decision, reason_code, rater, rater_version, model, kit_id. `score` and `coverage` are those of
    the latest scorecard by a program, which `rater`, `rater_version` and `model` name: only scores
    by the same rater, on the same kit_id and kit_version, compare.
    Who was erased has no name; who rates blind finds neither score nor decision before they have
    rated. Words that a spreadsheet would run as a formula have an apostrophe in front. A table of
    more than 2000 rows is refused with `limit_reached`: ask for a part of it.
    """
    which, wanted = JobId(job_id), query.wanted()
    rows = await rows_of_job(call.world, caller.tenant, which, caller.reader, wanted)
    return web.Response(
        text=as_csv(COLUMNS, map(_cells, rows)),
        content_type=MEDIA_TYPE,
        charset="utf-8",
        headers={"Content-Disposition": f'attachment; filename="{job_id}.csv"'},
    )


def _cells(row: Row) -> Sequence[str]:
    of, who, made, decision = row.interview, row.candidate, row.total, row.decision
    return (
        str(of.interview_id),
        str(of.candidate_id),
        who.name if who else "",
        who.email if who else "",
        of.state,
        str(of.kit_version),
        *map(_moment, (of.created_at, of.starts_at, of.expires_at, of.clock_zero, of.ended_at)),
        str(made.total) if made and made.total is not None else "",
        str(made.coverage) if made else "",
        decision.outcome if decision else "",
        decision.reason_code if decision else "",
        made.stamp.rater if made else "",
        made.stamp.rater_version if made else "",
        (made.stamp.model or "") if made else "",
        str(of.kit_id),
    )


def _moment(at: datetime | None) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else ""


OPERATIONS = (export_interviews,)
