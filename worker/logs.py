"""Logs: one fact a line; what belongs to a person is dropped, and so is what a failure quotes."""

import logging
import sys
from types import TracebackType
from typing import Literal

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

Level = Literal["debug", "info", "warning", "error"]
Form = Literal["json", "console"]
PERSONAL = "pii"


def drop_personal(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Keys with a whole `pii` segment never reach a log."""
    return {name: value for name, value in event.items() if PERSONAL not in name.split(".")}


def what_failed(error: BaseException) -> str:
    """Class and place of a failure. Its message may hold what somebody said, so it is left out."""
    place = _innermost(error.__traceback__)
    return type(error).__name__ + (f" at {place}" if place else "")


def _innermost(trace: TracebackType | None) -> str:
    if trace is None:
        return ""
    while trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"


def configure_logs(level: Level, form: Form) -> None:
    """Ours and those of libraries go the same way, to standard error."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        drop_personal,
    ]
    renderer: Processor = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    if form == "json":
        shared.append(structlog.processors.format_exc_info)
        renderer = structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
