"""What a candidate's words ask for besides answering: a rule over short utterances.

Precision comes first: a wish is an utterance that says nothing else. A phrase within an answer is
an answer, and so is whatever the rule does not know.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, get_args

from interview.patterns import expression

Intent = Literal[
    "answer",
    "nothing",
    "backchannel",
    "repeat",
    "rephrase",
    "skip",
    "back",
    "pause",
    "stop",
    "trouble",
    "robot",
    "progress",
    "danger",
    "person",
    "somebody",
    "distress",
    "job",
    "asks",
    "has_question",
    "yes",
    "done",
    "no",
    "go_on",
]
"""`job` asks about the position, `asks` asks anything; `has_question` says that one comes.
`done` says that nothing more does, and nothing else.
`somebody` names a person and says nothing else: an answer, unless one was offered."""

Wish = Literal[
    "danger",
    "person",
    "distress",
    "stop",
    "pause",
    "trouble",
    "robot",
    "progress",
    "rephrase",
    "skip",
    "back",
    "go_on",
    "has_question",
    "job",
    "yes",
    "done",
    "no",
    "somebody",
]
"""What a lexicon has patterns for. Of two that fit, the one that stands first here counts."""

WISHES: tuple[Wish, ...] = get_args(Wish)

NO_FIRST = re.compile(r"^\W*(no|nein|non)[,.!] ", re.IGNORECASE)
"""“No, sigamos” is not “no sigamos”."""

PLAIN: frozenset[Intent] = frozenset({"answer", "no", "somebody"})
"""What is an answer to a core question, without anything else to see in it."""

LONGEST_WISH = 16
LONGEST_QUESTION = 30
LONGEST_ASKED = 60
"""The same, where a question mark ends it."""

SHORT_QUESTION = 8
"""What ends in a question mark and has no more words asks, however it begins."""

NOES = frozenset({"no", "nein", "non"})
"""Small words besides; but “yes, no” is no yes."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """One language's words for wishes.

    `around` are words, or several together, that may stand before, between and after. A pattern is
    words with choices `(a|b)` and what may be left out `[c]`; in `pieces` are those that several
    patterns share, named by `<name>`. `*` is any one word, `**` none to seven of a sentence. Those
    of `alone` are wishes only where nothing beside them answers: they tell of what was, or what one
    would do. `questions` are patterns that a question begins with, `beside` of what may stand
    beside the phrase of a fact where the fact answers. `danger` are patterns of who is in danger,
    wherever they stand, and `ends_in_danger` where a clause ends with them (nobody who wants “to
    die of shame” is), unless they follow a word of `reports` that is not one of the speaker's
    `own`, and no word of `joins` leads back to the speaker; or one of `harmless` goes on beyond
    them (“to shoot myself in the foot”), in which a comma is a word. `introduces` are patterns that
    end directly before what somebody else is told to have said, `attributes` those that begin
    directly behind it; a full stop is a word there, too. `rhetorical` are those of questions that
    one asks oneself, `tags` of those that close an answer and want none: “does that make sense?”
    `unknowing` are those of a clause that answers nothing, before a wish: “I don't know, …”
    """

    around: frozenset[str] = frozenset()
    pieces: Mapping[str, str] = field(default_factory=dict)
    patterns: Mapping[Wish, tuple[str, ...]] = field(default_factory=dict)
    alone: Mapping[Wish, tuple[str, ...]] = field(default_factory=dict)
    questions: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    danger: tuple[str, ...] = ()
    ends_in_danger: tuple[str, ...] = ()
    harmless: tuple[str, ...] = ()
    reports: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    joins: frozenset[str] = frozenset()
    introduces: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    rhetorical: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    unknowing: tuple[str, ...] = ()


def wish_of(text: str, wishes: Wishes, *, alone: bool = True) -> Intent:
    """The wish that `text` as a whole is, `asks` for a question, else `answer`. Not `alone`: an
    answer stands beside it."""
    heard = NO_FIRST.sub("", text)
    words = words_of(heard)
    if _tells_of_danger(heard, wishes):
        return "danger"
    if len(words) <= LONGEST_WISH:
        said = joined(words, folded)
        for wish in WISHES:
            if _whole(wish, wishes, alone=alone).fullmatch(said):
                return wish
    return "asks" if _is_question(text, words, wishes) else "answer"


def only_polite(text: str, wishes: Wishes) -> bool:
    """True for thanks, greetings and small sounds alone: nobody returns from a pause with them."""
    return bool(_polite(wishes.around).fullmatch(joined(words_of(text), folded)))


@cache
def _polite(around: frozenset[str]) -> re.Pattern[str]:
    return re.compile(_among(around, folded))


def after_unknowing(text: str, wishes: Wishes) -> str:
    """What follows a beginning that says that one knows nothing; else, or of nothing, nothing."""
    pieces = tuple(wishes.pieces.items())
    knows_nothing = compiled(wishes.unknowing, pieces, wishes.around, only_first=False)
    rest, follows = text.strip(), False
    while wishes.unknowing:
        first, *behind = re.split(r"(?<=[.!?…,;:]) +", rest, maxsplit=1)
        unknowing = bool(knows_nothing.fullmatch(joined(words_of(first), folded)))
        if not (unknowing or (behind and only_polite(first, wishes))):
            break
        rest, follows = "".join(behind), follows or unknowing
    return rest if follows else ""


def words_of(text: str) -> list[str]:
    """Lower case, without punctuation; an apostrophe and a hyphen belong to their word."""
    plain = text.lower().replace("’", "'").replace("ʼ", "'")
    return [w for w in (raw.strip(".,;:!?…\"“”„«»()¿¡–-'") for raw in plain.split()) if w]


def _tells_of_danger(text: str, wishes: Wishes) -> bool:
    """Nobody in danger need say it in a sentence of its own; who tells what others said is in none,
    nor who means something else by the words."""
    said = _laid_out(text)
    return any(
        not _is_harmless(said, end, wishes)
        and not _is_told(said.words[:start], said.marked[said.at(end) :], wishes)
        for start, end in _dangers(said, wishes)
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """Words that each end in a space. `clauses` are where clauses end in `words`; in `marked` a
    comma or a full stop stands there as a word."""

    words: str
    clauses: tuple[int, ...]
    marked: str

    def at(self, place: int) -> int:
        """Where `place` of `words` is in `marked`, before a mark that follows it."""
        return place + MARK * sum(clause < place for clause in self.clauses)


MARK = len(", ")


def _laid_out(text: str) -> _Said:
    words, marked, clauses = "", "", list[int]()
    for sentence in sentences(text):
        for clause in re.split(CLAUSE_ENDS, sentence):
            said = joined(words_of(clause), folded)
            words, marked = words + said, f"{marked}{said}, "
            clauses.append(len(words))
        marked = f"{marked[:-MARK]}. "
    return _Said(words, tuple(clauses), marked)


CLAUSE_ENDS = r"(?<=[,;:])[\"”“»]? +"


def _dangers(said: _Said, wishes: Wishes) -> Iterator[tuple[int, int]]:
    """Each place of the words that tells of danger."""
    if wishes.danger:
        for found in _anywhere(wishes.danger, wishes).finditer(said.words):
            yield found.span()
    if wishes.ends_in_danger:
        last = re.compile(f"{_anywhere(wishes.ends_in_danger, wishes).pattern}$")
        for end in said.clauses:
            before = sum(len(word) + 1 for word in said.words[:end].split()[:-LONGEST_END])
            if ends := last.search(said.words[before:end]):
                yield before + ends.start(), end


LONGEST_END = 24
"""No words that end in danger are more."""


def _is_harmless(said: _Said, end: int, wishes: Wishes) -> bool:
    """What ends there in the words goes on as something else."""
    if not wishes.harmless:
        return False
    over = said.at(end)
    pictures = _anywhere(wishes.harmless, wishes)
    begins = (word.start() for word in re.finditer(r"[^ ]+", said.marked[:over]))
    found = (pictures.match(said.marked, begin) for begin in begins)
    return any(one.end() >= over for one in found if one)


REPORTED_WITHIN = 6


def reported(before: list[str], wishes: Wishes) -> bool:
    """What follows these words was said by somebody else."""
    said = [folded(word) for word in before]
    reports, own = ({folded(one) for one in of} for of in (wishes.reports, wishes.own))
    return any(
        word in reports and not own & {*said[max(0, at - 2) : at]} for at, word in enumerate(said)
    )


def _takes_over(before: list[str], wishes: Wishes) -> bool:
    """What others said is over, and the speaker goes on: “he said I was worthless and …”."""
    *told, last = before or [""]
    reports = {folded(one) for one in wishes.reports}
    return last in {folded(one) for one in wishes.joins} and reports.isdisjoint(told[-TOLD:])


TOLD = 2
"""With no more words than these between, what follows is still what was said."""


def told_by_others(before: str, after: str, wishes: Wishes) -> bool:
    """What was said between these was said by somebody else: “…, she said, and I …”."""
    return _is_told(joined(words_of(before), folded), _laid_out(after).marked, wishes)


def _is_told(before: str, after: str, wishes: Wishes) -> bool:
    """`after` has its commas and full stops as words."""
    last = before.split()[-REPORTED_WITHIN:]
    if _takes_over(last, wishes):
        return False
    if reported(last, wishes):
        return True
    if wishes.introduces:
        own = "|".join(re.escape(folded(word)) for word in sorted(wishes.own)) or "(?!)"
        ends = f"{_anywhere(wishes.introduces, wishes).pattern}(?:(?:{own}) )?$"
        if re.search(ends, "".join(f"{word} " for word in before.split()[-LONGEST_END:])):
            return True
    behind = after.removeprefix(", ")
    return bool(wishes.attributes and _anywhere(wishes.attributes, wishes).match(behind))


def _is_question(text: str, words: list[str], wishes: Wishes) -> bool:
    """The last sentence asks, and nobody asks themselves: “What did I do? I told him …”, or others:
    “I asked my team: who can help?”"""
    *before, last = sentences(text)
    asked = words_of(last)
    announced, _, told = last.partition(": ")
    if told:
        return _announces(announced, wishes) and _is_question(told, words_of(told), wishes)
    if not 0 < len(words) <= LONGEST_ASKED or not wishes.questions:
        return False
    if wishes.rhetorical and _anywhere(wishes.rhetorical, wishes).search(joined(asked, folded)):
        return False
    begins = bool(_beginning(wishes).match(joined(asked, bare)))
    if last.endswith("?"):
        return begins or len(words) <= SHORT_QUESTION
    return begins and not before and len(words) <= LONGEST_QUESTION


def _announces(said: str, wishes: Wishes) -> bool:
    """“One question: …”"""
    has_one = "has_question" in wishes.patterns and _whole("has_question", wishes)
    return bool(has_one and has_one.fullmatch(joined(words_of(said), folded)))


def sentences(text: str) -> list[str]:
    """At least one, which may be empty."""
    return re.split(r"(?<=[.!?…]) +", text.strip())


def bare(text: str) -> str:
    """As some recognisers write: without apostrophes and hyphens."""
    return text.lower().replace("'", "").replace("-", " ").replace("œ", "oe")


def folded(text: str) -> str:
    """Without accents either, which tell questions from clauses in Spanish, but no wishes apart;
    only “ich müsste gehen” is one, and “ich musste gehen” tells of what was."""
    spelled = WOULD.sub(
        lambda found: found[0].translate(SPELLED), unicodedata.normalize("NFC", bare(text))
    )
    marked = unicodedata.normalize("NFKD", spelled)
    return "".join(c for c in marked if not unicodedata.combining(c))


WOULD = re.compile(r"\b(?:müsst|hätt)")
SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def joined(words: list[str], written: Callable[[str], str]) -> str:
    """Each word, as it is `written`, and a space behind it."""
    return "".join(f"{part} " for word in words for part in written(word).split())


def _whole(wish: Wish, wishes: Wishes, *, alone: bool = False) -> re.Pattern[str]:
    patterns = wishes.patterns.get(wish, ()) + (wishes.alone.get(wish, ()) if alone else ())
    around = wishes.around - NOES if wish == "yes" else wishes.around
    pieces = tuple(wishes.pieces.items())
    return compiled(patterns, pieces, around, only_first=False)


def _anywhere(patterns: tuple[str, ...], wishes: Wishes) -> re.Pattern[str]:
    pieces = tuple(wishes.pieces.items())
    meant = compiled(patterns, pieces, frozenset(), only_first=False)
    return re.compile(f"(?<![^ ]){meant.pattern}")


def _beginning(wishes: Wishes) -> re.Pattern[str]:
    pieces = tuple(wishes.pieces.items())
    return compiled(wishes.questions, pieces, wishes.around, only_first=True)


@cache
def compiled(
    patterns: tuple[str, ...],
    pieces: tuple[tuple[str, str], ...],
    around: frozenset[str],
    *,
    only_first: bool,
) -> re.Pattern[str]:
    """One of the patterns or more, and small words around them."""
    written = bare if only_first else folded
    polite = _among(around, written)
    meant = "|".join(expression(one, dict(pieces), written) for one in patterns) or "(?!)"
    return re.compile(f"{polite}(?:{meant})" if only_first else f"{polite}(?:(?:{meant}){polite})+")


def _among(around: frozenset[str], written: Callable[[str], str]) -> str:
    """Any of the small words, and several together where they are written so."""
    small = "|".join(sorted(re.escape(written(words)) for words in around)) or "(?!)"
    return f"(?:(?:{small}) )*"
