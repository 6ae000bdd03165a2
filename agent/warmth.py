"""First uses that would block the event loop in the middle of a talk are made before it."""

import asyncio

import numpy as np
from interview.answer import Answer
from interview.languages import SPOKEN
from livekit import rtc
from livekit.agents.utils import http_context
from livekit.local_inference import EOT, EOT_MAX_SAMPLES

from agent.lexicon import load_lexicon
from agent.probe_guard import identifier
from agent.segments import encode

RATE = 24_000


def warm() -> None:
    """Loads the end-of-turn model, the resampler, the Opus encoder, what tells languages apart, the
    wishes of all languages and whom TLS trusts; takes about three seconds."""
    with EOT() as model:
        model.predict(np.zeros(EOT_MAX_SAMPLES, dtype=np.int16))
    encode(bytes(RATE), RATE)
    identifier()
    resampler = rtc.AudioResampler(RATE, 16_000)
    resampler.push(rtc.AudioFrame(bytes(960), RATE, 1, 480))
    for language in SPOKEN:
        _a_word(language)
    asyncio.run(_trust())


def _a_word(language: str) -> None:
    """What one may wish for becomes one large pattern when the first words are heard."""
    lexicon = load_lexicon(language)
    for unknown in ("xx xx", "xx xx?"):
        Answer(1, 1.0, 0.0, 0.0, 0.0, [unknown], quiet_since=0.0).intent(lexicon)


async def _trust() -> None:
    """The SDK keeps what it reads here, a fifth of a second long, for all sessions of a process."""
    async with http_context.open():
        pass
