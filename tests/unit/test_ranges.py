"""Range requests as RFC 9110 has them: one range, or the whole."""

import pytest
from aiohttp import web

from api.ranges import content_range, wanted_range

pytestmark = pytest.mark.unit

SIZE, ETAG = 1000, '"abc"'


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        ("bytes=0-0", range(1)),
        ("bytes=0-499", range(500)),
        ("bytes=500-", range(500, 1000)),
        ("bytes=500-5000", range(500, 1000)),
        ("bytes=-100", range(900, 1000)),
        ("bytes=-5000", range(1000)),
        ("bytes=999-999", range(999, 1000)),
    ],
)
def test_one_range_is_cut_to_the_file(header: str, chosen: range) -> None:
    assert chosen == wanted_range({"Range": header}, SIZE, ETAG)


@pytest.mark.parametrize(
    "header",
    ["", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-4", "bytes=0-1,5-6", "items=0-1", "bytes=٣-"],
)
def test_what_is_no_single_range_of_bytes_is_ignored(header: str) -> None:
    assert wanted_range({"Range": header}, SIZE, ETAG) is None


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=1000-1001", "bytes=-0"])
def test_a_range_behind_the_end_is_refused_with_the_size(header: str) -> None:
    with pytest.raises(web.HTTPRequestRangeNotSatisfiable) as refused:
        wanted_range({"Range": header}, SIZE, ETAG)

    assert "bytes */1000" == refused.value.headers["Content-Range"]


def test_a_range_of_a_file_that_has_changed_is_ignored() -> None:
    said = {"Range": "bytes=0-1"}

    assert range(2) == wanted_range(said | {"If-Range": ETAG}, SIZE, ETAG)
    assert wanted_range(said | {"If-Range": '"old"'}, SIZE, ETAG) is None
    assert wanted_range(said | {"If-Range": "Mon, 02 Mar 2026 12:00:00 GMT"}, SIZE, ETAG) is None


def test_a_part_says_where_it_lies() -> None:
    assert "bytes 2-4/1000" == content_range(range(2, 5), SIZE)
