"""The report of an interview, as data and as a document to keep."""

import asyncio
from typing import Annotated
from uuid import UUID

from aiohttp import web
from interview.adapters.report import languages, typeset
from interview.errors import Code
from interview.ids import InterviewId
from interview.kit import Frozen
from interview.report import Report
from interview.use_cases.reports import make_report
from pydantic import Field

from api.callers import Staff
from api.registry import STAFF, Call, operation

PDF = "application/pdf"
SPOKEN = f"^({'|'.join(sorted(languages()))})$"


class ReportQuery(Frozen):
    """`language` of the document's own words; as the kit's unless told. What people said stays as
    they said it."""

    language: Annotated[str, Field(pattern=SPOKEN)] | None = None


@operation(
    "GET",
    "/v1/interviews/{interview_id}/report",
    STAFF,
    tag="review",
    errors=[Code.NOT_FOUND, Code.WRONG_STATE, Code.RATE_FIRST, Code.SEALED],
)
async def get_report(call: Call, caller: Staff, interview_id: UUID) -> Report:
    """Read the report of an interview that is over.

    Evidence before scores, what was not assessed and why, what the scores were made from, and how
    a candidate contests them.
    """
    which = InterviewId(interview_id)
    return await make_report(call.world, caller.tenant, which, caller.reader)


@operation(
    "GET",
    "/v1/interviews/{interview_id}/report.pdf",
    STAFF,
    tag="review",
    produces=(PDF,),
    errors=[Code.NOT_FOUND, Code.WRONG_STATE, Code.RATE_FIRST, Code.SEALED],
)
async def get_report_document(
    call: Call, caller: Staff, interview_id: UUID, query: ReportQuery
) -> web.Response:
    """Take the report out as PDF, which a screen reader reads as it is seen.

    As long as nothing changes it is the same file, byte for byte.
    """
    which = InterviewId(interview_id)
    report = await make_report(call.world, caller.tenant, which, caller.reader)
    pdf = await asyncio.to_thread(typeset, report, query.language or report.language)
    name = f'attachment; filename="{interview_id}.pdf"'
    return web.Response(body=pdf, content_type=PDF, headers={"Content-Disposition": name})


OPERATIONS = (get_report, get_report_document)
"""In the order of the documents."""
