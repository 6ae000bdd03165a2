"""What some languages know of a clause, beside single words: whether it hangs or is settled.

German ends its subordinate clauses with the verb and puts what belongs to a verb far behind it
(“wir *haben* … *gefunden*”, “ich *rief* … *an*”); Romance languages put small words between an
auxiliary and its verb, and French writes two words as one (“qu'on”). A language without a grammar
is judged by its words alone.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

LONGEST_LEADING_CLAUSE = 12
LONGEST_CLAUSE = 30
LONGEST_DESCRIPTION = 7
PARTICLE_WITHIN = 9

Words = Sequence[str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The words of a language by what they do in a clause.

    `elisions`: a word that begins so is two, except those in `undivided`. `auxiliaries` want a verb
    after them, `between` are words that may stand before it.

    The rest is for clauses that end with their verb. One of `conjunctions` opens such a clause, and
    so does one of `maybe_conjunctions` before one of its words, but not after `comparatives`. One
    of `leading` at the beginning of an answer owes a main clause, too. Verbs are known behind
    `prefixes`, but for `no_verbs`; after one of `articles` what looks like an infinitive is a noun.
    `nonfinite` verbs are listed, or end like one of `nonfinite_endings`, or match `participle`;
    `no_participles` only look so. `modals` want one, and so do `haves` before a word of `pointed`,
    unless it is something of `had` that somebody has. A sentence that begins with one of `objects`
    wants no more of either (“das kann ich nicht”). `particles` belong to the verbs listed with
    them; `owing` verbs mean little without theirs.
    """

    elisions: tuple[str, ...] = ()
    undivided: frozenset[str] = frozenset()
    auxiliaries: frozenset[str] = frozenset()
    between: frozenset[str] = frozenset()
    conjunctions: frozenset[str] = frozenset()
    maybe_conjunctions: Mapping[str, frozenset[str]] = field(default_factory=dict)
    comparatives: frozenset[str] = frozenset()
    leading: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    no_verbs: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    nonfinite: frozenset[str] = frozenset()
    nonfinite_endings: tuple[str, ...] = ()
    participle: str = ""
    no_participles: frozenset[str] = frozenset()
    modals: frozenset[str] = frozenset()
    haves: frozenset[str] = frozenset()
    pointed: frozenset[str] = frozenset()
    had: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    joiners: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    particles: Mapping[str, frozenset[str]] = field(default_factory=dict)
    owing: frozenset[str] = frozenset()


def parted(words: Words, grammar: Grammar) -> list[str]:
    """The words with each elided one apart: `qu'on` is `qu'`, `on`."""
    if not grammar.elisions:
        return list(words)
    return [part for word in words for part in _parts(word, grammar)]


def _parts(word: str, grammar: Grammar) -> tuple[str, ...]:
    if word not in grammar.undivided:
        for elision in grammar.elisions:
            if word.startswith(elision) and word != elision:
                return (elision, *_parts(word[len(elision) :], grammar))
    return (word,)


def hangs(words: Words, grammar: Grammar, verbs: frozenset[str]) -> bool | None:
    """True when the clause wants more, False when it is surely whole, None when single words must
    tell. `verbs` are finite ones."""
    last, before = words[-1], words[-2] if len(words) > 1 else ""
    if last in grammar.between and before in grammar.auxiliaries:
        return True
    if last in grammar.particles and _has_verb_of(last, words, grammar):
        return False
    if not grammar.conjunctions:
        return None
    return _Clause(grammar, verbs).hangs(words)


def _has_verb_of(particle: str, words: Words, grammar: Grammar) -> bool:
    return not grammar.particles[particle].isdisjoint(words[-PARTICLE_WITHIN:-1])


