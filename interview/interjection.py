"""What the candidate's voice over a line of ours means: nothing, an interjection, or real words."""

import math
from typing import Literal

from interview.answer import OwnLine
from interview.patience import Lexicon, is_backchannel
from interview.voice import VAD_SILENCE_S, Voice

HOLD_AFTER_S = 0.08
"""Sound that lasts this long over our own voice makes us fall silent at once."""

REAL_AFTER_S = 1.5
"""Sound over our voice that lasts this long is meant, whatever the recogniser makes of it. We are
silent by then, and words are recognised sooner: this is for those that nobody recognises."""

JUDGE_AFTER_S = 0.2
"""So long after the end of a sound the recogniser has told its words."""

Verdict = Literal["meant", "hold", "none_after_all"]


def judge(line: OwnLine, voice: Voice, now: float, lexicon: Lexicon) -> Verdict | None:
    """What is new about the sound over `line`; None while there is nothing to do."""
    if not line.interruptible:
        return None
    if _has_words(line, lexicon) or now >= _meant_at(line, voice):
        return "meant"
    if line.sound_since is None:
        return None
    if not line.held and voice.sounds and now - line.sound_since >= HOLD_AFTER_S:
        line.held = True
        return "hold"
    if not voice.sounds and now - voice.last_sound >= JUDGE_AFTER_S + VAD_SILENCE_S:
        line.sound_since, line.interim = None, ""
        line.finals.clear()
        if line.held:
            line.held = False
            return "none_after_all"
    return None


def judge_at(line: OwnLine, voice: Voice) -> float | None:
    """When there may be something new without anything happening."""
    if not line.interruptible or line.sound_since is None:
        return None
    if not voice.sounds:
        return voice.last_sound + JUDGE_AFTER_S + VAD_SILENCE_S
    return _meant_at(line, voice) if line.held else line.sound_since + HOLD_AFTER_S


def _has_words(line: OwnLine, lexicon: Lexicon) -> bool:
    return bool(line.over_text) and not is_backchannel(line.over_text, lexicon)


def _meant_at(line: OwnLine, voice: Voice) -> float:
    """When the sound that goes on has lasted too long to be an interjection."""
    if line.sound_since is None or voice.since is None:
        return math.inf
    patient = 2 if line.over_text else 1
    return max(line.sound_since, voice.since) + REAL_AFTER_S * patient
