"""Recogniser, voice and patience as the language of a kit wants them, unless the operator chose."""

from dataclasses import replace

from interview.languages import SPOKEN, language_of
from interview.patience import Waits
from livekit.plugins import deepgram

from agent.settings import Settings

OUTPUT_RATE = 24_000


def recogniser_for(tag: str, settings: Settings) -> deepgram.STT:
    return deepgram.STT(
        model=stt_model_for(tag, settings),
        language=language_of(tag).heard_as(tag),
        base_url=settings.stt_url,
        api_key=settings.speech_key.get_secret_value(),
    )


def voice_for(tag: str, settings: Settings) -> deepgram.TTS:
    return deepgram.TTS(
        model=tts_model_for(tag, settings),
        base_url=settings.tts_url,
        sample_rate=OUTPUT_RATE,
        api_key=settings.speech_key.get_secret_value(),
    )


def waits_for(tag: str, settings: Settings) -> Waits:
    return replace(language_of(tag).waits, nudge=settings.nudge_s)


def stt_model_for(tag: str, settings: Settings) -> str:
    """One model of the operator's hears every language."""
    return settings.stt_model or language_of(tag).stt_model


def tts_model_for(tag: str, settings: Settings) -> str:
    """The operator's voice for this language, or one that speaks any, or the language's own.

    A voice speaks the language at the end of its name (`aura-2-julius-de`); one without speaks all.
    """
    language = language_of(tag)
    named = {_spoken_by(voice): voice for voice in settings.voices}
    return named.get(language.code) or named.get(None) or language.tts_voice


def _spoken_by(voice: str) -> str | None:
    ending = voice.rpartition("-")[2]
    return ending if ending in SPOKEN else None
