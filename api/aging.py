"""How an operation grows old: deprecated, then gone, and what is said of it meanwhile."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime

NOTICE = timedelta(days=365)
"""Between the two, at least; `docs/guide/versioning.md` promises it."""

HEADERS = ("Deprecation", "Sunset", "Link")


@dataclass(frozen=True, slots=True)
class Aging:
    """Deprecated `since`, may stop to work at `sunset`; `instead` names the operation to use.

    Raises `ValueError` for a notice that is too short.
    """

    since: date
    sunset: date
    instead: str

    def __post_init__(self) -> None:
        if self.sunset - self.since < NOTICE:
            raise ValueError(f"{self.sunset} is less than {NOTICE.days} days after {self.since}")

    @property
    def headers(self) -> dict[str, str]:
        """RFC 9745 and RFC 8594."""
        since, sunset = _midnight(self.since), _midnight(self.sunset)
        return {
            "Deprecation": f"@{int(since.timestamp())}",
            "Sunset": format_datetime(sunset, usegmt=True),
            "Link": f'</docs#{self.instead}>; rel="successor-version"',
        }


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
