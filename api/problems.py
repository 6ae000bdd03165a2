"""Refusals on the wire: RFC 9457 problem documents, and which status each code has."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from enum import StrEnum
from http import HTTPStatus

import structlog
from aiohttp import web
from interview import errors
from interview.errors import (
    Code,
    InterviewError,
    Invalid,
    PreconditionFailed,
    TooManyAttempts,
    Unavailable,
)
from interview.kit import Mismatch
from interview.use_cases.kits import KitHasGaps
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from api.limits import TooManyStreams
from api.tags import HAS_BEGUN, KEEP_FAULT, PROBLEM_CODE, REQUEST_ID
from api.wording import as_sentence, causes, sentence

log = structlog.get_logger()
MEDIA_TYPE = "application/problem+json"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

STATUS: dict[Code, HTTPStatus] = {
    Code.INVALID: HTTPStatus.UNPROCESSABLE_ENTITY,
    Code.NOT_FOUND: HTTPStatus.NOT_FOUND,
    Code.UNAUTHENTICATED: HTTPStatus.UNAUTHORIZED,
    Code.FORBIDDEN: HTTPStatus.FORBIDDEN,
    Code.CONFLICT: HTTPStatus.CONFLICT,
    Code.KIT_INCOMPLETE: HTTPStatus.UNPROCESSABLE_ENTITY,
    Code.KIT_NOT_PUBLISHED: HTTPStatus.CONFLICT,
    Code.KIT_FROZEN: HTTPStatus.CONFLICT,
    Code.INVITATION_INVALID: HTTPStatus.NOT_FOUND,
    Code.INVITATION_USED: HTTPStatus.CONFLICT,
    Code.INVITATION_EXPIRED: HTTPStatus.GONE,
    Code.CONSENT_REQUIRED: HTTPStatus.FORBIDDEN,
    Code.NOTICE_OUTDATED: HTTPStatus.CONFLICT,
    Code.INTERVIEW_NOT_OPEN: HTTPStatus.CONFLICT,
    Code.INTERVIEW_CANCELLED: HTTPStatus.GONE,
    Code.TOO_EARLY: HTTPStatus.CONFLICT,
    Code.OTHER_INTERVIEW: HTTPStatus.CONFLICT,
    Code.OTHER_MEMBER: HTTPStatus.CONFLICT,
    Code.WRONG_STATE: HTTPStatus.CONFLICT,
    Code.LEASE_LOST: HTTPStatus.CONFLICT,
    Code.LEASE_TAKEN: HTTPStatus.CONFLICT,
    Code.OUT_OF_ORDER: HTTPStatus.CONFLICT,
    Code.EVIDENCE_INVALID: HTTPStatus.UNPROCESSABLE_ENTITY,
    Code.CHAIN_BROKEN: HTTPStatus.INTERNAL_SERVER_ERROR,
    Code.IDEMPOTENCY_MISMATCH: HTTPStatus.UNPROCESSABLE_ENTITY,
    Code.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Code.UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
    Code.SEALED: HTTPStatus.GONE,
    Code.PRECONDITION_FAILED: HTTPStatus.PRECONDITION_FAILED,
    Code.PRECONDITION_REQUIRED: HTTPStatus.PRECONDITION_REQUIRED,
    Code.LIMIT_REACHED: HTTPStatus.CONFLICT,
    Code.WEBHOOK_DISABLED: HTTPStatus.CONFLICT,
    Code.LAST_OWNER: HTTPStatus.CONFLICT,
    Code.CROSS_ORIGIN: HTTPStatus.FORBIDDEN,
    Code.SETUP_LINK_INVALID: HTTPStatus.NOT_FOUND,
    Code.TOO_MANY_ATTEMPTS: HTTPStatus.TOO_MANY_REQUESTS,
    Code.SIGN_IN_FAILED: HTTPStatus.FORBIDDEN,
    Code.RATE_LIMITED: HTTPStatus.TOO_MANY_REQUESTS,
    Code.RATE_FIRST: HTTPStatus.FORBIDDEN,
    Code.FLOOR_TAKEN: HTTPStatus.CONFLICT,
    Code.KNOWS_ACCOMMODATIONS: HTTPStatus.FORBIDDEN,
    Code.HAS_RATED: HTTPStatus.FORBIDDEN,
}
"""The one place that says which status a code has."""


class HttpCode(StrEnum):
    """Refusals that HTTP makes and the rules know nothing of; stable like `errors.Code`."""

    METHOD_NOT_ALLOWED = "method_not_allowed"
    UNSUPPORTED_MEDIA_TYPE = "unsupported_media_type"
    RANGE_NOT_SATISFIABLE = "range_not_satisfiable"
    BAD_REQUEST = "bad_request"
    INTERNAL = "internal"


HTTP_CODES = {
    HTTPStatus.NOT_FOUND: Code.NOT_FOUND,
    HTTPStatus.METHOD_NOT_ALLOWED: HttpCode.METHOD_NOT_ALLOWED,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Code.TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: HttpCode.UNSUPPORTED_MEDIA_TYPE,
    HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE: HttpCode.RANGE_NOT_SATISFIABLE,
}


HTTP_STATUS = {
    HttpCode.METHOD_NOT_ALLOWED: HTTPStatus.METHOD_NOT_ALLOWED,
    HttpCode.UNSUPPORTED_MEDIA_TYPE: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    HttpCode.RANGE_NOT_SATISFIABLE: HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
    HttpCode.BAD_REQUEST: HTTPStatus.BAD_REQUEST,
    HttpCode.INTERNAL: HTTPStatus.INTERNAL_SERVER_ERROR,
}


def status_of(code: str) -> HTTPStatus:
    """The status with which `code` is answered. Raises `ValueError` for no code of ours."""
    return STATUS[Code(code)] if code in STATUS else HTTP_STATUS[HttpCode(code)]


class FieldProblem(BaseModel):
    """One thing that is wrong, and where."""

    field: str
    detail: str


class Problem(BaseModel):
    """An RFC 9457 problem document. `code` is stable; where fields are at fault, `field` is the
    first and `errors` lists them all."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    field: str | None = None
    errors: list[FieldProblem] | None = None
    request_id: str


