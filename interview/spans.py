"""Where words stand in a text: verbatim, and as whole words."""

import re
import unicodedata
from collections.abc import Sequence

_APOSTROPHES = "'’‘＇"
_HYPHENS = "-‐\u2011"
_ELIDED = re.compile(r"(?<![\w'’-])(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)$", re.IGNORECASE)
"""What French writes together with the word that follows, apostrophe apart; no English word that
is cut short by an apostrophe is one of these."""


def span(text: str, quoted: str, stretches: Sequence[tuple[int, int]]) -> int | None:
    """Where `quoted` stands as whole words within one of the stretches; both are in NFC.

    Half a word is no evidence: “I did” is not what somebody said who said “I didn't”.
    """
    for start, end in stretches:
        at = text.find(quoted, start, end)
        while at >= 0:
            if is_whole(text, at, at + len(quoted)):
                return at
            at = text.find(quoted, at + 1, end)
    return None


def is_whole(text: str, start: int, end: int) -> bool:
    """Neither end cuts a word, a number, or a letter from its accent."""
    return not _is_inside(text, start) and not _is_inside(text, end)


def _is_inside(text: str, at: int) -> bool:
    """Whether a word goes on over this place: “can't”, “non-compliant” and “1.5” are one each."""
    if not 0 < at < len(text):
        return False
    if unicodedata.combining(text[at]):
        return True
    before, after = text[at - 1], text[at]
    if _is_of_a_word(before) and _is_of_a_word(after):
        return True
    if _joins(text, at - 1):
        return before not in _APOSTROPHES or not _ELIDED.search(text, max(0, at - 8), at - 1)
    return _joins(text, at)


def _joins(text: str, at: int) -> bool:
    """Whether the sign there holds a word together."""
    if not 0 < at < len(text) - 1:
        return False
    before, after = text[at - 1], text[at + 1]
    if text[at] in ".,":
        return before.isdigit() and after.isdigit()
    is_one = text[at] in _APOSTROPHES or text[at] in _HYPHENS
    return is_one and _is_of_a_word(before) and _is_of_a_word(after)


def _is_of_a_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_" or unicodedata.category(sign).startswith("M")
