"""The languages that the interviewer speaks: one row each, from which everything else follows.

A row says what providers are asked for and how long silences are. The words of a language are
files: the interviewer's, turn-taking's, the rater's, the mails' and the notice's; a test says which
ones a row still lacks.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal

from interview.patience import WAITS, Waits

ENGLISH = "en"
LATIN_AMERICA = (
    "AR",
    "BO",
    "CL",
    "CO",
    "CR",
    "CU",
    "DO",
    "EC",
    "GT",
    "HN",
    "MX",
    "NI",
    "PA",
    "PE",
    "PR",
    "PY",
    "SV",
    "US",
    "UY",
    "VE",
)


@dataclass(frozen=True, slots=True)
class Language:
    """`stt_language` is what the recogniser calls it, and `regional` what it calls the forms of it
    that it knows apart; every other form is heard as the base."""

    code: str
    stt_model: str
    stt_language: str
    tts_voice: str
    waits: Waits = WAITS
    direction: Literal["ltr", "rtl"] = "ltr"
    regional: Mapping[str, str] = field(default_factory=dict)

    def heard_as(self, tag: str) -> str:
        """The recogniser's name for a regional form."""
        return self.regional.get(tag, self.stt_language)


def _rows() -> tuple[Language, ...]:
    """Models and voices are Deepgram's, where nobody names others.

    LiveKit's end-of-turn model has a threshold for each language (en 0.36, es 0.35, de 0.245,
    fr 0.285); ours are the same share of it everywhere, for we ask whether a voice surely goes on.
    """
    nova = "nova-3"
    return (
        Language(
            code=ENGLISH,
            stt_model=nova,
            stt_language="en-US",
            tts_voice="aura-2-andromeda-en",
            regional={tag: tag for tag in ("en-AU", "en-GB", "en-IN", "en-NZ")},
        ),
        Language(
            code="es",
            stt_model=nova,
            stt_language="es",
            tts_voice="aura-2-nestor-es",
            waits=replace(WAITS, unlikely=0.29),
            regional={f"es-{country}": "es-419" for country in LATIN_AMERICA},
        ),
        Language(
            code="de",
            stt_model=nova,
            stt_language="de",
            tts_voice="aura-2-elara-de",
            waits=replace(WAITS, unlikely=0.2),
            regional={"de-CH": "de-CH"},
        ),
        Language(
            code="fr",
            stt_model=nova,
            stt_language="fr",
            tts_voice="aura-2-hector-fr",
            waits=replace(WAITS, unlikely=0.24),
            regional={"fr-CA": "fr-CA"},
        ),
    )


LANGUAGES: Mapping[str, Language] = MappingProxyType({row.code: row for row in _rows()})

SPOKEN = frozenset(LANGUAGES)
"""What kits may be published in; a regional form counts as its base."""


def base_of(tag: str) -> str:
    """`de` for `de-AT`."""
    return tag.partition("-")[0]


def language_of(tag: str) -> Language:
    """The row of a language or of its base, or else that of English."""
    return LANGUAGES.get(base_of(tag), LANGUAGES[ENGLISH])


def spoken_by(voice: str) -> str | None:
    """The language at the end of a voice's name (`aura-2-julius-de`); one without speaks all."""
    ending = voice.rpartition("-")[2]
    return ending if ending in SPOKEN else None


def voices_in(named: str) -> tuple[str, ...]:
    """Those that are named, by commas."""
    return tuple(named.replace(",", " ").split())


def check_voices(named: str) -> str:
    """Raises `ValueError` where two voices would speak one language: only one of them ever does."""
    held: dict[str | None, str] = {}
    for voice in voices_in(named):
        other = held.setdefault(spoken_by(voice), voice)
        if other != voice:
            raise ValueError(f"expected one voice for a language, and not {other} and {voice}")
    return named
