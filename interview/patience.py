"""Patience: how long to stay silent before an answer counts as over. Pure policy over signals.

A person being interviewed must be allowed to think and be answered promptly. What a pause means is
read from five things: does the text end inside a clause or on a filler, how long the answer is
against what the question expects, what the end-of-turn model hears in the voice, how long this
speaker has paused within answers before, and what the candidate said or clicked.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields, replace
from itertools import pairwise

from interview.clauses import Grammar, hangs, parted
from interview.intents import Wishes

ENOUGH_SHARE = 0.7
"""An answer of this share of the expected words may well be whole."""

THINKING_S = 120.0
"""Whoever asked for time to think is not answered before this, unless done is said or clicked."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language that say whether a clause, or an answer, is over.

    `closers`: after one of these, its word ends a clause that it opens otherwise. `introductions`
    open one only at its beginning: alone, or after a filler or one of `joiners`. A wish to hear the
    question again is one of `repeat_phrases` among `polite` words alone, or asked for with one of
    `requests`.
    """

    open_words: frozenset[str] = frozenset()
    fillers: frozenset[str] = frozenset()
    backchannels: frozenset[str] = frozenset()
    think_phrases: frozenset[str] = frozenset()
    done_phrases: tuple[str, ...] = ()
    repeat_phrases: tuple[str, ...] = ()
    requests: tuple[str, ...] = ()
    polite: frozenset[str] = frozenset()
    acknowledgements: frozenset[str] = frozenset()
    determiners: frozenset[str] = frozenset()
    modifiers: frozenset[str] = frozenset()
    modifier_endings: tuple[str, ...] = ()
    starters: frozenset[str] = frozenset()
    verbs: frozenset[str] = frozenset()
    verb_endings: tuple[str, ...] = ()
    complementisers: frozenset[str] = frozenset()
    closers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    introductions: frozenset[str] = frozenset()
    joiners: frozenset[str] = frozenset()
    relatives: frozenset[str] = frozenset()
    leading_on: frozenset[str] = frozenset()
    wanting: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    subordinators: frozenset[str] = frozenset()
    infinitive: frozenset[str] = frozenset()
    wishes: Wishes = field(default_factory=Wishes)
    grammar: Grammar = field(default_factory=Grammar)


@dataclass(frozen=True, slots=True)
class Waits:
    """Silences in seconds, counted from the last loud sample that the agent received.

    `longest` and `short_longest` bound what a speaker's own pauses add inside a clause, and after a
    whole one: nobody's finished answer waits two seconds. `invited`: after we asked to go on with
    an answer, which whoever was cut off has to find again. `nudge`: who says nothing is asked
    kindly after this, again after twice this, and the interview pauses after thrice. `held`: an
    answer is held open for no longer than this while it is thought of what to say to it. `writing`:
    after a key whoever writes may look for the next word for so long.
    `unlikely` is no silence: below this probability of an end the model hears a voice that goes on;
    its own threshold is 0.36 (en).
    """

    done: float = 0.5
    whole: float = 0.65
    short: float = 1.55
    unsure: float = 1.55
    open_clause: float = 2.85
    own_pause_margin: float = 0.25
    longest: float = 4.0
    short_longest: float = 1.65
    invited: float = 7.5
    nudge: float = 20.0
    unlikely: float = 0.3
    held: float = 1.5
    writing: float = 10.0


@dataclass(frozen=True, slots=True)
class Signals:
    """What is known at a pause. `latest` are the words since the pause before (default: all);
    `end_of_turn` is the model's probability, None while unknown; `own_pauses_s` are silences after
    which this speaker went on with the same answer."""

    text: str
    words: int
    expected_words: int
    latest: str | None = None
    end_of_turn: float | None = None
    own_pauses_s: tuple[float, ...] = ()
    thinking: bool = False
    over_budget: bool = False


WAITS = Waits()


def stretched(waits: Waits, factor: float) -> Waits:
    """Longer silences: every wait lasts `factor` times as long; what is no silence stays."""
    silences = [each.name for each in fields(waits) if each.name != "unlikely"]
    return replace(waits, **{name: getattr(waits, name) * factor for name in silences})


def wait_s(signals: Signals, lexicon: Lexicon, waits: Waits = WAITS) -> float:
    """How much silence makes the answer over, in seconds since the last sound."""
    words = plain_words(signals.text)
    if _ends_with(words, lexicon.done_phrases) or signals.over_budget:
        return waits.done
    latest = signals.text if signals.latest is None else signals.latest
    if signals.thinking or asks_for_time(signals.text, latest, lexicon):
        return THINKING_S
    if _ends_with(words, lexicon.think_phrases):
        # “… in one second” ends an answer, “… let me see” does not: a while serves both.
        return waits.longest
    if ends_open(words, lexicon) or signals.text.rstrip().endswith((",", "…", "-")):
        return _personal(waits.open_clause, waits.longest, signals, waits)
    unlikely = signals.end_of_turn is not None and signals.end_of_turn < waits.unlikely
    if signals.words < signals.expected_words * ENOUGH_SHARE:
        if unlikely or leads_on(words, lexicon):
            return _personal(waits.open_clause, waits.longest, signals, waits)
        return _personal(waits.short, waits.short_longest, signals, waits)
    return waits.unsure if unlikely else waits.whole


def _personal(base: float, longest: float, signals: Signals, waits: Waits) -> float:
    """At least as long as this speaker is known to pause, up to a limit."""
    longest_pause = max(signals.own_pauses_s, default=0.0)
    return min(max(base, longest_pause + waits.own_pause_margin), longest)


def ends_open(words: list[str], lexicon: Lexicon) -> bool:
    """True when the words end inside a clause: on a filler, on a word that cannot end one, on a
    verb that wants its object or a modifier that wants its noun, or while a verb is still owed."""
    words = parted(words[-LOOKED_BACK:], lexicon.grammar)
    if not words:
        return False
    settled = hangs(words, lexicon.grammar, lexicon.verbs)
    if settled is not None:
        return settled
    last, before = words[-1], words[-2] if len(words) > 1 else ""
    if last in lexicon.introductions:
        leads_in = lexicon.joiners | (lexicon.fillers - lexicon.closers.keys())
        return not before or before in leads_in
    if last in lexicon.closers:
        return before not in lexicon.closers[last]
    if last in lexicon.open_words or last in lexicon.fillers:
        return True
    if last in lexicon.wanting and before in lexicon.subjects:
        # “so we decided …” goes on; “the best decision we made” does not.
        if before in lexicon.grammar.auxiliaries and lexicon.relatives & {*words[-4:-3]}:
            return False  # “ce que j'ai fait”
        return len(words) < 3 or words[-3] in lexicon.open_words
    if before in lexicon.determiners and (
        last in lexicon.modifiers or last.endswith(lexicon.modifier_endings)
    ):
        return True
    return (
        _lacks_verb(words, lexicon)
        or _lacks_main_clause(words, lexicon)
        or _lacks_verb_of_described(words, lexicon)
    )


def leads_on(words: list[str], lexicon: Lexicon) -> bool:
    """True when the words may be a sentence, but mostly begin one: somebody was asked or persuaded,
    and what to do is still to come: “so I asked the others …”."""
    for at in range(max(1, len(words) - MAX_OBJECT - 1), len(words) - 1):
        if words[at] in lexicon.leading_on and words[at - 1] in lexicon.subjects:
            return not any(_is_verb(word, lexicon) for word in words[at + 1 :])
    return False


def _lacks_verb(words: list[str], lexicon: Lexicon) -> bool:
    """The last clause began with a conjunction and has only a noun so far: “because my manager”."""
    for distance, word in enumerate(reversed(words[-MAX_SUBJECT - 1 :])):
        if word in lexicon.starters:
            return distance > 0 and words[len(words) - distance] in lexicon.determiners
        if _is_verb(word, lexicon):
            return False
    return False


def _lacks_main_clause(words: list[str], lexicon: Lexicon) -> bool:
    """The answer began with a clause that leads to another one: “when the alarm went off”."""
    leads = words[0] in lexicon.subordinators and not lexicon.complementisers & {*words[1:2]}
    if not leads or len(words) > MAX_LEADING_CLAUSE:
        return False
    return len(_verbs(words, lexicon)) < 2


def _verbs(words: list[str], lexicon: Lexicon) -> list[str]:
    """What was done: infinitives, and verbs after their auxiliary, do not count."""
    grammar = lexicon.grammar
    weighty = [word for word in words if word not in grammar.between]
    no_more = lexicon.infinitive | grammar.auxiliaries
    return [w for before, w in pairwise(weighty) if _is_verb(w, lexicon) and before not in no_more]


def _lacks_verb_of_described(words: list[str], lexicon: Lexicon) -> bool:
    """A subject is described and what it did is still to come: “the service that we replaced”.

    Only where a clause begins: in “I liked the service that we replaced” nothing is owed.
    """
    begins = frozenset({"", *lexicon.joiners, *lexicon.fillers, *lexicon.starters})
    for at in range(max(2, len(words) - MAX_DESCRIPTION), len(words) - 1):
        if words[at] not in lexicon.relatives:
            continue
        for first in range(max(0, at - MAX_SUBJECT), at - 1):
            before = words[first - 1] if first else ""
            named = words[first:at]
            if named[0] in lexicon.determiners and before in begins:
                if any(_is_verb(word, lexicon) for word in named):
                    return False
                return _described_verbs(words[at:], lexicon) < 2
    return False


def _described_verbs(words: list[str], lexicon: Lexicon) -> int:
    auxiliaries = lexicon.grammar.auxiliaries
    return sum(_is_verb(w, lexicon) and v not in auxiliaries for v, w in pairwise(words))


def _is_verb(word: str, lexicon: Lexicon) -> bool:
    return word in lexicon.verbs or (len(word) > 4 and word.endswith(lexicon.verb_endings))


LOOKED_BACK = 60
MAX_SUBJECT = 4
MAX_OBJECT = 3
MAX_DESCRIPTION = 7
MAX_LEADING_CLAUSE = 9


def is_backchannel(text: str, lexicon: Lexicon) -> bool:
    """True for a short listening sound: every word is one."""
    words = plain_words(text)
    return 0 < len(words) <= 3 and all(word in lexicon.backchannels for word in words)


def says_nothing(text: str, lexicon: Lexicon) -> bool:
    """True when every word only fills time or shows that the question was heard."""
    return all(word in lexicon.fillers | lexicon.acknowledgements for word in plain_words(text))


WHOSE_WITHIN = 4
"""So many words before theirs tell that others are quoted: “and I told him to … hold on”."""


def asks_for_time(text: str, latest: str, lexicon: Lexicon) -> bool:
    """True when the words since the last pause are a wish for time to think and nothing else, and
    not what somebody else is told to have said."""
    small = lexicon.fillers | lexicon.acknowledgements
    if not _is_all(plain_words(latest), lexicon.think_phrases, small):
        return False
    before = plain_words(text.removesuffix(latest))
    is_told_to = bool(before) and before[-1] in lexicon.infinitive
    others = before[-WHOSE_WITHIN:] if is_told_to else before[-1:]
    return lexicon.wishes.reports.isdisjoint(others)


def asks_to_repeat(text: str, lexicon: Lexicon) -> bool:
    """True when a short utterance asks for the question again: it begins with a request for that,
    or says nothing else. Whoever tells of something that was repeated asks for nothing."""
    words = plain_words(text)
    if len(words) > LONGEST_WISH:
        return False
    small = lexicon.fillers | lexicon.acknowledgements | lexicon.polite
    rest = words
    while rest:
        asked = _phrase_at(rest, lexicon.requests)
        if asked and _phrase_at(_after(rest[asked:], (), small), lexicon.repeat_phrases):
            return True
        skipped = asked or _phrase_at(rest, lexicon.repeat_phrases) or int(rest[0] in small)
        if not skipped:
            break
        rest = rest[skipped:]
    return _is_all(words, lexicon.repeat_phrases, small)


LONGEST_WISH = 14
LONGEST_PHRASE = 14
"""No phrase has more words."""


def _is_all(words: list[str], phrases: Collection[str], small: frozenset[str]) -> bool:
    """At least one of the phrases, and nothing but them and small words."""
    return not _after(words, phrases, small) and bool(_after(words, (), small))


def _after(words: list[str], phrases: Collection[str], small: frozenset[str]) -> list[str]:
    """What follows the phrases and small words at the beginning."""
    while words:
        length = _phrase_at(words, phrases) or (1 if words[0] in small else 0)
        if not length:
            break
        words = words[length:]
    return words


def _phrase_at(words: list[str], phrases: Collection[str]) -> int:
    """How many words the longest phrase has that they begin with; 0 when there is none."""
    lengths = range(min(len(words), LONGEST_PHRASE), 0, -1)
    return next((length for length in lengths if " ".join(words[:length]) in phrases), 0)


def plain_words(text: str) -> list[str]:
    """In lower case, without what stands around them."""
    plain = text.replace("’", "'")
    return [w for w in (raw.strip('.,;:!?…"“”„«»()¿¡').lower() for raw in plain.split()) if w]


def _ends_with(words: list[str], phrases: Collection[str]) -> bool:
    tail = words[-LONGEST_PHRASE:]
    return any(" ".join(tail[at:]) in phrases for at in range(len(tail)))
