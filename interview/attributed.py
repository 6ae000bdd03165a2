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

Claim = list[list[str]]
"""Words that are said to have been said together; where several are listed, one of them was."""

CITED = re.compile(r"[«“„\"]([^«»“”„\"]+)[»”“\"]")


@dataclass(frozen=True, slots=True)
class Attributions:
    """Of one language. `said` is how a clause begins to tell what somebody said, and `echoes` how
    one says that the next clause does (“as you said, …”). `small` are words that claim nothing,
    `vague` nouns that do not either (“the situation that you described”), and `verbs` those of
    `said`.

    `holds` begin the clause that holds what was said (“that …”), `joins` do as well, unless it is
    the one that asks (“how …”). `relatives` stand between `said` and what it is about (“the
    migration that you …”); after one of `questions`, the clause that asks tells nothing.
    """

    said: Phrases
    echoes: Phrases
    small: frozenset[str]
    vague: frozenset[str]
    verbs: frozenset[str]
    holds: frozenset[str]
    joins: frozenset[str]
    relatives: frozenset[str]
    questions: frozenset[str]

    def are_invented(self, probe: str, heard: Sequence[str]) -> bool:
        """`heard` is what the candidate said about the question, turn by turn."""
        turns = [folded(one).split() for one in heard]
        cited = (folded(one).split() for one in CITED.findall(probe))
        if any(words and not _is_cited(words, turns) for words in cited):
            return True
        return any(
            not any(_lie_together(words, turn) for words in claim for turn in turns)
            for claim in self._claims(probe)
        )

    def _claims(self, probe: str) -> Iterator[Claim]:
        """Each thing that is said to have been said."""
        clauses = [clause for part in BREAKS.split(probe) if (clause := folded(part)).strip()]
        for at, clause in enumerate(clauses):
            echo = self.echoes.pattern.search(clause)
            if echo is not None:
                rest = [clause[echo.end() - 1 :], *clauses[at + 1 :]]
                told = (self._of_weight(each.split()) for each in rest[:-1])
                claim = [next(filter(None, told), [])]
            else:
                found = self.said.pattern.search(clause)
                claim = self._told(found, clauses, at) if found else []
            if any(claim):
                yield claim

    def _told(self, found: re.Match[str], clauses: Sequence[str], at: int) -> Claim:
        """What `found` in the clause `at` is about. The last clause is the one that asks."""
        clause, asks = clauses[at], at + 1 == len(clauses)
        told, before = found[0].split(), clause[: found.start()].split()
        behind = clause[found.end() - 1 :].split()
        after = self._of_weight(behind)
        inside = [word for word in self._of_weight(told) if word not in self.verbs]
        is_relative = not self.relatives.isdisjoint({*before[-1:], told[0]})
        if near := self._just_before(before):
            if is_relative and not asks:
                return [[*near, *inside, *after]]
            if is_relative or (self._weighs(before[-1]) and (asks or not after)):
                return [[*near, *inside]]
        if is_relative and at and not (inside or after or self._of_weight(before)):
            # A verb may stand in between: “was lernten Sie aus dem Fehler, von dem Sie sprachen”.
            apart = self._just_before(clauses[at - 1].split())
            return [[word] for word in apart if self.vague.isdisjoint(apart)]
        if asks and not inside and self._asks_itself(before, [told[-1], *behind[:1]], is_relative):
            return []
        if not (asks or after) and self._is_joined(clauses[at + 1], asks=at + 2 == len(clauses)):
            after = self._of_weight(clauses[at + 1].split())
        return [[*inside, *after]]

    def _asks_itself(self, before: list[str], edge: list[str], is_relative: bool) -> bool:
        """What follows in the clause that asks is the question, and nothing that was said."""
        begins_to_ask = not self.questions.isdisjoint(before[-1:])
        return begins_to_ask or (is_relative and self.holds.isdisjoint(edge))

    def _is_joined(self, clause: str, *, asks: bool) -> bool:
        first = clause.split(maxsplit=1)[0]
        return first in self.holds or (first in self.joins and not asks)

    def _just_before(self, words: Sequence[str]) -> list[str]:
        """“The migration that you mentioned”: the words next to it that weigh something."""
        left, found = [*words], list[str]()
        while left and left[-1] in self.small - self.vague:
            left.pop()
        while left and left[-1] not in self.small:
            found.insert(0, left.pop())
        return found if self.vague.isdisjoint(found[-1:]) else []

    def _weighs(self, word: str) -> bool:
        return word not in self.small and word not in self.vague

    def _of_weight(self, words: Iterable[str]) -> list[str]:
        return [word for word in words if self._weighs(word)]


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