@dataclass(frozen=True, slots=True)
class _Clause:
    """The rules for a language whose subordinate clauses end with their verb."""

    grammar: Grammar
    verbs: frozenset[str]

    def hangs(self, words: Words) -> bool | None:
        words = words[-LONGEST_CLAUSE:]
        opened = self._last_conjunction(words)
        clause = words[opened + 1 :]
        if opened >= 0:
            found = self._verbs_at(clause)
            if not found or self._owes_main_clause(words):
                return True
            if found[-1] == len(clause) - 1:
                return False
            clause = clause[found[0] + 1 :]
        if self._wants_no_more(clause):
            return False
        return self._owes_nonfinite(clause) or self._owes_particle(clause) or None

    def _last_conjunction(self, words: Words) -> int:
        """Where the last clause with its verb at the end was opened; -1 for none."""
        places = (at for at in range(len(words) - 1, -1, -1) if self._opens(words, at))
        return next(places, -1)

    def _opens(self, words: Words, at: int) -> bool:
        grammar = self.grammar
        if words[at] in grammar.conjunctions:
            return True
        before, after = words[at - 1] if at else "", words[at + 1 : at + 2]
        follows = grammar.maybe_conjunctions.get(words[at], frozenset())
        return before not in grammar.comparatives and not follows.isdisjoint(after)

    def _verbs_at(self, clause: Words) -> list[int]:
        return [at for at in range(len(clause)) if self._is_verb(clause, at)]

    def _is_verb(self, clause: Words, at: int) -> bool:
        word, grammar = clause[at], self.grammar
        if at and clause[at - 1] in grammar.articles and not word.endswith(("t", "te", "ten")):
            return False
        return self._is_one_of(self.verbs, word)

    def _is_one_of(self, verbs: frozenset[str], word: str) -> bool:
        """Also behind a prefix: “anrief” is “rief”."""
        if word in verbs or word in self.grammar.no_verbs:
            return word in verbs
        prefixes = (p for p in self.grammar.prefixes if word.startswith(p))
        return any(word[len(prefix) :] in verbs for prefix in prefixes)

    def _owes_main_clause(self, words: Words) -> bool:
        if words[0] not in self.grammar.leading or not self._opens(words, 0):
            return False
        return len(words) <= LONGEST_LEADING_CLAUSE and self._clauses(words) < 2

    def _clauses(self, words: Words) -> int:
        """How many have their verb; “ändern mussten” is one."""
        found = self._verbs_at(words)
        joined = [at for at in found if at + 1 in found and self._is_nonfinite(words[at : at + 1])]
        return len(found) - len(joined)

    def _wants_no_more(self, clause: Words) -> bool:
        """“das glaube ich”; but “das habe ich …”."""
        if len(clause) < 3 or clause[0] not in self.grammar.objects:
            return False
        return clause[-1] in self.grammar.subjects and clause[-2] not in self.grammar.haves

    def _owes_nonfinite(self, clause: Words) -> bool:
        """“wir mussten das …”, “ich habe den Kunden …”."""
        if clause and clause[-1] in self.grammar.auxiliaries:
            return not (self._is_nonfinite(clause[-2:-1]) or self._describes(clause))
        helpers = self.grammar.modals | self.grammar.haves
        at = next((i for i in range(len(clause) - 1, -1, -1) if clause[i] in helpers), -1)
        before, after = clause[:at][-1:], clause[at + 1 :]
        if at < 0 or self._is_nonfinite([*before, *after]) or self._verbs_at(after):
            return False
        if clause[0] in self.grammar.objects:
            return False
        return clause[at] in self.grammar.modals or self._has_nothing(after)

    def _describes(self, clause: Words) -> bool:
        """“ich zeigte es der Kollegin, die neu war”, “… was los ist”: clauses with their verb."""
        openers = self.grammar.articles | self.grammar.maybe_conjunctions.keys()
        for at in range(max(1, len(clause) - LONGEST_DESCRIPTION), len(clause) - 2):
            is_new = clause[at] in openers and clause[at - 1] not in self.grammar.joiners
            if is_new and self._verbs_at(clause[:at]):
                return True
        return False

    def _has_nothing(self, after: Words) -> bool:
        """“wir haben uns dann mit …”; not “… keine Zeit”."""
        small = self.grammar.subjects | self.grammar.between
        weighty = [word for word in after if word not in small]
        if not weighty:
            return True
        return weighty[0] in self.grammar.pointed and self.grammar.had.isdisjoint(weighty)

    def _owes_particle(self, clause: Words) -> bool:
        """“ich rief den Kunden …”: its “an” is still to come."""
        owing, particles = self.grammar.owing, self.grammar.particles
        at = next((i for i in range(len(clause) - 1, -1, -1) if clause[i] in owing), -1)
        if at < 0 or self._verbs_at(after := clause[at + 1 :]):
            return False
        return not any(clause[at] in particles.get(word, ()) for word in after)

    def _is_nonfinite(self, words: Words) -> bool:
        """True when one of them is an infinitive or a participle."""
        grammar = self.grammar
        pattern = _pattern(grammar.participle)
        return any(
            self._is_one_of(grammar.nonfinite, word)
            or (len(word) > 5 and word.endswith(grammar.nonfinite_endings))
            or (word not in grammar.no_participles and pattern.fullmatch(word) is not None)
            for word in words
        )


@lru_cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
