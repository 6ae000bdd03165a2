"""How words may be read: what somebody means who writes a word so that it is not found."""

import re
import unicodedata
from itertools import pairwise

ASCII_MARKS = frozenset(" .,;:!?'\"()-/&%+#")
MARKS = frozenset("¿¡’‘“”„«»–—…")


ABBREVIATED = re.compile(
    r"\b(?:dr|prof|mr|mrs|ms|st|vs|sr|sra|dra|bzw|ca|a\.m|p\.m|e\.g|i\.e|z\.\s?b|d\.\s?h|p\.\s?ej)\.",
    re.IGNORECASE,
)
"""A dot after these ends no sentence."""


def is_one_question(text: str) -> bool:
    """One sentence that ends with its only question mark: nothing is told before it asks."""
    if not text.endswith("?") or text.count("?") != 1 or text.count("¿") > 1:
        return False
    return word_count(text) > 0 and not re.search(r"[.!…](?:\s|$)", ABBREVIATED.sub("", text))


def word_count(text: str) -> int:
    """What is joined by a dash or a stroke are several words."""
    return len(re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text))


def folded(text: str) -> str:
    """The words in small letters without accents, each with a space around it."""
    plain = text.casefold().replace("œ", "oe").replace("æ", "ae")
    bare = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return f" {' '.join(re.findall('[a-z0-9]+', bare))} "


def readings(text: str) -> tuple[str, ...]:
    """How a text may be heard: word by word, and with what was put inside of words taken out or
    read as letters."""
    seen = re.sub(r"(?<=\w)!(?=\w)", "1", text)
    joined = re.sub(r"(?<=\w)[^\w\s]+(?=\w)", "", seen)
    words = folded(joined).split()
    by_letters = (" ".join(_without_digits(word, one) for word in words) for one in "il")
    return folded(text), *(f" {_spelled_out(read)} " for read in by_letters)


def closed_up(reading: str) -> str:
    """Each word with the next one: “ch ildren”."""
    return f" {' '.join(first + second for first, second in pairwise(reading.split()))} "


def _without_digits(word: str, one: str) -> str:
    """“ch1ldren”, “fami1y”; a number stays one."""
    return word if word.isdigit() else word.translate(LOOK_LIKE).replace("1", one)


LOOK_LIKE = str.maketrans("034579", "oeastg")


def hides_letters(text: str) -> bool:
    """A digit stands for a letter in some word: “B2B” and “K8s” are words."""
    return bool(re.search(r"[a-z][0134579!]+[a-z]", folded(text.replace("!", "1"))))


def _spelled_out(text: str) -> str:
    """“c h i l d” is a word."""
    return re.sub(r"\b(?:[a-z] ){2,}[a-z]\b", lambda found: found[0].replace(" ", ""), text)
