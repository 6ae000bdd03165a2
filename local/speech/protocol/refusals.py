"""How the protocol says no: before the upgrade with an HTTP error, after it by closing."""

from enum import IntEnum
from typing import TypedDict


class Refusal(TypedDict):
    """The body of an HTTP error."""

    err_code: str
    err_msg: str
    request_id: str


class Refused(Exception):
    """The request is answered with an HTTP error and no stream is opened."""

    def __init__(self, status: int, err_code: str, err_msg: str) -> None:
        super().__init__(err_msg)
        self.status = status
        self.err_code = err_code
        self.err_msg = err_msg

    def body(self, request_id: str) -> Refusal:
        """What the client reads."""
        return {"err_code": self.err_code, "err_msg": self.err_msg, "request_id": request_id}


class CloseCode(IntEnum):
    """WebSocket close codes (RFC 6455, 7.4.1) that the protocol uses."""

    NORMAL = 1000
    GOING_AWAY = 1001
    UNSUPPORTED = 1003
    POLICY = 1008
    INTERNAL = 1011


class Closed(Exception):
    """The stream ends here, with this code and reason."""

    def __init__(self, code: CloseCode, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


def bad_credentials() -> Refused:
    return Refused(401, "INVALID_AUTH", "Invalid credentials.")


def bad_request(why: str) -> Refused:
    return Refused(400, "Bad Request", why)


def too_many(what: str, limit: int) -> Refused:
    return Refused(429, "TOO_MANY_REQUESTS", f"Too many requests: all {limit} {what} are taken.")


def too_long(limit: int, unit: str) -> Refused:
    return Refused(413, "PAYLOAD_TOO_LARGE", f"The payload is longer than {limit} {unit}.")


def undecodable(why: str) -> Closed:
    return Closed(CloseCode.POLICY, f"DATA-0000: {why}")


def unexpected_binary() -> Closed:
    return Closed(CloseCode.UNSUPPORTED, "DATA-0000: this stream takes text frames only")


def idle(limit_s: float) -> Closed:
    return Closed(CloseCode.INTERNAL, f"NET-0001: no audio and no message for {limit_s:g} s")


def broken() -> Closed:
    return Closed(CloseCode.INTERNAL, "NET-0000: the service failed; please connect again")
