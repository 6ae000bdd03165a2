"""Words as they are heard: finding a phrase in speech, and seeing when it is denied."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from rapidfuzz import fuzz

from interview.restarts import begun_anew

MAX_EXTRA_WORDS = 2
"""Words that may stand inside a phrase, light ones not counted: “wrote it *all* down”."""

MAX_RUN = 30
"""Words of any kind that are looked through from one place: without an end to it somebody who says
“um” for an hour would keep the rater busy for as long."""

FUZZY_FROM_LETTERS = 8
FUZZY_RATIO = 90.0
"""Longer stems may differ by about one letter in ten (normalised Indel similarity, per cent), as
recognisers confuse endings. Below eight letters that would join words like contact and contract."""

LONGEST_SUBJECT = 2

QUOTE_WORDS = 25
"""A quote is the sentence around a phrase, cut to this many words."""

_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_ELIDED_WORD = re.compile(r"[^\W_]+")
_SENTENCE_END = re.compile(r"[.?!…](?=\W*\s)|\n")
_CLAUSE_END = re.compile(r"[,;:–—]")
_CUT_OFF = re.compile(r"[-–—](?=\s|$)")

SOMEBODY = "•"
"""The stem of every third person: what somebody did for her and for him is the same."""

PARTICLES = frozenset(
    {
        "al",
        "bin",
        "da",
        "das",
        "de",
        "del",
        "della",
        "der",
        "di",
        "dos",
        "du",
        "el",
        "la",
        "le",
        "van",
        "von",
        "y",
    }
)
"""They stand inside names of people: “Maria *da* Silva”."""

TAKEN_BACK = ""
"""The stem of a word that was taken back: no phrase has it."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What must be known of a language to find phrases in it.

    `fillers` are hesitations, of one word or more, and `articles` words that carry little; neither
    counts, and a phrase is heard without its articles or with others. A word of `negations`, or
    with one of the `negative_endings`, denies a phrase up to `reach_before` words later or
    `reach_after` words earlier in the same clause, unless a word of `not_denying` follows (“not
    *only*”). `turns` are words that begin a new clause. `elides`: an apostrophe parts two words
    (“l'idée”).

    `pronouns` name a third person, whichever. `repairs` stand between what is taken back and what
    is said instead. Recognisers leave out commas, so `subjects` begin a clause, too, unless a word
    of `carrying` goes before: “I did not panic *I* wrote it down”, but “I don't *think* I wrote it
    down”. `capitals_name`: words with a capital inside a sentence are names.
    """

    language: str
    version: str
    stem: Callable[[str], str]
    fillers: frozenset[tuple[str, ...]]
    articles: frozenset[str]
    negations: frozenset[str]
    negative_endings: tuple[str, ...]
    not_denying: frozenset[str]
    turns: frozenset[str]
    reach_before: int
    reach_after: int
    elides: bool
    pronouns: frozenset[str]
    repairs: frozenset[tuple[str, ...]]
    subjects: frozenset[tuple[str, ...]]
    carrying: frozenset[str]
    capitals_name: bool


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands: `start` and `end` count characters of the text in NFC.

    A `light` word is a filler, an article, a pronoun, the second or a later part of a name, or was
    taken back.
    """

    form: str
    stem: str
    start: int
    end: int
    sentence: int
    clause: int
    light: bool
    denies: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """The words of a text; `places` are the indexes at which each stem stands, in order."""

    words: tuple[Word, ...]
    places: Mapping[str, Sequence[int]]


def nfc(text: str) -> str:
    """The text in Unicode NFC, in which all offsets count."""
    return unicodedata.normalize("NFC", text)


def hear(text: str, lexicon: Lexicon) -> Heard:
    """The words of `text`, which is in NFC, ready for any number of phrases."""
    words = words_of(text, lexicon)
    places: dict[str, list[int]] = {}
    for index, word in enumerate(words):
        places.setdefault(word.stem, []).append(index)
    return Heard(words, places)


def words_of(text: str, lexicon: Lexicon) -> tuple[Word, ...]:
    """The words of `text`, which is in NFC."""
    pattern = _ELIDED_WORD if lexicon.elides else _WORD
    found = list(pattern.finditer(text))
    forms = [_form(match.group()) for match in found]
    gaps = [text[one.end() : other.start()] for one, other in pairwise(found)]
    fillers = _places_of(lexicon.fillers, forms)
    ends = [_SENTENCE_END.search(gap) is not None for gap in gaps]
    taken_back = begun_anew(_parted(forms, ends), fillers, lexicon.repairs) | _cut_off(forms, gaps)
    aside = fillers | taken_back
    begins = _beginning_clauses(forms, aside, lexicon)
    light = aside | _later_names([match.group() for match in found], lexicon)
    words: list[Word] = []
    sentence = clause = 0
    for index, (match, form) in enumerate(zip(found, forms, strict=True)):
        gap = gaps[index - 1] if index else ""
        ended = index > 0 and ends[index - 1]
        parted = _CLAUSE_END.search(gap) is not None and not _is_aside(index, fillers, aside, gaps)
        sentence += ended
        clause += ended or parted or index in begins
        words.append(
            Word(
                form=form,
                stem=TAKEN_BACK if index in taken_back else _stem(form, lexicon),
                start=match.start(),
                end=match.end(),
                sentence=sentence,
                clause=clause,
                light=index in light or form in lexicon.articles or form in lexicon.pronouns,
                denies=index not in taken_back
                and _denies(form, _next(forms, index, fillers), lexicon),
            )
        )
    return tuple(words)


def _stem(form: str, lexicon: Lexicon) -> str:
    return SOMEBODY if form in lexicon.pronouns else lexicon.stem(form)


def _parted(forms: Sequence[str], ends: Sequence[bool]) -> list[list[str]]:
    """The forms, sentence by sentence."""
    sentences: list[list[str]] = [[]]
    for form, ended in zip(forms, (False, *ends), strict=False):
        if ended:
            sentences.append([])
        sentences[-1].append(form)
    return sentences


def _cut_off(forms: Sequence[str], gaps: Sequence[str]) -> frozenset[int]:
    """Words that were broken off and then said whole: “cust- customer”."""
    return frozenset(
        at
        for at, gap in enumerate(gaps)
        if _CUT_OFF.match(gap) and forms[at + 1].startswith(forms[at])
    )


def _is_aside(
    index: int, fillers: Collection[int], aside: Collection[int], gaps: Sequence[str]
) -> bool:
    """A comma before the word parts nothing: it stands after “um” or what is taken back, or there
    is another one after the “um” that begins here."""
    if index - 1 in aside:
        return True
    if index not in fillers:
        return False
    last = index
    while last + 1 in fillers:
        last += 1
    return last < len(gaps) and _CLAUSE_END.search(gaps[last]) is not None


def _later_names(written: Sequence[str], lexicon: Lexicon) -> frozenset[int]:
    """Parts of names but the first: nobody's name makes a phrase longer than another's."""
    found, is_named = set[int](), False
    for at, word in enumerate(written):
        is_part = word[0].isupper() or (is_named and word in PARTICLES)
        if is_part and is_named:
            found.add(at)
        is_named = is_part and lexicon.capitals_name
    return frozenset(found)


def _beginning_clauses(
    forms: Sequence[str], aside: frozenset[int], lexicon: Lexicon
) -> frozenset[int]:
    """Where a word begins a clause that no comma may show."""
    said = [at for at in range(len(forms)) if at not in aside]
    turns = {at for at in range(len(forms)) if forms[at] in lexicon.turns}
    openers = {
        said[place]
        for place in range(1, len(said))
        if _opens([forms[at] for at in said[place : place + LONGEST_SUBJECT]], lexicon)
        and not _carries(forms[said[place - 1]], lexicon)
    }
    return frozenset(turns | openers)


def _opens(forms: Sequence[str], lexicon: Lexicon) -> bool:
    return any(tuple(forms[:length]) in lexicon.subjects for length in (1, LONGEST_SUBJECT))


def _carries(form: str, lexicon: Lexicon) -> bool:
    return form in lexicon.carrying or form.endswith(lexicon.negative_endings)


def stems_of(phrase: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The stems that must be heard in this order for `phrase`."""
    words = words_of(nfc(phrase), lexicon)
    said = [word for word in words if word.stem != TAKEN_BACK]
    weighty = [word for word in said if word.form not in lexicon.articles]
    return tuple(word.stem for word in weighty or said)


def spot(stems: Sequence[str], heard: Heard, lexicon: Lexicon) -> Iterator[range]:
    """Where the phrase is said and not denied, as ranges of word indexes, in order."""
    if not stems:
        return
    for first in _beginnings(stems[0], heard):
        at = _follow(first, stems, heard.words)
        if at is not None and not _is_denied(at, heard.words, lexicon):
            yield range(at[0], at[-1] + 1)


def _beginnings(stem: str, heard: Heard) -> Sequence[int]:
    if len(stem) < FUZZY_FROM_LETTERS:
        return heard.places.get(stem, ())
    alike = (places for said, places in heard.places.items() if is_alike(said, stem))
    return sorted(place for places in alike for place in places)


def is_alike(said: str, meant: str) -> bool:
    """True for the same stem, and for long stems that a recogniser may have confused.

    The first letter must agree, so that a prefix which denies (“atypical”) is not overheard.
    """
    if said == meant:
        return True
    if min(len(said), len(meant)) < FUZZY_FROM_LETTERS or said[0] != meant[0]:
        return False
    return fuzz.ratio(said, meant) >= FUZZY_RATIO


def sentence_around(hit: range, words: Sequence[Word], text: str) -> tuple[int, int]:
    """The span of `text`, in characters, that shows a hit in its sentence."""
    low, high = hit.start, hit.stop - 1
    begin, last = low, high
    while begin > 0 and words[begin - 1].sentence == words[low].sentence:
        begin -= 1
    while last + 1 < len(words) and words[last + 1].sentence == words[high].sentence:
        last += 1
    if last - begin >= QUOTE_WORDS:
        begin = max(begin, low - max(QUOTE_WORDS - len(hit), 0) // 2)
        last = max(high, min(last, begin + QUOTE_WORDS - 1))
    end = words[last].end
    while end < len(text) and text[end] in ".?!…":
        end += 1
    return words[begin].start, end


def _form(word: str) -> str:
    return word.casefold().replace("’", "'").replace("ʼ", "'")


def _places_of(phrases: frozenset[tuple[str, ...]], forms: Sequence[str]) -> frozenset[int]:
    """The indexes of all words that belong to one of `phrases`."""
    longest = max((len(phrase) for phrase in phrases), default=0)
    found: set[int] = set()
    for start in range(len(forms)):
        for length in range(1, longest + 1):
            if tuple(forms[start : start + length]) in phrases:
                found.update(range(start, start + length))
    return frozenset(found)


def _next(forms: Sequence[str], index: int, fillers: frozenset[int]) -> str | None:
    return next((forms[i] for i in range(index + 1, len(forms)) if i not in fillers), None)


def _denies(form: str, following: str | None, lexicon: Lexicon) -> bool:
    negative = form in lexicon.negations or form.endswith(lexicon.negative_endings)
    return negative and following not in lexicon.not_denying


def _follow(first: int, stems: Sequence[str], words: Sequence[Word]) -> list[int] | None:
    """The indexes of the phrase's words from `first` on; the earliest are also the closest."""
    at, extra, index = [first], 0, first
    for stem in stems[1:]:
        index += 1
        while index < len(words) and not is_alike(words[index].stem, stem):
            extra += not words[index].light
            index += 1
            if extra > MAX_EXTRA_WORDS or index - at[-1] > MAX_RUN:
                return None
        if index >= len(words):
            return None
        at.append(index)
    return at


def _is_denied(at: Sequence[int], words: Sequence[Word], lexicon: Lexicon) -> bool:
    inside = (words[i] for i in range(at[0], at[-1]) if i not in at)
    earlier = (words[i] for i in range(at[0] - 1, -1, -1))
    later = (words[i] for i in range(at[-1] + 1, len(words)))
    before = _near(words[at[0]], earlier, lexicon.reach_before)
    after = _near(words[at[-1]], later, lexicon.reach_after)
    return any(word.denies for near in (inside, before, after) for word in near)


def _near(edge: Word, outwards: Iterable[Word], reach: int) -> Iterator[Word]:
    """Up to `reach` words of the same clause, from the phrase outwards; light ones do not count."""
    for word in islice(outwards, MAX_RUN):
        if reach == 0 or word.clause != edge.clause:
            return
        yield word
        reach -= not word.light
