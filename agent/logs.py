"""The agent's logs: facts of ours, and LiveKit's records without what anybody said."""

import logging

import structlog
from interview.adapters.logs import drop_personal, is_personal

LIVEKIT = ("livekit", "livekit.agents", "livekit.plugins.deepgram", "livekit.plugins.silero")
"""The loggers of the SDK; it forwards what a job process logs to the worker that prints it."""


class WithoutPersonal(logging.Filter):
    """Strips what the SDK attaches to its records under keys such as `lk.pii.user_input`."""

    def filter(self, record: logging.LogRecord) -> bool:
        for name in [name for name in vars(record) if is_personal(name)]:
            delattr(record, name)
        return True


def configure_logs() -> None:
    """Ours become records of the standard library, so that they take the same way as LiveKit's."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            drop_personal,
            structlog.stdlib.render_to_log_kwargs,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    for name in LIVEKIT:
        logging.getLogger(name).addFilter(WithoutPersonal())