class InvalidFields(Invalid):
    """The request does not have the expected form; `fields` has everything that is wrong."""

    def __init__(self, fields: list[FieldProblem]) -> None:
        first = fields[0]
        super().__init__(f"{first.field}: {first.detail}", field=first.field)
        self.fields = fields


class Stale(PreconditionFailed):
    """Somebody has changed the thing meanwhile; `tag` is that of what is there now."""

    def __init__(self, tag: str) -> None:
        super().__init__()
        self.tag = tag


def invalid_fields(error: ValidationError, where: str) -> InvalidFields:
    """What pydantic found, without the values that were sent."""
    found = causes(error.errors(include_url=False, include_input=False))
    return InvalidFields([problem for each in found for problem in _fields(each, where)])


def _fields(found: ErrorDetails, where: str) -> Iterator[FieldProblem]:
    path = [str(part) for part in found["loc"]]
    match found.get("ctx", {}).get("error"):
        case Mismatch(found=mismatches):
            for inner, what in mismatches:
                yield FieldProblem(field=".".join([*path, inner]), detail=as_sentence(what))
        case _:
            yield FieldProblem(field=".".join(path) or where, detail=sentence(found))


def _titles() -> dict[str, str]:
    """Every code with its standing title: the default message of its exception."""
    kinds = [k for k in InterviewError.__subclasses__() if k.__module__ == errors.__name__]
    of_rules = {str(kind.code): (kind.__doc__ or "").strip() for kind in kinds}
    of_http = {str(code): code.replace("_", " ").capitalize() + "." for code in HttpCode}
    return {**of_rules, **of_http}


