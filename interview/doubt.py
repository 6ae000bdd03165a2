"""Words that a recogniser is not sure of, and what must not rest on them."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from difflib import SequenceMatcher

from interview.events import Word
from interview.ids import TurnId
from interview.lexicon import nfc
from interview.scoring import Quote
from interview.turns import Turn

GATE = "3"
"""Changes with the rules here."""

SURE_FROM = 0.5
"""A word below this confidence is doubtful: it is more likely wrong than right by recognisers whose
confidence is a probability (Deepgram says so of its own). The embedded one, on 1,043 words of
this project's recordings, gives less to two of three wrong words and to one of eight right ones."""

MOST_DOUBTFUL = Decimal("0.3")
"""A larger share of doubtful words makes a transcript that nobody should be judged by: about what
the embedded recogniser says of speech of which it gets every third word wrong."""

MOST_PAIRS = 2_000_000
"""Of a recognised and a written word that are the same: an hour of talk has about one million, and
whoever says and types nothing but “um” keeps nobody waiting."""


def is_unsure(word: Word) -> bool:
    """Whether a word is doubtful."""
    return word.confidence < SURE_FROM


def doubtful(turn: Turn) -> tuple[int, ...]:
    """Which of the turn's words are doubtful, as indexes into `words`."""
    return tuple(at for at, word in enumerate(turn.words) if is_unsure(word))


def share(turns: Iterable[Turn]) -> Decimal:
    """The share of doubtful words in what was said; what was typed or corrected is sure."""
    heard = [(len(doubtful(turn)), _count(turn)) for turn in turns]
    doubts, words = (sum(each) for each in zip(*heard, strict=True)) if heard else (0, 0)
    return Decimal(doubts) / words if words else Decimal(0)


def is_doubtful(turns: Iterable[Turn]) -> bool:
    """Whether too much of it is."""
    return share(turns) > MOST_DOUBTFUL


def rests_on_doubt(quotes: Sequence[Quote], turns: Mapping[TurnId, Turn]) -> bool:
    """Whether too many of the quoted words are doubtful.

    Where the recognised words are not found in the text, the whole turn is looked at.
    """
    doubts = words = 0
    for quote in quotes:
        within, of = _quoted(quote, turns[quote.turn_id])
        doubts, words = doubts + within, words + of
    return words > 0 and Decimal(doubts) / words > MOST_DOUBTFUL


def placed(turn: Turn) -> tuple[int | None, ...] | None:
    """For each word of the spoken text which of the turn's `words` it is, and None if it was typed;
    None alone where `words` are not found in the text in their order.

    Outside of what was written as many words are these, one for one, however the recogniser wrote
    them, signs alone counted or not; if it wrote more or fewer, they are looked for. Old turns do
    not say what was written.
    """
    text = nfc(turn.spoken)
    spans = [found.span() for found in re.finditer(r"\S+", text)]
    outside = [at for at, span in enumerate(spans) if not is_written(turn, *span)]
    heard = {at: _folded(text[slice(*spans[at])]) for at in outside}
    at = _one_for_one(turn, outside, heard)
    if at is None:
        words = [_folded(word.text) for word in turn.words]
        found = _in_pieces(words, [*heard.values()]) or _in_order(words, [*heard.values()])
        at = None if found is None else [outside[place] for place in found]
    if at is None:
        return None
    places = {place: word for word, place in enumerate(at)}
    return tuple(places.get(place) for place in range(len(spans)))


def _one_for_one(turn: Turn, outside: list[int], heard: Mapping[int, str]) -> list[int] | None:
    if turn.typed and not turn.written:
        return None
    of_letters = [at for at in outside if heard[at]]
    return next((at for at in (outside, of_letters) if len(at) == len(turn.words)), None)


def is_written(turn: Turn, start: int, end: int) -> bool:
    """Whether some of these characters, of a word or of words, came in writing."""
    return any(span.start < end and start < span.end for span in turn.written)


def quoted(quote: Quote, turn: Turn) -> tuple[int | None, ...] | None:
    """For each word of a quote from the spoken text what `placed` says of it; None as there."""
    words = placed(turn)
    if words is None:
        return None
    spoken = nfc(turn.spoken)
    first = len(spoken[: quote.start].split())
    # A quote may begin or end inside of what is written as one word.
    if quote.start and not spoken[quote.start - 1].isspace():
        first -= 1
    return words[first : first + len(quote.text.split())]


def _quoted(quote: Quote, turn: Turn) -> tuple[int, int]:
    words = quoted(quote, turn)
    if words is None:
        return len(doubtful(turn)), _count(turn)
    doubts = frozenset(doubtful(turn))
    return sum(word in doubts for word in words), len(words)


def _in_pieces(words: Sequence[str], text: Sequence[str]) -> list[int] | None:
    """Where each of the words stands: what was recognised came in long pieces, and what was typed
    stands between them. None when some are left over, or would be sought for too long."""
    said, stand = Counter(words), Counter(text)
    if sum(count * stand[word] for word, count in said.items()) > MOST_PAIRS:
        return None
    blocks = SequenceMatcher(None, words, text, autojunk=False).get_matching_blocks()
    places = [at for block in blocks for at in range(block.b, block.b + block.size)]
    return places if len(places) == len(words) else None


def _in_order(words: Sequence[str], text: Sequence[str]) -> list[int] | None:
    """Where each of the words comes next."""
    places, at = list[int](), -1
    for word in words:
        try:
            at = text.index(word, at + 1)
        except ValueError:
            return None
        places.append(at)
    return places


def _folded(word: str) -> str:
    """Recognisers give words with their capitals and full stops, or without."""
    return "".join(c for c in nfc(word).casefold() if c.isalnum())


def _count(turn: Turn) -> int:
    """Where the text has more words than were recognised, the others were typed."""
    return max(len(turn.words), len(turn.spoken.split()))
