"""What a question asks: one that closes an answer wants nothing, others may name a fact."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from interview.intents import Wishes, compiled, folded, joined, only_polite, sentences, words_of
from interview.patterns import expression

ELIDED = re.compile(r"\b(c|d|j|l|m|n|s|t|qu|jusqu|lorsqu|puisqu)['’ʼ]", re.IGNORECASE)
"""“d'heures” are two words where a fact is named."""

HERE = "_ "
"""In the place of a phrase."""

BEFORE_A_TAG = re.compile(r"(?<=[.!?…,;–]) +|[ ,]+(?=¿)")


def without_tags(text: str, wishes: Wishes) -> str:
    """What was said before “does that make sense?”, “right?” and their like, which close an answer
    and leave it one; all of it when nothing but small words was."""
    *_, at = (0, *(found.end() for found in BEFORE_A_TAG.finditer(text.strip())))
    said, tag = text.strip()[:at].strip(" ,;–"), text.strip()[at:]
    if not tag.endswith("?") or only_polite(said, wishes) or not _is_tag(tag, wishes):
        return text
    return without_tags(said, wishes)


def _is_tag(said: str, wishes: Wishes) -> bool:
    meant = compiled(wishes.tags, tuple(wishes.pieces.items()), wishes.around, only_first=False)
    return bool(wishes.tags and meant.fullmatch(joined(words_of(said), folded)))


def asked_in(text: str, wishes: Wishes) -> str:
    """The questions that the words end with; nothing when they are not most of what was said."""
    heard = without_tags(text, wishes)
    *before, asked = sentences(heard)
    while before and before[-1].endswith("?"):
        asked = f"{before.pop()} {asked}"
    return asked if 2 * len(words_of(asked)) > len(words_of(heard)) else ""


@dataclass(frozen=True, slots=True)
class Named:
    """Words in which a phrase of a topic stands. `topic` is None where other words stand beside it:
    then something else is asked, which only a person can answer."""

    topic: str | None


def named_in(
    text: str, topics: Iterable[tuple[str, Iterable[str]]], wishes: Wishes
) -> Named | None:
    """What the words ask of the topics, each with its phrases; None when they name none.

    A word that no list knows asks something else: whoever is told the salary instead of who pays
    for parking takes that for an answer, and no recruiter gives another.
    """
    said = joined(words_of(ELIDED.sub(r"\1 ", text)), folded)
    rests = [(topic, _phrases(tuple(of)).sub(HERE, said)) for topic, of in topics]
    named = [(topic, rest) for topic, rest in rests if rest != said]
    beside = _beside(wishes.beside, tuple(wishes.pieces.items()), wishes.around)
    alone = (topic for topic, rest in named if not beside.sub("", rest).strip(HERE))
    return Named(next(alone, None)) if named else None


@cache
def _phrases(phrases: tuple[str, ...]) -> re.Pattern[str]:
    written = {joined(words_of(ELIDED.sub(r"\1 ", phrase)), folded) for phrase in phrases} - {""}
    longest_first = sorted(written, key=len, reverse=True)
    return re.compile(f"(?<![^ ])(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})")


@cache
def _beside(
    patterns: tuple[str, ...], pieces: tuple[tuple[str, str], ...], around: frozenset[str]
) -> re.Pattern[str]:
    meant = [expression(pattern, dict(pieces), folded) for pattern in (*patterns, "_")]
    small = sorted(f"{re.escape(folded(word))} " for word in around)
    return re.compile(f"(?<![^ ])(?:{'|'.join([*meant, *small])})")