TITLES = _titles()


@web.middleware
async def problem_details(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turns every refusal and every fault into a problem document; never a traceback.

    Raises `ConnectionAbortedError` when another answer has begun: it cannot become this one, so the
    connection is cut for the client to see that something is missing.
    """
    answer = await _answered(request, handler)
    if request.get(HAS_BEGUN) and not answer.prepared:
        raise ConnectionAbortedError
    return answer


async def _answered(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except InterviewError as error:
        return refuse(request, error)
    except web.HTTPException as error:
        if error.status < HTTPStatus.BAD_REQUEST:
            raise
        return _refuse_http(request, error)
    except (ConnectionResetError, ConnectionAbortedError):
        raise
    except Exception:
        # The outermost loop of a request: whatever is left is our fault and is logged as such.
        log.exception("request_failed", route=request.match_info.route.name)
        answer = _answer(request, 500, HttpCode.INTERNAL, "Something went wrong on our side.")
        await _keep(request, answer)
        return answer


async def _keep(request: web.Request, fault: web.Response) -> None:
    """For whoever asks with the same `Idempotency-Key`; as well as we can."""
    keep = request.get(KEEP_FAULT)
    if keep is not None and isinstance(fault.body, bytes):
        with suppress(InterviewError):
            await keep(fault.status, fault.body)


def refuse(request: web.Request, error: InterviewError) -> web.Response:
    """The problem document of a refusal."""
    fields = _of_one(error)
    detail = error.detail
    match error:
        case InvalidFields(fields=fields):
            pass
        case Unavailable():
            # What an adapter says of its failure names hosts and libraries: not for callers.
            log.warning("part_unavailable", reason=detail)
            detail = TITLES[error.code]
        case KitHasGaps(gaps=gaps):
            fields = [FieldProblem(field=field, detail=as_sentence(what)) for field, what in gaps]
        case _:
            pass
    answer = _answer(request, STATUS[error.code], error.code, detail, fields)
    if isinstance(error, Stale):
        answer.headers["ETag"] = error.tag
    if error.code is Code.UNAVAILABLE:
        answer.headers["Retry-After"] = "1"
    if isinstance(error, TooManyAttempts | TooManyStreams):
        answer.headers["Retry-After"] = str(error.retry_after_s)
    if error.code is Code.UNAUTHENTICATED:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def _of_one(error: InterviewError) -> list[FieldProblem] | None:
    """What the rules refuse for one field: its own words, without its name before them."""
    if error.field is None:
        return None
    detail = as_sentence(error.detail.removeprefix(f"{error.field}: "))
    return [FieldProblem(field=error.field, detail=detail)]


def _refuse_http(request: web.Request, error: web.HTTPException) -> web.Response:
    code = HTTP_CODES.get(HTTPStatus(error.status), HttpCode.BAD_REQUEST)
    detail = TITLES[code]
    if wanted := error.headers.get("Accept"):
        detail = f"Send the body as {wanted.replace(', ', ' or ')}, and say so in Content-Type."
    answer = _answer(request, error.status, code, detail)
    for name in ("Accept", "Allow", "Content-Range"):
        if name in error.headers:
            answer.headers[name] = error.headers[name]
    return answer


def _answer(
    request: web.Request,
    status: int,
    code: str,
    detail: str,
    fields: list[FieldProblem] | None = None,
) -> web.Response:
    problem = Problem(
        type=f"/docs#{code}",
        title=TITLES[code],
        status=status,
        detail=detail,
        code=code,
        field=fields[0].field if fields else None,
        errors=fields,
        request_id=request.get(REQUEST_ID, ""),
    )
    request[PROBLEM_CODE] = code
    body = problem.model_dump_json(exclude_none=True).encode()
    return web.Response(status=status, body=body, content_type=MEDIA_TYPE)
