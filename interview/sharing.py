"""Links to a recording: good for minutes, for one interview, and without any other proof."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta

from interview.errors import Forbidden
from interview.ids import InterviewId

GOOD_FOR = timedelta(minutes=5)
"""Nothing but its end takes a link back."""


def sign(pepper: bytes, interview: InterviewId, expires: int) -> str:
    """The signature of a link that is good until `expires`, in Unix seconds."""
    key = hmac.digest(pepper, b"vivavoce recording link", hashlib.sha256)
    made = hmac.digest(key, f"{interview}\n{expires}".encode(), hashlib.sha256)
    return urlsafe_b64encode(made).decode().rstrip("=")


def admit(
    pepper: bytes, interview: InterviewId, expires: int, signature: str, now: datetime
) -> None:
    """Raises `Forbidden` for a link that we did not make, or whose time is over."""
    wanted = sign(pepper, interview, expires)
    is_ours = hmac.compare_digest(wanted.encode(), signature.encode())
    if not is_ours or expires <= now.timestamp():
        raise Forbidden("This link is not good, or not any more; ask for a new one.")
