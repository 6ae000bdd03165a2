"""What a log line may say of a failure."""

from types import TracebackType


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
