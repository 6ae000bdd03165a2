"""CSV as it is given out: no words of anybody are a formula, however a program parts its cells."""

import csv
import re
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.csv_text import as_csv, harmless

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("=1+1", "'=1+1"),
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("+49 30 1", "'+49 30 1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t'=1"),
        ("\r=1", "'\r'=1"),
        ("\n=1", "'\n'=1"),
        ("\tx", "'\tx"),
        ("  =1", "'  =1"),
        ('"=1', "'\"=1"),
        ("\uff1d1", "'\uff1d1"),
        ("Ada;=1", "Ada;'=1"),
        ("Ada, -1", "Ada, '-1"),
        ('Ada";"@x', 'Ada";"\'@x'),
        ("Ada Lovelace-King", "Ada Lovelace-King"),
        ("ada+jobs@example.com", "ada+jobs@example.com"),
        ("O'Neil, Ada", "O'Neil, Ada"),
        ("2026-03-02T12:00:00Z", "2026-03-02T12:00:00Z"),
        ("", ""),
    ],
)
def test_what_would_be_a_formula_has_an_apostrophe_in_front(words: str, written: str) -> None:
    assert written == harmless(words)


def test_a_table_has_a_line_for_each_row_and_quotes_around_each_cell() -> None:
    assert '"name","said"\r\n"Ada","a ""b"", c\nd"\r\n' == as_csv(
        ("name", "said"), [("Ada", 'a "b", c\nd')]
    )


WORDS = st.text(st.sampled_from("=+-@\t\r\n;,|\"' a\uff1d"), max_size=8) | st.text(max_size=8)


@given(st.lists(st.lists(WORDS, min_size=2, max_size=2), max_size=3))
def test_no_cell_is_a_formula_whatever_parts_the_cells(rows: list[list[str]]) -> None:
    text = as_csv(("a", "b"), rows)

    for delimiter in ",;|\t":
        for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
            assert [] == [cell for cell in row if re.match(r"[\s\"]*[=+\-@\uff1d]", cell)]


@given(st.lists(st.lists(WORDS, min_size=2, max_size=2), max_size=3))
def test_every_cell_is_read_as_it_was_but_for_apostrophes(rows: list[list[str]]) -> None:
    head, *read = csv.reader(StringIO(as_csv(("a", "b"), rows), newline=""))

    assert ["a", "b"] == head
    assert [[cell.replace("'", "") for cell in row] for row in rows] == [
        [cell.replace("'", "") for cell in row] for row in read
    ]
