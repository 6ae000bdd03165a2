"""The offline rater: finds the indicators that a kit names in what the candidate said.

It looks for words and understands nothing. Nobody can talk it into anything, for it follows no
instruction; but whoever recites a kit's indicator phrases is credited with them, and whoever says
the same in words that the kit does not name is not. Its ratings are a person's starting point.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from interview.hostile import Flag
from interview.ids import TurnId
from interview.kit import LEVELS, Competency, Kit
from interview.languages import ENGLISH, base_of
from interview.lexicon import Heard, Lexicon, hear, nfc, sentence_around, spot, stems_of
from interview.mishearing import may_be_hidden, unsure_in
from interview.rater import Judged, Material, Signature, Sitting, Unasked
from interview.scoring import Quote, Rating, Run, rate, unrated
from interview.turns import Turn

RATER = "indicators"
VERSION = "9"


@dataclass(frozen=True, slots=True)
class Answer:
    """A candidate's turn, taken apart; `text` is its spoken text in NFC, and `unsure` are the words
    of `heard` that the recogniser was not sure of."""

    turn_id: TurnId
    question: str
    text: str
    heard: Heard
    unsure: frozenset[int]


@dataclass(frozen=True, slots=True)
class Hit:
    """An indicator that was heard: the kit's phrase, and the candidate's words."""

    phrase: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Finding:
    """`level` is the highest one whose every indicator was heard, `hits` one for each of them.

    Without a level, `hits` are the indicators that were heard all the same. `is_open`: a higher
    level of which something was heard may have been reached, in words that were hardly understood.
    """

    level: int | None
    hits: tuple[Hit, ...]
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Wording:
    """Sentences for people who read a scorecard, in the language of its kit; fields: `{level}`,
    `{phrases}`, `{language}`."""

    heard: str
    partly: str
    nothing: str
    no_indicators: str
    no_lexicon: str
    not_asked: str
    not_filed: str
    transcript: str


def answers_of(turns: Iterable[Turn], lexicon: Lexicon) -> tuple[Answer, ...]:
    """What the candidate said in answer to questions, in order: spoken words and nothing else."""
    return tuple(
        Answer(turn.turn_id, turn.question, text, heard, unsure_in(turn, heard))
        for turn in turns
        if turn.speaker == "candidate" and turn.question is not None
        for text in (nfc(turn.spoken),)
        for heard in (hear(text, lexicon),)
    )


def find(competency: Competency, answers: Sequence[Answer], lexicon: Lexicon) -> Finding:
    """What the kit's indicators say of `answers`, all of which serve the competency.

    Each indicator asks only whether it was heard, so neither repetition nor anything else that is
    said changes a level. A level without indicators is never given.
    """
    heard: dict[Hit, None] = {}
    is_open = False
    for level in reversed(LEVELS):
        indicators = competency.indicators.get(level, ())
        hits = [_first(phrases, answers, lexicon) for phrases in indicators]
        found = dict.fromkeys(hit for hit in hits if hit is not None)
        if hits and None not in hits:
            return Finding(int(level), tuple(found), is_open)
        missing = [phrases for phrases, hit in zip(indicators, hits, strict=True) if hit is None]
        # Levels share indicators: where none was heard, the phrases below were said instead.
        is_open |= bool(found) and all(_hidden(each, answers, lexicon) for each in missing)
        heard |= found
    return Finding(None, tuple(heard), is_open)


def _hidden(phrases: Sequence[str], answers: Sequence[Answer], lexicon: Lexicon) -> bool:
    return any(
        may_be_hidden(stems_of(phrase, lexicon), answer.heard, answer.unsure, lexicon)
        for phrase in phrases
        for answer in answers
    )


def _first(phrases: Sequence[str], answers: Sequence[Answer], lexicon: Lexicon) -> Hit | None:
    for phrase in phrases:
        stems = stems_of(phrase, lexicon)
        for answer in answers:
            for place in spot(stems, answer.heard, lexicon):
                start, end = sentence_around(place, answer.heard.words, answer.text)
                quote = Quote(turn_id=answer.turn_id, text=answer.text[start:end], start=start)
                return Hit(phrase, quote)
    return None


@dataclass(frozen=True, slots=True)
class IndicatorRater:
    """`find` for the languages there is a lexicon for, with reasons that people can read."""

    lexicons: Mapping[str, Lexicon]
    wordings: Mapping[str, Wording]

    def wording(self, language: str) -> Wording:
        """The sentences of a language, or else English ones."""
        return self.wordings.get(base_of(language), self.wordings[ENGLISH])

    def version(self, language: str) -> str:
        """Changes with the rules here and with the language's lexicon."""
        lexicon = self.lexicons.get(base_of(language))
        return f"{VERSION}+{lexicon.version}" if lexicon else VERSION

    def signature(self, kit: Kit, /) -> Signature:
        return Signature(RATER, self.version(kit.language))

    def says(self, why: Unasked, language: str, /) -> str:
        wording = self.wording(language)
        match why:
            case "not_asked":
                return wording.not_asked
            case "not_filed":
                return wording.not_filed
            case "transcript":
                return wording.transcript

    def flags(self, _: Sequence[Turn], /) -> tuple[Flag, ...]:
        """None: nobody can talk this rater into anything."""
        return ()

    async def judge(self, materials: Sequence[Material], _: Sitting, /) -> Judged:
        """Beside the event loop, for hours of talk take a second."""
        return Judged(await asyncio.to_thread(self.ratings, materials))

    def ratings(self, materials: Sequence[Material]) -> dict[str, Rating]:
        """One rating per competency; each answer is taken apart once for all of them."""
        turns = {turn.turn_id: turn for material in materials for turn in material.answers}
        language = materials[0].language if materials else ""
        heard = self.listen([*turns.values()], language)

        def rating(material: Material) -> Rating:
            if not material.competency.has_indicators:
                return self._unrateable(material.competency, language)
            names = {turn.turn_id for turn in material.answers}
            mine = [answer for answer in heard if answer.turn_id in names]
            finding = self._find(material.competency, mine, language)
            if finding is not None and finding.is_open:
                key = material.competency.key
                return unrated(key, "transcript", self.says("transcript", language))
            run = self._run(finding, language)
            return rate(material.competency.key, [run], material.answers, needed=1)

        return {material.competency.key: rating(material) for material in materials}

    def _unrateable(self, competency: Competency, language: str) -> Rating:
        """Nothing that anybody says could be found."""
        return unrated(competency.key, "no_indicators", self.wording(language).no_indicators)

    def listen(self, turns: Sequence[Turn], language: str) -> tuple[Answer, ...]:
        """All answers, taken apart once for every competency; none without a lexicon."""
        lexicon = self.lexicons.get(base_of(language))
        return answers_of(turns, lexicon) if lexicon else ()

    def run(self, competency: Competency, answers: Sequence[Answer], language: str) -> Run:
        """What can be said of one competency by those of `listen`'s answers that serve it."""
        return self._run(self._find(competency, answers, language), language)

    def _find(
        self, competency: Competency, answers: Sequence[Answer], language: str
    ) -> Finding | None:
        lexicon = self.lexicons.get(base_of(language))
        return find(competency, answers, lexicon) if lexicon else None

    def _run(self, finding: Finding | None, language: str) -> Run:
        wording = self.wording(language)
        if finding is None:
            return _none(wording.no_lexicon.format(language=language))
        return Run(
            level=finding.level,
            quotes=_quotes(finding) if finding.level is not None else (),
            reason=_reason(finding, wording),
        )


def _reason(finding: Finding, wording: Wording) -> str:
    phrases = ", ".join(f"“{hit.phrase}”" for hit in finding.hits)
    if finding.level is not None:
        return wording.heard.format(level=finding.level, phrases=phrases)
    return (wording.partly if phrases else wording.nothing).format(phrases=phrases)


def _none(reason: str) -> Run:
    return Run(level=None, quotes=(), reason=reason)


def _quotes(finding: Finding) -> tuple[Quote, ...]:
    """One quote may show several indicators; it is given once."""
    return tuple(dict.fromkeys(hit.quote for hit in finding.hits))
