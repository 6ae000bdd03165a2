"""Refusals in an answer: the stable codes of REST in `extensions.code`, and nothing of ours."""

from collections.abc import Iterable

import structlog
from graphql import GraphQLError
from interview.errors import Code, InterviewError, Unavailable
from strawberry.extensions import MaskErrors
from strawberry.schema.exceptions import CannotGetOperationTypeError

from api.problems import TITLES, HttpCode

log = structlog.get_logger()
NO_OPERATION = "The document has no operation of that name, or several and none was named."


class StableCodes(MaskErrors):
    """Gives every error of an answer its code."""

    def anonymise_error(self, error: GraphQLError) -> GraphQLError:
        """Faults say nothing of themselves; the log has them."""
        return coded(error)


def coded(error: GraphQLError) -> GraphQLError:
    """The error as it may be shown."""
    match _cause(error):
        case Unavailable():
            return _said(error, Code.UNAVAILABLE, TITLES[Code.UNAVAILABLE])
        case InterviewError() as refusal:
            return _said(error, refusal.code, refusal.detail, refusal.field)
        case RecursionError():
            return _said(error, Code.TOO_LARGE, TITLES[Code.TOO_LARGE])
        case CannotGetOperationTypeError():
            return _said(error, Code.INVALID, NO_OPERATION)
        case Exception() if not _is_about_the_document(error):
            return _said(error, HttpCode.INTERNAL, TITLES[HttpCode.INTERNAL])
        case _:
            return _said(error, Code.INVALID, error.message)


def tell_faults(errors: Iterable[GraphQLError]) -> None:
    """Logs what is our fault."""
    for error in errors:
        if (coded(error).extensions or {}).get("code") == HttpCode.INTERNAL:
            log.error("graphql_failed", exc_info=_cause(error))


def _cause(error: GraphQLError) -> Exception | None:
    cause = error.original_error
    while isinstance(cause, GraphQLError):
        cause = cause.original_error
    return cause


def _is_about_the_document(error: GraphQLError) -> bool:
    """A place in the document but none in the answer: nothing of ours had begun to run."""
    return bool(error.locations) and not error.path


def _said(error: GraphQLError, code: str, message: str, field: str | None = None) -> GraphQLError:
    extensions = {"code": str(code)} | ({"field": field} if field else {})
    return GraphQLError(
        message,
        nodes=error.nodes,
        source=error.source,
        positions=error.positions,
        path=error.path,
        extensions=extensions,
    )
