"""Links to a recording: good for minutes, for one interview, and only as long as what made them."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from interview.errors import Forbidden
from interview.ids import InterviewId, SessionId

GOOD_FOR = timedelta(minutes=5)
"""A link ends earlier with the session or the key that made it."""

NOT_GOOD = "This link is not good, or not any more; ask for a new one."


@dataclass(frozen=True, slots=True)
class Lender:
    """By which proof a link was made: a session of a member, or a key."""

    session: SessionId | None = None
    kid: str | None = None

    def __str__(self) -> str:
        return f"session.{self.session}" if self.session else f"key.{self.kid}"

    @classmethod
    def of(cls, text: str) -> "Lender":
        """What `str` has made of it. Raises `Forbidden`."""
        kind, _, name = text.partition(".")
        try:
            return cls(session=SessionId(UUID(name))) if kind == "session" else cls(kid=name)
        except ValueError as error:
            raise Forbidden(NOT_GOOD) from error


def sign(pepper: bytes, interview: InterviewId, lender: Lender, expires: int) -> str:
    """The signature of a link that is good until `expires`, in Unix seconds."""
    key = hmac.digest(pepper, b"vivavoce recording link", hashlib.sha256)
    made = hmac.digest(key, f"{interview}\n{lender}\n{expires}".encode(), hashlib.sha256)
    return urlsafe_b64encode(made).decode().rstrip("=")


def admit(
    pepper: bytes,
    interview: InterviewId,
    lender: Lender,
    expires: int,
    signature: str,
    now: datetime,
) -> None:
    """Raises `Forbidden` for a link that we did not make, or whose time is over."""
    wanted = sign(pepper, interview, lender, expires)
    is_ours = hmac.compare_digest(wanted.encode(), signature.encode())
    if not is_ours or expires <= now.timestamp():
        raise Forbidden(NOT_GOOD)
