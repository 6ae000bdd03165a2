"""CSV out (RFC 4180) for spreadsheets, in which no words of anybody are a formula."""

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Final

MEDIA_TYPE: Final = "text/csv"
SIGNS = r"=+\-@\uff1d\uff0b\uff0d\uff20"
"""Whatever begins with one of them is run, the wide forms of East Asian keyboards included."""
BEGINS = re.compile(rf"[\s\"]*[{SIGNS}]|[\t\r\n]")
GOES_ON = re.compile(rf"([,;|\t\r\n][\s\"]*)(?=[{SIGNS}])")
"""Behind whatever a program may take for the end of a cell: not every one parts them at commas."""


def as_csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """One line a row, each cell in quotes."""
    out = StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue()


def harmless(cell: str) -> str:
    """The same words, an apostrophe in front of what would be a formula (as OWASP says)."""
    inside = GOES_ON.sub(r"\1'", cell)
    return f"'{inside}" if BEGINS.match(cell) else inside
