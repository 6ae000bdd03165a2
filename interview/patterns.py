"""The little language in which words for wishes are written, as regular expressions."""

import re
from collections.abc import Callable, Mapping


def expression(pattern: str, pieces: Mapping[str, str], written: Callable[[str], str]) -> str:
    """A pattern as a regular expression over words that each end in a space."""
    whole = pattern
    while "<" in whole:  # a piece may name others
        whole = re.sub(r"<(\w+)>", lambda named: f"({pieces[named[1]]})", whole)
    words = re.sub(r"[^\s()\[\]|]+", _as_expression, written(whole))
    joined = words.replace(" ", "")
    joined = joined.replace("(", "(?:").replace("[", "(?:").replace("]", ")?")
    return joined.replace("\1", ANY_WORDS).replace("\2", ANY_WORD).replace("\0", " ")


ANY_WORD = r"(?![,.] )[^ ]+ "
ANY_WORDS = r"(?:(?!\. )[^ ]+ ){0,7}?"


def _as_expression(word: re.Match[str]) -> str:
    match word[0]:
        case "**":
            return "\1"
        case "*":
            return "\2"
        case of_its_own:
            return re.escape(of_its_own) + "\0"
