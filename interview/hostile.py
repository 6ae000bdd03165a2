"""Words that speak to whoever rates instead of answering: found for people, never held against.

An answer with such words is an answer still. They are shown with their places, and a rater that can
be talked to judges without them as well.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_lowercase

from interview.ids import TurnId
from interview.kit import Frozen
from interview.lexicon import nfc
from interview.spelled_out import JOINS, joined, parted, runs
from interview.turns import Turn

VERSION = "4"
"""Changes with the rules here; the lists have a version of their own."""

REACH = 8
"""A flag is the sentence around what was found, up to this many words on either side: recognised
speech often has no full stop, and one phrase must not take a whole answer with it."""

MOST_BETWEEN = 3
"""So many other words may stand where a phrase says `~`."""

PLEADED_WITHIN = 10
"""Words in which a plea says whom it is about and what is asked for."""

CUT = "[…]"
"""What a rater sees in place of flagged words."""

_WORD = re.compile(r"(?:[^\W_]|[\u00ad\u24b6-\u24e9])+")
_SENTENCE_END = re.compile(r"[.?!…](?=\W*\s)|\n")
_CLAUSE_END = re.compile(r"[^\w\s'’-]")
_HIDDEN = re.compile(
    r"(?:[\u115f\u1160\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]"
    r"|(?<![\u1820-\u18aa])\u180e)+"
)
"""Signs without a look, and fillers of Hangul, which pass for spaces or stand inside of words. What
parts vowels is at home behind a Mongolian letter."""

_COUNTRIES = "gbeng|gbsct|gbwls".translate({at: 0xE0000 + at for at in map(ord, ascii_lowercase)})
_ENCODED = re.compile(
    rf"\U0001f3f4(?:{_COUNTRIES})\U000e007f"
    r"|((?:[\U000e0000-\U000e007f]"
    r"|(?<![\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])[\U000e0100-\U000e01ef])+)"
)
"""As its group, a text of its own that nobody sees: an ASCII character a tag, or a byte a variation
selector. The flags of England, Scotland and Wales are spelled with tags
(https://unicode.org/reports/tr51/#valid-emoji-tag-sequences), and one selector behind an ideograph
says which of its forms is meant, as names in Japanese have it."""

_DIGITS = str.maketrans("013457", "oieast")
_SHORTEST_DIGITED = 4
"""Signs of a word whose digits pass for letters, two of which are letters: “1gn0re”, “f1ve”; not
“m3”, “1a” or “A1”, which are measures, marks and roads."""

_SIGNS = re.compile(r"[@$](?=[^\W\d_])")
_SIGN_LETTERS = {"@": "a", "$": "s"}

_ENDS_NO_WORD = ("Mn", "Mc", "Me", "Cf", "Cn")
_FILLERS = "\u115f\u1160"
"""Letters by their category; the others are these in NFKD."""

_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")


class Flag(Frozen):
    """Words of a candidate's turn by one of the detector's rules. `start` to `end` count characters
    of the turn's text in NFC."""

    turn_id: TurnId
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Part:
    """Words of which one must come, or begin so."""

    words: frozenset[str]
    beginnings: tuple[str, ...]

    @classmethod
    def of(cls, written: str) -> "Part":
        either = written.split("|")
        whole = frozenset(each for each in either if not each.endswith("*"))
        return cls(whole, tuple(each[:-1] for each in either if each.endswith("*")))

    def is_met_by(self, form: str) -> bool:
        return form in self.words or form.startswith(self.beginnings)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Parts that follow each other; None is a gap."""

    rule: str
    parts: tuple[Part | None, ...]

    @classmethod
    def of(cls, rule: str, written: str) -> "Phrase":
        """From words in a row: `a|b` is either, `ab*` a beginning, `~` up to three words of any
        kind. It does not begin with a gap."""
        parts = (None if each == "~" else Part.of(each) for each in written.split())
        return cls(rule, tuple(parts))


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it counts, whatever letters it was written with, and where it stands."""

    form: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Plea:
    """What asks for a rating in any words: something that `opens` a clause, as an order or a plea
    does, and soon after it whom it is `about` and a word of `rating`, in either order."""

    opens: Part
    about: Part
    rating: Part

    def places(self, text: str, words: Sequence[Word]) -> Iterator[tuple[str, int, int]]:
        for at, word in enumerate(words):
            if not self.opens.is_met_by(word.form) or not _opens_clause(text, words, at):
                continue
            near = words[at + 1 : at + 1 + PLEADED_WITHIN]
            first = [
                next((w.end for w in near if part.is_met_by(w.form)), None)
                for part in (self.about, self.rating)
            ]
            ends = [end for end in first if end is not None]
            if len(ends) == len(first) and not _SENTENCE_END.search(text, word.start, max(ends)):
                yield "ask_for_score", word.start, max(ends)


@dataclass(frozen=True, slots=True)
class Detector:
    """`phrases` are looked for word by word, `expressions` (rule and pattern) in the text itself;
    one with a group means the group. `look_alikes` maps letters of other scripts to the ones that
    they pass for. `words` and `beginnings` are those of all phrases, to be found in letters that
    are written without a gap.

    `ambiguous` phrases and `pleas` speak to whoever rates, unless one of `told` in their sentence
    shows that they tell of somebody's work: “our customers gave it five out of five”.
    """

    version: str
    phrases: tuple[Phrase, ...]
    expressions: tuple[tuple[str, re.Pattern[str]], ...]
    look_alikes: Mapping[int, str]
    ambiguous: tuple[Phrase, ...] = ()
    told: tuple[Phrase, ...] = ()
    pleas: tuple[Plea, ...] = ()
    words: frozenset[str] = frozenset()
    beginnings: frozenset[str] = frozenset()

    def flags(self, turns: Iterable[Turn]) -> tuple[Flag, ...]:
        """Those in the candidate's words, by turn and place."""
        return tuple(
            flag for turn in turns if turn.speaker == "candidate" for flag in self.of(turn)
        )

    def of(self, turn: Turn) -> tuple[Flag, ...]:
        """Those in one turn; places of one rule that meet are one flag."""
        text = nfc(turn.spoken)
        words = tuple(_words(text, self.look_alikes))
        disguised = tuple(self._undisguised(text))
        places = {*self._places(text, words)}
        if disguised != words:
            places.update(self._said(text, disguised))
        found = _joined(sorted(places))
        return tuple(
            Flag(turn_id=turn.turn_id, start=start, end=end, rule=rule)
            for rule, start, end in sorted(found, key=lambda each: (each[1], each[0]))
        )

    def _undisguised(self, text: str) -> Iterator[Word]:
        """The words once more, in another reading: in one piece what is written letter by letter,
        and as letters what passes for them and is a sign or a digit as well."""
        alone = dict(runs(text))
        plain = _joined_up(joined(text, alone.items()))
        plain = _SIGNS.sub(lambda sign: _SIGN_LETTERS[sign.group()], plain)
        for found in _WORD.finditer(plain):
            start, end = found.span()
            while end - start > 1 and plain[end - 1] == JOINS:
                end -= 1
            while end - start > 1 and plain[start] == JOINS:
                start += 1
            form = _digits_read(_form(plain[start:end], self.look_alikes))
            if alone.get(start) == end and len(form) == (end - start + 1) // 2:
                for a, b in parted(form, self.words, self.beginnings):
                    yield Word(form[a:b], start + 2 * a, start + 2 * b - 1)
            elif form:
                yield Word(form, start, end)

    def _places(self, text: str, words: Sequence[Word]) -> Iterator[tuple[str, int, int]]:
        """As rule, start and end, each grown to its sentence but for text that nobody sees."""
        yield from self._said(text, words)
        for rule, pattern in self.expressions:
            for found in pattern.finditer(text):
                begins = found.start(found.lastindex or 0)
                yield (rule, *_grown(text, words, begins, found.end()))
        yield from _disguised(text, words)

    def _said(self, text: str, words: Sequence[Word]) -> Iterator[tuple[str, int, int]]:
        for rule, start, end in _found(self.phrases, words):
            yield (rule, *_grown(text, words, start, end))
        telling = [(start, end) for _, start, end in _found(self.told, words)]
        pleas = (place for plea in self.pleas for place in plea.places(text, words))
        for rule, start, end in (*_found(self.ambiguous, words), *pleas):
            opens, closes = _grown(text, words, start, end)
            if not any(opens <= a and b <= closes for a, b in telling):
                yield rule, opens, closes


def kept(text: str, flags: Iterable[Flag]) -> Iterator[tuple[int, int]]:
    """The stretches of a turn's text (in NFC) outside of its flags, as start and end."""
    at = 0
    for flag in sorted(flags, key=lambda flag: flag.start):
        if flag.start > at:
            yield at, flag.start
        at = max(at, flag.end)
    if at < len(text):
        yield at, len(text)


def without(text: str, flags: Sequence[Flag]) -> str:
    """A turn's text in NFC with a mark in place of flagged words."""
    if not flags:
        return text
    said = f" {CUT} ".join(text[start:end].strip() for start, end in kept(text, flags))
    opens = CUT if min(flag.start for flag in flags) == 0 else ""
    closes = CUT if said and max(flag.end for flag in flags) == len(text) else ""
    return " ".join(part for part in (opens, said, closes) if part)


def _words(text: str, look_alikes: Mapping[int, str]) -> Iterator[Word]:
    for found in _WORD.finditer(_joined_up(text)):
        form = _form(text[found.start() : found.end()], look_alikes)
        if form:
            yield Word(form, found.start(), found.end())


def _joined_up(text: str) -> str:
    """As long as the text, with a soft hyphen for all that ends no word, such as a stroke through a
    letter: `re` knows no class of combining marks, or of signs that are not seen."""
    if text.isascii():
        return text
    return "".join("\u00ad" if unicodedata.category(c) in _ENDS_NO_WORD else c for c in text)


def _form(word: str, look_alikes: Mapping[int, str]) -> str:
    """Without accents, hidden characters and case; letters that pass for others are those."""
    apart = unicodedata.normalize("NFKD", word).translate(look_alikes)
    letters = (c for c in apart if unicodedata.category(c)[0] in "LN" and c not in _FILLERS)
    return "".join(letters).casefold()


def _digits_read(form: str) -> str:
    letters = sum(map(str.isalpha, form))
    is_read = 2 <= letters < len(form) >= _SHORTEST_DIGITED
    return form.translate(_DIGITS) if is_read else form


def _found(phrases: Sequence[Phrase], words: Sequence[Word]) -> Iterator[tuple[str, int, int]]:
    """Each place of a phrase as its rule, start and end."""
    begun = {form: _begun_by(phrases, form) for form in {word.form for word in words}}
    for at, word in enumerate(words):
        for phrase in begun[word.form]:
            if (last := _end_of(phrase.parts, words, at)) is not None:
                yield phrase.rule, word.start, words[last].end


def _begun_by(phrases: Sequence[Phrase], form: str) -> list[Phrase]:
    return [p for p in phrases if p.parts[0] is not None and p.parts[0].is_met_by(form)]


def _opens_clause(text: str, words: Sequence[Word], at: int) -> bool:
    return at == 0 or _CLAUSE_END.search(text, words[at - 1].end, words[at].start) is not None


def _end_of(parts: Sequence[Part | None], words: Sequence[Word], at: int) -> int | None:
    """The index of the last word when the parts follow each other from `at` on."""
    last = at - 1
    gap = 0
    for part in parts:
        if part is None:
            gap = MOST_BETWEEN
            continue
        within = range(last + 1, min(last + 2 + gap, len(words)))
        found = next((i for i in within if part.is_met_by(words[i].form)), None)
        if found is None:
            return None
        last, gap = found, 0
    return last


def _grown(text: str, words: Sequence[Word], start: int, end: int) -> tuple[int, int]:
    """To the sentence around it, `REACH` words to either side at most."""
    opens = max((m.end() for m in _SENTENCE_END.finditer(text, 0, start)), default=0)
    after = _SENTENCE_END.search(text, max(end - 1, 0))
    closes = after.end() if after else len(text)
    before = [word.start for word in words if opens <= word.start < start][-REACH:]
    behind = [word.end for word in words if end < word.end <= closes]
    until = behind[:REACH][-1] if behind else end
    return (before[0] if before else start), (closes if len(behind) <= REACH else until)


def _disguised(text: str, words: Sequence[Word]) -> Iterator[tuple[str, int, int]]:
    """What is not what it looks like, as rule, start and end."""
    for found in _HIDDEN.finditer(text):
        yield ("hidden_letters", *_grown(text, words, found.start(), found.end()))
    for found in _ENCODED.finditer(text):
        if found.group(1):  # not grown: it says something of its own, and so does what is seen
            yield "hidden_letters", found.start(), found.end()
    for word in words:
        if _is_mixed(text[word.start : word.end]):
            yield ("mixed_letters", *_grown(text, words, word.start, word.end))


def _is_mixed(word: str) -> bool:
    """Letters of two scripts in one word, as in a Latin word with a Cyrillic vowel."""
    if word.isascii():
        return False
    names = (unicodedata.name(c, "").split(" ")[0] for c in word if c.isalpha())
    return len({name for name in names if name in _SCRIPTS}) > 1


def _joined(found: Iterable[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """In order of rule and start."""
    joined: list[tuple[str, int, int]] = []
    for rule, start, end in found:
        if joined and joined[-1][0] == rule and start <= joined[-1][2]:
            joined[-1] = (rule, joined[-1][1], max(end, joined[-1][2]))
        else:
            joined.append((rule, start, end))
    return joined
