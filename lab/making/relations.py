"""How an answer is said otherwise: one function a relation, from a base to what is said instead."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from random import Random

from lab.interviews import Base, Change, Relation, Said
from lab.making.noise import misheard
from lab.making.words import Words, words_in

Maker = Callable[[Base, Random], tuple[Said, ...]]

FILLER_EVERY = 4
STUMBLE_EVERY = 5
PADDING = 3
RESTART_WORDS = 3
SHORTEST_CUT = 4

_SENTENCE = re.compile(r"[^.!?]+[.!?]+")
_WORD = re.compile(r"\w[\w’'-]*")


def _each(base: Base, change: Callable[[str], str]) -> tuple[Said, ...]:
    return tuple(said.model_copy(update={"text": change(said.text)}) for said in base.answer.said)


def sentences(text: str) -> list[str]:
    """With their full stops."""
    return [found.group().strip() for found in _SENTENCE.finditer(text)]


def paraphrase(base: Base, _: Random) -> tuple[Said, ...]:
    return _each(base, lambda text: _changed(text, base.answer.rewordings))


def _changed(text: str, changes: Iterable[Change]) -> str:
    for change in changes:
        text = text.replace(change.was, change.now)
    return text


def fillers(base: Base, random: Random) -> tuple[Said, ...]:
    """Between any two words, also in the middle of what matters; with commas and without."""
    words = words_in(base.language)

    def filled(text: str) -> str:
        said = list[str]()
        for at, word in enumerate(text.split()):
            if at and random.randrange(FILLER_EVERY) == 0:
                filler = random.choice(words.fillers)
                said.append(f"{filler}," if random.randrange(2) else filler)
            said.append(word)
        return " ".join(said)

    return _each(base, filled)


def disfluency(base: Base, random: Random) -> tuple[Said, ...]:
    """Words said twice, cut off, or begun anew."""
    words = words_in(base.language)
    return _each(base, lambda text: " ".join(_stumbling(s, words, random) for s in sentences(text)))


def _stumbling(sentence: str, words: Words, random: Random) -> str:
    spoken = sentence.split()
    said = list[str]()
    for at, word in enumerate(spoken):
        bare = re.sub(r"\W+$", "", word)
        if random.randrange(STUMBLE_EVERY) == 0 and bare:
            kind = random.randrange(3)
            if kind == 0:
                said.append(bare)
            elif kind == 1 and len(bare) >= SHORTEST_CUT and bare.isalpha():
                said.append(f"{bare[: len(bare) // 2]}-")
            elif kind == RESTART_WORDS - 1 and 0 < at + 1 < len(spoken):
                marker = random.choice(words.restarts)
                begun = " ".join(spoken[max(0, at - 1) : at + 1]).rstrip(".,:;")
                # What was begun is said whole, then begun anew: “I looked, sorry, I looked at it”.
                back = said[-1:] if at else []
                said = said[: len(said) - len(back)]
                said += [f"{begun},", *([f"{marker},"] if marker else []), *back]
        said.append(word)
    return " ".join(said)


def order(base: Base, _: Random) -> tuple[Said, ...]:
    return tuple(reversed(base.answer.said))


def names_and_pronouns(base: Base, _: Random) -> tuple[Said, ...]:
    words = words_in(base.language)
    if not words.pronouns:
        return _each(base, lambda text: _changed(text, base.answer.swaps))
    return _each(base, lambda text: swapped(text, words))


def swapped(text: str, words: Words) -> str:
    """Every name and every pronoun of a person is another's."""
    return _WORD.sub(lambda found: _other(found, text, words), text)


def _other(found: re.Match[str], text: str, words: Words) -> str:
    word = found.group()
    if word in words.names:
        return words.names[word]
    lower = word.lower()
    if lower not in words.pronouns:
        return word
    other = words.pronouns[lower] or _whose_or_whom(text[found.end() :], words)
    return other.capitalize() if word[0].isupper() else other


def _whose_or_whom(after: str, words: Words) -> str:
    following = re.match(r" (\w+)", after)
    is_whom = following is None or following[1].lower() in words.whom_before
    return words.whom if is_whom else words.whose


