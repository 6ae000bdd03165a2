"""Logs: one line a fact, JSON or for the eye; what belongs to a person is dropped."""

import logging
import sys
from typing import Literal

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

Level = Literal["debug", "info", "warning", "error"]
Form = Literal["json", "console"]
PERSONAL = "pii"


def is_personal(name: str) -> bool:
    """Keys with a whole `pii` segment, such as `pii.email` or `lk.pii.user_input`."""
    return PERSONAL in name.split(".")


def drop_personal(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Personal keys never reach a log."""
    return {name: value for name, value in event.items() if not is_personal(name)}


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
        renderer = structlog.processors.JSONRenderer(default=str)
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
