"""Which voice speaks for a model's name."""

import re

from local.speech.protocol.refusals import Refused, bad_request

WORDS_PER_MINUTE = 160

# The language at the end of a model's name, e.g. espeak-ng-en or, for clients that know no other,
# aura-2-andromeda-en; and espeak-ng's voice.
VOICES = {"en": "en-us", "es": "es", "de": "de", "fr": "fr-fr", "it": "it", "nl": "nl"}
MODEL = re.compile(r"(espeak-ng|aura(-2)?-[a-z]+)-(?P<language>[a-z]{2})")


def voice_of(model: str) -> str:
    """Raises `Refused` (400) for a model or language that nobody here can speak."""
    named = MODEL.fullmatch(model)
    voice = VOICES.get(named["language"]) if named else None
    if voice is None:
        raise no_such_model(model)
    return voice


def no_such_model(model: str) -> Refused:
    spoken = ", ".join(VOICES)
    return bad_request(f"No such model: {model!r}. Names end in a language, one of {spoken}.")
