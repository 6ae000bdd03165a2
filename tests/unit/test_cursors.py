"""Cursors of lists: opaque, exact, and refused when nobody gave them."""

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.errors import Invalid
from interview.ports import InterviewsWanted, JobsWanted, KitsWanted, Sort, Wanted
from interview.store.cursors import EPOCH, Cursor, decode, encode, page_of

pytestmark = pytest.mark.unit

ALL = JobsWanted()
CURSORS = st.builds(
    Cursor,
    st.integers(0, 10**16).map(lambda us: EPOCH + timedelta(microseconds=us)),
    st.uuids(),
)


@given(CURSORS)
def test_a_cursor_comes_back_exact(cursor: Cursor) -> None:
    assert cursor == decode(encode(cursor, ALL), ALL)


OTHERS = [
    JobsWanted(title="a"),
    JobsWanted(title="ab"),
    JobsWanted(sort=Sort.NEWEST),
    KitsWanted(),
    InterviewsWanted(),
]


@pytest.mark.parametrize("other", OTHERS, ids=repr)
def test_a_cursor_of_another_filter_or_sort_is_refused(other: Wanted) -> None:
    text = encode(Cursor(EPOCH, UUID(int=1)), other)

    with pytest.raises(Invalid, match="another filter or sort"):
        decode(text, ALL)


@given(st.text(max_size=60))
def test_a_text_that_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        decode(text, ALL)

    assert "after" == refused.value.field


def test_a_page_names_its_last_item_when_there_are_more() -> None:
    rows = [Cursor(EPOCH + timedelta(seconds=s), UUID(int=s)) for s in range(3)]

    def same(row: Cursor) -> Cursor:
        return row

    page = page_of(rows, same, 2, ALL)
    assert (tuple(rows[:2]), encode(rows[1], ALL)) == (page.items, page.next)
    assert page_of(rows, same, 3, ALL).next is None
    assert page_of([], same, 3, ALL).next is None
