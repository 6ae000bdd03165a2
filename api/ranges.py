"""Range requests (RFC 9110, section 14): one range of a file, or all of it."""

import re
from collections.abc import Mapping

from aiohttp import web

from api.registry import Header

UNIT = "bytes"
RANGE = Header("Range", {"type": "string"})
IF_RANGE = Header("If-Range", {"type": "string"})
ACCEPTS = Header("Accept-Ranges", {"type": "string", "const": UNIT})
ETAG = Header("ETag", {"type": "string"})
ONE = re.compile(r"bytes=(?:([0-9]{1,18})-([0-9]{0,18})|-([0-9]{1,18}))")


def wanted_range(headers: Mapping[str, str], size: int, etag: str) -> range | None:
    """The bytes that are asked for, None for all of them.

    What is no single range of bytes is ignored, as is a range of a file that has changed. Raises
    `HTTPRequestRangeNotSatisfiable` for one that lies behind the end.
    """
    found = ONE.fullmatch(headers.get(RANGE.name, "").strip())
    if found is None or headers.get(IF_RANGE.name, etag) != etag:
        return None
    first, last, suffix = found.groups()
    if suffix is not None:
        chosen = range(max(0, size - int(suffix)), size)
    elif last and int(last) < int(first):
        return None
    else:
        chosen = range(int(first), min(int(last) + 1, size) if last else size)
    if not chosen:
        behind = {"Content-Range": f"{UNIT} */{size}"}
        raise web.HTTPRequestRangeNotSatisfiable(headers=behind)
    return chosen


def content_range(chosen: range, size: int) -> str:
    """What a partial answer says of itself."""
    return f"{UNIT} {chosen[0]}-{chosen[-1]}/{size}"
