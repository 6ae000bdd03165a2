"""Logs: static event names, no personal data; LiveKit's records go through the same processors."""

import logging
import sys

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger


def drop_personal(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Whatever lies under a key with a `pii` segment stays out of the log."""
    return {key: value for key, value in event.items() if "pii" not in key.split(".")}


def configure_logs() -> None:
    """One JSON object a line on standard error, for structlog and for stdlib loggers alike."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        drop_personal,
    ]
    structlog.configure(
        processors=[
            *shared[:3],
            *shared[4:],
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer(default=str),
            ],
        )
    )
    for name in ("vivavoce", "agent", "interview"):
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.setLevel(logging.INFO)
        logger.propagate = False
