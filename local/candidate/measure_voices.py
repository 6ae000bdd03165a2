"""How well the embedded ear understands fixture speech: give `FOLDER` of a set.

For each clip: the word error rate of the file heard by `local.speech.hearing` (one stream, as in an
interview, with a second of room noise around each clip), and how far the word starts of the index
lie from pocketsphinx's own forced alignment (median and worst, in ms): a check that the times are
plausible, not a second truth.
"""

import re
import sys
from pathlib import Path
from statistics import median

import jiwer
import numpy as np
import pocketsphinx

from local.candidate.clips import Clip, decode, load_clips
from local.candidate.sound import Pcm, noise
from local.candidate.voice import NOISE_DBFS
from local.speech.hearing.events import Heard, Listening
from local.speech.hearing.listener import Listener
from local.speech.hearing.recognizer import RATE, Recognizer, is_word

CHUNK = RATE // 20
FRAME_S = 0.01
PAUSE_MS = 200


def main(folder: Path) -> None:
    ear = Listener(Recognizer(), Listening(RATE, 1, PAUSE_MS, interims=False, min_confidence=0.0))
    errors = words = 0.0
    for clip in load_clips(folder).values():
        pcm = decode(clip.path, RATE)
        reference, heard = as_words(clip.text), as_words(hear(ear, pcm))
        rate = jiwer.wer(reference, heard)
        errors += rate * len(reference.split())
        words += len(reference.split())
        print(
            f"{clip.id:<18} {clip.entry.voice} {len(reference.split()):3} words {rate:5.2f}"
            f"  {misalignment(clip, pcm):<12} {heard if rate else ''}"
        )
    print(f"{'all':<22} {words:3.0f} words {errors / words:5.2f}")


def as_words(text: str) -> str:
    """Lower case, hyphens as spaces, no punctuation: what both sides of the comparison become."""
    return " ".join(re.sub(r"[^a-z' ]", " ", text.lower()).split())


def hear(ear: Listener, pcm: Pcm) -> str:
    """What the stream's next seconds are understood as."""
    padded = np.pad(pcm, RATE).astype(np.int32)
    sound = (padded + noise(len(padded), NOISE_DBFS)).clip(-32768, 32767).astype(np.int16)
    chunks = (sound[start : start + CHUNK].tobytes() for start in range(0, len(sound), CHUNK))
    events = [event for chunk in chunks for event in ear.hear(chunk)] + list(
        ear.finish(asked=False)
    )
    return " ".join(w.word for e in events if isinstance(e, Heard) and e.is_final for w in e.words)


def misalignment(clip: Clip, pcm: Pcm) -> str:
    """Distance of our word starts from the decoder's forced alignment; `-` for unknown words."""
    decoder = pocketsphinx.Decoder(samprate=RATE, lm=None, loglevel="FATAL")
    words = [word for word, _, _ in clip.entry.words if decoder.lookup_word(word)]
    if len(words) < len(clip.entry.words):
        return "-"
    decoder.set_align_text(" ".join(words))
    decoder.start_utt()
    decoder.process_raw(pcm.tobytes(), False, True)
    decoder.end_utt()
    if decoder.hyp() is None:
        return "no path"
    starts = [segment.start_frame * FRAME_S for segment in decoder.seg() if is_word(segment.word)]
    pairs = zip(starts, clip.entry.words, strict=True)
    off_ms = [abs(aligned - start) * 1000 for aligned, (_, start, _) in pairs]
    return f"{median(off_ms):3.0f} {max(off_ms):4.0f} ms"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
