"""What the words of an answer ask for, as a whole or beside what they answer."""

from collections.abc import Iterator
from itertools import chain

from interview.intents import (
    Intent,
    after_unknowing,
    only_polite,
    reported,
    sentences,
    wish_of,
)
from interview.patience import Lexicon, asks_to_repeat, ends_open, plain_words, says_nothing
from interview.questions import without_tags


def intent_of(text: str, lexicon: Lexicon, latest: str | None = None) -> Intent:
    """What the whole of an answer asks for, or `answer`, or `nothing`; `latest` are its words since
    the last pause."""
    if says_nothing(text, lexicon):
        return "nothing"
    text = without_tags(text, lexicon.wishes)
    latest = latest and without_tags(latest, lexicon.wishes)
    meant = _meant(text, lexicon)
    if meant in ("answer", "asks"):
        found = chain(_meant_unknowing(text, lexicon), _meant_apart(text, lexicon, latest))
        return next(found, meant)
    return meant


def sign_of_life(text: str, lexicon: Lexicon) -> Intent | None:
    """What words within a pause ask for; None for thanks and small sounds."""
    return None if only_polite(text, lexicon.wishes) else intent_of(text, lexicon)


def _meant(text: str, lexicon: Lexicon, *, alone: bool = True) -> Intent:
    wish = wish_of(text, lexicon.wishes, alone=alone)
    if wish in ("answer", "asks") and asks_to_repeat(text, lexicon):
        tells = not alone and wish_of(text, lexicon.wishes) != wish
        return wish if tells else "repeat"
    if wish == "asks" and only_polite(text, lexicon.wishes):
        return "repeat"  # “Sorry?”
    return wish


LAST: frozenset[Intent] = frozenset(
    {"danger", "person", "distress", "stop", "trouble", "pause", "repeat", "rephrase", "robot"}
)
FIRST: frozenset[Intent] = frozenset({"danger", "person", "stop", "trouble"})
"""Wishes that count in a sentence of their own, at the end or beginning of what is said besides."""
SHORTLY: frozenset[Intent] = frozenset({"skip", "back"})
"""Those that count at the end of few words: “I can't think of one. Let's skip this one.”"""

LITTLE_MORE = 12
"""Who wishes for something first, or wants to be rid of a question, says no more words than these
besides."""

UNKNOWING: frozenset[Intent] = LAST | SHORTLY | {"progress"}
"""Wishes that “I don't know, …” may stand before; a yes, a no and the end of an answer answer."""


def _meant_unknowing(text: str, lexicon: Lexicon) -> Iterator[Intent]:
    rest = after_unknowing(text, lexicon.wishes)
    if rest and (meant := _meant(rest, lexicon, alone=False)) in UNKNOWING:
        yield meant


def _meant_apart(text: str, lexicon: Lexicon, latest: str | None) -> Iterator[Intent]:
    """The wishes of the last sentence, of the words since the last pause, and of the first
    sentence; none that somebody else is told to have had."""
    alone = not answers_besides(text, lexicon, latest)
    said = sentences(text)
    if len(said) > 1:
        few = sum(len(one.split()) for one in said[:-1]) <= LITTLE_MORE
        yield from _wished(said[-1], said[-2], LAST | SHORTLY if few else LAST, lexicon, alone)
    before = text.removesuffix(latest) if latest else ""
    if latest and before.strip() and not ends_open(plain_words(before), lexicon):
        yield from _wished(latest, sentences(before)[-1], LAST, lexicon, alone)
    rest = " ".join(said[1:])
    if rest and len(rest.split()) <= LITTLE_MORE:
        yield from _wished(said[0], rest, FIRST, lexicon, alone)


def _wished(
    said: str, beside: str, wishes: frozenset[Intent], lexicon: Lexicon, alone: bool
) -> Iterator[Intent]:
    meant = _meant(said, lexicon, alone=alone)
    if meant in wishes and not reported(plain_words(beside), lexicon.wishes):
        yield meant


def answers_besides(text: str, lexicon: Lexicon, latest: str | None = None) -> bool:
    """True when a sentence of several, or what was said before the last pause, answers."""
    before = text.removesuffix(latest) if latest else ""
    said = [one for part in (before, latest or text) if part.strip() for one in sentences(part)]
    return len(said) > 1 and any(_answers(one, lexicon) for one in said)


def _answers(sentence: str, lexicon: Lexicon) -> bool:
    if says_nothing(sentence, lexicon) or only_polite(sentence, lexicon.wishes):
        return False
    meant = _meant(sentence, lexicon)
    return meant == "answer" or (meant == "asks" and len(plain_words(sentence)) > MERE_QUESTION)


MERE_QUESTION = 2
"""“What?” answers nothing; “What do I do first?” begins an answer."""
