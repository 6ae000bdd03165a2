"""Where words stand in a text: verbatim, and as whole words."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import islice

_APOSTROPHES = "'’‘＇´`′"
"""Accents and the prime, too: many a keyboard has them nearer."""

_HYPHENS = "-\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d"
"""The en dash and the minus, too, which pass for one; not the em dash, which parts clauses: “I
did—nothing”."""

_NUMBER_SPACES = "\u00a0\u2007\u2009\u202f"
"""What parts thousands; a plain space may as well part two numbers."""

_ELIDED = re.compile(
    rf"(?<![\w{_APOSTROPHES}{re.escape(_HYPHENS)}])(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)$",
    re.IGNORECASE,
)
"""What French writes together with the word that follows, apostrophe apart; no English word that
is cut short by an apostrophe is one of these."""

_LONGEST_ELIDED = 8
"""Signs: “lorsqu'”, and what stands before it."""


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
    """Whether a word goes on over this place: “can’t”, “non-compliant”, “1.5” and “5\u202f000” are
    one each, and so is what only invisible signs part."""
    before = _seen(text, range(at - 1, -1, -1), _LONGEST_ELIDED)[::-1]
    after = _seen(text, range(at, len(text)), 2)
    if not before or not after:
        return False
    if unicodedata.combining(after[0]):
        return True
    if _is_of_a_word(before[-1]) and _is_of_a_word(after[0]):
        return True
    if _joins(before[-2:] + after[:1]):
        return before[-1] not in _APOSTROPHES or not _ELIDED.search(before[:-1])
    return _joins(before[-1:] + after)


def _seen(text: str, places: range, most: int) -> str:
    """Up to so many signs, in the order of the places, but for soft hyphens, joiners and others
    that format a text and are not seen in it."""
    signs = (text[at] for at in places)
    return "".join(islice((c for c in signs if unicodedata.category(c) != "Cf"), most))


def _joins(signs: str) -> bool:
    """Whether the second of three signs holds a word together."""
    if len(signs) < 3:
        return False
    before, sign, after = tuple(signs)
    if sign in ".," or sign in _NUMBER_SPACES:
        return before.isdigit() and after.isdigit()
    is_one = sign in _APOSTROPHES or sign in _HYPHENS
    return is_one and _is_of_a_word(before) and _is_of_a_word(after)


def _is_of_a_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_" or unicodedata.category(sign).startswith("M")