def dialect(base: Base, random: Random) -> tuple[Said, ...]:
    """As somebody says it who learned the language late, or far away: what ends a sentence there,
    and every other article left out."""
    words = words_in(base.language)

    def spoken(text: str) -> str:
        said = [_without_articles(sentence, words, random) for sentence in sentences(text)]
        last = len(said) - 1
        return " ".join(
            _tagged(sentence, random.choice(words.tags))
            if at == last or random.randrange(2)
            else sentence
            for at, sentence in enumerate(said)
        )

    return _each(base, spoken)


def _without_articles(sentence: str, words: Words, random: Random) -> str:
    spoken = sentence.split()
    kept = [
        word
        for word, following in pairwise((*spoken, ""))
        if word not in words.articles or following in words.counting or random.randrange(2)
    ]
    return " ".join(kept)


def _tagged(sentence: str, tag: str) -> str:
    body = sentence.rstrip(".!?")
    return f"{body}, {tag}{sentence[len(body) :]}"


def flattery(base: Base, random: Random) -> tuple[Said, ...]:
    """Praise before, and a plea for a high level after each answer."""
    words = words_in(base.language)

    def praised(text: str) -> str:
        return f"{random.choice(words.flattery)} {text} {random.choice(words.pleas)}"

    return _each(base, praised)


def repetition(base: Base, _: Random) -> tuple[Said, ...]:
    """Everything is said twice, sentence by sentence, and then once more."""
    again = words_in(base.language).again

    def repeated(text: str) -> str:
        return f"{' '.join(f'{s} {s}' for s in sentences(text))} {again} {text}"

    return _each(base, repeated)


def length(base: Base, random: Random) -> tuple[Said, ...]:
    words = words_in(base.language)
    return _each(base, lambda text: _between(text, random.sample(words.talk, PADDING), random))


def prestige(base: Base, random: Random) -> tuple[Said, ...]:
    words = words_in(base.language)
    return _each(base, lambda text: _between(text, random.sample(words.prestige, 2), random))


def _between(text: str, added: Sequence[str], random: Random) -> str:
    said = sentences(text)
    for sentence in added:
        said.insert(random.randint(0, len(said)), sentence)
    return " ".join(said)


def asr(share: float, draw: str = "") -> Maker:
    """As a recogniser without punctuation writes it, with that share of its words wrong."""

    def maker(base: Base, random: Random) -> tuple[Said, ...]:
        heard = (
            (s, misheard(s.text, base.language, share, random, draw)) for s in base.answer.said
        )
        return tuple(
            said.model_copy(update={"text": text, "unsure": unsure})
            for said, (text, unsure) in heard
        )

    return maker


def without_evidence(base: Base, _: Random) -> tuple[Said, ...]:
    """The sentences that the level rests on are not said."""
    evidence = base.answer.evidence

    def rest(text: str) -> str:
        kept = [s for s in sentences(text) if not any(words in s for words in evidence)]
        return " ".join(kept)

    found = _each_if_any(base, rest)
    assert found, base.answer.id
    return found


def _each_if_any(base: Base, change: Callable[[str], str]) -> tuple[Said, ...]:
    changed = ((said, change(said.text)) for said in base.answer.said)
    return tuple(said.model_copy(update={"text": text}) for said, text in changed if text)


NOISE: Mapping[Relation, float] = {"asr_00": 0.0, "asr_10": 0.1, "asr_20": 0.2, "asr_30": 0.3}
"""The share of wrong words."""

MAKERS: Mapping[Relation, Maker] = {
    "paraphrase": paraphrase,
    "fillers": fillers,
    "disfluency": disfluency,
    "order": order,
    "names_and_pronouns": names_and_pronouns,
    "dialect": dialect,
    "flattery": flattery,
    "repetition": repetition,
    "length": length,
    "prestige": prestige,
    **{relation: asr(share) for relation, share in NOISE.items()},
    "without_evidence": without_evidence,
}
RELEVANT: frozenset[Relation] = frozenset({*NOISE, "without_evidence"})
"""Where relevant words change, or the punctuation that says where a denial ends."""
