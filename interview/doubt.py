"""Words that a recogniser is not sure of, and what must not rest on them."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from interview.events import Word
from interview.ids import TurnId
from interview.lexicon import nfc
from interview.scoring import Quote
from interview.turns import Turn

GATE = "1"
"""Changes with the rules here."""

SURE_FROM = 0.5
"""A word below this confidence is doubtful: it is more likely wrong than right by recognisers whose
confidence is a probability (Deepgram says so of its own). The embedded one, on 1,043 words of
this project's recordings, gives less to two of three wrong words and to one of eight right ones."""

MOST_DOUBTFUL = Decimal("0.3")
"""A larger share of doubtful words makes a transcript that nobody should be judged by: about what
the embedded recogniser says of speech of which it gets every third word wrong."""


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

    Where words and text do not go together one by one, the whole turn is looked at.
    """
    doubts = words = 0
    for quote in quotes:
        within, of = _quoted(quote, turns[quote.turn_id])
        doubts, words = doubts + within, words + of
    return words > 0 and Decimal(doubts) / words > MOST_DOUBTFUL


def _quoted(quote: Quote, turn: Turn) -> tuple[int, int]:
    spoken = nfc(turn.spoken)
    if len(spoken.split()) != len(turn.words):
        return len(doubtful(turn)), _count(turn)
    first = len(spoken[: quote.start].split())
    # A quote may begin or end inside of what is written as one word.
    if quote.start and not spoken[quote.start - 1].isspace():
        first -= 1
    last = first + len(quote.text.split())
    return sum(first <= at < last for at in doubtful(turn)), last - first


def _count(turn: Turn) -> int:
    return len(turn.words) or len(turn.spoken.split())
