"""pocketsphinx on one utterance at a time."""

from collections.abc import Iterator

import pocketsphinx

from local.speech.hearing.events import HeardWord

RATE = 16_000
FEATURE_FRAME_S = 0.01

# Second-pass search took five times as long at the end of an utterance and found no more words:
# word error rate 0.088 with and without it on forty sentences (voices rms and slt).
SEARCH = {"fwdflat": False, "loglevel": "FATAL"}

# A guess has no posterior yet; it is not known to be better than even.
GUESS_CONFIDENCE = 0.5

# Steady noise comes out as one endless word, which no person says.
LONGEST_WORD_S = 2.0


class Recognizer:
    """Decodes utterance by utterance; what it learns of the channel (CMN) stays from one to the
    next."""

    def __init__(self, min_confidence: float = 0.0) -> None:
        self._decoder = pocketsphinx.Decoder(**SEARCH)
        self._start_s = 0.0
        self.min_confidence = min_confidence

    def begin(self, start_s: float) -> None:
        """The next audio starts an utterance at `start_s` of the stream."""
        self._start_s = start_s
        self._decoder.start_utt()

    def feed(self, pcm: bytes) -> None:
        """More of the utterance, mono at 16 kHz."""
        self._decoder.process_raw(pcm, False, False)

    def guess(self) -> tuple[HeardWord, ...]:
        """The words so far; they may still change."""
        return tuple(self._words(GUESS_CONFIDENCE)) if self._decoder.hyp() else ()

    def end(self) -> tuple[HeardWord, ...]:
        """The words of the utterance, none when they are more likely noise than speech."""
        self._decoder.end_utt()
        words = tuple(self._words()) if self._decoder.hyp() else ()
        mean = sum(word.confidence for word in words) / max(1, len(words))
        return words if mean >= self.min_confidence else ()

    def _words(self, confidence: float | None = None) -> Iterator[HeardWord]:
        for segment in self._decoder.seg():
            start_s = self._start_s + segment.start_frame * FEATURE_FRAME_S
            end_s = self._start_s + (segment.end_frame + 1) * FEATURE_FRAME_S
            if is_word(segment.word) and end_s - start_s <= LONGEST_WORD_S:
                sure = min(1.0, max(0.0, segment.prob)) if confidence is None else confidence
                yield HeardWord(spelling(segment.word), round(start_s, 2), round(end_s, 2), sure)


def is_word(entry: str) -> bool:
    """Whether an entry of the dictionary is a word, not silence or a noise."""
    return not entry.startswith(("<", "[", "++"))


def spelling(entry: str) -> str:
    """The word without the number of its pronunciation: `the(2)` is `the`."""
    return entry.partition("(")[0]
