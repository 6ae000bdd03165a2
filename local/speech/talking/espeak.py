"""espeak-ng through ctypes: text in, samples out. To be loaded in its own process only."""

import ctypes
from collections.abc import Callable

import espeakng_loader

# speak_lib.h of espeak-ng 1.52
SYNCHRONOUS = 2
DO_NOT_EXIT = 0x8000
UTF8 = 1
OK = 0
RATE, VOLUME, PITCH, RANGE = 1, 2, 3, 4

# Chosen by ear: a little lower and livelier than the default, which is 50 for both.
CALM = {VOLUME: 100, PITCH: 45, RANGE: 60}

Samples = ctypes.POINTER(ctypes.c_short)
OnSamples = ctypes.CFUNCTYPE(ctypes.c_int, Samples, ctypes.c_int, ctypes.c_void_p)


class EspeakFailed(Exception):
    """espeak-ng refused; the message says what."""


class Espeak:
    """The library keeps its state in globals: one instance, one thread."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        data = espeakng_loader.get_data_path().encode()
        self.rate: int = self._library.espeak_Initialize(SYNCHRONOUS, 0, data, DO_NOT_EXIT)
        if self.rate <= 0:
            raise EspeakFailed("espeak-ng could not load its data")
        self._pieces: list[bytes] = []
        self._on_samples: Callable[..., int] = OnSamples(self._take)
        self._library.espeak_SetSynthCallback(self._on_samples)

    def say(self, text: str, voice: str, words_per_minute: int) -> bytes:
        """Samples (s16, mono) at `rate`; raises `EspeakFailed`."""
        if self._library.espeak_SetVoiceByName(voice.encode()) != OK:
            raise EspeakFailed(f"no voice {voice}")
        for parameter, value in {**CALM, RATE: words_per_minute}.items():
            self._library.espeak_SetParameter(parameter, value, 0)
        self._pieces.clear()
        plain = text.replace("\0", " ").encode()
        done = self._library.espeak_Synth(plain, len(plain) + 1, 0, 0, 0, UTF8, None, None)
        if done != OK:
            raise EspeakFailed(f"synthesis failed with {done}")
        return b"".join(self._pieces)

    def _take(self, samples: "ctypes._Pointer[ctypes.c_short]", count: int, _: object) -> int:
        if count > 0:
            self._pieces.append(ctypes.string_at(samples, count * 2))
        return 0
