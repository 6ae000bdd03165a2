"""Logs: one line a fact, JSON or for the eye; what belongs to a person is dropped."""

import asyncio
import json
import logging
import sys
from collections.abc import Iterator
from types import TracebackType
from typing import Any, Literal

import structlog
from pydantic_core import to_json
from structlog.typing import EventDict, Processor, WrappedLogger

Level = Literal["debug", "info", "warning", "error"]
Form = Literal["json", "console"]
PERSONAL = "pii"

log = structlog.get_logger()


def is_personal(name: str) -> bool:
    """Keys with a whole `pii` segment, such as `pii.email` or `lk.pii.user_input`."""
    return PERSONAL in name.split(".")


def drop_personal(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Personal keys never reach a log."""
    return {name: value for name, value in event.items() if not is_personal(name)}


def what_failed(error: BaseException) -> str:
    """Class and place of a failure. Its message may hold what somebody said, so it is left out."""
    places = _places(error.__traceback__)
    return type(error).__name__ + (f" at {places[-1]}" if places else "")


def name_failures(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Classes and places instead of a traceback, whose messages and values hold what people say."""
    error = _raised(event.pop("exc_info", None))
    if error is None:
        return event
    causes = [what_failed(cause) for cause in _causes(error)]
    trace = _places(error.__traceback__)
    return {**event, "error": what_failed(error), "causes": causes, "trace": trace}


def log_stray_failures(loop: asyncio.AbstractEventLoop) -> None:
    """Failures that nobody waits for go the same way: asyncio's own line would quote them."""
    loop.set_exception_handler(_log_stray)


def _log_stray(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    log.error("stray_failure", said=context["message"], exc_info=context.get("exception"))


def _raised(exc_info: object) -> BaseException | None:
    """The exception that `exc_info` names in any of the ways in which `logging` takes it."""
    found = exc_info
    if isinstance(exc_info, tuple):
        found = exc_info[1]
    elif exc_info and not isinstance(exc_info, BaseException):
        found = sys.exc_info()[1]
    return found if isinstance(found, BaseException) else None


def _causes(error: BaseException) -> Iterator[BaseException]:
    """What `error` came of, and what is grouped in it."""
    behind = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    within = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    for cause in (*within, *([behind] if behind else ())):
        yield cause
        yield from _causes(cause)


def _places(trace: TracebackType | None) -> list[str]:
    """`module:line` from the outermost to where it was raised."""
    places = []
    while trace is not None:
        places.append(f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}")
        trace = trace.tb_next
    return places


def configure_logs(level: Level, form: Form) -> None:
    """Ours and those of libraries read the same, on standard error.

    Ours do not pass through `logging`: there is a line for each request, and that way costs as much
    as the request's own work.
    """
    number = logging.getLevelNamesMapping()[level.upper()]
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        drop_personal,
        name_failures,
    ]
    render: Processor = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    if form == "json":
        render = as_json
    structlog.configure(
        processors=[*shared, render],
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(number),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, render],
        )
    )
    logging.basicConfig(level=number, handlers=[handler], force=True)


def as_json(_: WrappedLogger, __: str, event: EventDict) -> str:
    """The last processor: a line of JSON, whatever it is of."""
    try:
        return to_json(event, fallback=str).decode()
    except ValueError:  # text that is no Unicode, as of a file's name; a line must never cost more
        return json.dumps(event, default=str)
