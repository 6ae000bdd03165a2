"""Patience: how long to stay silent before an answer counts as over. Pure policy over signals.

A person being interviewed must be allowed to think and be answered promptly. What a pause means is
read from five things: does the text end inside a clause or on a filler, how long the answer is
against what the question expects, what the end-of-turn model hears in the voice, how long this
speaker has paused within answers before, and what the candidate said or clicked.
"""

from dataclasses import dataclass

ENOUGH_SHARE = 0.6
"""An answer of this share of the expected words may well be whole."""

THINKING_S = 120.0
"""Whoever asked for time to think is not answered before this, unless done is said or clicked."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language that say whether a clause, or an answer, is over."""

    open_words: frozenset[str]
    fillers: frozenset[str]
    backchannels: frozenset[str]
    think_phrases: tuple[str, ...]
    done_phrases: tuple[str, ...]
    repeat_phrases: tuple[str, ...]
    acknowledgements: frozenset[str] = frozenset()
    determiners: frozenset[str] = frozenset()
    modifiers: frozenset[str] = frozenset()
    modifier_endings: tuple[str, ...] = ()
    starters: frozenset[str] = frozenset()
    verbs: frozenset[str] = frozenset()
    verb_endings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Waits:
    """Silences in seconds, counted from the last loud sample that the agent received.

    `invited`: after we asked to go on with an answer. `nudge`: who says nothing is asked kindly
    after this, again after twice this, and the interview pauses after thrice.
    """

    done: float = 0.5
    whole: float = 0.65
    short: float = 1.55
    unsure: float = 1.55
    open_clause: float = 2.85
    own_pause_margin: float = 0.25
    longest: float = 4.0
    invited: float = 6.0
    nudge: float = 20.0


@dataclass(frozen=True, slots=True)
class Signals:
    """What is known at a pause. `end_of_turn` is the model's probability, None while unknown;
    `own_pauses_s` are silences after which this speaker went on with the same answer."""

    text: str
    words: int
    expected_words: int
    end_of_turn: float | None = None
    own_pauses_s: tuple[float, ...] = ()
    thinking: bool = False
    over_budget: bool = False


WAITS = Waits()


def wait_s(signals: Signals, lexicon: Lexicon, waits: Waits = WAITS) -> float:
    """How much silence makes the answer over, in seconds since the last sound."""
    words = _words(signals.text)
    if _ends_with(words, lexicon.done_phrases) or signals.over_budget:
        return waits.done
    if signals.thinking or _ends_with(words, lexicon.think_phrases):
        return THINKING_S
    if ends_open(words, lexicon) or signals.text.rstrip().endswith((",", "…", "-")):
        return _personal(waits.open_clause, signals, waits)
    if signals.words < signals.expected_words * ENOUGH_SHARE:
        return _personal(waits.short, signals, waits)
    if signals.end_of_turn is not None and signals.end_of_turn < UNLIKELY:
        return waits.unsure
    return waits.whole


UNLIKELY = 0.05


def _personal(base: float, signals: Signals, waits: Waits) -> float:
    """At least as long as this speaker is known to pause, up to a limit."""
    longest_pause = max(signals.own_pauses_s, default=0.0)
    return min(max(base, longest_pause + waits.own_pause_margin), waits.longest)


def ends_open(words: list[str], lexicon: Lexicon) -> bool:
    """True when the words end inside a clause: on a filler, on a word that cannot end one, on a
    modifier that still wants its noun, or in a clause that has no verb yet."""
    if not words:
        return False
    last = words[-1]
    if last in lexicon.open_words or last in lexicon.fillers:
        return True
    modified = len(words) > 1 and words[-2] in lexicon.determiners
    if modified and (last in lexicon.modifiers or last.endswith(lexicon.modifier_endings)):
        return True
    return _lacks_verb(words, lexicon)


def _lacks_verb(words: list[str], lexicon: Lexicon) -> bool:
    """The last clause began with a conjunction and has only a subject so far."""
    for distance, word in enumerate(reversed(words)):
        if word in lexicon.starters:
            return 0 < distance <= MAX_SUBJECT
        if word in lexicon.verbs or (len(word) > 4 and word.endswith(lexicon.verb_endings)):
            return False
    return False


MAX_SUBJECT = 4


def is_backchannel(text: str, lexicon: Lexicon) -> bool:
    """True for a short listening sound: every word is one."""
    words = _words(text)
    return 0 < len(words) <= 3 and all(word in lexicon.backchannels for word in words)


def says_nothing(text: str, lexicon: Lexicon) -> bool:
    """True when every word only fills time or shows that the question was heard."""
    return all(word in lexicon.fillers | lexicon.acknowledgements for word in _words(text))


def asks_to_repeat(text: str, lexicon: Lexicon) -> bool:
    """True when the whole short utterance asks for the question again."""
    words = _words(text)
    joined = f" {' '.join(words)} "
    return len(words) <= 14 and any(f" {phrase} " in joined for phrase in lexicon.repeat_phrases)


def _words(text: str) -> list[str]:
    return [w for w in (raw.strip('.,;:!?…"“”()').lower() for raw in text.split()) if w]


def _ends_with(words: list[str], phrases: tuple[str, ...]) -> bool:
    tail = f" {' '.join(words[-8:])}"
    return any(tail.endswith(f" {phrase}") for phrase in phrases)
