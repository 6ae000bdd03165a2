"""Models and patience as the language of a kit wants them, unless somebody chose."""

from dataclasses import replace

from interview.languages import language_of, spoken_by, voices_in
from interview.patience import Waits


def waits_for(tag: str, nudge_s: float) -> Waits:
    return replace(language_of(tag).waits, nudge=nudge_s)


def hearing_for(tag: str, named: str) -> str:
    """The recogniser's model: the one that was named hears every language."""
    return named or language_of(tag).stt_model


def voice_for(tag: str, named: str) -> str:
    """The voice: of those named (by commas) the one for this language, or one that speaks any, or
    the language's own.

    A voice speaks the language at the end of its name (`aura-2-julius-de`); one without speaks all.
    """
    language = language_of(tag)
    voices = {spoken_by(voice): voice for voice in voices_in(named)}
    return voices.get(language.code) or voices.get(None) or language.tts_voice
