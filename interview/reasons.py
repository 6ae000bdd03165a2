"""What no reason for a rating may hold: a matter that is nobody's to judge by, or our own words.

A reason is a judgement and is written in the rubric's words, so verdicts and levels belong in it,
other than in a probe. What is protected does not: the level may rest on it, which no code can rule
out, and the report would say so beside the score.
"""

import re
import string
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from interview.kit import Jurisdiction
from interview.languages import base_of
from interview.probing import Phrases
from interview.readings import folded, readings

RECITED_WORDS = 8
"""So many words of the instructions in a row are no coincidence."""


@dataclass(frozen=True, slots=True)
class Words:
    """Of one language. What is of `work` touches nothing protected: “the mother of the pupil”."""

    protected: Mapping[str, Phrases]
    work: Phrases

    def touched_in(self, text: str, matters: frozenset[str]) -> list[str]:
        private = [self.work.excused_in(reading) for reading in readings(text)]
        return [m for m, held in self.protected.items() if m in matters and held.are_in(private)]


@dataclass(frozen=True)
class ReasonGuard:
    """`languages` are those with words; `matters_in` is what is protected in some jurisdictions,
    and `speaks` the language with words that a text is most likely in. `version` changes with
    everything that decides."""

    version: str
    languages: Mapping[str, Words]
    matters_in: Callable[[Iterable[Jurisdiction]], frozenset[str]]
    speaks: Callable[[str], str]

    def touches(
        self, reason: str, language: str, jurisdictions: Iterable[Jurisdiction], authored: str
    ) -> str | None:
        """The protected matter that a reason names, unless what the kit's author has written
        (`authored`) names it, too: then it belongs to the work, as children do in a kindergarten.
        It is held against the words of the kit's language and of the one that it is in."""
        matters = self.matters_in(jurisdictions)
        for spoken in dict.fromkeys((base_of(language), self.speaks(reason))):
            if (words := self.languages.get(spoken)) is None:
                continue
            of_work = set(words.touched_in(authored, matters))
            found = (one for one in words.touched_in(reason, matters) if one not in of_work)
            if (matter := next(found, None)) is not None:
                return matter
        return None


def recites(reason: str, template: str) -> bool:
    """Whether a reason holds some of the instructions word for word; what a kit put into them (its
    definition, its anchors) may be cited."""
    said = set(_runs(reason))
    pieces = (piece for piece, *_ in string.Formatter().parse(template))
    return any(not said.isdisjoint(_runs(part)) for each in pieces for part in BLOCKS.split(each))


BLOCKS = re.compile(r"\n\s*\n")


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = folded(text).split()
    return (tuple(words[at : at + RECITED_WORDS]) for at in range(len(words) - RECITED_WORDS + 1))
