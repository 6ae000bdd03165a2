"""Whether a probe puts words into the candidate's mouth.

Only what a probe itself marks as theirs is looked at (“you said …”, quotation marks): code can
prove whether words are there, and not what follows from them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from interview.probing import BREAKS, Phrases
from interview.readings import folded

STRETCH = 25
"""Words that are said to belong together lie at most so far apart."""

SHORT, ENDING = 4, 3
"""Forms of one word share their beginning but for so many letters; a shorter one has no forms."""

CITED = re.compile(r"[«“„\"]([^«»“”„\"]+)[»”“\"]")


@dataclass(frozen=True, slots=True)
class Attributions:
    """Of one language. `said` is how a clause begins to tell what somebody said; `small` are words
    that claim nothing, `verbs` those of `said`, and `joins` begin the clause that holds what was
    said (“that …”)."""

    said: Phrases
    small: frozenset[str]
    verbs: frozenset[str]
    joins: frozenset[str]

    def are_invented(self, probe: str, heard: Sequence[str]) -> bool:
        """`heard` is what the candidate said about the question, turn by turn."""
        turns = [folded(one).split() for one in heard]
        cited = (folded(one).split() for one in CITED.findall(probe))
        if any(words and not _is_cited(words, turns) for words in cited):
            return True
        return any(
            not any(_lie_together(claim, turn) for turn in turns) for claim in self._claims(probe)
        )

    def _claims(self, probe: str) -> Iterator[list[str]]:
        """The words of each thing that is said to have been said."""
        clauses = [folded(part) for part in BREAKS.split(probe)]
        for at, clause in enumerate(clauses):
            for found in self.said.pattern.finditer(clause):
                inside = [w for w in self._of_weight(found[0].split()) if w not in self.verbs]
                after = self._of_weight(clause[found.end() - 1 :].split())
                if not after and at + 1 < len(clauses) and self._is_joined(clauses[at + 1]):
                    after = self._of_weight(clauses[at + 1].split())
                if not (inside or after):
                    after = self._just_before(clause[: found.start()], clauses[:at])
                if claim := [*inside, *after]:
                    yield claim

    def _is_joined(self, clause: str) -> bool:
        return clause.split()[:1] != [] and clause.split(maxsplit=1)[0] in self.joins

    def _just_before(self, clause: str, earlier: Iterable[str]) -> list[str]:
        """“The migration that you mentioned”: the words next to it that weigh something."""
        for text in (clause, *reversed([*earlier])):
            words, found = text.split(), list[str]()
            while words and (words[-1] in self.small) and not found:
                words.pop()
            while words and words[-1] not in self.small:
                found.insert(0, words.pop())
            if found:
                return found
        return []

    def _of_weight(self, words: Iterable[str]) -> list[str]:
        return [word for word in words if word not in self.small]


def _lie_together(claim: Sequence[str], turn: Sequence[str]) -> bool:
    """In their order and near each other, in whatever form."""
    starts = [at for at, word in enumerate(turn) if _is_form(claim[0], word)]
    return any(_follow(claim, turn[start : start + STRETCH]) for start in starts)


def _follow(claim: Sequence[str], stretch: Sequence[str]) -> bool:
    left = iter(stretch)
    return all(any(_is_form(word, said) for said in left) for word in claim)


def _is_form(word: str, said: str) -> bool:
    pairs = zip(word, said, strict=False)
    shared = sum(1 for _ in takewhile(lambda two: two[0] == two[1], pairs))
    is_alike = shared >= SHORT and shared >= max(len(word), len(said)) - ENDING
    return is_alike or word == said


def _is_cited(words: Sequence[str], turns: Iterable[Sequence[str]]) -> bool:
    asked = f" {' '.join(words)} "
    return any(asked in f" {' '.join(turn)} " for turn in turns)
