"""What a tenant sets for itself."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TenantSettings:
    """Who has set nothing has these. `revision` is 1 then, and one more with every change.

    `allowed_origins` are the web origins (RFC 6454) whose pages may call the API; `sends_mail` is
    whether candidates are written to; `reply_to` is where their answers go; times in mails are of
    `time_zone`, a name of the IANA database.
    """

    allowed_origins: tuple[str, ...] = ()
    sends_mail: bool = True
    reply_to: str | None = None
    time_zone: str = "UTC"
    revision: int = 1
